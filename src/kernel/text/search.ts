import { abbreviationOf, joinedLetters, spelledAbbreviations, withoutStops } from './abbreviations.ts';
import { foldText } from './fold.ts';
import { skeleton } from './skeleton.ts';
import { isStopWord } from './stop-words.ts';
import { synonymsOf } from './synonyms.ts';

/**
 * What to keep in a search column with a trigram index for a thing with these texts: their words folded, the
 * same words in the other language where it is known, abbreviations as either script spells them, and the skeleton of each, parted and surrounded by
 * spaces. Skeletons begin with q, which no skeleton contains, so that `as` for आशा is not taken for the English
 * word. To find (see `SearchQuery`):
 *
 *     where search_text like all ($patterns) or $skeletons_joined <% search_text
 *     order by word_similarity($skeletons_joined, search_text) desc
 */
export function searchDocument(texts: readonly string[]): string {
  const words = new Set<string>();
  for (const text of texts) {
    const apart = wordsOf(text);
    const folded = joinedLetters(apart);
    for (const word of meaningful([...apart, ...folded])) words.add(word);
    for (const phrase of synonymsOf(folded))
      for (const word of meaningful(phrase.split(' '))) words.add(word);
    for (const word of spelledAbbreviations(text, folded)) words.add(word);
    for (const word of folded) {
      const abbreviation = abbreviationOf(word);
      if (abbreviation) words.add(abbreviation);
    }
  }
  const tokens = new Set([...words, ...[...words].map(marked)]);
  return tokens.size === 0 ? '' : ` ${[...tokens].join(' ')} `;
}

export type SearchQuery = {
  /** The query as `searchDocument` folds texts, without words that mean nothing. */
  folded: string;
  /**
   * One token per word, each found in the document whatever script either was typed in. Joined with spaces
   * they can be compared by `word_similarity`; with `folded` added they cannot, as half of it never matches.
   */
  skeletons: string[];
  /** The same for LIKE, all to be found: whole short words, the beginnings of longer ones. */
  patterns: string[];
  /** The same for `to_tsquery('simple', ...)`; '' where there are no words. */
  tsquery: string;
};

export function searchQuery(query: string): SearchQuery {
  const words = meaningful(joinedLetters(wordsOf(query))).slice(0, maxWords);
  const skeletons = [...new Set(words.map(marked))];
  const tsquery = skeletons.map((token) => (isLong(token) ? `${token}:*` : token)).join(' & ');
  const patterns = skeletons.map((token) => (isLong(token) ? `% ${token}%` : `% ${token} %`));
  return { folded: words.join(' '), skeletons, patterns, tsquery };
}

/** The beginning `qai` would find every word that sounds like it. */
function isLong(token: string): boolean {
  return token.length > 3;
}

const maxWords = 12;

function wordsOf(text: string): string[] {
  return foldText(withoutStops(text))
    .split(' ')
    .filter((word) => word !== '');
}

/** Without stop words, unless there is nothing else. */
function meaningful(words: string[]): string[] {
  const kept = words.filter((word) => !isStopWord(word));
  return kept.length > 0 ? kept : words;
}

function marked(word: string): string {
  return `q${skeleton(word) || word}`;
}
