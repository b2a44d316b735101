import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { takeUpDigests } from './keep-digests.ts';
import { differing, fixInstant, forgetDigests, shareInstant } from './stores/digests.ts';
import { evenRanges } from './stores/portions.ts';

/** Makes every digest again from the facts and compares, at one instant, on two connections; what waited is taken up first. */
export async function reconcileDigests(ctx: Ctx): Promise<ReconciledDifference[]> {
  await takeUpDigests(ctx);
  const ranges = (await evenRanges(ctx.db.read)) ?? [{ afterId: null, untilId: null }];
  const today = todayInIndia(ctx.clock);
  const part = (which: number) => ranges.filter((_, at) => at % 2 === which);
  const sums = await ctx.db.longTransaction(async (tx) => {
    const instant = await fixInstant(tx);
    const other = ctx.db.longTransaction(async (beside) => {
      await shareInstant(beside, instant);
      return differing(beside, part(1), today);
    });
    return Promise.all([differing(tx, part(0), today), other]);
  });
  const learning = sums.reduce((sum, one) => sum + one.learning, 0);
  const persons = sums.reduce((sum, one) => sum + one.persons, 0);
  const found = {
    'people whose digest of completions differs': learning,
    'people whose digest differs': persons,
  };
  return Object.entries(found).flatMap(([metric, counted]) =>
    counted === 0 ? [] : [{ officeCode: 'reports', grain: '-', day: '-', metric, counted, expected: 0 }],
  );
}

/** Takes everybody up again; reports read the facts until that is done. */
export async function repairDigests(ctx: Ctx): Promise<void> {
  await ctx.db.longTransaction(forgetDigests);
  await takeUpDigests(ctx);
}
