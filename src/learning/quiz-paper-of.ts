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

/** What a learner sent, in the author's codes; a program that knows those may send them too. */
export function authorsAnswers(
  quiz: Quiz,
  at: QuizAt,
  answers: Record<string, Answer>,
): Record<string, Answer> {
  const seed = paperSeed(at.enrolmentId, at.lessonId);
  const questions = new Map(paperOf(quiz, seed).map((one) => [one.code, one]));
  const kept = Object.entries(answers).map(([code, answer]) => {
    const question = questions.get(code);
    return [code, question ? keptAnswer(question, answer, seed) : answer] as const;
  });
  return Object.fromEntries(kept);
}
