import type { Section, Sheet } from './shape.ts';

/** What the parts of a table add up to, beside the whole. */
export type Sums = { sum: number; whole: number; difference: number };

const partsOfWhole: readonly Section['key'][] = ['units', 'states', 'divisions', 'districts'];

/**
 * By how much the registered people of the parts differ from the whole; undefined where they do not, or a figure is
 * hidden. Reckoned from the sheet, so that a kept one says it as well.
 */
export function differenceOf({ key, lines }: Section, sheet: Sheet): Sums | undefined {
  if (!sheet.isExact || !partsOfWhole.includes(key)) return undefined;
  return sumsOf(
    lines.map((line) => line.figures.registered),
    sheet.figures.registered,
  );
}

/** The same of sanctioned posts; parts of which nobody entered any add nothing. */
export function postsOf({ key, lines }: Section, { strength }: Sheet): Sums | undefined {
  if (key !== 'units' || lines.every((line) => line.strength === null)) return undefined;
  return sumsOf(
    lines.map((line) => line.strength ?? 0),
    strength,
  );
}

function sumsOf(parts: readonly (number | null)[], whole: number | null): Sums | undefined {
  let sum = 0;
  for (const part of parts) {
    if (part === null) return undefined;
    sum += part;
  }
  return whole === null || sum === whole ? undefined : { sum, whole, difference: sum - whole };
}
