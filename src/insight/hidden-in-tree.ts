/** An office in the part of the tree that is looked at, by figures that are hidden together. */
export type TreeUnit = {
  key: string;
  parentKey: string | null;
  /** The reader may see it anyhow. */
  isExact: boolean;
  /** Whether it is hidden whatever it counts, since other figures of it are. */
  isHidden: boolean;
  /** Each hides the unit where it is 1 to 4; by the first the lightest is told. */
  counts: readonly number[];
};

type Family = { parent: TreeUnit | undefined; sisters: readonly TreeUnit[] };
type State = { hidden: Set<string>; isKnown: (unit: TreeUnit) => boolean };

/** Counts of 1 to 4 are not shown outside one's own subtree (METRICS: small cells). */
const smallest = 5;

/**
 * Which units are hidden: those with a small count, those hidden anyhow, and whatever would give these away. A lone
 * hidden one could be had by subtracting its sisters from the sum above them, so a second one goes with it, or, where
 * the reader knows all the others, the sum; and where the sum is hidden, one below it is. It is gone through until
 * nothing more is hidden. The sisters of a unit must all be there, or none of them.
 */
export function hiddenInTree(units: readonly TreeUnit[]): Set<string> {
  const families = familiesOf(units);
  const hidden = new Set(
    units
      .filter((unit) => !unit.isExact && (unit.isHidden || unit.counts.some(isSmallCount)))
      .map((unit) => unit.key),
  );
  const state = { hidden, isKnown: knownBy(families) };
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const family of families) hideBeside(family, state);
  }
  return hidden;
}

/** 1 to 4. */
export function isSmallCount(value: number): boolean {
  return value > 0 && value < smallest;
}

/** From the root down. Roots have no sum above them; a sum that is not among the units counts as shown. */
function familiesOf(units: readonly TreeUnit[]): Family[] {
  const byKey = new Map(units.map((unit) => [unit.key, unit]));
  const depthOf = (unit: TreeUnit | undefined): number =>
    unit ? 1 + depthOf(byKey.get(unit.parentKey ?? '')) : 0;
  const sistersOf = Map.groupBy(
    units.filter((unit) => unit.parentKey !== null),
    (unit) => unit.parentKey ?? '',
  );
  return [...sistersOf]
    .map(([key, sisters]) => ({ parent: byKey.get(key), sisters, depth: depthOf(byKey.get(key)) }))
    .toSorted((a, b) => a.depth - b.depth);
}

/** What the reader sees exactly, and what he can add up from it, with nobody more right there: this hides nothing beside it. */
function knownBy(families: readonly Family[]): State['isKnown'] {
  const known = new Set<string>();
  const isKnown = (unit: TreeUnit) => unit.isExact || known.has(unit.key);
  for (const { parent, sisters } of families.toReversed())
    if (parent && sisters.every(isKnown) && isAddedUp(parent, sisters)) known.add(parent.key);
  return isKnown;
}

/** Whoever is posted in several of them may make the sum more. */
function isAddedUp(parent: TreeUnit, sisters: readonly TreeUnit[]): boolean {
  return parent.counts.every(
    (count, index) => count <= sisters.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  );
}

function hideBeside({ parent, sisters }: Family, { hidden, isKnown }: State): void {
  const isSumHidden = parent !== undefined && hidden.has(parent.key);
  const [lone, second] = sisters.filter((unit) => hidden.has(unit.key) && !isKnown(unit));
  if (second || (lone ? isSumHidden : !isSumHidden)) return;
  const open = sisters.filter((unit) => !hidden.has(unit.key) && !isKnown(unit));
  const some = open.filter((unit) => weightOf(unit) > 0);
  const isLeftLone = lone !== undefined && sisters.some(isKnown);
  const companion = companionAmong(some, lone) ?? (isLeftLone ? undefined : open[0]);
  if (companion) hidden.add(companion.key);
  else if (lone && parent && !parent.isExact && isSumOf(parent, sisters)) hidden.add(parent.key);
  else if (open[0]) hidden.add(open[0].key);
}

/**
 * The lightest, of those that hide the lone one's small counts: who has none of a kind hides none of it. Nothing else is
 * looked at, so that from month to month the same one goes with it as long as these counts stay.
 */
function companionAmong(open: readonly TreeUnit[], lone: TreeUnit | undefined): TreeUnit | undefined {
  const small = (lone?.counts ?? []).flatMap((count, index) => (isSmallCount(count) ? [index] : []));
  const bare = (unit: TreeUnit) => Number(small.some((index) => !unit.counts[index]));
  return open.toSorted(
    (a, b) => bare(a) - bare(b) || weightOf(a) - weightOf(b) || (a.key < b.key ? -1 : 1),
  )[0];
}

function weightOf({ counts }: TreeUnit): number {
  return counts[0] ?? 0;
}

/** An office with a single one below it tells of that one only where it has nobody of its own. */
function isSumOf(parent: TreeUnit, sisters: readonly TreeUnit[]): boolean {
  const [only, ...others] = sisters;
  return others.length > 0 || parent.counts.every((count, index) => count === only?.counts[index]);
}
