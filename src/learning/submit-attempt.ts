import {
  type Answer,
  type LessonRow,
  playableVersion,
  type QuizResult,
  scoreQuiz,
} from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { decideCompletion } from './complete-course.ts';
import { lockPerson } from './engagement-store.ts';
import { enrolmentOf, markLessonMet } from './enrolment-store.ts';
import { attemptsMade, insertAttempt } from './stores/attempts.ts';

export type AttemptInput = { enrolmentId: string; lessonId: string; answers: Record<string, Answer> };
export type AttemptResult = QuizResult & {
  attemptId: string;
  number: number;
  /** Attempts still allowed; null: as many as wanted. */
  attemptsLeft: number | null;
  courseCompleted: boolean;
};

/** Scores a quiz on the server, keeps the attempt, and completes the course if nothing else is open. */
export async function submitAttempt(ctx: Ctx, input: AttemptInput): Promise<AttemptResult> {
  const personId = requirePerson(ctx);
  return ctx.db.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const enrolment = await enrolmentOf(tx, personId, input.enrolmentId);
    if (!enrolment || enrolment.withdrawnAt) throw notFound();
    const standing = await playableVersion(ctx, enrolment.courseVersionId);
    const lesson = standing.lessons.find((candidate) => candidate.lessonId === input.lessonId);
    if (!lesson?.quiz) throw notFound();
    const made = await attemptsMade(tx, personId, input);
    refuseBeyondLimit(lesson, made);
    const result = scoreQuiz(lesson.quiz, input.answers);
    const attemptId = newId();
    const number = made.count + 1;
    await insertAttempt(tx, { personId, attemptId, number, ...input, result, now: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'quiz.submitted',
      subjectKind: 'quiz_attempt',
      subjectId: attemptId,
      personId,
      detail: { number, isPassed: result.isPassed },
    });
    const courseCompleted = result.isPassed
      ? await meet(tx, ctx, { enrolment, lessonId: input.lessonId, standing })
      : false;
    const attemptsLeft = lesson.quiz.attempts === null ? null : lesson.quiz.attempts - number;
    return { ...result, attemptId, number, attemptsLeft, courseCompleted };
  });
}

type Meeting = {
  enrolment: NonNullable<Awaited<ReturnType<typeof enrolmentOf>>>;
  lessonId: string;
  standing: Awaited<ReturnType<typeof playableVersion>>;
};

async function meet(tx: Tx, ctx: Ctx, { enrolment, lessonId, standing }: Meeting): Promise<boolean> {
  const now = ctx.clock.now();
  await markLessonMet(tx, {
    personId: enrolment.personId,
    enrolmentId: enrolment.enrolmentId,
    lessonId,
    now,
  });
  return decideCompletion(tx, ctx, { enrolment, ...standing });
}

function refuseBeyondLimit(lesson: LessonRow, made: { count: number; passed: boolean }): void {
  const allowed = lesson.quiz?.attempts ?? null;
  if (allowed === null || made.count < allowed) return;
  throw new Refusal(
    'conflict',
    {
      hi: 'इस प्रश्नोत्तरी के सभी प्रयास हो चुके हैं। नोडल अधिकारी से सहायता माँगें।',
      en: 'All attempts at this quiz are used. Ask your nodal officer for help.',
    },
    { reason: 'attempts_used' },
  );
}
