import { type Answer, playableVersion, type QuizResult, scoreQuiz } from '../catalogue/index.ts';
import { auditAll } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/group.ts';
import { type Meeting, meetLessons } from './complete-courses.ts';
import { type OpenEnrolment, openEnrolments } from './enrolment-store.ts';
import { authorsAnswers } from './quiz-paper-of.ts';
import {
  type AttemptCount,
  attemptsMade,
  insertAttempts,
  attemptsLeft as leftOf,
} from './stores/attempts.ts';

/** One person's answers to a quiz; `attemptId` is given before, so that no attempt can be kept twice. */
export type Attempt = {
  ctx: Ctx;
  personId: string;
  attemptId: string;
  enrolmentId: string;
  lessonId: string;
  answers: Record<string, Answer>;
};
export type AttemptResult = QuizResult & {
  attemptId: string;
  number: number;
  /** Attempts still allowed after this one; null: as many as wanted. */
  attemptsLeft: number | null;
  courseCompleted: boolean;
};

/**
 * Scores attempts of different persons, whose locks the caller holds, keeps them, and completes what they
 * complete: a dozen statements, however many the persons are.
 */
export async function decideAttempts(tx: Tx, attempts: Attempt[]): Promise<Outcome<AttemptResult>[]> {
  const judged = await judgeAll(tx, attempts);
  const scored = judged.filter((one) => 'result' in one);
  if (scored.length === 0) return judged.map((one) => outcomeOf(one, new Set()));
  const now = scored[0]?.attempt.ctx.clock.now() ?? new Date();
  await insertAttempts(tx, scored.map(rowOf), now);
  await auditAll(tx, scored.map(submissionAct));
  const passed = scored.filter(({ result }) => result.isPassed);
  const completed = await meetLessons(tx, passed.map(meetingOf), now);
  return judged.map((one) => outcomeOf(one, completed));
}

type Scored = Pick<Meeting, 'version' | 'lessons'> & {
  attempt: Attempt;
  enrolment: OpenEnrolment;
  number: number;
  result: QuizResult;
  attemptsLeft: number | null;
};
type Judged = Scored | { refusal: Refusal };

async function judgeAll(tx: Tx, attempts: Attempt[]): Promise<Judged[]> {
  const enrolments = await openEnrolments(tx, attempts);
  const made = await attemptsMade(tx, attempts);
  return Promise.all(
    attempts.map((attempt, index) =>
      judge(attempt, {
        enrolment: enrolments.get(attempt.enrolmentId),
        count: made[index] ?? { made: 0, extra: 0 },
      }),
    ),
  );
}

type Before = { enrolment: OpenEnrolment | undefined; count: AttemptCount };

async function judge(attempt: Attempt, { enrolment, count }: Before): Promise<Judged> {
  if (!enrolment) return { refusal: notFound() };
  const { version, lessons } = await playableVersion(attempt.ctx, enrolment.courseVersionId);
  const quiz = lessons.find((lesson) => lesson.lessonId === attempt.lessonId)?.quiz;
  if (!quiz) return { refusal: notFound() };
  if (quiz.blueprint) return { refusal: paperNeeded() };
  const left = leftOf(quiz.attempts, count);
  if (left === 0) return { refusal: attemptsUsed() };
  const number = count.made + 1;
  const attemptsLeft = left === null ? null : left - 1;
  const answers = authorsAnswers(quiz, attempt, attempt.answers);
  const result = scoreQuiz(quiz, answers);
  return { attempt: { ...attempt, answers }, enrolment, version, lessons, number, result, attemptsLeft };
}

function rowOf({ attempt, number, result }: Scored) {
  return { ...attempt, number, result };
}

function submissionAct({ attempt, number, result }: Scored) {
  const entry = {
    action: 'quiz.submitted',
    subjectKind: 'quiz_attempt',
    subjectId: attempt.attemptId,
    personId: attempt.personId,
    detail: { number, isPassed: result.isPassed },
  };
  return { ctx: attempt.ctx, entry };
}

function meetingOf({ attempt, enrolment, version, lessons }: Scored): Meeting {
  return { ctx: attempt.ctx, enrolment, lessonId: attempt.lessonId, version, lessons };
}

function outcomeOf(judged: Judged, completed: ReadonlySet<string>): Outcome<AttemptResult> {
  if ('refusal' in judged) return judged;
  const { attempt, enrolment, number, result, attemptsLeft } = judged;
  const courseCompleted = completed.has(enrolment.enrolmentId);
  return { answer: { ...result, attemptId: attempt.attemptId, number, attemptsLeft, courseCompleted } };
}

function attemptsUsed(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस प्रश्नोत्तरी के सभी प्रयास हो चुके हैं। नोडल अधिकारी से सहायता माँगें।',
      en: 'All attempts at this quiz are used. Ask your nodal officer for help.',
    },
    { reason: 'attempts_used' },
  );
}

function paperNeeded(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस परीक्षा का प्रश्नपत्र हर प्रयास में अलग बनता है। पहले परीक्षा आरंभ करें।',
      en: 'Each attempt at this test has its own paper. Start the test first.',
    },
    { reason: 'paper_needed' },
  );
}
