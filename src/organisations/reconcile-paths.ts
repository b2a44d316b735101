import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { straighten, strayPaths } from './stores/ways.ts';

const most = 1000;
const mostNamed = 100;

/** Rights, reports and counters go by an office's path: it must be the way by its parents. */
export async function reconcilePaths(ctx: Ctx): Promise<ReconciledDifference[]> {
  const found = await strayPaths(ctx.db.read, most);
  return found.map((one) => ({ ...one, grain: 'd', day: '-', metric: 'path' }));
}

/** On record with the change itself, since rights go by paths. */
export async function repairPaths(ctx: Ctx): Promise<void> {
  await ctx.db.longTransaction(async (tx) => {
    const codes = await straighten(tx);
    if (codes.length === 0) return;
    await audit(tx, ctx, {
      action: 'office.straightened',
      subjectKind: 'office',
      subjectId: 'all',
      detail: { offices: codes.length, first: codes.slice(0, mostNamed) },
    });
  });
}
