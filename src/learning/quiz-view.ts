import { type PaperQuestion, type QuizResult, scoreQuiz } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import type { LearnerLesson } from './course-view.ts';
import { type ExtraAttempt, extraAttemptsOf } from './extra-attempts/store.ts';
import { learnersPaper } from './quiz-paper-of.ts';
import {
  type AttemptCount,
  type AttemptRow,
  attemptsLeft,
  attemptsMade,
  attemptsOf,
} from './stores/attempts.ts';

export type QuizView = {
  paper: PaperQuestion[];
  /** The number of the attempt that this paper would be. */
  number: number;
  /** Attempts still allowed, this one included; null: as many as wanted. */
  left: number | null;
  /** False where it is passed and no attempt is left to practise with. */
  isRepeatable: boolean;
  /** The attempt that a nodal officer gave last. */
  given: ExtraAttempt | undefined;
  isPassed: boolean;
  bestPercent: number | null;
  passPercent: number;
};

export async function quizView(ctx: Ctx, at: LearnerLesson): Promise<QuizView> {
  const { quiz } = at.lesson;
  if (!quiz) throw notFound();
  const made = await attemptsHere(ctx, at);
  const [count, given] = await Promise.all([attemptsUsed(ctx, at), extraAttemptsOf(ctx, quizOf(ctx, at))]);
  const number = count.made + 1;
  const isPassed = at.view.met || made.some((attempt) => attempt.isPassed);
  return {
    paper: learnersPaper(quiz, quizOf(ctx, at), number),
    number,
    left: isPassed ? null : attemptsLeft(quiz.attempts, count),
    isRepeatable: !isPassed || attemptsLeft(quiz.attempts, count) !== 0,
    given: given[0],
    isPassed,
    bestPercent: made.length === 0 ? null : Math.max(...made.map(percentOf)),
    passPercent: Math.round(quiz.passShare * 100),
  };
}

function attemptsHere(ctx: Ctx, at: LearnerLesson): Promise<AttemptRow[]> {
  return attemptsOf(ctx, quizOf(ctx, at));
}

/** Those of withdrawn enrolments count too. */
async function attemptsUsed(ctx: Ctx, at: LearnerLesson): Promise<AttemptCount> {
  return (await attemptsMade(ctx.db.read, [quizOf(ctx, at)]))[0] ?? { made: 0, extra: 0 };
}

function quizOf(ctx: Ctx, { detail, lesson }: LearnerLesson) {
  return {
    personId: requirePerson(ctx),
    enrolmentId: detail.enrolment.enrolmentId,
    lessonId: lesson.lessonId,
  };
}

function percentOf(attempt: AttemptRow): number {
  return attempt.maxScore === 0 ? 0 : Math.floor((100 * attempt.score) / attempt.maxScore);
}

export type AttemptView = {
  number: number;
  isPassed: boolean;
  percent: number;
  passPercent: number;
  right: number;
  of: number;
  attemptsLeft: number | null;
  byQuestion: QuizResult['byQuestion'];
  answers: AttemptRow['answers'];
  /** The right answers are told once no further attempt can use them: passed, or none left. */
  showsRight: boolean;
};

/** One's own attempt, scored again from what was answered, so that it shows right and wrong. */
export async function attemptView(ctx: Ctx, at: LearnerLesson, number: number): Promise<AttemptView> {
  const { quiz } = at.lesson;
  const made = await attemptsHere(ctx, at);
  const attempt = made.find((one) => one.number === number);
  if (!quiz || !attempt) throw notFound();
  const { byQuestion } = scoreQuiz(quiz, attempt.answers);
  const left = attemptsLeft(quiz.attempts, await attemptsUsed(ctx, at));
  return {
    number,
    isPassed: attempt.isPassed,
    percent: percentOf(attempt),
    passPercent: Math.round(quiz.passShare * 100),
    right: byQuestion.filter((one) => one.isRight).length,
    of: byQuestion.length,
    attemptsLeft: left,
    byQuestion,
    answers: attempt.answers,
    showsRight: left === 0 || made.some((one) => one.isPassed),
  };
}
