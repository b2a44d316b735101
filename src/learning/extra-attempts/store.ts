import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Resumed } from '../enrolment-store.ts';

export type ExtraAttempt = { reason: string; givenAt: Date };
export type QuizKey = { personId: string; enrolmentId: string; lessonId: string };

/** Attempts at one quiz that were given to a person, the newest first; those of completed enrolments are done with. */
export async function extraAttemptsOf(ctx: Pick<Ctx, 'db'>, quiz: QuizKey): Promise<ExtraAttempt[]> {
  const found = await sql<ExtraAttempt>`select x.reason, x.given_at as "givenAt"
    from enrolment own join enrolment e on e.person_id = own.person_id and e.course_id = own.course_id
      and (e.enrolment_id = own.enrolment_id or e.completed_at is null)
    join extra_attempt x on x.person_id = e.person_id and x.enrolment_id = e.enrolment_id
    where own.person_id = ${quiz.personId} and own.enrolment_id = ${quiz.enrolmentId}
      and x.lesson_code = (select code from lesson where lesson_id = ${quiz.lessonId})
    order by x.given_at desc`.execute(ctx.db.read);
  return found.rows;
}

export type NewExtraAttempt = {
  personId: string;
  extraAttemptId: string;
  enrolmentId: string;
  lessonCode: string;
  reason: string;
  now: Date;
  by: string;
};

export async function insertExtraAttempt(tx: Tx, row: NewExtraAttempt): Promise<void> {
  await sql`insert into extra_attempt (person_id, extra_attempt_id, enrolment_id, lesson_code, reason, given_at, given_by)
    values (${row.personId}, ${row.extraAttemptId}, ${row.enrolmentId}, ${row.lessonCode}, ${row.reason}, ${row.now},
      ${row.by})`.execute(tx);
}

export async function carryExtraAttempts(tx: Tx, resumed: Resumed[]): Promise<void> {
  await sql`update extra_attempt x set enrolment_id = c.new_id
    from unnest(${resumed.map((one) => one.personId)}::uuid[], ${resumed.map((one) => one.left)}::uuid[],
      ${resumed.map((one) => one.enrolmentId)}::uuid[]) as c (person_id, old_id, new_id)
    where x.person_id = c.person_id and x.enrolment_id = c.old_id`.execute(tx);
}

export type GoingOn = {
  enrolmentId: string;
  courseVersionId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  metLessonIds: string[];
};

/** A person's enrolments that go on, with the lessons met. */
export async function goingOn(read: Reads | Tx, personId: string): Promise<GoingOn[]> {
  const found =
    await sql<GoingOn>`select e.enrolment_id as "enrolmentId", e.course_version_id as "courseVersionId",
      c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
      array(select lesson_id from lesson_progress p where p.person_id = e.person_id
        and p.enrolment_id = e.enrolment_id and p.met_at is not null) as "metLessonIds"
    from enrolment e join course c using (course_id)
    where e.person_id = ${personId} and e.withdrawn_at is null and e.superseded_at is null and e.completed_at is null
    order by e.enrolment_id desc limit 60`.execute(read);
  return found.rows;
}
