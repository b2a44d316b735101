import { type Ctx, personIdOf } from '../../kernel/context.ts';
import {
  auditTrailOf,
  importTrailOf,
  type OwnLooks,
  ownLooksOf,
  type TrailRecord,
} from './stores/person-trail.ts';

export type Trail = { acts: TrailRecord[]; ownLooks: OwnLooks };

const trailLength = 50;

/** The latest acts on a person's record: single acts and imports in one order of time. */
export async function trailOf(ctx: Ctx, personId: string): Promise<Trail> {
  const asked = { personId, viewerId: personIdOf(ctx.actor) ?? null, limit: trailLength };
  const [acts, imports, ownLooks] = await Promise.all([
    auditTrailOf(ctx.db.read, asked),
    importTrailOf(ctx.db.read, asked),
    ownLooksOf(ctx.db.read, asked),
  ]);
  const all = [...acts, ...imports].sort((a, b) => b.happenedAt.getTime() - a.happenedAt.getTime());
  return { acts: all.slice(0, trailLength), ownLooks };
}
