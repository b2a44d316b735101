import { searchQuery, synonymsOf } from '../kernel/text/index.ts';
import { nearestWords } from './nearest-words.ts';

/**
 * For each word of a query the skeletons that may have been meant, of those that `vocabulary` knows: the word
 * itself; two words written as one, or one written as two; what means the same; what differs by a slip. Words
 * for which there is nothing are left out.
 */
export function meantWords(words: readonly string[], vocabulary: ReadonlySet<string>): string[][] {
  const meant: string[][] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const joined = at + 1 < words.length ? tokenOf(word + words[at + 1]) : '';
    if (!vocabulary.has(tokenOf(word)) && vocabulary.has(joined)) {
      meant.push([joined]);
      at += 1;
    } else meant.push(...readingsOf(word, vocabulary));
  }
  return meant.filter((tokens) => tokens.length > 0);
}

function readingsOf(word: string, vocabulary: ReadonlySet<string>): string[][] {
  const token = tokenOf(word);
  if (vocabulary.has(token)) return [[token]];
  const same = synonymsOf([word])
    .map(tokenOf)
    .filter((one) => vocabulary.has(one));
  if (same.length > 0) return [same];
  const near = nearestWords(token, vocabulary);
  return near.length > 0 ? [near] : apart(word, vocabulary);
}

/** Both halves of a word that was written without its space. A half of one letter would fit anywhere. */
function apart(word: string, vocabulary: ReadonlySet<string>): string[][] {
  for (let cut = 3; cut <= word.length - 3; cut += 1) {
    const halves = [word.slice(0, cut), word.slice(cut)].map(tokenOf);
    if (halves.every((half) => half.length > 3 && vocabulary.has(half))) return halves.map((half) => [half]);
  }
  return [];
}

function tokenOf(word: string): string {
  return searchQuery(word).skeletons[0] ?? '';
}
