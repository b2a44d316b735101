import { readingLevel } from '../../reading-level.ts';
import type { Words } from './words.ts';

export const readingKeys = [
  'readingEasy',
  'readingFair',
  'readingHard',
  'readingSentence',
  'readingLatin',
  'readingLongest',
] as const;
export type ReadingWords = Pick<Words, (typeof readingKeys)[number]>;

/** How the text reads, in one or two plain sentences; nothing where there is too little of it. */
export function readingText(markdown: string, words: ReadingWords): string {
  const reading = readingLevel(markdown);
  if (!reading) return '';
  const { level, wordsPerSentence, latinWords, longest } = reading;
  const name = { easy: words.readingEasy, fair: words.readingFair, hard: words.readingHard }[level];
  const parts = [name, words.readingSentence.replace('{n}', String(Math.round(wordsPerSentence)))];
  if (latinWords > 0.15) parts.push(words.readingLatin.replace('{n}', String(Math.round(latinWords * 100))));
  const first = longest[0];
  if (first && level !== 'easy') parts.push(words.readingLongest.replace('{text}', `${first.slice(0, 60)}…`));
  return parts.join(' ');
}
