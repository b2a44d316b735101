import { foldText } from './fold.ts';
import { romanise } from './romanise.ts';
import { skeleton } from './skeleton.ts';

/**
 * Of these texts those nearest to one that somebody mistyped, the best first: by how they sound in either script, by
 * single letters, and by what they hold of it. Nothing where nothing is near.
 */
export function nearest<Thing>(
  typed: string,
  things: readonly Thing[],
  { most, textsOf }: { most: number; textsOf(thing: Thing): readonly string[] },
): Thing[] {
  const asked = heard(typed);
  if (asked.words.length === 0) return [];
  return things
    .map((thing) => ({
      thing,
      near: Math.max(0, ...textsOf(thing).map((text) => nearness(asked, heard(text)))),
    }))
    .filter(({ near }) => near >= leastNear)
    .sort((one, other) => other.near - one.near)
    .slice(0, most)
    .map(({ thing }) => thing);
}

const leastNear = 0.65;

type Word = { latin: string; key: string };
type Heard = { folded: string; words: Word[] };

function heard(text: string): Heard {
  const folded = foldText(text);
  const words = folded.split(' ').filter((word) => word !== '');
  return { folded, words: words.map((word) => ({ latin: romanise(word), key: skeleton(word) })) };
}

/** 1: the same words. Words that were not asked for cost a little, so that the shortest of many comes first. */
function nearness(asked: Heard, other: Heard): number {
  const bestOf = (word: Word) => Math.max(0, ...other.words.map((one) => alike(word, one)));
  const sounds = asked.words.reduce((sum, word) => sum + bestOf(word), 0) / asked.words.length;
  const holds = asked.folded.length > 1 && other.folded.includes(asked.folded) ? 0.9 : 0;
  const more = Math.max(0, other.words.length - asked.words.length);
  return Math.max(sounds, holds) - Math.min(0.1, more * 0.02);
}

function alike(one: Word, other: Word): number {
  if (one.latin === other.latin) return 1;
  const letters = likeness(one.latin, other.latin);
  // A key of one or two letters is shared by words that have nothing in common.
  const hasSound = one.key.length > 2 && other.key.length > 2;
  return hasSound ? Math.max(letters, likeness(one.key, other.key) * 0.9) : letters;
}

function likeness(one: string, other: string): number {
  return 1 - distance(one, other) / Math.max(one.length, other.length);
}

/** How many letters have to be put in, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const changed = (row[to] ?? 0) + (one[at] === other[to] ? 0 : 1);
      next.push(Math.min(changed, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
