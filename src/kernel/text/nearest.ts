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
  const asked = foldText(typed.slice(0, longest.text));
  const words = wordsOf(asked).slice(0, longest.words);
  if (words.length === 0) return [];
  const nearness = nearnessTo(asked, words);
  return things
    .map((thing) => ({ thing, near: Math.max(0, ...textsOf(thing).map(nearness)) }))
    .filter(({ near }) => near >= leastNear)
    .sort((one, other) => other.near - one.near)
    .slice(0, most)
    .map(({ thing }) => thing);
}

const leastNear = 0.65;
/** What is typed by mistake is a name, or a part of one. */
const longest = { text: 120, words: 8, word: 30 };

type Word = { latin: string; key: string };

function wordsOf(folded: string): string[] {
  return folded.split(' ').filter((word) => word !== '');
}

function heard(word: string): Word {
  const short = word.slice(0, longest.word);
  return { latin: romanise(short), key: skeleton(short) };
}

/**
 * 1: the same words. Words that were not asked for cost a little, so that the shortest of many comes first. Names share
 * their words, so each word is heard and compared once.
 */
function nearnessTo(asked: string, words: readonly string[]): (text: string) => number {
  const wanted = words.map(heard);
  const known = new Map<string, readonly number[]>();
  const nearBy = (word: string) => {
    const found = known.get(word);
    if (found) return found;
    const other = heard(word);
    const near = wanted.map((one) => alike(one, other));
    known.set(word, near);
    return near;
  };
  return (text) => {
    const folded = foldText(text);
    const there = wordsOf(folded).map(nearBy);
    const sounds = wanted.reduce(
      (sum, _, at) => sum + there.reduce((best, near) => Math.max(best, near[at] ?? 0), 0),
      0,
    );
    const holds = asked.length > 1 && folded.includes(asked) ? 0.9 : 0;
    const more = Math.max(0, there.length - wanted.length);
    return Math.max(sounds / wanted.length, holds) - Math.min(0.1, more * 0.02);
  };
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
