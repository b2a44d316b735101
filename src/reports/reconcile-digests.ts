import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { takeUpDigests } from './keep-digests.ts';
import { differing, forgetDigests } from './stores/digests.ts';
import { evenRanges } from './stores/portions.ts';

/** Makes every digest again from the facts and compares, at one instant; what waited is taken up first. */
export async function reconcileDigests(ctx: Ctx): Promise<ReconciledDifference[]> {
  await takeUpDigests(ctx);
  const ranges = (await evenRanges(ctx.db.read)) ?? [{ afterId: null, untilId: null }];
  const { learning, persons } = await ctx.db.longTransaction((tx) =>
    differing(tx, ranges, todayInIndia(ctx.clock)),
  );
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
