import type { Answer, Question } from '../catalogue/index.ts';
import { type Language, pick, translator } from '../kernel/i18n.ts';

type Texts = { code: string; text: { hi?: string; en?: string } }[];

/** What the learner answered, in words; null where nothing was. */
export function answerText(
  question: Question,
  answer: Answer | undefined,
  language: Language,
): string | null {
  const given = (Array.isArray(answer) ? answer : [answer ?? '']).map(String);
  if (given.every((one) => one.trim() === '')) return null;
  return partsText(question, given, language);
}

/** The right answer in words; null where none can be named, as of a short answer. */
export function rightText(question: Question, language: Language): string | null {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return partsText(question, codesOf(question.options.filter((option) => option.correct)), language);
    case 'ordering':
      return partsText(question, codesOf(question.items), language);
    case 'matching':
      return partsText(question, codesOf(question.pairs.map((pair) => pair.match)), language);
    case 'truth':
      return partsText(question, [String(question.answer)], language);
    case 'numeric':
      return [question.answer, question.unit && pick(question.unit, language)]
        .filter((one) => one !== undefined)
        .join(' ');
    case 'fill':
      return question.accepted.join(' / ') || null;
    case 'short':
      return null;
  }
}

function partsText(question: Question, codes: string[], language: Language): string {
  const word = (texts: Texts, code: string) =>
    pick(texts.find((one) => one.code === code)?.text ?? {}, language) || '–';
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return codes.map((code) => word(question.options, code)).join(', ');
    case 'ordering':
      return codes.map((code) => word(question.items, code)).join(' → ');
    case 'matching': {
      const matches = [...question.pairs.map((pair) => pair.match), ...question.distractors];
      return question.pairs
        .map((pair, at) => `${pick(pair.text, language)} – ${word(matches, codes[at] ?? '')}`)
        .join('; ');
    }
    case 'truth':
      return translator(language)(codes[0] === 'true' ? 'learning.answerTrue' : 'learning.answerFalse');
    default:
      return codes.join(', ');
  }
}

function codesOf(parts: { code: string }[]): string[] {
  return parts.map((part) => part.code);
}
