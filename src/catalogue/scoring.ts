import { foldText, skeleton } from '../kernel/text/index.ts';
import type { Question, Quiz } from './quiz.ts';

/**
 * An answer as the learner sends it: codes for choices (in order for `ordering`; for `matching` the code chosen
 * for each pair, in the pairs' order, '' where none was), a number or text for `numeric`, a text for `fill` and `short`.
 */
export type Answer = string | number | string[];

/** How a paper is marked; a lesson's quiz uses `plainMarking`. */
export type Marking = {
  /** Whether a part of a multiple, matching or ordering question earns its part of the points. */
  hasPartialCredit: boolean;
  /** What a wrong answer costs, as a share of the question's points; no answer costs nothing. */
  negativeShare: number;
};

export const plainMarking: Marking = { hasPartialCredit: false, negativeShare: 0 };

/** Whether anything was answered: blanks are neither right nor wrong. */
export function isAnswered(answer: Answer | null | undefined): answer is Answer {
  if (answer === undefined || answer === null) return false;
  if (Array.isArray(answer)) return answer.some((one) => one.trim() !== '');
  return String(answer).trim() !== '';
}

/** The share of a question that an answer earns, 0 to 1. Of `short` always 0: a person marks it. */
export function shareFor(question: Question, answer: Answer | undefined, marking = plainMarking): number {
  if (!isAnswered(answer)) return 0;
  const share = partFor(question, answer);
  return share >= 1 || marking.hasPartialCredit ? share : 0;
}

/** Points for one answer; below 0 only where a wrong answer costs something. */
export function pointsFor(question: Question, answer: Answer | undefined, marking = plainMarking): number {
  const share = shareFor(question, answer, marking);
  if (share > 0) return share * question.points;
  const isWrong = isAnswered(answer) && question.kind !== 'short' && marking.negativeShare > 0;
  return isWrong ? -marking.negativeShare * question.points : 0;
}

function partFor(question: Question, answer: Answer): number {
  switch (question.kind) {
    case 'numeric':
      return Number(isNear(question, answer));
    case 'truth':
      return Number(String(Array.isArray(answer) ? answer[0] : answer) === String(question.answer));
    case 'fill':
      return Number(isAccepted(question, Array.isArray(answer) ? (answer[0] ?? '') : String(answer)));
    case 'short':
      return 0;
    case 'ordering':
      return placesRight(
        question.items.map((item) => item.code),
        codesOf(answer),
      );
    case 'matching':
      return placesRight(
        question.pairs.map((pair) => pair.match.code),
        codesOf(answer),
      );
    case 'multiple':
      return optionsRight(question, codesOf(answer));
    default:
      return Number(optionsRight(question, codesOf(answer)) >= 1);
  }
}

function codesOf(answer: Answer): string[] {
  return (Array.isArray(answer) ? answer : [answer]).map(String);
}

function isNear(question: Extract<Question, { kind: 'numeric' }>, answer: Answer): boolean {
  const given = typeof answer === 'number' ? answer : numberIn(withoutUnit(String(answer), question.unit));
  // Half an ulp of slack: 0.1 + 0.2 must equal 0.3 at tolerance 0.
  return given !== undefined && Math.abs(given - question.answer) <= question.tolerance + 1e-9;
}

/** "25 किमी" is 25 where the question says किमी or km. */
export function withoutUnit(text: string, unit?: { hi?: string; en?: string }): string {
  const given = text.trim();
  const units = [unit?.hi, unit?.en].filter((one): one is string => Boolean(one));
  const ending = units.find((one) => given.toLowerCase().endsWith(one.toLowerCase()));
  return ending ? given.slice(0, -ending.length) : given;
}

/** Right places among all; a list of another length is right nowhere that it lacks. */
function placesRight(right: string[], given: string[]): number {
  if (right.length === 0 || given.length > right.length) return 0;
  const hits = right.filter((code, index) => code === given[index]).length;
  return hits / right.length;
}

/** Right ones chosen less wrong ones chosen, of all right ones: choosing everything earns nothing. */
function optionsRight(
  { options }: Extract<Question, { kind: 'single' | 'multiple' }>,
  codes: string[],
): number {
  const right = new Set(options.filter((option) => option.correct).map((option) => option.code));
  const chosen = new Set(codes);
  const hits = [...chosen].filter((code) => right.has(code)).length;
  if (right.size === 0) return 0;
  return Math.max(0, (hits - (chosen.size - hits)) / right.size);
}

/** Case, spaces, punctuation and spelling variants make no difference; nor does the script, where the author allows it. */
function isAccepted(question: Extract<Question, { kind: 'fill' }>, given: string): boolean {
  const keys = question.accepted.map((one) => fillKey(one));
  if (keys.includes(fillKey(given))) return true;
  const soundsAs = (text: string) => foldText(text).split(' ').map(skeleton).join('');
  const heard = question.anyScript ? soundsAs(given) : '';
  // A key of one or two letters is shared by too many words to prove anything.
  return heard.length > 2 && question.accepted.some((one) => soundsAs(one) === heard);
}

function fillKey(text: string): string {
  const folded = foldText(text).replaceAll(' ', '');
  return folded || text.trim();
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

/** A lesson's quiz: all or nothing for each question, no negative marks. */
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
    isPassed: isReached(score, { of: maxScore, share: quiz.passShare }),
    byQuestion: byQuestion.map((one) => ({ code: one.code, isRight: one.points > 0 })),
  };
}

/** Whether `score` of `of` points reaches a share; where there are no points nothing is reached. */
export function isReached(score: number, { of, share }: { of: number; share: number }): boolean {
  return of > 0 && score / of >= share - 1e-9;
}
