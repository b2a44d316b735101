import { type Ctx, requireRole } from '../kernel/context.ts';
import {
  countedDays,
  type Difference,
  differingDays,
  differingPeriods,
  keepBothSides,
} from './stores/reconciliation.ts';

export type Reconciliation = {
  ok: boolean;
  /** How many offices, and (office, day) pairs, the events speak of. */
  offices: number;
  days: number;
  /** At most a thousand of each kind; `counted` is what the counters say, `expected` what the events say. */
  differences: Difference[];
};

const most = 1000;

/** Recomputes every counter from the events, at one instant, and compares. Changes nothing. */
export async function reconcileCounters(ctx: Ctx): Promise<Reconciliation> {
  requireRole(ctx, ['operator', 'auditor']);
  return ctx.db.longTransaction(async (tx) => {
    await keepBothSides(tx);
    const size = await countedDays(tx);
    const differences = [...(await differingDays(tx, most)), ...(await differingPeriods(tx, most))];
    return { ok: differences.length === 0, ...size, differences };
  });
}
