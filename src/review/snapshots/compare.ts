import { wholeHours } from '../../kernel/numbers.ts';
import { perHead, reachOf, share, shownChange } from '../sheet/ratios.ts';
import type { Line, OrderLine, Sheet } from '../sheet/shape.ts';

/** One figure on two sheets; `isShare`: per cent, whose difference is in percentage points. */
export type Compared = {
  metric: ComparedMetric;
  first: number | null;
  second: number | null;
  /** Of the two as they are shown beside it, whatever they were before they were rounded. */
  change: number | null;
  isShare: boolean;
};
const comparedMetrics = [
  'registered',
  'atLeastOne',
  'reach',
  'threeOrMore',
  'completions',
  'perHead',
  'learningHours',
  'aiReach',
  'cyberReach',
] as const;
type ComparedMetric = (typeof comparedMetrics)[number];
export type ComparedUnit = Pick<Line, 'code' | 'nameHi' | 'nameEn'> & {
  first: number | null;
  second: number | null;
  change: number | null;
};

/** What two published sheets of one office say beside each other; nothing is reckoned anew. */
export function compareSheets(
  first: Sheet,
  second: Sheet,
): { figures: Compared[]; orders: ComparedUnit[]; units: ComparedUnit[] } {
  const figures = comparedMetrics.map((metric): Compared => {
    const [was, is] = [valueIn(first, metric), valueIn(second, metric)];
    return { metric, isShare: isShared(metric), first: was, second: is, change: shownChange(is, was) };
  });
  const before = new Map(unitsOf(first).map((line) => [line.code, line]));
  const units = unitsOf(second).map((line): ComparedUnit => {
    const was = before.get(line.code);
    const { code, nameHi, nameEn, reach } = line;
    return {
      code,
      nameHi,
      nameEn,
      first: was?.reach ?? null,
      second: reach,
      change: shownChange(reach, was?.reach ?? null),
    };
  });
  return { figures, orders: comparedOrders(first, second), units };
}

/** The share of the obliged who have met each order that either sheet knows, the second sheet's first. */
function comparedOrders(first: Sheet, second: Sheet): ComparedUnit[] {
  const was = new Map(first.orders.map((order) => [order.mandateId, order]));
  const is = new Map(second.orders.map((order) => [order.mandateId, order]));
  const all = [...second.orders, ...first.orders.filter(({ mandateId }) => !is.has(mandateId))];
  return all.map(({ mandateId, titleHi, titleEn, number }): ComparedUnit => {
    const [one, other] = [metShare(was.get(mandateId)), metShare(is.get(mandateId))];
    return {
      ...{ code: mandateId, nameHi: titleHi ?? titleEn ?? number, nameEn: titleEn },
      ...{ first: one, second: other, change: shownChange(other, one) },
    };
  });
}

/** Those who have met it, of those who are obliged. */
function metShare(order: OrderLine | undefined): number | null {
  const { bound = null, met = null, metLate = null, exempt = null } = order ?? {};
  const done = met === null || metLate === null ? null : met + metLate;
  return share(done, bound === null ? null : bound - (exempt ?? 0));
}

function isShared(metric: ComparedMetric): metric is 'reach' | 'aiReach' | 'cyberReach' {
  return metric === 'reach' || metric === 'aiReach' || metric === 'cyberReach';
}

function valueIn({ figures }: Sheet, metric: ComparedMetric): number | null {
  const { registered, completions } = figures;
  if (metric === 'reach') return reachOf(figures);
  if (metric === 'perHead') return perHead(completions, registered);
  if (isShared(metric)) return share(figures[metric], registered);
  // In hours, as it is shown.
  if (metric === 'learningHours')
    return figures.learningMinutes === null ? null : wholeHours(figures.learningMinutes);
  return figures[metric];
}

function unitsOf(sheet: Sheet): Line[] {
  return sheet.sections.find((section) => section.key === 'units')?.lines ?? [];
}
