import { sql } from 'kysely';
import type { Redo, RedoPreview, RedoProgress } from '../../catalogue/index.ts';
import { type Db, hot, type Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';

const counts = sql`count(*)::int as enrolled, (count(*) filter (where e.completed_at is null))::int as unfinished,
  (count(*) filter (where e.completed_at is not null))::int as completed`;
const standing = sql`e.withdrawn_at is null and e.superseded_at is null`;

export async function countEnrolled(db: Pick<Db, 'read'>, courseId: string) {
  const found = await sql<Omit<RedoPreview, 'offices'>>`select ${counts} from enrolment e
    where e.course_id = ${courseId} and ${standing}`.execute(db.read);
  return found.rows[0] ?? { enrolled: 0, unfinished: 0, completed: 0 };
}

/** The same by the offices right below (or at) those of the scopes, where people are posted today. */
export async function countByOffice(
  db: Pick<Db, 'read'>,
  at: { courseId: string; scopes: string[]; today: string },
): Promise<RedoPreview['offices']> {
  const found = await sql<RedoPreview['offices'][number]>`
    select o.code, o.name_hi as "nameHi", o.name_en as "nameEn", x.enrolled, x.unfinished, x.completed
    from (select coalesce(w.path[array_position(w.path, s.id) + 1], s.id) as office_id, ${counts}
      from enrolment e join posting p on p.person_id = e.person_id and p.is_primary and p.voided_at is null
          and p.starts_on <= ${at.today}::date and (p.ends_on is null or p.ends_on >= ${at.today}::date)
        join office w on w.office_id = p.office_id
        cross join lateral (select id from unnest(${at.scopes}::uuid[]) id where id = any(w.path)
          order by array_position(w.path, id) limit 1) s
      where e.course_id = ${at.courseId} and ${standing} group by 1) x
    join office o using (office_id) order by x.enrolled desc, o.code limit 100`.execute(db.read);
  return found.rows;
}

export type RedoRow = { courseId: string; courseVersionId: string; number: number; redo: Redo };

/** Notes what has to follow; the count is that of this moment. */
export async function insertRedo(tx: Tx, row: Omit<RedoRow, 'number'> & { now: Date }): Promise<void> {
  await sql`insert into course_redo (course_version_id, course_id, redo, total, begun_at)
    select ${row.courseVersionId}, ${row.courseId}, ${row.redo}, count(*), ${row.now}::timestamptz from enrolment e
    where e.course_id = ${row.courseId} and ${standing}
      and (${row.redo} = 'everybody' or e.completed_at is null)`.execute(tx);
}

export async function redoById(db: Pick<Db, 'read'>, courseVersionId: string): Promise<RedoRow | undefined> {
  const found =
    await sql<RedoRow>`select r.course_id as "courseId", r.course_version_id as "courseVersionId", v.number, r.redo
    from course_redo r join course_version v using (course_version_id)
    where r.course_version_id = ${courseVersionId}`.execute(db.read);
  return found.rows[0];
}

export async function progressOfRedo(
  db: Pick<Db, 'read'>,
  courseId: string,
): Promise<RedoProgress | undefined> {
  const found = await sql<RedoProgress>`select v.number as version, r.redo, r.done, r.total,
      r.finished_at is not null as "isFinished"
    from course_redo r join course_version v using (course_version_id)
    where r.course_id = ${courseId} order by v.number desc limit 1`.execute(db.read);
  return found.rows[0];
}

export async function addDone(
  tx: Tx,
  { courseVersionId, done, finishedAt }: { courseVersionId: string; done: number; finishedAt: Date | null },
): Promise<void> {
  await sql`update course_redo set done = done + ${done}, finished_at = ${finishedAt}::timestamptz,
      total = case when ${finishedAt}::timestamptz is null then greatest(total, done + ${done}) else done + ${done} end
    where course_version_id = ${courseVersionId}`.execute(tx);
}

/** follow_batch: enrolments of older versions that still have to follow, a transaction's worth. */
export async function takeBatch(tx: Tx, redo: RedoRow, limit: number): Promise<number> {
  await sql`create temp table follow_batch on commit drop as
    select e.person_id, e.enrolment_id, e.completed_at is not null as is_done, new_id() as next_id
    from enrolment e join course_version v using (course_version_id)
    where e.course_id = ${redo.courseId} and ${standing} and v.number < ${redo.number}
      and (${redo.redo} = 'everybody' or e.completed_at is null) limit ${limit}`.execute(tx);
  const found = await sql<{ n: number }>`select count(*)::int as n from follow_batch`.execute(tx);
  return found.rows[0]?.n ?? 0;
}

/** What somebody changed before his row was locked waits for the next batch. */
export async function keepUnchanged(tx: Tx): Promise<void> {
  await sql`delete from follow_batch b where not exists (select 1 from enrolment e
    where e.person_id = b.person_id and e.enrolment_id = b.enrolment_id and ${standing}
      and (e.completed_at is not null) = b.is_done)`.execute(tx);
}

type Version = { courseVersionId: string; requiredIds: string[]; now: Date; day: string };
export type LessonPair = { from: string; to: string };

/** The unfinished go on in the new version and keep what they met in lessons that say the same. */
export async function moveUnfinished(tx: Tx, pairs: LessonPair[], at: Version): Promise<void> {
  const mapping = sql`unnest(${pairs.map((pair) => pair.from)}::uuid[], ${pairs.map((pair) => pair.to)}::uuid[])
    as m (old_id, new_id)`;
  await sql`update lesson_progress p set lesson_id = m.new_id from follow_batch b, ${mapping}
    where not b.is_done and p.person_id = b.person_id and p.enrolment_id = b.enrolment_id
      and p.lesson_id = m.old_id`.execute(tx);
  await sql`update quiz_attempt q set lesson_id = m.new_id from follow_batch b, ${mapping}
    where not b.is_done and q.person_id = b.person_id and q.enrolment_id = b.enrolment_id
      and q.lesson_id = m.old_id`.execute(tx);
  await sql`update enrolment e set course_version_id = ${at.courseVersionId},
      lessons_total = ${at.requiredIds.length}, current_lesson_id = null,
      lessons_met = (select count(*) from lesson_progress p where p.person_id = e.person_id
        and p.enrolment_id = e.enrolment_id and p.met_at is not null and p.lesson_id = any(${at.requiredIds}::uuid[]))
    from follow_batch b where not b.is_done and e.person_id = b.person_id
      and e.enrolment_id = b.enrolment_id`.execute(tx);
}

/** The completed keep their completion; beside it stands a new enrolment, to be done again. */
export async function reopenCompleted(tx: Tx, at: Version): Promise<void> {
  await sql`update enrolment e set superseded_at = ${at.now} from follow_batch b
    where b.is_done and e.person_id = b.person_id and e.enrolment_id = b.enrolment_id`.execute(tx);
  await sql`insert into enrolment (person_id, enrolment_id, course_id, course_version_id, language, enrolled_at,
      enrolled_day, last_active_at, lessons_total, redo_of)
    select e.person_id, b.next_id, e.course_id, ${at.courseVersionId}::uuid, e.language, ${at.now}::timestamptz, ${at.day}::date,
      ${at.now}::timestamptz, ${at.requiredIds.length}::int, e.enrolment_id
    from follow_batch b join enrolment e on e.person_id = b.person_id and e.enrolment_id = b.enrolment_id
    where b.is_done`.execute(tx);
  await sql`insert into learner_clock (person_id, last_report_at) select person_id, ${at.now}::timestamptz
    from follow_batch where is_done order by person_id on conflict do nothing`.execute(tx);
}

/** Of the batch: the moved in which nothing is open any more, and how many there were of each. */
export async function batchResult(tx: Tx) {
  const found = await sql<{ moved: number; reopened: number }>`
    select (count(*) filter (where not is_done))::int as moved, (count(*) filter (where is_done))::int as reopened
    from follow_batch`.execute(tx);
  const reached = await sql<{ personId: string; enrolmentId: string }>`
    select e.person_id as "personId", e.enrolment_id as "enrolmentId" from follow_batch b join enrolment e
      on e.person_id = b.person_id and e.enrolment_id = b.enrolment_id
    where not b.is_done and e.lessons_total > 0 and e.lessons_met >= e.lessons_total`.execute(tx);
  return { ...(found.rows[0] ?? { moved: 0, reopened: 0 }), reached: reached.rows };
}

type OwnRedo = {
  personId: string;
  enrolmentId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  at: Date;
};

/** Courses that this person has to do again and has not begun to; the homes of one moment ask together. */
export const redoesOf = gatheringRows(
  async (db: Pick<Db, 'read'>, personIds: string[]) => {
    const found =
      await sql<OwnRedo>`${hot}select e.person_id as "personId", e.enrolment_id as "enrolmentId", c.code,
        c.title_hi as "titleHi", c.title_en as "titleEn", e.enrolled_at as at
      from enrolment e join course c using (course_id)
      where e.person_id = any(${personIds}::uuid[]) and e.redo_of is not null and e.completed_at is null and ${standing}
        and e.started_at is null`.execute(db.read);
    return found.rows;
  },
  (row) => row.personId,
);
