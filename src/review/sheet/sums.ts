import type { Section, Sheet } from './shape.ts';

/** What the parts of a table add up to, beside the whole. */
export type Sums = { sum: number; whole: number; difference: number };
/** `outside`: posted in none of them; `again`: posted in several, and counted in each. Sum + outside − again = whole. */
export type PeopleSums = Sums & { split: { outside: number; again: number } | null };

const partsOfWhole: readonly Section['key'][] = ['units', 'states', 'divisions', 'districts'];

/**
 * By how much the registered people of the parts differ from the whole, and why; undefined where they do not, or a
 * figure is hidden. Reckoned from the sheet, so that a kept one says it as well.
 */
export function differenceOf({ key, lines, outside }: Section, sheet: Sheet): PeopleSums | undefined {
  if (!sheet.isExact || !partsOfWhole.includes(key)) return undefined;
  const sums = sumsOf(
    lines.map((line) => line.figures.registered),
    sheet.figures.registered,
  );
  if (!sums || (sums.difference === 0 && !outside)) return undefined;
  const isKnown = outside !== null && outside !== undefined;
  return { ...sums, split: isKnown ? { outside, again: sums.difference + outside } : null };
}

/** The same of sanctioned posts; parts of which nobody entered any add nothing. */
export function postsOf({ key, lines }: Section, { strength }: Sheet): Sums | undefined {
  if (key !== 'units' || lines.every((line) => line.strength === null)) return undefined;
  const sums = sumsOf(
    lines.map((line) => line.strength ?? 0),
    strength,
  );
  return sums?.difference === 0 ? undefined : sums;
}

function sumsOf(parts: readonly (number | null)[], whole: number | null): Sums | undefined {
  let sum = 0;
  for (const part of parts) {
    if (part === null) return undefined;
    sum += part;
  }
  return whole === null ? undefined : { sum, whole, difference: sum - whole };
}
