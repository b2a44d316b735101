import { type Ctx, requireRole } from '../../kernel/context.ts';
import { holdsRoleOver, type OfficeRow, officeById } from '../../organisations/index.ts';
import { rolesReviewing, snapshotNotFound } from '../policy.ts';
import { placeHeldBy } from '../sheet/places.ts';
import type { NodeKind, Place, Sheet } from '../sheet/shape.ts';
import { type SnapshotRow, snapshotById, snapshotsOf } from '../stores/snapshots.ts';
import { digestOf } from './publish-sheet.ts';

export type Snapshot = Omit<SnapshotRow, 'content'> & { sheet: Sheet };

/** The published sheets of an office or area, the newest first: for whoever sees its figures exactly, as they were published. */
export async function listSnapshots(
  ctx: Ctx,
  node: NodeKind,
  { limit, after, code }: { code: string; limit: number; after?: string },
): Promise<{ place: Place; scope: OfficeRow; items: Omit<SnapshotRow, 'content'>[]; next: string | null }> {
  requireRole(ctx, rolesReviewing);
  const { place, scope } = await placeHeldBy(ctx, rolesReviewing, { node, code });
  const placeCode = place.code;
  const of = { node, code: placeCode, scopeOfficeId: scope.officeId };
  const rows = await snapshotsOf(ctx.db.read, { ...of, after, limit: limit + 1 });
  // Its sheets are asked for by the code that it has now.
  const items = rows.slice(0, limit).map((row) => ({ ...row, placeCode }));
  return { place, scope, items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** One published sheet, exactly as it was; its digest is checked on the way. */
export async function readSnapshot(ctx: Ctx, id: string): Promise<Snapshot> {
  requireRole(ctx, rolesReviewing);
  const row = await snapshotById(ctx.db.read, id);
  const office = row && (await officeById(ctx, row.scopeOfficeId));
  if (!row || !office || !holdsRoleOver(ctx, rolesReviewing, office.path)) throw snapshotNotFound();
  const { content, ...facts } = row;
  if (digestOf(content) !== row.digest) throw new Error(`the published sheet ${id} differs from its digest`);
  const placeCode = facts.node === 'office' ? office.code : facts.placeCode;
  return { ...facts, placeCode, sheet: JSON.parse(content) as Sheet };
}
