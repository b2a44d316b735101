import type { Figures } from '../../insight/index.ts';
import { hoursPerHead, measured, perHead, reachOf, share } from './ratios.ts';
import {
  type Ends,
  type Fact,
  type FactMetric,
  factMetrics,
  type Line,
  type Notable,
  type Ranking,
  type Section,
  type SectionKey,
  type Sheet,
} from './shape.ts';

/** So many from each end, and never so many that few stand between them. */
const mostNamed = 3;
const mostFacts = 2;
/** Differences smaller than these say nothing. */
const least: Record<FactMetric, number> = {
  reach: 3,
  perHead: 0.5,
  hours: 0.5,
  threeOrMore: 3,
  signedIn: 3,
  aiReach: 3,
  cyberReach: 3,
  change: 1,
  strength: 5,
};

export type Whole = { figures: Figures; postsShare?: number | null; change: number | null };

const withEnds: readonly SectionKey[] = ['units', 'states', 'districts', 'divisions'];

/**
 * Both ends of every table where anybody stands out. The districts of a department are mostly the offices right below
 * it again, so they are told only where those have no ends.
 */
export function endsOf(
  sections: readonly Section[],
  whole: Whole & { rankedBy: Ranking },
): Pick<Sheet, 'notable' | 'ends'> {
  const all = withEnds.flatMap((key): (Ends & { isOwn: boolean })[] => {
    const lines = sections.find((one) => one.key === key)?.lines ?? [];
    const { best, worst } = notable(lines, whole);
    const isOwn = key === 'units' || lines.every(({ opens }) => opens?.node === 'area');
    return best.length + worst.length === 0 ? [] : [{ key, best, worst, isOwn }];
  });
  const hasUnits = all.some(({ key }) => key === 'units');
  const told = all.filter(({ isOwn }) => isOwn || !hasUnits);
  const [{ best, worst } = { best: [], worst: [] }] = told;
  return { notable: { best, worst }, ends: told.map(({ isOwn: _isOwn, ...one }) => one) };
}

/** As a sheet shows them, one that was published by an earlier version too. */
export function endsShown({ ends, notable: first }: Sheet): Ends[] {
  return ends ?? (first.best.length + first.worst.length === 0 ? [] : [{ key: 'units', ...first }]);
}

/** The units at either end of the ranking, each with what sets it apart from the whole: two figures side by side. */
export function notable(
  lines: readonly Line[],
  whole: Whole & { rankedBy: Ranking },
): Pick<Ends, 'best' | 'worst'> {
  const placed = lines.filter((line) => line.place !== null);
  const count = Math.min(mostNamed, Math.ceil(placed.length / 3), Math.floor(placed.length / 2));
  const above = measured(whole, whole.rankedBy) ?? 0;
  // None below the whole is among the best, and none above it among the last.
  const standsOut = (line: Line, side: 1 | -1) => side * ((measured(line, whole.rankedBy) ?? 0) - above) > 0;
  const told =
    (side: 1 | -1) =>
    (line: Line): Notable => ({
      opens: line.opens,
      code: line.code,
      nameHi: line.nameHi,
      nameEn: line.nameEn,
      place: line.place ?? 0,
      of: placed.length,
      facts: factsOf(line, whole, side),
    });
  return {
    best: placed
      .slice(0, count)
      .filter((line) => standsOut(line, 1))
      .map(told(1)),
    worst: placed
      .slice(placed.length - count)
      .toReversed()
      .filter((line) => standsOut(line, -1))
      .map(told(-1)),
  };
}

/** The figure of the ranking first, then what differs most on the side (above, below) at which the unit stands. */
function factsOf(line: Line, whole: Whole & { rankedBy: Ranking }, side: 1 | -1): Fact[] {
  const isFirst = ({ metric }: Fact) => metric === whole.rankedBy;
  const own = valuesOf(line);
  const above = valuesOf(whole);
  const facts = factMetrics.flatMap((metric): Fact[] => {
    const [value, other] = [own[metric], above[metric]];
    if (
      value === null ||
      other === null ||
      (metric !== whole.rankedBy && side * (value - other) < least[metric])
    )
      return [];
    return [{ metric, value, above: other }];
  });
  return facts
    .toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)) || weight(b) - weight(a))
    .slice(0, mostFacts);
}

/** How often the least difference that says something. */
function weight({ metric, value, above }: Fact): number {
  return Math.abs(value - above) / least[metric];
}

function valuesOf({ figures, postsShare, change }: Whole): Record<FactMetric, number | null> {
  const { registered, threeOrMore, signedIn, completions } = figures;
  return {
    reach: reachOf(figures),
    perHead: perHead(completions, registered),
    hours: hoursPerHead(figures),
    threeOrMore: share(threeOrMore, registered),
    signedIn: share(signedIn, registered),
    aiReach: share(figures.aiReach, registered),
    cyberReach: share(figures.cyberReach, registered),
    change,
    strength: postsShare ?? null,
  };
}
