import { type Ctx, requireRole } from '../kernel/context.ts';
import type { Db, Tx } from '../kernel/db.ts';
import { countNew, isRecountWanted, recount } from './stores/rebuild.ts';

/**
 * Throws all counters away and computes them anew from the events, in one transaction; whoever reads meanwhile
 * sees the old ones. For facts that were written by COPY, past `changeFacts` (generated people), and for an
 * operator whose `daksh reconcile` has found a difference.
 */
export async function rebuildCounters(ctx: Ctx): Promise<void> {
  requireRole(ctx, ['operator']);
  await ctx.db.longTransaction(recount);
}

/**
 * Counts persons who were written past `changeFacts` (generated people) and whom nobody else can know yet: those of a
 * temporary table with `person_id`. In the caller's transaction, after all of their facts.
 */
export async function countNewPeople(tx: Tx, table: string): Promise<void> {
  await countNew(tx, table);
}

/** At the start after a migration that counts more than before: by the first process; others wait for it. */
export async function rebuildWhereWanted(db: Db): Promise<void> {
  if (!(await isRecountWanted(db.read))) return;
  await db.longTransaction(recount);
}
