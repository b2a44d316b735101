import { createHash } from 'node:crypto';
import { type LocalText, localised } from './local-text.ts';
import type { QuizInput } from './schema.ts';

/** A quiz as kept: every text by language, every question and option with a code. Never sent whole to a learner. */
export type Quiz = { passShare: number; attempts: number | null; questions: Question[] };
export type Choice = { code: string; text: LocalText };
type QuestionBase = { code: string; text: LocalText; explanation?: LocalText; points: number };
export type Question =
  | (QuestionBase & { kind: 'single' | 'multiple'; options: (Choice & { correct: boolean })[] })
  | (QuestionBase & { kind: 'numeric'; answer: number; tolerance: number })
  | (QuestionBase & { kind: 'ordering'; items: Choice[] });

export function normaliseQuiz(input: QuizInput, language: 'hi' | 'en'): Quiz {
  const questions = input.questions.map((question, index): Question => {
    const base = {
      code: question.code ?? `q${index + 1}`,
      text: localised(question.text, language),
      explanation: question.explanation ? localised(question.explanation, language) : undefined,
      points: question.points,
    };
    if (question.kind === 'numeric')
      return { ...base, kind: 'numeric', answer: question.answer, tolerance: question.tolerance };
    if (question.kind === 'ordering')
      return {
        ...base,
        kind: 'ordering',
        items: question.items.map((item, at) => ({
          ...choice(item, at, language),
          code: item.code ?? opaqueCode(item, at),
        })),
      };
    const options = question.options.map((option, at) => ({
      ...choice(option, at, language),
      correct: option.correct,
    }));
    return { ...base, kind: question.kind, options };
  });
  return { passShare: input.passShare, attempts: input.attempts, questions };
}

function choice(
  given: { code?: string; text: string | LocalText },
  index: number,
  language: 'hi' | 'en',
): Choice {
  return { code: given.code ?? String.fromCharCode(97 + index), text: localised(given.text, language) };
}

/** A code that does not tell the place: `a`, `b`, `c` would be the key of an ordering question. */
function opaqueCode(item: { text: string | LocalText }, at: number): string {
  return createHash('sha256')
    .update(`${at}:${JSON.stringify(item.text)}`)
    .digest('hex')
    .slice(0, 8);
}

/** What is wrong with a quiz before it can be published; empty when nothing is. */
export function quizFaults(quiz: Quiz): string[] {
  if (quiz.questions.length === 0) return ['quiz_without_questions'];
  const codes = new Set(quiz.questions.map((question) => question.code));
  const faults = quiz.questions.flatMap(questionFaults);
  return codes.size < quiz.questions.length ? [...faults, 'question_codes_repeat'] : faults;
}

function questionFaults(question: Question): string[] {
  if (question.kind === 'numeric') return [];
  const choices = question.kind === 'ordering' ? question.items : question.options;
  const repeated =
    new Set(choices.map((one) => one.code)).size < choices.length ? ['option_codes_repeat'] : [];
  if (question.kind === 'ordering') return repeated;
  const correct = question.options.filter((option) => option.correct).length;
  const isRight = question.kind === 'single' ? correct === 1 : correct >= 1;
  return isRight ? repeated : [...repeated, 'question_without_right_answer'];
}

/** An answer as the learner sends it: codes for choices (in order for `ordering`), a number for `numeric`. */
export type Answer = string | number | string[];

/**
 * Points for one answer: all or nothing. `multiple` wants exactly the right options, `ordering` the right
 * order, `numeric` |answer − right| <= tolerance. Devanagari digits and a decimal comma are understood.
 */
export function pointsFor(question: Question, answer: Answer | undefined): number {
  return answer !== undefined && isRight(question, answer) ? question.points : 0;
}

function isRight(question: Question, answer: Answer): boolean {
  if (question.kind === 'numeric') {
    const given = typeof answer === 'number' ? answer : numberIn(String(answer));
    // Half an ulp of slack: 0.1 + 0.2 must equal 0.3 at tolerance 0.
    return given !== undefined && Math.abs(given - question.answer) <= question.tolerance + 1e-9;
  }
  const codes = (Array.isArray(answer) ? answer : [answer]).map(String);
  if (question.kind === 'ordering') {
    return (
      codes.length === question.items.length &&
      question.items.every((item, index) => item.code === codes[index])
    );
  }
  const right = question.options.filter((option) => option.correct).map((option) => option.code);
  const chosen = new Set(codes);
  return chosen.size === right.length && right.every((one) => chosen.has(one));
}

export function numberIn(text: string): number | undefined {
  const latin = text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x966)).replace(/\s/g, '');
  const plain =
    /^[+-]?\d+,\d+$/.test(latin) && !/^[+-]?\d{1,3},\d{3}$/.test(latin)
      ? latin.replace(',', '.')
      : latin.replaceAll(',', '');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

export type QuizResult = {
  score: number;
  maxScore: number;
  isPassed: boolean;
  byQuestion: { code: string; isRight: boolean }[];
};

export function scoreQuiz(quiz: Quiz, answers: Record<string, Answer>): QuizResult {
  const byQuestion = quiz.questions.map((question) => ({
    code: question.code,
    points: pointsFor(question, answers[question.code]),
  }));
  const score = byQuestion.reduce((sum, one) => sum + one.points, 0);
  const maxScore = quiz.questions.reduce((sum, question) => sum + question.points, 0);
  return {
    score,
    maxScore,
    isPassed: maxScore > 0 && score / maxScore >= quiz.passShare - 1e-9,
    byQuestion: byQuestion.map((one) => ({ code: one.code, isRight: one.points > 0 })),
  };
}
