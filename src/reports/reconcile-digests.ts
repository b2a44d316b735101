import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { atOneInstant, onEach } from '../kernel/one-instant.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { takeUpDigests } from './keep-digests.ts';
import { differing, forgetDigests } from './stores/digests.ts';
import { evenRanges } from './stores/portions.ts';

const seatsAtOnce = 2;

/** Makes every digest again from the facts and compares, at one instant, on two connections; what waited is taken up first. */
export async function reconcileDigests(ctx: Ctx): Promise<ReconciledDifference[]> {
  await takeUpDigests(ctx);
  // What a range of a nation sorts fits into memory.
  const ranges = (await evenRanges(ctx.db.read, 'small')) ?? [{ afterId: null, untilId: null }];
  const today = todayInIndia(ctx.clock);
  const part = (which: number) => ranges.filter((_, at) => at % seatsAtOnce === which);
  const sums = await atOneInstant(ctx.db, seatsAtOnce, (seats) =>
    onEach(seats, ({ tx }, number) => differing(tx, part(number), today)),
  );
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
