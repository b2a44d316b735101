import { activitySeries } from '../../insight/index.ts';
import { addDays, addMonths, startOfMonth } from '../../kernel/dates.ts';
import type { NodeScene } from './scene.ts';
import type { Sheet } from './shape.ts';

/** What was done on the day, since the day of comparison, and by month. */
export async function activityOf({
  ctx,
  nodeId,
  asOf,
  compareOn,
  isExact,
}: NodeScene): Promise<Pick<Sheet, 'completionsOnDay' | 'onboarded' | 'trend'>> {
  if (!isExact || !compareOn) return { completionsOnDay: null, onboarded: null, trend: [] };
  const firstMonth = addMonths(startOfMonth(asOf), -11);
  const [day, period, months] = await Promise.all([
    activitySeries(ctx, { nodeId, from: asOf, to: asOf, grain: 'day' }),
    activitySeries(ctx, { nodeId, from: addDays(compareOn, 1), to: asOf, grain: 'day' }),
    activitySeries(ctx, { nodeId, from: firstMonth, to: asOf, grain: 'month' }),
  ]);
  return {
    completionsOnDay: day[0]?.completions ?? 0,
    onboarded: period.reduce((sum, one) => sum + one.onboarded, 0),
    trend: months.map(({ period: first, completions, minutes, onboarded, isUnfinished }) => ({
      ...{ period: first, completions, minutes, onboarded, isUnfinished },
    })),
  };
}
