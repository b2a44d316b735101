import { sql } from 'kysely';
import type { Answer } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';

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
