import { sql } from 'kysely';
import type { Answer, QuizResult } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { hot, type Reads, type Tx } from '../../kernel/db.ts';

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

type QuizKey = { personId: string; enrolmentId: string; lessonId: string };

/** How often a quiz was attempted, and how many attempts were given beyond those that its author allows. */
export type AttemptCount = { made: number; extra: number };

/**
 * How often each of these quizzes was attempted, in their order: by this person, in whatever version of the course,
 * also in enrolments that were withdrawn, or withdrawing would give new attempts without end. Enrolments that were
 * completed are done with: who renews a course begins anew.
 */
export async function attemptsMade(db: Reads | Tx, quizzes: QuizKey[]): Promise<AttemptCount[]> {
  const found = await sql<AttemptCount>`${hot}select counted.made, counted.extra
    from unnest(${quizzes.map((quiz) => quiz.personId)}::uuid[], ${quizzes.map((quiz) => quiz.enrolmentId)}::uuid[],
      ${quizzes.map((quiz) => quiz.lessonId)}::uuid[]) with ordinality as i (person_id, enrolment_id, lesson_id, place)
    cross join lateral (select coalesce(sum(own_attempts.n), 0)::int as made, coalesce(sum(given.n), 0)::int as extra
      from enrolment own join enrolment e on e.person_id = own.person_id and e.course_id = own.course_id
        and (e.enrolment_id = own.enrolment_id or e.completed_at is null)
      join lesson asked on asked.lesson_id = i.lesson_id
      cross join lateral (select count(*) as n from quiz_attempt q join lesson l on l.lesson_id = q.lesson_id
        where q.person_id = e.person_id and q.enrolment_id = e.enrolment_id and l.code = asked.code) own_attempts
      cross join lateral (select count(*) as n from extra_attempt x
        where x.person_id = e.person_id and x.enrolment_id = e.enrolment_id and x.lesson_code = asked.code) given
      where own.person_id = i.person_id and own.enrolment_id = i.enrolment_id) counted order by i.place`.execute(
    db,
  );
  return found.rows;
}

/** Attempts still open of so many that the author allows; null: as many as wanted. Never below nothing. */
export function attemptsLeft(allowed: number | null, { made, extra }: AttemptCount): number | null {
  return allowed === null ? null : Math.max(0, allowed + extra - made);
}

/** What an attempt is worth once its mark was corrected; false where learning kept none. */
export async function correctAttempt(
  tx: Tx,
  attempt: {
    personId: string;
    attemptId: string;
    result: Pick<QuizResult, 'score' | 'maxScore' | 'isPassed'>;
  },
): Promise<boolean> {
  const { score, maxScore, isPassed } = attempt.result;
  const found =
    await sql`update quiz_attempt set score = ${score}, max_score = ${maxScore}, is_passed = ${isPassed}
    where person_id = ${attempt.personId} and quiz_attempt_id = ${attempt.attemptId} returning 1`.execute(tx);
  return found.rows.length > 0;
}

/** Takes a quiz's lesson back from what was met, where no attempt at it is passed any more. */
export async function unmeetQuiz(tx: Tx, at: QuizKey): Promise<void> {
  await sql`with lost as (
      update lesson_progress p set met_at = null
      where person_id = ${at.personId} and enrolment_id = ${at.enrolmentId} and lesson_id = ${at.lessonId}
        and met_at is not null and not exists (select 1 from quiz_attempt q where q.person_id = p.person_id
          and q.enrolment_id = p.enrolment_id and q.lesson_id = p.lesson_id and q.is_passed) returning 1)
    update enrolment set lessons_met = greatest(0, lessons_met - 1)
    where person_id = ${at.personId} and enrolment_id = ${at.enrolmentId} and exists (select 1 from lost)`.execute(
    tx,
  );
}

export type NewAttempt = QuizKey & {
  attemptId: string;
  number: number;
  answers: Record<string, Answer>;
  result: QuizResult;
};

export async function insertAttempts(tx: Tx, attempts: NewAttempt[], now: Date): Promise<void> {
  const rows = attempts.map(({ result, ...attempt }) => ({
    person_id: attempt.personId,
    quiz_attempt_id: attempt.attemptId,
    enrolment_id: attempt.enrolmentId,
    lesson_id: attempt.lessonId,
    number: attempt.number,
    answers: attempt.answers,
    score: result.score,
    max_score: result.maxScore,
    is_passed: result.isPassed,
  }));
  await sql`${hot}insert into quiz_attempt
      (person_id, quiz_attempt_id, enrolment_id, lesson_id, number, answers, score, max_score, is_passed, submitted_at)
    select i.*, ${now}::timestamptz from json_to_recordset(${JSON.stringify(rows)}::json) as i
      (person_id uuid, quiz_attempt_id uuid, enrolment_id uuid, lesson_id uuid, number int, answers jsonb,
       score numeric, max_score numeric, is_passed boolean)`.execute(tx);
}
