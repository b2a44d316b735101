import type { Ctx } from '../kernel/context.ts';
import { addDays, type Day, endOfMonth, startOfMonth, todayInIndia, weekOf } from '../kernel/dates.ts';
import { officeNotFound } from './as-of.ts';
import { seesExactly } from './office-summary.ts';
import { activityByDay } from './stores/counters.ts';
import { nodesByIds } from './stores/nodes.ts';

export type Grain = 'day' | 'week' | 'month';
export type ActivityPeriod = {
  /** Its first day; a week begins on Monday. */
  period: Day;
  completions: number;
  renewals: number;
  minutes: number;
  /** Accounts whose first counting day lies in the period. */
  onboarded: number;
  /** The last one, where it goes on after `to` or today. */
  isUnfinished: boolean;
};

/**
 * What was done at a node by period (activity view: where people were posted on the day of completing), empty
 * periods included, from the period of `from` to that of `to`. Only where the actor's rights reach.
 */
export async function activitySeries(
  ctx: Ctx,
  wish: { nodeId: string; from: Day; to: Day; grain: Grain },
): Promise<ActivityPeriod[]> {
  const [node] = await nodesByIds(ctx.db.read, [wish.nodeId]);
  if (!node || !seesExactly(ctx, node)) throw officeNotFound();
  const today = todayInIndia(ctx.clock);
  const to = wish.to < today ? wish.to : today;
  const { first: from } = periodOf(wish.from, wish.grain);
  const periods = new Map<Day, ActivityPeriod>();
  for (let day = from; day <= to; ) {
    const { first, last } = periodOf(day, wish.grain);
    const nothing = { completions: 0, renewals: 0, minutes: 0, onboarded: 0 };
    periods.set(first, { period: first, ...nothing, isUnfinished: last > to });
    day = addDays(last, 1);
  }
  for (const { day, ...counted } of await activityByDay(ctx.db.read, wish.nodeId, { from, to })) {
    const period = periods.get(periodOf(day, wish.grain).first);
    if (!period) continue;
    period.completions += counted.completions;
    period.renewals += counted.renewals;
    period.minutes += counted.minutes;
    period.onboarded += counted.onboarded;
  }
  return [...periods.values()];
}

function periodOf(day: Day, grain: Grain): { first: Day; last: Day } {
  if (grain === 'day') return { first: day, last: day };
  if (grain === 'month') return { first: startOfMonth(day), last: endOfMonth(day) };
  const week = weekOf(day);
  return { first: week.from, last: week.to };
}
