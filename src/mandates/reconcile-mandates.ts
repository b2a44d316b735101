import type { Ctx } from '../kernel/context.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { settleMandates } from './settle.ts';
import { bindingOrders } from './stores/orders.ts';
import { differingCounters } from './stores/standings.ts';
import { planForMany, waitForSettling } from './stores/touched.ts';

const most = 1000;

/** Computes the figures of every published order again from the events; what waited is settled first. */
export async function reconcileMandates(ctx: Ctx): Promise<ReconciledDifference[]> {
  await settleMandates(ctx);
  return ctx.db.longTransaction(async (tx) => {
    await waitForSettling(tx);
    await planForMany(tx);
    const found: ReconciledDifference[] = [];
    for (const order of await bindingOrders(tx)) {
      const rows = await differingCounters(tx, order, most);
      found.push(
        ...rows.map((row) => ({
          ...row,
          officeCode: row.officeCode ?? '?',
          grain: 'd',
          metric: `${order.number}: ${row.metric}`,
        })),
      );
    }
    return found;
  });
}
