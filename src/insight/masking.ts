import type { Figures } from './figures.ts';

/** Counts of 1 to 4 are not shown outside one's own subtree (METRICS: small cells). */
const smallest = 5;

/**
 * Figures that give each other away, masked together: a band can be had from the other bands and the
 * registered, minutes tell how many courses they stand for.
 */
const groups = {
  registered: ['registered'],
  bands: [
    'atLeastOne',
    'threeOrMore',
    'fewerThanThree',
    'inTraining',
    'begun',
    'bands.none',
    'bands.oneOrTwo',
    'bands.threeOrMore',
  ],
  signedIn: ['signedIn'],
  done: ['completions', 'learningMinutes', 'digitalMinutes', 'classroomMinutes'],
  renewals: ['renewals'],
  outside: ['notOnRoster', 'former'],
  aiReach: ['aiReach'],
  cyberReach: ['cyberReach'],
} as const;

export type MaskGroup = keyof typeof groups;
export type Masks = ReadonlySet<MaskGroup>;
/**
 * What goes with a group. What is counted over a roster of four says too much about each of the four; and
 * sums of completions and minutes tell the bands: none at all means that all are in the lowest.
 */
const follow: Partial<Record<MaskGroup, readonly MaskGroup[]>> = {
  registered: ['bands', 'signedIn', 'done', 'renewals', 'aiReach', 'cyberReach'],
  bands: ['done', 'renewals', 'aiReach', 'cyberReach'],
};
const groupNames = Object.keys(groups) as MaskGroup[];
// Minutes are not counts of anything small; they only follow the completions.
const notCounts = new Set<string>(['learningMinutes', 'digitalMinutes', 'classroomMinutes']);

/** One office among its sisters: its figures, and whether this reader may see it exactly anyhow. */
export type MaskCandidate = {
  key: string;
  figures: Figures;
  isExact: boolean;
  /** What is masked for the sake of the offices below it. */
  forced?: Masks;
};

/**
 * Which groups of each sister office are masked. `parentMasks` are those of the office above. A lone masked
 * value could be had by subtracting its sisters from the sum above them, so a second one goes with it; and
 * where the sum above is masked itself, at least one below must be.
 */
export function masksOfSisters(sisters: readonly MaskCandidate[], parentMasks: Masks): Map<string, Masks> {
  const masks = new Map(sisters.map((sister) => [sister.key, ownMasks(sister)]));
  for (const group of groupNames) {
    const open = sisters.filter((sister) => !sister.isExact && !masks.get(sister.key)?.has(group));
    const masked = sisters.filter((sister) => masks.get(sister.key)?.has(group)).length;
    const needed = parentMasks.has(group) ? 1 : 2;
    const isExposed = masked === 0 ? parentMasks.has(group) : masked < needed;
    if (!isExposed) continue;
    const companion = companionOf(
      open,
      sisters.find((sister) => masks.get(sister.key)?.has(group)),
      group,
    );
    if (companion) maskOne(masks.get(companion.key), group);
  }
  return masks;
}

/** The lightest of those that hide the lone one's small counts: who has none of a kind hides none of it. */
function companionOf(
  open: readonly MaskCandidate[],
  lone: MaskCandidate | undefined,
  group: MaskGroup,
): MaskCandidate | undefined {
  const small = groups[group].filter((name) => lone && hasSmall(lone.figures, name));
  const hiding = open.filter(({ figures }) => small.every((name) => figureNamed(figures, name)));
  return (hiding.length > 0 ? hiding : open).toSorted(byWeight(group))[0];
}

/**
 * What the office above must hide too: groups that are masked in one office alone, where the reader sees all
 * its sisters exactly, so that no second one is left to go with it.
 */
export function masksOfSum(sisters: readonly MaskCandidate[]): Set<MaskGroup> {
  const hidden = new Set<MaskGroup>();
  const others = sisters.filter((sister) => !sister.isExact);
  const [lone] = others;
  if (!lone || others.length > 1 || sisters.length === 1) return hidden;
  for (const group of ownMasks(lone)) maskOne(hidden, group);
  return hidden;
}

/** The groups that hold a count of 1 to 4, and those that it takes along. */
export function smallGroups(figures: Figures): Set<MaskGroup> {
  const small = new Set<MaskGroup>();
  for (const group of groupNames) {
    if (groups[group].some((name) => hasSmall(figures, name))) maskOne(small, group);
  }
  return small;
}

/** The figures without what is masked, and the names of it. */
export function withoutMasked(figures: Figures, masks: Masks): Figures & { masked: string[] } {
  const names = [...masks].flatMap((group) => groups[group] as readonly string[]);
  const hidden = new Set(names);
  const bands = {
    none: hidden.has('bands.none') ? null : figures.bands.none,
    oneOrTwo: hidden.has('bands.oneOrTwo') ? null : figures.bands.oneOrTwo,
    threeOrMore: hidden.has('bands.threeOrMore') ? null : figures.bands.threeOrMore,
  };
  const kept = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, hidden.has(name) ? null : value]),
  ) as Figures;
  // What does not belong to the view is null for everybody, not masked.
  return { ...kept, bands, masked: names.filter((name) => figureNamed(figures, name) !== null) };
}

function ownMasks({ figures, isExact, forced }: MaskCandidate): Set<MaskGroup> {
  if (isExact) return new Set();
  return new Set([...smallGroups(figures), ...(forced ?? [])]);
}

function maskOne(masks: Set<MaskGroup> | undefined, group: MaskGroup): void {
  masks?.add(group);
  for (const other of follow[group] ?? []) masks?.add(other);
}

/** The smallest that is not nothing is given up first; nothing at all only where there is no other. */
function byWeight(group: MaskGroup) {
  const weight = (candidate: MaskCandidate) =>
    figureNamed(candidate.figures, groups[group][0]) || Number.POSITIVE_INFINITY;
  return (a: MaskCandidate, b: MaskCandidate) => {
    const difference = weight(a) - weight(b);
    return Number.isNaN(difference) || difference === 0 ? a.key.localeCompare(b.key) : difference;
  };
}

function hasSmall(figures: Figures, name: string): boolean {
  const value = notCounts.has(name) ? null : figureNamed(figures, name);
  return value !== null && isSmallCount(value);
}

/** 1 to 4. */
export function isSmallCount(value: number): boolean {
  return value > 0 && value < smallest;
}

function figureNamed(figures: Figures, name: string): number | null {
  if (name.startsWith('bands.')) return figures.bands[name.slice(6) as keyof Figures['bands']];
  return figures[name as Exclude<keyof Figures, 'bands'>];
}
