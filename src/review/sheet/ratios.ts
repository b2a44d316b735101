import type { Figures } from '../../insight/index.ts';
import type { Line, Ranking } from './shape.ts';

/** No ranking of units with fewer people (METRICS). */
export const smallestRanked = 20;

type Counted = Pick<Figures, 'registered' | 'atLeastOne' | 'completions' | 'learningMinutes'>;

export function share(part: number | null | undefined, whole: number | null): number | null {
  if (part === null || part === undefined || !whole) return null;
  return tenth((100 * part) / whole);
}

export function perHead(part: number | null, registered: number | null): number | null {
  return part === null || !registered ? null : tenth(part / registered);
}

export function reachOf({ atLeastOne, registered }: Counted): number | null {
  return share(atLeastOne, registered);
}

/** In percentage points; null where either day has nobody to count. */
export function points(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : tenth(now - before);
}

/** What units are ranked by, unrounded: equal places are for equal figures alone. */
export function measured({ figures }: Pick<Line, 'figures'>, ranking: Ranking): number | null {
  const { registered, atLeastOne, completions, learningMinutes } = figures;
  if (!registered) return null;
  const part = { reach: atLeastOne, perHead: completions, hours: learningMinutes }[ranking];
  return part === null ? null : part / registered;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
