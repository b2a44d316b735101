import type { Question } from '../catalogue/index.ts';
import type { LocalText } from './local-text.ts';

/** Every text of a question, in an order that its parts have in both languages. */
export function textsOf(question: Question): LocalText[] {
  const base = [question.text, question.explanation ?? {}];
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return [...base, ...question.options.map((one) => one.text)];
    case 'ordering':
      return [...base, ...question.items.map((one) => one.text)];
    case 'matching':
      return [
        ...base,
        ...question.pairs.flatMap((pair) => [pair.text, pair.match.text]),
        ...question.distractors.map((one) => one.text),
      ];
    case 'short':
      return [...base, ...question.rubric.map((one) => one.text)];
    case 'numeric':
      return [...base, question.unit ?? {}];
    default:
      return base;
  }
}

export function languagesOf(question: Question): ('hi' | 'en')[] {
  return (['hi', 'en'] as const).filter((language) => question.text[language]);
}

type Before = { content: Question; staleLanguage: 'hi' | 'en' | null };

/**
 * Which language has not followed: one language's words changed and the other's did not, though both exist. The
 * mark goes when the stale one is changed too, or when the author says that both still agree.
 */
export function staleTwin(
  before: Before,
  after: { content: Question; twinsAgree: boolean },
): 'hi' | 'en' | null {
  if (after.twinsAgree || languagesOf(after.content).length < 2) return null;
  // A twin that was just written follows what stands beside it.
  if (languagesOf(before.content).length < 2) return null;
  const changed = (language: 'hi' | 'en') =>
    wordsIn(before.content, language) !== wordsIn(after.content, language);
  const [hi, en] = [changed('hi'), changed('en')];
  if (hi && en) return null;
  if (!hi && !en) return before.staleLanguage;
  const [touched, other] = hi ? (['hi', 'en'] as const) : (['en', 'hi'] as const);
  return before.staleLanguage === touched ? null : other;
}

function wordsIn(question: Question, language: 'hi' | 'en'): string {
  return textsOf(question)
    .map((text) => text[language] ?? '')
    .join('\u0000');
}
