import type { MandateFigures } from './mandate-summary.ts';

/** An office among its sisters; `isExact`: this reader may see its figures anyhow. */
export type MaskCandidate = {
  officeId: string;
  parentId: string | null;
  depth: number;
  isExact: boolean;
  figures: MandateFigures;
};

/** Counts of 1 to 4 are not shown outside one's own subtree (METRICS: small cells). */
const smallest = 5;

/**
 * Which offices are masked: those with a small count among their figures, and whatever would give these away. A
 * lone masked office could be had by subtracting its sisters from the sum above them, so a second one goes with
 * it, or, where the reader sees all its sisters exactly, the office above.
 */
export function maskSisters(all: readonly MaskCandidate[]): Set<string> {
  const masked = new Set(
    all.filter((one) => !one.isExact && isSmall(one.figures)).map((one) => one.officeId),
  );
  const parents = [...new Set(all.map((one) => one.parentId))];
  const families = parents.map((parentId) => ({
    parent: all.find((one) => one.officeId === parentId),
    sisters: all.filter((one) => one.parentId === parentId),
  }));
  const depthOf = (family: (typeof families)[number]) => family.parent?.depth ?? 0;
  for (const { parent, sisters } of families.toSorted((a, b) => depthOf(b) - depthOf(a)))
    if (parent && !parent.isExact && standsAlone(sisters, masked)) masked.add(parent.officeId);
  // What is given up for one family may lay another open, so it is gone through until nothing more is hidden.
  for (let before = -1; before !== masked.size; ) {
    before = masked.size;
    for (const family of families.toSorted((a, b) => depthOf(a) - depthOf(b))) addCompanions(family, masked);
  }
  return masked;
}

const counted = ['met', 'metLate', 'open', 'overdue', 'exempt'] as const;

function isSmall(figures: MandateFigures): boolean {
  return smallNames(figures).length > 0;
}

function smallNames(figures: MandateFigures): (typeof counted)[number][] {
  return counted.filter((name) => figures[name] > 0 && figures[name] < smallest);
}

function standsAlone(sisters: readonly MaskCandidate[], masked: ReadonlySet<string>): boolean {
  const others = sisters.filter((one) => !one.isExact);
  return others.length === 1 && others.every((one) => masked.has(one.officeId));
}

type Family = { parent: MaskCandidate | undefined; sisters: MaskCandidate[] };

function addCompanions({ parent, sisters }: Family, masked: Set<string>): void {
  const isSumMasked = parent !== undefined && masked.has(parent.officeId);
  const hidden = sisters.filter((one) => masked.has(one.officeId)).length;
  const isExposed = hidden === 0 ? isSumMasked : hidden === 1 && !isSumMasked;
  if (!isExposed || (hidden === 1 && parent === undefined)) return;
  const open = sisters.filter((one) => !one.isExact && !masked.has(one.officeId));
  const small = sisters.filter((one) => masked.has(one.officeId)).flatMap((one) => smallNames(one.figures));
  // An office with nobody hides nobody: the difference would be the small count itself.
  const hiding = open.filter((one) => one.figures.bound > 0 && small.every((name) => one.figures[name] > 0));
  const lightest = lightestOf(hiding) ?? lightestOf(open.filter((one) => one.figures.bound > 0));
  if (lightest) masked.add(lightest.officeId);
  else if (hidden === 1 && parent && !parent.isExact) masked.add(parent.officeId);
}

function lightestOf(candidates: readonly MaskCandidate[]): MaskCandidate | undefined {
  return candidates.toSorted((a, b) => a.figures.bound - b.figures.bound)[0];
}
