import type { Ctx } from '../kernel/context.ts';
import { addMonths, type Day, endOfMonth, startOfMonth } from '../kernel/dates.ts';
import type { Bilingual } from '../kernel/i18n.ts';
import { type OfficeRow, officeByCode } from '../organisations/index.ts';
import { monthBefore } from './as-of.ts';
import type { View } from './figures.ts';
import { mayListPersons } from './list-persons.ts';
import {
  type OfficeLine,
  type OfficeSummary,
  officeSummary,
  type SummaryWish,
  seesExactly,
} from './office-summary.ts';
import { activityByMonth, type MonthCounted } from './stores/counters.ts';
import { officesOnPath } from './stores/offices.ts';
import { type TableSums, tableSums } from './table-sums.ts';

/** A child office with what the table shows of it; `place` is its place by reach, where it is ranked. */
export type RankedChild = {
  line: OfficeLine;
  reachPercent: number | null;
  perHead: number | null;
  /** In percentage points since a month before. */
  change: number | null;
  place: number | null;
};

export type TrendMonth = MonthCounted & { isUnfinished: boolean };

export type TrainingReport = {
  summary: OfficeSummary;
  view: View;
  asOf: Day;
  path: { code: string; name: Bilingual; mayOpen: boolean }[];
  children: RankedChild[];
  sort: ChildSort;
  trend: TrendMonth[];
  /** False where the reader sees masked figures only: then there is no trend and there are no names. */
  isExact: boolean;
  mayListPersons: boolean;
  /** Null where figures are masked, and where there is no table to add up. */
  sums: TableSums | null;
};

export const childSorts = ['reach', 'perHead', 'registered', 'completions', 'name'] as const;
export type ChildSort = (typeof childSorts)[number];

/** No ranking of units with fewer people (METRICS). */
export const smallestRanked = 20;

/** All that the dashboard page and its exports show of one office: one source for the same numbers. */
export async function trainingReport(
  ctx: Ctx,
  wish: SummaryWish & { sort?: ChildSort },
): Promise<TrainingReport> {
  const summary = await officeSummary(ctx, wish);
  const { asOf, view } = summary;
  const office = (await officeByCode(ctx, wish.code)) as OfficeRow;
  const isExact = seesExactly(ctx, office);
  // A change since a day before is a difference of two days, which nobody is shown outside his own offices.
  const earlier = isExact
    ? await officeSummary(ctx, { code: wish.code, view, asOf: monthBefore(asOf) })
    : undefined;
  const path = await officesOnPath(ctx.db.read, office.path);
  const sort = wish.sort ?? (view === 'people' ? 'reach' : 'completions');
  return {
    summary,
    view,
    asOf,
    path: path.map((one) => ({
      code: one.code,
      name: { hi: one.nameHi, en: one.nameEn ?? one.nameHi },
      mayOpen: seesExactly(ctx, one),
    })),
    children: rank(summary, earlier, sort),
    sort,
    trend: isExact ? await trendOf(ctx, office.officeId, asOf) : [],
    isExact,
    mayListPersons: mayListPersons(ctx, office),
    sums: isExact && summary.children.length > 0 ? await tableSums(ctx, office, summary) : null,
  };
}

function rank(summary: OfficeSummary, earlier: OfficeSummary | undefined, sort: ChildSort): RankedChild[] {
  const before = new Map(earlier?.children.map((line) => [line.office.code, reachOf(line)]));
  const children = summary.children.map((line): RankedChild => {
    const reachPercent = reachOf(line);
    const was = before.get(line.office.code) ?? null;
    const change = reachPercent === null || was === null ? null : Math.round((reachPercent - was) * 10) / 10;
    return { line, reachPercent, perHead: perHeadOf(line), change, place: null };
  });
  const ranked = children
    .filter((child) => isRanked(child))
    .toSorted((a, b) => descending(a.reachPercent, b.reachPercent));
  // Equal reach, equal place.
  for (const child of ranked)
    child.place = 1 + ranked.findIndex((other) => other.reachPercent === child.reachPercent);
  return [
    ...children.filter(isRanked).toSorted(comparers[sort]),
    ...children.filter((child) => !isRanked(child)),
  ];
}

export function isRanked(child: RankedChild): boolean {
  if (child.line.view === 'activity') return true;
  return (child.line.registered ?? 0) >= smallestRanked && child.reachPercent !== null;
}

export function reachOf(line: OfficeLine): number | null {
  if (!line.registered || line.atLeastOne === null) return null;
  return (100 * line.atLeastOne) / line.registered;
}

export function perHeadOf(line: OfficeLine): number | null {
  if (!line.registered || line.completions === null) return null;
  return line.completions / line.registered;
}

const comparers: Record<ChildSort, (a: RankedChild, b: RankedChild) => number> = {
  reach: (a, b) => descending(a.reachPercent, b.reachPercent) || byName(a, b),
  perHead: (a, b) => descending(a.perHead, b.perHead) || byName(a, b),
  registered: (a, b) => descending(a.line.registered, b.line.registered) || byName(a, b),
  completions: (a, b) => descending(a.line.completions, b.line.completions) || byName(a, b),
  name: byName,
};

function byName(a: RankedChild, b: RankedChild): number {
  return a.line.office.nameHi.localeCompare(b.line.office.nameHi, 'hi');
}

function descending(a: number | null, b: number | null): number {
  return (b ?? -1) - (a ?? -1);
}

/** The last twelve months of the activity view, up to the day; months without a completion included. */
async function trendOf(ctx: Ctx, officeId: string, asOf: Day): Promise<TrendMonth[]> {
  const first = startOfMonth(addMonths(startOfMonth(asOf), -11));
  const found = await activityByMonth(ctx.db.read, officeId, { from: first, to: asOf });
  const byMonth = new Map(found.map((row) => [row.month, row]));
  return Array.from({ length: 12 }, (_, index) => {
    const month = addMonths(first, index);
    const counted = byMonth.get(month) ?? { month, completions: 0, renewals: 0, minutes: 0, onboarded: 0 };
    return { ...counted, isUnfinished: endOfMonth(month) > asOf };
  });
}
