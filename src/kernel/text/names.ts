import { foldText } from './fold.ts';
import { skeleton } from './skeleton.ts';

const honorifics = new Set(
  (
    'श्री श्रीमती श्रीमति सुश्री कुमारी कु डॉ डा डाक्टर प्रो इंजी एड मो मोहम्मद स्व ' +
    'shri sri shree smt shrimati ms miss mr mrs dr prof er adv km kum kumari mo mohd md late'
  )
    .split(' ')
    .map(foldText),
);

/**
 * A key under which a person's name is the same in either script, whatever the order of its parts and with or
 * without Shri, Dr or Smt: "Dr. Ram Prasad" and "प्रसाद राम" give one key. Two people may share it: it suggests
 * that two records be looked at, and never decides that they are one person.
 */
export function nameKey(name: string): string {
  return partsOf(name)
    .map((part) => skeleton(part) || part)
    .sort()
    .join(' ');
}

/** Whether two names may be one, where either may give initials only: R. K. Sharma, राम कुमार शर्मा. */
export function isSameName(one: string, other: string): boolean {
  const [short = [], long = []] = [partsOf(one), partsOf(other)].sort((a, b) => a.length - b.length);
  if (short.length !== long.length || short.length === 0) return false;
  if (nameKey(one) === nameKey(other)) return true;
  const isWholeShared = short.some(
    (part, at) => part.length > 1 && skeleton(part) === skeleton(long[at] ?? ''),
  );
  return isWholeShared && short.every((part, at) => matchesInitial(part, long[at] ?? ''));
}

/**
 * One or two letters to show in place of a portrait. A Devanagari letter keeps its vowel sign and its joined
 * consonants, without which it would be another letter or none: राम प्रसाद gives राप्र.
 */
export function initialsOf(name: string): string {
  const parts = name
    .normalize('NFC')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((part) => part !== '' && !honorifics.has(foldText(part)));
  const first = parts.at(0) ?? '';
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  return (firstLetter(first) + firstLetter(last)).toLocaleUpperCase('en');
}

const graphemes = new Intl.Segmenter('hi', { granularity: 'grapheme' });

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}

function partsOf(name: string): string[] {
  const parts = foldText(name).split(' ');
  const kept = parts.filter((part) => part !== '' && !honorifics.has(part));
  return kept.length > 0 ? kept : parts.filter((part) => part !== '');
}

function matchesInitial(one: string, other: string): boolean {
  const [a, b] = [skeleton(one), skeleton(other)];
  if (a === b) return true;
  const isInitial = [...one].length === 1 || [...other].length === 1;
  return isInitial && a.charAt(0) === b.charAt(0);
}
