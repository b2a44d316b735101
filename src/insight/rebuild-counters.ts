import { type Ctx, requireRole } from '../kernel/context.ts';
import { recount } from './stores/rebuild.ts';

/**
 * Throws all counters away and computes them anew from the events, in one transaction; whoever reads meanwhile
 * sees the old ones. For facts that were written by COPY, past `changeFacts` (generated people), and for an
 * operator whose `daksh reconcile` has found a difference.
 */
export async function rebuildCounters(ctx: Ctx): Promise<void> {
  requireRole(ctx, ['operator']);
  await ctx.db.longTransaction(recount);
}
