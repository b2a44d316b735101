import { activityFigures, type Figures, peopleFigures, type View } from './figures.ts';
import { hiddenInTree } from './hidden-in-tree.ts';
import type { Counted } from './vector.ts';

type FigureName = Exclude<keyof Figures, 'bands'> | `bands.${keyof Figures['bands']}`;
/** `rest`: what its first figure leaves beside its second is a count as well. */
type Group = { view: View; names: readonly FigureName[]; rest?: true };

const done: readonly FigureName[] = ['completions', 'learningMinutes', 'digitalMinutes', 'classroomMinutes'];

/**
 * Figures that give each other away, masked together: a band can be had from the other bands and the
 * registered, minutes tell how many courses they stand for. What leads to others stands before them.
 */
const groups = {
  registered: { view: 'people', names: ['registered'] },
  bands: {
    view: 'people',
    names: [
      'atLeastOne',
      'threeOrMore',
      'fewerThanThree',
      'inTraining',
      'begun',
      'bands.none',
      'bands.oneOrTwo',
      'bands.threeOrMore',
    ],
  },
  signedIn: { view: 'people', names: ['signedIn'] },
  done: { view: 'people', names: done },
  renewals: { view: 'people', names: ['renewals'] },
  outside: { view: 'people', names: ['notOnRoster', 'former'], rest: true },
  aiReach: { view: 'people', names: ['aiReach'] },
  cyberReach: { view: 'people', names: ['cyberReach'] },
  activity: { view: 'activity', names: done },
  activityRenewals: { view: 'activity', names: ['renewals'] },
} as const satisfies Record<string, Group>;

export type MaskGroup = keyof typeof groups;
export type Masks = ReadonlySet<MaskGroup>;
/**
 * What goes with a group. What is counted over a roster of four says too much about each of the four; sums of
 * completions and minutes tell the bands: none at all means that all are in the lowest; and most of what an office's
 * people did they did while they were posted there.
 */
const follow: Partial<Record<MaskGroup, readonly MaskGroup[]>> = {
  registered: ['bands', 'signedIn'],
  bands: ['done', 'renewals', 'aiReach', 'cyberReach'],
  done: ['activity'],
  renewals: ['activityRenewals'],
};
const groupNames = Object.keys(groups) as MaskGroup[];
// Minutes are not counts of anything small; they only follow the completions.
const notCounts = new Set<FigureName>(['learningMinutes', 'digitalMinutes', 'classroomMinutes']);

/** A node among those that are looked at: what it counts, and whether this reader may see it exactly anyhow. */
export type MaskUnit = {
  key: string;
  parentKey: string | null;
  isExact: boolean;
  counted: Counted;
  /** What of it is masked for other reasons. */
  masks?: Masks;
};

/**
 * Which groups of each are masked: one set for both views of a day, from which all start that show figures of offices.
 * Each group starts from what leads to it, so that the same offices hide it, and a further one goes with them only where
 * they leave one alone.
 */
export function masksInTree(units: readonly MaskUnit[]): Map<string, Masks> {
  const masks = new Map(units.map((unit) => [unit.key, new Set<MaskGroup>()]));
  const figuresOf = new Map(
    units.map(({ key, counted }) => [
      key,
      { people: peopleFigures(counted), activity: activityFigures(counted) },
    ]),
  );
  for (const group of groupNames) {
    const { view }: Group = groups[group];
    const leading = groupNames.filter((name) => follow[name]?.includes(group));
    const hidden = hiddenInTree(
      units.map(({ key, parentKey, isExact, masks: own }) => ({
        ...{ key, parentKey, isExact },
        isHidden: own?.has(group) === true || leading.some((name) => masks.get(key)?.has(name)),
        counts: countsIn(figuresOf.get(key)?.[view], groups[group]),
      })),
    );
    for (const key of hidden) masks.get(key)?.add(group);
  }
  return masks;
}

/** The figures of a view without what is masked, and the names of it. */
export function withoutMasked<T extends Figures>(
  figures: T,
  masks: Masks,
  view: View = 'people',
): Figures & { masked: string[] } {
  const names = [...masks].flatMap((group): readonly FigureName[] =>
    groups[group].view === view ? groups[group].names : [],
  );
  const hidden = new Set<string>(names);
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

function countsIn(figures: Figures | undefined, { names, rest }: Group): number[] {
  const counts = names
    .filter((name) => !notCounts.has(name))
    .map((name) => (figures ? figureNamed(figures, name) : null) ?? 0);
  const [first = 0, second = 0] = counts;
  return rest ? [...counts, first - second] : counts;
}

function figureNamed(figures: Figures, name: FigureName): number | null {
  if (name.startsWith('bands.')) return figures.bands[name.slice(6) as keyof Figures['bands']];
  return figures[name as Exclude<keyof Figures, 'bands'>];
}
