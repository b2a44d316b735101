import { type Ctx, requireRole } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { atOneInstant, moveRows, onEach, type Seat } from '../kernel/one-instant.ts';
import { differencesElsewhere, type ReconciledDifference } from '../kernel/reconcilers.ts';
import { settleMarks } from './settle-marks.ts';
import { plannedForMany } from './stores/deltas.ts';
import { addExpected, portionsOf, prepareExpected, sumCourses } from './stores/expected.ts';
import { countedDays, differences, differingNodes } from './stores/reconciliation.ts';
import {
  keepDiffering,
  keepResidualPeriods,
  keepResiduals,
  prepareResiduals,
  rowsOf,
} from './stores/residuals.ts';
import { type KeyRange, seeingOnly } from './stores/seeing-only.ts';
import { chooseWeights, isBalanced, sumWeighed } from './stores/weights.ts';

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
export async function reconcileCounters(ctx: Ctx, peopleAtOnce = 100_000): Promise<Reconciliation> {
  requireRole(ctx, ['operator', 'auditor']);
  await settleMarks(ctx);
  const [counters, elsewhere] = await Promise.all([
    atOneInstant(ctx.db, seatsAtOnce, (seats) => compareCounters(seats, peopleAtOnce)),
    differencesElsewhere(ctx),
  ]);
  const found = [...counters.differences, ...elsewhere];
  return { ...counters, ok: found.length === 0, differences: found };
}

/** Reading, sorting and summing keep a processor each. */
const seatsAtOnce = 2;

async function compareCounters(seats: Seat[], peopleAtOnce: number): Promise<Omit<Reconciliation, 'ok'>> {
  const differing: ReconciledDifference[] = [];
  let counted = { offices: 0, days: 0 };
  const isRight = await weighCounters(seats, peopleAtOnce, async (tx) => {
    differing.push(...(await differingNodes(tx, most)));
    counted = await countedDays(tx);
  });
  if (!isRight) differing.push(...(await differencesOf(seats)));
  return { ...counted, differences: differing };
}

/**
 * Whether all counters are as the events say. People are counted in portions whose sorts fit into memory, by whichever
 * seat is free, while the first of them does what is `beside`; then all is weighed at once.
 */
export async function weighCounters(
  seats: Seat[],
  peopleAtOnce: number,
  beside: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  const [first] = seats;
  if (!first) throw new Error('Counters are compared on one connection at least.');
  const portions = await portionsOf(first.tx, peopleAtOnce);
  const weights = chooseWeights();
  const sums = await onEach(seats, async ({ tx }, number) => {
    if (number === 0) await beside(tx);
    return plannedForMany(tx, async () => {
      await addPortions(tx, portions);
      return sumWeighed(tx, { number, of: seats.length }, weights);
    });
  });
  return isBalanced(sums);
}

async function addPortions(tx: Tx, left: KeyRange[]): Promise<void> {
  await prepareExpected(tx);
  for (let portion = left.shift(); portion; portion = left.shift())
    await seeingOnly(tx, portion, () => addExpected(tx));
  await sumCourses(tx);
}

/** Rows of nodes that another seat compares go there. */
async function exchange(seats: Seat[]): Promise<void> {
  for (const from of seats)
    for (const [number, seat] of seats.entries()) {
      if (seat === from) continue;
      for (const table of ['event_row', 'course_row'])
        await moveRows(from, rowsOf(table, { number, of: seats.length }), { seat, table });
    }
}

/** Each seat compares some nodes, to find those that are wrong. */
async function differencesOf(seats: Seat[]): Promise<ReconciledDifference[]> {
  await exchange(seats);
  await onEach(seats, ({ tx }, number) =>
    plannedForMany(tx, async () => {
      await prepareResiduals(tx);
      await keepResiduals(tx, { number, of: seats.length });
      if (number === 0) await keepResidualPeriods(tx);
    }),
  );
  const [first, ...others] = seats;
  if (!first) return [];
  for (const other of others)
    await moveRows(other, 'select * from residual', { seat: first, table: 'residual' });
  await keepDiffering(first.tx);
  const found = await differences(first.tx, most);
  return found.length > 0 ? found : [unnamed];
}

/** Whatever is wrong is not called right, even where it cannot be named. */
const unnamed: ReconciledDifference = {
  officeCode: 'counters',
  grain: '-',
  day: '-',
  metric: 'figures that are wrong and cancel out',
  counted: 1,
  expected: 0,
};
