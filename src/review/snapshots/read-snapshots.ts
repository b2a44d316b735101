import { type Ctx, requireRole } from '../../kernel/context.ts';
import { holdsRoleOver, type OfficeRow, officeByCode, officeById } from '../../organisations/index.ts';
import { rolesReviewing, sheetNotFound, snapshotNotFound } from '../policy.ts';
import type { Sheet } from '../sheet/shape.ts';
import { type SnapshotRow, snapshotById, snapshotsOf } from '../stores/snapshots.ts';
import { digestOf } from './publish-sheet.ts';

export type Snapshot = Omit<SnapshotRow, 'content'> & { sheet: Sheet };

/** The published sheets of an office, the newest first: for whoever sees its figures exactly, as they were published. */
export async function listSnapshots(
  ctx: Ctx,
  wish: { code: string; limit: number; after?: string },
): Promise<{ office: OfficeRow; items: Omit<SnapshotRow, 'content'>[]; next: string | null }> {
  requireRole(ctx, rolesReviewing);
  const office = await officeByCode(ctx, wish.code);
  if (!office || !holdsRoleOver(ctx, rolesReviewing, office.path)) throw sheetNotFound();
  const { officeId, code: placeCode } = office;
  const rows = await snapshotsOf(ctx.db.read, { officeId, after: wish.after, limit: wish.limit + 1 });
  // Its sheets are asked for by the code that it has now.
  const items = rows.slice(0, wish.limit).map((row) => ({ ...row, placeCode }));
  return { office, items, next: rows.length > wish.limit ? (items.at(-1)?.id ?? null) : null };
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
