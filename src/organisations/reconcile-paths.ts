import type { Ctx } from '../kernel/context.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { straighten, strayPaths } from './stores/ways.ts';

const most = 1000;

/** Rights, reports and counters go by an office's path: it must be the way by its parents. */
export async function reconcilePaths(ctx: Ctx): Promise<ReconciledDifference[]> {
  const found = await strayPaths(ctx.db.read, most);
  return found.map((one) => ({ ...one, grain: 'd', day: '-', metric: 'path' }));
}

export async function repairPaths(ctx: Ctx): Promise<void> {
  await ctx.db.longTransaction(straighten);
}
