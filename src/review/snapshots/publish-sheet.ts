import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { rolesPublishing } from '../policy.ts';
import { areaSheet } from '../sheet/area-sheet.ts';
import { placeHeldBy } from '../sheet/places.ts';
import { reviewSheet, type SheetWish } from '../sheet/review-sheet.ts';
import { areaDetail, type NodeKind, rankings, type Sheet } from '../sheet/shape.ts';
import { insertSnapshot, type NewSnapshot, publishedSince } from '../stores/snapshots.ts';

export const publicationInput = z.object({
  asOf: z.string().max(40).optional(),
  compare: z.string().max(40).optional(),
  rank: z.enum(rankings).optional(),
  note: z.string().trim().max(300).optional().describe('What it was published for'),
});

export type Publication = SheetWish & { note?: string };

/** Keeps the sheet of an office or area as it stands now, for good: what a review was held on can be shown again. */
export async function publishSheet(
  ctx: Ctx,
  node: NodeKind,
  wish: Publication,
): Promise<{ id: string; digest: string }> {
  requireRole(ctx, rolesPublishing);
  const { scope } = await placeHeldBy(ctx, rolesPublishing, { node, code: wish.code });
  const sheet = await (node === 'office' ? reviewSheet : areaSheet)(ctx, wish);
  const { content, digest } = canonical(sheet);
  const id = newId();
  const publishedAt = ctx.clock.now();
  const row: NewSnapshot = {
    ...{ id, node: sheet.place.node, placeCode: sheet.place.code, scopeOfficeId: scope.officeId },
    ...{
      asOf: sheet.asOf,
      compareOn: sheet.compareOn,
      note: wish.note || null,
      content,
      digest,
      publishedAt,
    },
    publishedBy: personIdOf(ctx.actor) ?? null,
    publisher: publisherOf(ctx),
  };
  return ctx.db.transaction(async (tx) => {
    const same = await publishedSince(tx, row, new Date(publishedAt.getTime() - secondClickMs));
    if (same) return same;
    await insertSnapshot(tx, row);
    await audit(tx, ctx, {
      action: 'review.published',
      subjectKind: 'review_snapshot',
      subjectId: id,
      officeId: scope.officeId,
      detail: { asOf: sheet.asOf, compareOn: sheet.compareOn, digest, ...areaDetail(sheet.place) },
    });
    return { id, digest };
  });
}

/** Asked for again within these, with the same words, it is one publication. */
const secondClickMs = 60_000;

/** The bytes that are kept (RFC 8785), and their SHA-256. */
export function canonical(sheet: Sheet): { content: string; digest: string } {
  const content = canonicalize(sheet);
  if (content === undefined) throw new Error('a sheet has no canonical form');
  return { content, digest: digestOf(content) };
}

export function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function publisherOf({ actor }: Ctx): { hi: string; en: string } | null {
  if (actor.kind !== 'person') return null;
  const post = actor.subtitle;
  return {
    hi: [actor.nameHi, ...(post ? [post.hi] : [])].join(', '),
    en: [actor.nameEn, ...(post ? [post.en] : [])].join(', '),
  };
}
