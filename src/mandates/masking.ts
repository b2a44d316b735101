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
 * may bind just those, and ask for just that. Who is bound is looked at first and by itself, so that orders that bind the
 * same people hide the same offices, from month to month; then the statuses.
 */
export function maskedByOrder(all: readonly MaskCandidate[]): Set<string> {
  const ofBound = hiddenInTree(
    all.map((one) => ({
      ...placeOf(one),
      isHidden: one.masks.has('registered'),
      counts: [one.figures.bound],
    })),
  );
  return hiddenInTree(
    all.map((one) => ({
      ...placeOf(one),
      isHidden: ofBound.has(one.officeId) || learning.some((group) => one.masks.has(group)),
      counts: countsOf(one.figures),
    })),
  );
}

const learning = ['bands', 'done', 'aiReach', 'cyberReach'] as const;

function placeOf({ officeId, parentId, isExact }: MaskCandidate): Omit<TreeUnit, 'isHidden' | 'counts'> {
  return { key: officeId, parentKey: parentId, isExact };
}

function countsOf({ bound, met, metLate, open, overdue, exempt }: MandateFigures): number[] {
  return [bound, met, metLate, open, overdue, exempt];
}
