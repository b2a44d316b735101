import type { Figures } from '../../insight/index.ts';
import type { Line, Ranking } from './shape.ts';

/** No ranking of units with fewer people (METRICS). */
export const smallestRanked = 20;

type Counted = Pick<Figures, 'registered' | 'atLeastOne' | 'completions' | 'learningMinutes'>;

export function share(part: number | null | undefined, whole: number | null): number | null {
  const exact = percent({ part, whole });
  return exact === null ? null : tenth(exact);
}

export function perHead(part: number | null, registered: number | null): number | null {
  return part === null || !registered ? null : tenth(part / registered);
}

export function hoursPerHead({
  learningMinutes,
  registered,
}: Pick<Figures, 'learningMinutes' | 'registered'>): number | null {
  return learningMinutes === null ? null : perHead(learningMinutes / 60, registered);
}

export function reachOf({ atLeastOne, registered }: Counted): number | null {
  return share(atLeastOne, registered);
}

type Shared = Pick<Figures, 'registered'> &
  Partial<Record<'atLeastOne' | 'aiReach' | 'cyberReach', number | null>>;

/** Of a share, in percentage points, rounded once; null where either day has nobody to count. */
export function changeOf(
  now: Shared,
  before: Shared | null | undefined,
  name: 'atLeastOne' | 'aiReach' | 'cyberReach' = 'atLeastOne',
): number | null {
  return pointsBetween(
    { part: now[name], whole: now.registered },
    { part: before?.[name], whole: before?.registered },
  );
}

export type Portion = { part: number | null | undefined; whole: number | null | undefined };

/** How many percentage points one share is above another, of exact shares, rounded once. */
export function pointsBetween(now: Portion, before: Portion): number | null {
  const [one, other] = [percent(now), percent(before)];
  return one === null || other === null ? null : tenth(one - other);
}

/** How much more a head has than before, of exact quotients, rounded once. */
export function perHeadBetween(now: Portion, before: Portion): number | null {
  const [one, other] = [percent(now), percent(before)];
  return one === null || other === null ? null : tenth((one - other) / 100);
}

function percent({ part, whole }: Portion): number | null {
  return part === null || part === undefined || !whole ? null : (100 * part) / whole;
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
