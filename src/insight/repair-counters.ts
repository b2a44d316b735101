import { audit } from '../kernel/audit.ts';
import { type Ctx, requireRole } from '../kernel/context.ts';
import { repairElsewhere } from '../kernel/reconcilers.ts';
import { type Reconciliation, reconcileCounters } from './reconcile-counters.ts';
import { recount } from './stores/rebuild.ts';

const mostNamed = 20;

/**
 * Makes everything that `found` compared what the events say: paths, orders and weeks first, then all counters in one
 * transaction, in which it is written down; whoever reads meanwhile sees the old ones. Then compares again.
 */
export async function repairCounters(ctx: Ctx, found: Reconciliation): Promise<Reconciliation> {
  requireRole(ctx, ['operator']);
  await repairElsewhere(ctx);
  await ctx.db.longTransaction(async (tx) => {
    await recount(tx);
    await audit(tx, ctx, {
      action: 'counters.repaired',
      subjectKind: 'counters',
      subjectId: 'all',
      detail: { differences: found.differences.length, first: found.differences.slice(0, mostNamed) },
    });
  });
  return reconcileCounters(ctx);
}
