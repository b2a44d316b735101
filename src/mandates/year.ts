import { type Ctx, requirePerson } from '../kernel/context.ts';
import { addDays, appraisalYear, type Day, todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { completionsOfPerson, type PersonCompletion } from '../learning/index.ts';
import { type CountedItem, type TrainingTotals, trainingTotals } from './rules/training-totals.ts';
import { settleChanged } from './settle.ts';
import { type PersonMandate, standingOfPerson } from './standing.ts';
import { type OtherItem, yearItems } from './stores/year-items.ts';

/** One's own training of a reporting year: what was done, and where one stands under each order. */
export type TrainingYear = {
  year: { name: string; from: Day; to: Day };
  /** The last day that is counted: the year's, or today while it runs. */
  asOf: Day;
  courses: PersonCompletion[];
  others: OtherItem[];
  orders: PersonMandate[];
  /** Added up as the statement adds them up. */
  totals: TrainingTotals;
};

/** The year by its name (2026-27), or the one that runs; no later one, and none before 2015. */
export async function trainingYear(ctx: Ctx, name: string | undefined): Promise<TrainingYear> {
  const personId = requirePerson(ctx);
  const today = todayInIndia(ctx.clock);
  const year = name ? yearNamed(name) : appraisalYear(today);
  if (!year || year.from > today) throw notFound();
  const asOf = year.to < today ? year.to : today;
  await settleChanged(ctx.db);
  const [all, { others, renewalIds }, orders] = await Promise.all([
    completionsOfPerson(ctx, personId),
    yearItems(ctx.db.read, personId, year),
    standingOfPerson(ctx, personId, { asOf }),
  ]);
  const repeated = new Set(renewalIds);
  const courses = all
    .filter((one) => one.completedDay >= year.from && one.completedDay <= year.to)
    .map((one) => ({ ...one, isRenewal: repeated.has(one.completionId) }));
  return {
    ...{ year, asOf, courses, others, orders: orders.filter((one) => isOfYear(one, year)) },
    totals: trainingTotals([...courses.map(asItem), ...others]),
  };
}

function asItem({ completedDay: day, minutes, isRenewal }: PersonCompletion): CountedItem {
  return { kind: 'course', mode: 'online', day, minutes, isRenewal, isCounted: !isRenewal };
}

/** An order is of a year in which its window has begun, and in which it was still open or was met. */
function isOfYear({ window, dueOn, reachedOn }: PersonMandate, year: { from: Day; to: Day }): boolean {
  const isOver = dueOn !== null && dueOn < year.from && (reachedOn === null || reachedOn < year.from);
  return window.from <= year.to && !isOver;
}

function yearNamed(name: string) {
  const first = Number(/^(20\d\d)-\d\d$/.exec(name)?.[1]);
  if (!first || first < 2015) return undefined;
  const year = appraisalYear(`${first}-04-01`);
  return year.name === name ? year : undefined;
}

/** The years that can be looked at: this one and the two before. */
export function yearsUntil(today: Day): string[] {
  const names: string[] = [];
  for (let day = today; names.length < 3; day = addDays(appraisalYear(day).from, -1))
    names.push(appraisalYear(day).name);
  return names;
}
