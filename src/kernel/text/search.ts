import { foldText } from './fold.ts';
import { skeleton } from './skeleton.ts';
import { isStopWord } from './stop-words.ts';
import { synonymsOf } from './synonyms.ts';

/**
 * What to keep in a search column (`to_tsvector('simple', ...)` and a trigram index) for a thing with these
 * texts: their words folded, the same words in the other language where it is known, and the skeleton of each.
 * Skeletons begin with q, which no skeleton contains, so that `as` for आशा is not taken for the English word.
 */
export function searchDocument(texts: readonly string[]): string {
  const words = new Set<string>();
  for (const text of texts) {
    const folded = wordsOf(text);
    for (const word of meaningful(folded)) words.add(word);
    for (const phrase of synonymsOf(folded))
      for (const word of meaningful(phrase.split(' '))) words.add(word);
  }
  return [...new Set([...words, ...[...words].map(marked)])].join(' ');
}

export type SearchQuery = {
  /** The query as `searchDocument` folds texts, without words that mean nothing; for trigram similarity. */
  folded: string;
  /** One token per word, each to be found in the document whatever script either was typed in. */
  skeletons: string[];
  /** The same for `to_tsquery('simple', ...)`: all words, the beginnings of longer ones; '' for no words. */
  tsquery: string;
};

export function searchQuery(query: string): SearchQuery {
  const words = meaningful(wordsOf(query)).slice(0, maxWords);
  const skeletons = [...new Set(words.map(marked))];
  const tsquery = skeletons.map((token) => (token.length > 3 ? `${token}:*` : token)).join(' & ');
  return { folded: words.join(' '), skeletons, tsquery };
}

const maxWords = 12;

function wordsOf(text: string): string[] {
  return foldText(text)
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
