import { createHash } from 'node:crypto';
import { type LocalText, localised } from './local-text.ts';
import type { BankQuestionInput, QuizInput } from './schema.ts';

/** A quiz as kept: every text by language, every question and option with a code. Never sent whole to a learner. */
export type Quiz = {
  passShare: number;
  attempts: number | null;
  questions: Question[];
  /** The code of a blueprint: each attempt draws its own questions from banks, and `questions` is empty. */
  blueprint?: string;
};
export type Choice = { code: string; text: LocalText };
type QuestionBase = { code: string; text: LocalText; explanation?: LocalText; points: number };
/** What a marker looks for in a short answer, and what it is worth as a share of the question. */
export type Criterion = { code: string; text: LocalText; share: number };
export type Question =
  | (QuestionBase & { kind: 'single' | 'multiple'; options: (Choice & { correct: boolean })[] })
  | (QuestionBase & { kind: 'truth'; answer: boolean })
  | (QuestionBase & { kind: 'numeric'; answer: number; tolerance: number; unit?: LocalText })
  | (QuestionBase & { kind: 'ordering'; items: Choice[] })
  | (QuestionBase & { kind: 'matching'; pairs: (Choice & { match: Choice })[]; distractors: Choice[] })
  | (QuestionBase & { kind: 'fill'; accepted: string[]; anyScript: boolean })
  | (QuestionBase & { kind: 'short'; rubric: Criterion[]; maxWords: number });

export function normaliseQuiz(input: QuizInput, language: 'hi' | 'en'): Quiz {
  const questions = input.questions.map((question, index) => ({
    ...normaliseQuestion(question, language),
    code: question.code ?? `q${index + 1}`,
  }));
  const rules = { passShare: input.passShare, attempts: input.attempts };
  return input.blueprint ? { ...rules, questions: [], blueprint: input.blueprint } : { ...rules, questions };
}

/** A question as kept: texts by language, a code for every part of it. Its own code is the caller's. */
export function normaliseQuestion(question: BankQuestionInput, language: 'hi' | 'en'): Question {
  const base = {
    code: question.code ?? 'q',
    text: localised(question.text, language),
    ...(question.explanation ? { explanation: localised(question.explanation, language) } : {}),
    points: question.points,
  };
  const listed = (item: ItemInput, at: number, all: ItemInput[]) => ({
    ...choice(item, at, language),
    code: item.code ?? opaqueCode(item, sameBefore(all, at)),
  });
  switch (question.kind) {
    case 'truth':
      return { ...base, kind: 'truth', answer: question.answer };
    case 'fill':
      return { ...base, kind: 'fill', accepted: question.accepted, anyScript: question.anyScript };
    case 'numeric': {
      const unit = question.unit ? { unit: localised(question.unit, language) } : {};
      return { ...base, kind: 'numeric', answer: question.answer, tolerance: question.tolerance, ...unit };
    }
    case 'ordering':
      return { ...base, kind: 'ordering', items: question.items.map(listed) };
    case 'matching':
      return { ...base, kind: 'matching', ...matchingParts(question, language) };
    case 'short': {
      const rubric = question.rubric.map((one, at) => ({
        ...listed(one, at, question.rubric),
        share: one.share,
      }));
      return { ...base, kind: 'short', rubric, maxWords: question.maxWords };
    }
    default: {
      const options = question.options.map((option, at) => ({
        ...choice(option, at, language),
        correct: option.correct,
      }));
      return { ...base, kind: question.kind, options };
    }
  }
}

/** Two pairs with the same counterpart share its code, so that either is right. */
function matchingParts(question: Extract<BankQuestionInput, { kind: 'matching' }>, language: 'hi' | 'en') {
  const counterpart = (item: ItemInput): Choice => {
    const text = localised(item.text, language);
    return { code: item.code ?? opaqueCode({ text }), text };
  };
  const pairs = question.pairs.map((pair, at) => ({
    ...choice(pair, at, language),
    match: counterpart(
      typeof pair.match === 'object' && 'text' in pair.match ? pair.match : { text: pair.match },
    ),
  }));
  const taken = new Set(pairs.map((pair) => pair.match.code));
  const distractors = question.distractors.map(counterpart).filter((one) => !taken.has(one.code));
  return { pairs, distractors };
}

type ItemInput = { code?: string; text: string | LocalText };

function choice(
  given: { code?: string; text: string | LocalText },
  index: number,
  language: 'hi' | 'en',
): Choice {
  return { code: given.code ?? String.fromCharCode(97 + index), text: localised(given.text, language) };
}

/**
 * A code that does not tell the place: `a`, `b`, `c` would be the key of an ordering question. `same`: how many
 * of the same text stand before, for whom it makes no difference.
 */
export function opaqueCode(item: { text: string | LocalText }, same = 0): string {
  return createHash('sha256')
    .update(JSON.stringify(item.text) + '·'.repeat(same))
    .digest('hex')
    .slice(0, 8);
}

function sameBefore(items: ItemInput[], at: number): number {
  const text = (item: ItemInput | undefined) => JSON.stringify(item?.text);
  return items.slice(0, at).filter((item) => text(item) === text(items[at])).length;
}

/** What is wrong with a quiz before it can be published; empty when nothing is. */
export function quizFaults(quiz: Quiz): string[] {
  // Whether its banks have questions enough is asked where blueprints are known.
  if (quiz.blueprint) return [];
  if (quiz.questions.length === 0) return ['quiz_without_questions'];
  const codes = new Set(quiz.questions.map((question) => question.code));
  const faults = quiz.questions.flatMap(questionFaults);
  return codes.size < quiz.questions.length ? [...faults, 'question_codes_repeat'] : faults;
}

/** What is wrong with one question; empty when it may be asked. */
export function questionFaults(question: Question): string[] {
  if (question.kind === 'numeric' || question.kind === 'truth') return [];
  if (question.kind === 'fill')
    return question.accepted.some((one) => one.trim()) ? [] : ['question_without_right_answer'];
  const parts = partsOf(question);
  const repeated = new Set(parts.map((one) => one.code)).size < parts.length ? ['option_codes_repeat'] : [];
  if (question.kind !== 'single' && question.kind !== 'multiple') return repeated;
  const correct = question.options.filter((option) => option.correct).length;
  const isRight = question.kind === 'single' ? correct === 1 : correct >= 1;
  return isRight ? repeated : [...repeated, 'question_without_right_answer'];
}

function partsOf(question: Exclude<Question, { kind: 'numeric' | 'truth' | 'fill' }>): { code: string }[] {
  if (question.kind === 'ordering') return question.items;
  if (question.kind === 'matching') return question.pairs;
  return question.kind === 'short' ? question.rubric : question.options;
}
