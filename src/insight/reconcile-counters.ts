import { type Ctx, requireRole } from '../kernel/context.ts';
import { differencesElsewhere, type ReconciledDifference } from '../kernel/reconcilers.ts';
import { settleMarks } from './settle-marks.ts';
import { countedDays, differences, differingNodes, keepDifferences } from './stores/reconciliation.ts';

export type Reconciliation = {
  ok: boolean;
  /** How many offices, and days of offices, areas and classes, are counted. */
  offices: number;
  days: number;
  /** At most a thousand of each kind; `counted` is what the counters say, `expected` what the events say. */
  differences: ReconciledDifference[];
};

const most = 1000;

/** Recomputes every counter from the events, at one instant, and compares. Changes nothing. */
export async function reconcileCounters(ctx: Ctx): Promise<Reconciliation> {
  requireRole(ctx, ['operator', 'auditor']);
  await settleMarks(ctx);
  const elsewhere = await differencesElsewhere(ctx);
  return ctx.db.longTransaction(async (tx) => {
    await keepDifferences(tx);
    const size = await countedDays(tx);
    const found = [...(await differingNodes(tx, most)), ...(await differences(tx, most)), ...elsewhere];
    return { ok: found.length === 0, ...size, differences: found };
  });
}
