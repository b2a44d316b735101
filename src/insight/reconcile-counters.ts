import { type Ctx, requireRole } from '../kernel/context.ts';
import { differencesElsewhere, type ReconciledDifference } from '../kernel/reconcilers.ts';
import { settleMarks } from './settle-marks.ts';
import {
  countedDays,
  differingDays,
  differingNodes,
  differingPeriods,
  keepBothSides,
} from './stores/reconciliation.ts';

export type Reconciliation = {
  ok: boolean;
  /** How many offices, and (node, day) pairs, the events speak of. */
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
    await keepBothSides(tx);
    const size = await countedDays(tx);
    const own = [
      ...(await differingNodes(tx, most)),
      ...(await differingDays(tx, most)),
      ...(await differingPeriods(tx, most)),
    ];
    const differences = [...own, ...elsewhere];
    return { ok: differences.length === 0, ...size, differences };
  });
}
