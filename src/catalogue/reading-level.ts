/** How hard a Hindi text is to read, by what can be counted; a hint for its author, never a refusal. */
export type ReadingLevel = {
  level: 'easy' | 'fair' | 'hard';
  sentences: number;
  wordsPerSentence: number;
  /** Share of words of five or more syllables (letters with a vowel of their own), 0 to 1. */
  longWords: number;
  /** Share of words in Latin letters, 0 to 1. */
  latinWords: number;
  /** The longest sentences, to be parted first. */
  longest: string[];
};

const longSentence = 20;

/** Nothing where there is too little Hindi to say anything: fewer than 30 words of it. */
export function readingLevel(markdown: string): ReadingLevel | undefined {
  const text = plainText(markdown);
  const sentences = text
    .split(/[।?!\n]+|\.(?=\s|$)/)
    .map((sentence) => ({ sentence: sentence.trim(), words: wordsOf(sentence) }))
    .filter(({ words }) => words.length > 0);
  const words = sentences.flatMap((one) => one.words);
  const hindi = words.filter((word) => /[\u0900-\u097f]/.test(word));
  if (hindi.length < 30) return undefined;
  const wordsPerSentence = words.length / sentences.length;
  const longWords = hindi.filter((word) => syllables(word) >= 5).length / hindi.length;
  const latinWords = words.filter((word) => /^[a-z]/i.test(word)).length / words.length;
  return {
    level: levelOf({ wordsPerSentence, longWords, latinWords }),
    sentences: sentences.length,
    wordsPerSentence,
    longWords,
    latinWords,
    longest: sentences
      .filter((one) => one.words.length > longSentence)
      .sort((a, b) => b.words.length - a.words.length)
      .slice(0, 3)
      .map(({ sentence }) => sentence),
  };
}

/** Each count past its mark makes the text harder by a step; the marks are those of the decision record. */
function levelOf(counts: Pick<ReadingLevel, 'wordsPerSentence' | 'longWords' | 'latinWords'>) {
  const steps =
    (counts.wordsPerSentence > 15 ? 1 : 0) +
    (counts.wordsPerSentence > 22 ? 1 : 0) +
    (counts.longWords > 0.12 ? 1 : 0) +
    (counts.latinWords > 0.15 ? 1 : 0);
  return steps === 0 ? 'easy' : steps === 1 ? 'fair' : 'hard';
}

/** Signs of Markdown, addresses and code say nothing of how hard the words are. */
function plainText(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/g, '\n')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\]\([^)]*\)/g, ' ')
    .replace(/https?:\S+/g, ' ')
    .replace(/^\s*(#{1,6}|[-*+>]|\d+[.)])\s+/gm, '')
    .replace(/[*_`~|[\]]/g, ' ');
}

function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}\p{M}\p{N}]+/gu)?.filter((word) => /\p{L}/u.test(word)) ?? [];
}

/** Letters that carry a vowel: a letter before a virama is half and belongs to the next. */
function syllables(word: string): number {
  return (word.match(/[\u0905-\u0939\u0958-\u0961](?!्)/g) ?? []).length;
}
