import { sql } from 'kysely';
import type { Answer, QuizResult } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { hot, type Tx } from '../../kernel/db.ts';

export type AttemptRow = {
  number: number;
  answers: Record<string, Answer>;
  score: number;
  maxScore: number;
  isPassed: boolean;
  submittedAt: Date;
};

/** A person's attempts at one quiz, the first one first. */
export async function attemptsOf(
  ctx: Pick<Ctx, 'db'>,
  at: { personId: string; enrolmentId: string; lessonId: string },
): Promise<AttemptRow[]> {
  const found =
    await sql<AttemptRow>`select number, answers, score, max_score as "maxScore", is_passed as "isPassed",
      submitted_at as "submittedAt" from quiz_attempt
    where person_id = ${at.personId} and enrolment_id = ${at.enrolmentId} and lesson_id = ${at.lessonId}
    order by number`.execute(ctx.db.read);
  return found.rows;
}

/** How often this quiz was attempted in this enrolment, and whether it was passed. */
export async function attemptsMade(tx: Tx, personId: string, at: { enrolmentId: string; lessonId: string }) {
  const found = await sql<{
    count: number;
    passed: boolean;
  }>`${hot}select count(*)::int as count, coalesce(bool_or(is_passed), false) as passed
    from quiz_attempt where person_id = ${personId} and enrolment_id = ${at.enrolmentId} and lesson_id = ${at.lessonId}`.execute(
    tx,
  );
  return found.rows[0] ?? { count: 0, passed: false };
}

type Attempt = {
  personId: string;
  attemptId: string;
  number: number;
  enrolmentId: string;
  lessonId: string;
  answers: Record<string, Answer>;
  result: QuizResult;
  now: Date;
};

export async function insertAttempt(tx: Tx, attempt: Attempt): Promise<void> {
  const { result } = attempt;
  await sql`${hot}insert into quiz_attempt (person_id, quiz_attempt_id, enrolment_id, lesson_id, number, answers, score, max_score, is_passed, submitted_at)
    values (${attempt.personId}, ${attempt.attemptId}, ${attempt.enrolmentId}, ${attempt.lessonId}, ${attempt.number},
      ${JSON.stringify(attempt.answers)}::jsonb, ${result.score}, ${result.maxScore}, ${result.isPassed}, ${attempt.now})`.execute(
    tx,
  );
}
