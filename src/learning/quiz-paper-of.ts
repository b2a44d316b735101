import {
  type Answer,
  keptAnswer,
  type PaperQuestion,
  paperOf,
  paperSeed,
  type Quiz,
  veiled,
} from '../catalogue/index.ts';

type QuizAt = { enrolmentId: string; lessonId: string };

/** What a learner gets of a lesson's quiz for his next attempt: neither the order shown nor the codes tell the key. */
export function learnersPaper(quiz: Quiz, at: QuizAt, attempt: number): PaperQuestion[] {
  const seed = paperSeed(at.enrolmentId, at.lessonId);
  return paperOf(quiz, paperSeed(at.enrolmentId, at.lessonId, attempt)).map((one) => veiled(one, seed));
}

/**
 * What a learner sent, in the author's codes. A program that made the course may answer a choice by the author's own
 * short codes; where a code tells the place or the match, or is a word, only those that were shown count.
 */
export function authorsAnswers(
  quiz: Quiz,
  at: QuizAt,
  answers: Record<string, Answer>,
): Record<string, Answer> {
  const seed = paperSeed(at.enrolmentId, at.lessonId);
  const questions = new Map(paperOf(quiz, seed).map((one) => [one.code, one]));
  const kept = Object.entries(answers).map(([code, answer]) => {
    const question = questions.get(code);
    if (!question) return [code, answer] as const;
    return [code, keptAnswer(question, withoutTelling(question, answer, seed), seed)] as const;
  });
  return Object.fromEntries(kept);
}

function withoutTelling(question: PaperQuestion, answer: Answer, seed: string): Answer {
  const { kind } = question;
  const isChoice = kind === 'single' || kind === 'multiple';
  if (!isChoice && kind !== 'ordering' && kind !== 'matching') return answer;
  const { options = [], items = [] } = veiled(question, seed);
  const shown = new Set([...options, ...items].map((one) => one.code));
  const counts = (one: string | number) =>
    shown.has(String(one)) || (isChoice && /^[a-z0-9]{1,2}$/.test(String(one)));
  const notShown = '';
  if (Array.isArray(answer)) return answer.map((one) => (counts(one) ? String(one) : notShown));
  return counts(answer) ? answer : notShown;
}
