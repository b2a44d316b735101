import { wholeHours } from '../../kernel/numbers.ts';
import {
  changeOf,
  type Portion,
  perHead,
  perHeadBetween,
  pointsBetween,
  reachOf,
  share,
} from '../sheet/ratios.ts';
import { type Line, type OrderLine, type SectionKey, type Sheet, sectionKeys } from '../sheet/shape.ts';

/** One figure on two sheets; `isShare`: per cent, whose difference is in percentage points. */
export type Compared = {
  code: ComparedMetric;
  first: number | null;
  second: number | null;
  /**
   * Of a share or a figure per head: of the exact ones, rounded once, as the sheet tells it, so that a tenth may be
   * between it and the two beside it. Of the others their difference.
   */
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
/** People of a band, and their share of the registered, whose difference is `change`. */
export type ComparedBand = {
  code: Band;
  first: { count: number | null; share: number | null };
  second: { count: number | null; share: number | null };
  change: number | null;
};
const bands = ['none', 'oneOrTwo', 'threeOrMore'] as const;
type Band = (typeof bands)[number];
/** `review.…` of what each band is called. */
export const bandKeys = { none: 'bandNone', oneOrTwo: 'bandOneTwo', threeOrMore: 'bandThree' } as const;
/** A share of people on two sheets; `people`: of how many on the second. */
export type ComparedUnit = Pick<Line, 'code' | 'nameHi' | 'nameEn'> & {
  first: number | null;
  second: number | null;
  change: number | null;
  people: number | null;
};
export type Comparison = {
  figures: Compared[];
  /** None where either sheet hides one of them. */
  bands: ComparedBand[];
  orders: ComparedUnit[];
  sections: { key: SectionKey; lines: ComparedUnit[] }[];
};

/** What two published sheets of one place say beside each other; nothing is reckoned anew. */
export function compareSheets(first: Sheet, second: Sheet): Comparison {
  const figures = comparedMetrics.map((metric): Compared => {
    const [was, is] = [valueIn(first, metric), valueIn(second, metric)];
    return {
      code: metric,
      isShare: isShared(metric),
      first: was,
      second: is,
      change: changeIn(first, second, metric),
    };
  });
  return {
    figures,
    bands: comparedBands(first, second),
    orders: comparedOrders(first, second),
    sections: sectionKeys.flatMap((key) => {
      const lines = comparedLines(linesOf(first, key), linesOf(second, key));
      return lines.length > 0 ? [{ key, lines }] : [];
    }),
  };
}

function comparedBands(...sheets: [first: Sheet, second: Sheet]): ComparedBand[] {
  if (sheets.some(({ figures }) => bands.some((band) => figures.bands[band] === null))) return [];
  const [first, second] = sheets;
  const told = ({ figures }: Sheet, band: Band) => {
    const count = figures.bands[band];
    return { count, share: share(count, figures.registered) };
  };
  const portion = ({ figures }: Sheet, band: Band): Portion => ({
    part: figures.bands[band],
    whole: figures.registered,
  });
  return bands.map(
    (code): ComparedBand => ({
      code,
      first: told(first, code),
      second: told(second, code),
      change: pointsBetween(portion(second, code), portion(first, code)),
    }),
  );
}

/** Each part that either sheet knows, in the order of the second; of one that is gone the first alone tells. */
function comparedLines(first: readonly Line[], second: readonly Line[]): ComparedUnit[] {
  const was = new Map(first.map((line) => [line.code, line]));
  const is = new Map(second.map((line) => [line.code, line]));
  const all = [...second, ...first.filter(({ code }) => !is.has(code))];
  return all.map(({ code, nameHi, nameEn }): ComparedUnit => {
    const [one, other] = [was.get(code), is.get(code)];
    return {
      ...{ code, nameHi, nameEn, first: one?.reach ?? null, second: other?.reach ?? null },
      change: other ? changeOf(other.figures, one?.figures) : null,
      people: other?.figures.registered ?? null,
    };
  });
}

/** The share of the obliged who have met each order that either sheet knows, the second sheet's first. */
function comparedOrders(first: Sheet, second: Sheet): ComparedUnit[] {
  const was = new Map(first.orders.map((order) => [order.mandateId, order]));
  const is = new Map(second.orders.map((order) => [order.mandateId, order]));
  const all = [...second.orders, ...first.orders.filter(({ mandateId }) => !is.has(mandateId))];
  return all.map(({ mandateId, titleHi, titleEn, number }): ComparedUnit => {
    const [one, other] = [metBy(was.get(mandateId)), metBy(is.get(mandateId))];
    return {
      ...{ code: mandateId, nameHi: titleHi ?? titleEn ?? number, nameEn: titleEn },
      ...{ first: share(one.part, one.whole), second: share(other.part, other.whole) },
      ...{ change: pointsBetween(other, one), people: other.whole },
    };
  });
}

type Met = { part: number | null; whole: number | null };

/** Those who have met it, of those who are obliged. */
function metBy(order: OrderLine | undefined): Met {
  const { met = null, metLate = null, bound = null, exempt = null } = order ?? {};
  return {
    part: met === null || metLate === null ? null : met + metLate,
    whole: bound === null ? null : bound - (exempt ?? 0),
  };
}

function changeIn({ figures: was }: Sheet, { figures: is }: Sheet, metric: ComparedMetric): number | null {
  if (metric === 'reach') return changeOf(is, was);
  if (isShared(metric)) return changeOf(is, was, metric);
  if (metric === 'perHead')
    return perHeadBetween(
      { part: is.completions, whole: is.registered },
      { part: was.completions, whole: was.registered },
    );
  // Whole hours as they stand: what is less than one would be a difference of nought between two numbers.
  const [one, other] = [valueIn({ figures: was }, metric), valueIn({ figures: is }, metric)];
  return one === null || other === null ? null : other - one;
}

function isShared(metric: ComparedMetric): metric is 'reach' | 'aiReach' | 'cyberReach' {
  return metric === 'reach' || metric === 'aiReach' || metric === 'cyberReach';
}

function valueIn({ figures }: Pick<Sheet, 'figures'>, metric: ComparedMetric): number | null {
  const { registered, completions } = figures;
  if (metric === 'reach') return reachOf(figures);
  if (metric === 'perHead') return perHead(completions, registered);
  if (isShared(metric)) return share(figures[metric], registered);
  // In hours, as it is shown.
  if (metric === 'learningHours')
    return figures.learningMinutes === null ? null : wholeHours(figures.learningMinutes);
  return figures[metric];
}

function linesOf(sheet: Sheet, wanted: SectionKey): Line[] {
  return sheet.sections.find(({ key }) => key === wanted)?.lines ?? [];
}
