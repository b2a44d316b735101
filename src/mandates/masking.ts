import { hiddenInTree, type Masks, type TreeUnit } from '../insight/index.ts';
import type { MandateFigures } from './mandate-summary.ts';

/** An office among its sisters: what its summary masks, and whether this reader may see its figures anyhow. */
export type MaskCandidate = {
  officeId: string;
  parentId: string | null;
  isExact: boolean;
  masks: Masks;
  figures: MandateFigures;
};

/**
 * Which offices are masked. Where the summary hides an office's people or what these learnt, an order hides it too: it
 * may bind just those, and ask for just that. Who is bound is looked at by itself first, so that orders that bind the same
 * people hide the same offices; then the statuses.
 */
export function maskedByOrder(all: readonly MaskCandidate[]): Set<string> {
  const units = all.map(
    ({ officeId, parentId, isExact, masks, figures }): TreeUnit => ({
      ...{ key: officeId, parentKey: parentId, isExact },
      isHidden: learning.some((group) => masks.has(group)),
      isPreferred: masks.size > 0,
      counts: [figures.bound],
    }),
  );
  const ofBound = hiddenInTree(units);
  const figuresOf = new Map(all.map((one) => [one.officeId, one.figures]));
  return hiddenInTree(
    units.map((unit) => ({
      ...unit,
      isHidden: ofBound.has(unit.key),
      counts: countsOf(figuresOf.get(unit.key)),
    })),
  );
}

const learning = ['registered', 'bands', 'done', 'aiReach', 'cyberReach'] as const;

function countsOf(figures: MandateFigures | undefined): number[] {
  if (!figures) return [];
  const { bound, met, metLate, open, overdue, exempt } = figures;
  return [bound, met, metLate, open, overdue, exempt];
}
