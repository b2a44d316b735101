import { measured, smallestRanked } from './ratios.ts';
import type { Line, Ranking } from './shape.ts';

/**
 * The same lines in the order of their places; those with fewer than 20 people stand last, without one. Where what ranks
 * one of them is hidden from the reader nobody has a place: the true ones would tell of what is hidden, others are false.
 */
export function ranked(lines: readonly Line[], ranking: Ranking): Line[] {
  if (lines.some((line) => isHidden(line, ranking)))
    return lines.toSorted((a, b) => (a.code < b.code ? -1 : 1)).map((line) => ({ ...line, place: null }));
  const values = new Map(lines.map((line) => [line, isRanked(line) ? measured(line, ranking) : null]));
  const valueFor = (line: Line) => values.get(line) ?? null;
  const inOrder = lines.toSorted(
    (a, b) => descending(valueFor(a), valueFor(b)) || (a.code < b.code ? -1 : 1),
  );
  let place = 0;
  return inOrder.map((line, index) => {
    const value = valueFor(line);
    if (value === null) return { ...line, place: null };
    const before = inOrder[index - 1];
    if (!before || valueFor(before) !== value) place = index + 1;
    return { ...line, place };
  });
}

/** Whether what ranks it is hidden from the reader. */
export function isHidden({ figures: { registered, ...figures } }: Line, ranking: Ranking): boolean {
  const part = { reach: figures.atLeastOne, perHead: figures.completions, hours: figures.learningMinutes };
  return registered === null || part[ranking] === null;
}

function isRanked({ figures }: Line): boolean {
  return (figures.registered ?? 0) >= smallestRanked;
}

function descending(a: number | null, b: number | null): number {
  return (b ?? -1) - (a ?? -1);
}
