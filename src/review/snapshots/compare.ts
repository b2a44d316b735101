import { changeOf, perHead, reachOf, share } from '../sheet/ratios.ts';
import type { Line, Sheet } from '../sheet/shape.ts';

/** One figure on two sheets; `isShare`: per cent, whose difference is in percentage points. */
export type Compared = {
  metric: ComparedMetric;
  first: number | null;
  second: number | null;
  /** Rounded once: it may differ by a tenth from the difference of the two as they are shown. */
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
  'learningMinutes',
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
export function compareSheets(first: Sheet, second: Sheet): { figures: Compared[]; units: ComparedUnit[] } {
  const figures = comparedMetrics.map((metric): Compared => {
    const [was, is] = [valueIn(first, metric), valueIn(second, metric)];
    const change = isShared(metric)
      ? changeOf(second.figures, first.figures, metric === 'reach' ? 'atLeastOne' : metric)
      : was === null || is === null
        ? null
        : is - was;
    return { metric, isShare: isShared(metric), first: was, second: is, change };
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
      change: changeOf(line.figures, was?.figures),
    };
  });
  return { figures, units };
}

function isShared(metric: ComparedMetric): metric is 'reach' | 'aiReach' | 'cyberReach' {
  return metric === 'reach' || metric === 'aiReach' || metric === 'cyberReach';
}

function valueIn({ figures }: Sheet, metric: ComparedMetric): number | null {
  const { registered, completions } = figures;
  if (metric === 'reach') return reachOf(figures);
  if (metric === 'perHead') return perHead(completions, registered);
  if (isShared(metric)) return share(figures[metric], registered);
  return figures[metric];
}

function unitsOf(sheet: Sheet): Line[] {
  return sheet.sections.find((section) => section.key === 'units')?.lines ?? [];
}
