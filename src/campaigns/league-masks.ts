import type { UnitFigures } from './league.ts';
import { sizeClasses } from './state.ts';

/** What of an office is not shown: what it did (minutes a head, its rank), or who met the target. */
export type Hidden = ReadonlySet<'done' | 'met'>;
type Group = 'done' | 'met';
const groups: readonly Group[] = ['done', 'met'];

export type MaskedUnit = {
  key: string;
  figures: UnitFigures;
  isExact: boolean;
  /** What is hidden for the sake of an office below it. */
  forced?: Hidden;
  /** Whether the office's summary hides as much: what two pages hide of different offices could be subtracted. */
  isHiddenElsewhere?: boolean;
};

export const nothingHidden: Hidden = new Set();
const fewestPeople = sizeClasses[0].least;
/** Counts of 1 to 4 are not shown outside one's own subtree. */
const smallest = 5;

/**
 * What is hidden of offices side by side. A lone hidden value could be had by subtracting the others from the office
 * above them, so a second one goes with it; and below an office of which it is hidden, none is shown.
 */
export function hiddenOf(units: readonly MaskedUnit[], above: Hidden): Map<string, Hidden> {
  const hidden = new Map(units.map((unit) => [unit.key, ownHidden(unit, above)]));
  for (const group of groups) {
    const known = units.filter((unit) => hidden.get(unit.key)?.has(group));
    if (known.length !== 1) continue;
    const [companion] = units
      .filter((unit) => !unit.isExact && !hidden.get(unit.key)?.has(group))
      .toSorted((a, b) => weight(a, group) - weight(b, group) || a.key.localeCompare(b.key));
    if (companion) hidden.get(companion.key)?.add(group);
  }
  return hidden;
}

/**
 * What an office must hide since the reader sees exactly all but one of those below it: nobody is left there to go with
 * that one. An office with a single one below it tells no more of that than of its own people.
 */
export function forcedOfSum(units: readonly MaskedUnit[]): Hidden {
  const [lone, ...others] = units.filter((unit) => !unit.isExact);
  if (!lone || others.length > 0) return nothingHidden;
  return units.length === 1 ? (lone.forced ?? nothingHidden) : ownHidden(lone, nothingHidden);
}

export function ownHidden(unit: Omit<MaskedUnit, 'key'>, above: Hidden): Set<Group> {
  const { figures, isExact, forced = nothingHidden, isHiddenElsewhere } = unit;
  if (isExact) return new Set();
  if (figures.people < fewestPeople) return new Set(groups);
  const own = new Set([...above, ...forced]);
  if (isHiddenElsewhere || isSmall(figures.completions)) own.add('done');
  if (isSmall(figures.met)) own.add('met');
  return own;
}

/** The smallest that is not nothing is given up first. */
function weight({ figures }: MaskedUnit, group: Group): number {
  return (group === 'done' ? figures.completions : figures.met) || 1e12;
}

function isSmall(count: number): boolean {
  return count > 0 && count < smallest;
}
