import type { Question } from '../catalogue/index.ts';
import type { Bilingual } from '../kernel/i18n.ts';
import type { LocalText } from './local-text.ts';
import type { QuestionRow } from './stores/banks.ts';

type Language = 'hi' | 'en';
type Kind<K extends Question['kind']> = Extract<Question, { kind: K }>;
export type Twin = { content: Question } | { reason: Bilingual };

/**
 * A question of a file as the twin of the one that the bank has under this code: its words join the other
 * language's where both ask the same, with the same key. Words that the bank has already are not written over,
 * unless they have not followed a change.
 */
export function twinOf(
  row: Pick<QuestionRow, 'content' | 'staleLanguage'>,
  given: Question,
  language: Language,
): Twin {
  const { content } = row;
  if (content.text[language] && row.staleLanguage !== language) return { reason: known };
  if (content.kind !== given.kind) return { reason: otherKind };
  const parts = joinedParts(content, given, language);
  if (!parts) return { reason: otherKey };
  const explanation = { ...content.explanation, ...given.explanation };
  return {
    content: {
      ...content,
      ...parts,
      text: { ...content.text, [language]: given.text[language] },
      ...(explanation.hi || explanation.en ? { explanation } : {}),
    } as Question,
  };
}

/** What the kind has beside its text, with both languages; undefined where the two do not say the same. */
function joinedParts(own: Question, given: Question, language: Language): Partial<Question> | undefined {
  switch (own.kind) {
    case 'truth':
      return own.answer === (given as Kind<'truth'>).answer ? {} : undefined;
    case 'numeric':
      return joinedNumber(own, given as Kind<'numeric'>);
    case 'fill': {
      const { accepted } = given as Kind<'fill'>;
      return { accepted: [...new Set([...own.accepted, ...accepted])] };
    }
    case 'ordering':
      return part('items', inPlaces(own.items, (given as Kind<'ordering'>).items, language));
    case 'matching':
      return joinedPairs(own, given as Kind<'matching'>, language);
    case 'short':
      return part('rubric', inPlaces(own.rubric, (given as Kind<'short'>).rubric, language));
    default: {
      const options = inOrderOf(own.options, (given as Kind<'single' | 'multiple'>).options);
      const isSame = own.options.every((one, at) => one.correct === options[at]?.correct);
      return isSame ? part('options', inPlaces(own.options, options, language)) : undefined;
    }
  }
}

function joinedNumber(own: Kind<'numeric'>, given: Kind<'numeric'>): Partial<Question> | undefined {
  if (own.answer !== given.answer || own.tolerance !== given.tolerance) return undefined;
  return own.unit || given.unit ? { unit: { ...own.unit, ...given.unit } } : {};
}

function joinedPairs(
  own: Kind<'matching'>,
  given: Kind<'matching'>,
  language: Language,
): Partial<Question> | undefined {
  const pairs = inPlaces(own.pairs, given.pairs, language);
  const matches = inPlaces(
    own.pairs.map((pair) => pair.match),
    given.pairs.map((pair) => pair.match),
    language,
  );
  const distractors = inPlaces(own.distractors, given.distractors, language);
  if (!pairs || !matches || !distractors) return undefined;
  return { pairs: pairs.map((pair, at) => ({ ...pair, match: matches[at] ?? pair.match })), distractors };
}

function part<T>(name: string, found: T[] | undefined): Partial<Question> | undefined {
  return found ? ({ [name]: found } as Partial<Question>) : undefined;
}

/** Options by their codes where a file kept them all, else as they stand. */
function inOrderOf<T extends { code: string }>(own: T[], given: T[]): T[] {
  const byCode = new Map(given.map((one) => [one.code, one]));
  const found = own.flatMap((one) => byCode.get(one.code) ?? []);
  return found.length === given.length ? found : given;
}

function inPlaces<T extends { text: LocalText }>(
  own: T[],
  given: { text: LocalText }[],
  language: Language,
): T[] | undefined {
  if (own.length !== given.length) return undefined;
  return own.map((one, at) => ({ ...one, text: { ...one.text, [language]: given[at]?.text[language] } }));
}

const known = {
  hi: 'बैंक में इस कोड का प्रश्न इस भाषा में पहले से है।',
  en: 'The bank has a question of this code in this language already.',
};
const otherKind = {
  hi: 'बैंक में इस कोड का प्रश्न दूसरे प्रकार का है।',
  en: 'In the bank, the question of this code is of another kind.',
};
const otherKey = {
  hi: 'बैंक में इस कोड के प्रश्न की उत्तर कुंजी या विकल्पों की संख्या अलग है।',
  en: 'In the bank, the question of this code has another key or another number of options.',
};
