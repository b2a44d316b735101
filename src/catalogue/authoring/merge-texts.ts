import { diff3Merge } from 'node-diff3';

/** A passage that two authors changed in different ways. */
export type Collision = { mine: string; theirs: string };
export type Merged = { text: string; collisions: Collision[] };
/** What stands where both changed the same. */
export type Kept = 'mine' | 'theirs' | 'both';
type Three = { base: string; mine: string; theirs: string };

/**
 * Brings two changes of one text together, line by line. What one of them changed is taken; what both added in
 * the same place is kept one after the other; where both changed the same lines, what is to be `kept` stands in
 * the text and the passage is told as a collision.
 */
export function mergeTexts({ base, mine, theirs }: Three, kept: Kept = 'mine'): Merged {
  if (mine === base || mine === theirs) return { text: theirs, collisions: [] };
  if (theirs === base) return { text: mine, collisions: [] };
  // Two whole texts are no additions to one another.
  if (base.trim() === '')
    return { text: chosen(kept, [mine], [theirs]).join('\n'), collisions: [{ mine, theirs }] };
  const regions = diff3Merge(lines(mine), lines(base), lines(theirs), { excludeFalseConflicts: true });
  const collisions: Collision[] = [];
  const text = regions.flatMap(({ ok, conflict }) => {
    if (!conflict) return ok ?? [];
    if (isBlank(conflict.o)) return apart(conflict.b, conflict.a);
    collisions.push({ mine: conflict.a.join('\n').trim(), theirs: conflict.b.join('\n').trim() });
    return chosen(kept, conflict.a, conflict.b);
  });
  return { text: text.join('\n'), collisions };
}

function chosen(kept: Kept, mine: string[], theirs: string[]): string[] {
  if (kept === 'both') return apart(theirs, mine);
  return kept === 'mine' ? mine : theirs;
}

function lines(text: string): string[] {
  return text.split('\n');
}

function isBlank(part: string[]): boolean {
  return part.every((line) => line.trim() === '');
}

/** Two additions in one place: paragraphs of their own. */
function apart(first: string[], second: string[]): string[] {
  return [...first, ...(isBlank(first.slice(-1)) || isBlank(second.slice(0, 1)) ? [] : ['']), ...second];
}
