import { sql } from 'kysely';
import { type Db, hot, type Reads, type Tx } from '../kernel/db.ts';
import type { ContentLanguage } from '../kernel/languages.ts';
import type { LessonState } from './rules.ts';

export type EnrolmentRow = {
  personId: string;
  enrolmentId: string;
  courseId: string;
  courseCode: string;
  courseVersionId: string;
  language: ContentLanguage;
  enrolledAt: Date;
  completedAt: Date | null;
  withdrawnAt: Date | null;
  /** The completed enrolment that this one does again, by a version that everybody must redo. */
  redoOf: string | null;
};

const columns = sql`e.person_id as "personId", e.enrolment_id as "enrolmentId", e.course_id as "courseId", c.code as "courseCode",
  e.course_version_id as "courseVersionId", e.language, e.enrolled_at as "enrolledAt", e.completed_at as "completedAt",
  e.withdrawn_at as "withdrawnAt", e.redo_of as "redoOf"`;

export async function enrolmentOf(
  read: Reads | Tx,
  personId: string,
  enrolmentId: string,
): Promise<EnrolmentRow | undefined> {
  const found =
    await sql<EnrolmentRow>`${hot}select ${columns} from enrolment e join course c using (course_id)
    where e.person_id = ${personId} and e.enrolment_id = ${enrolmentId}`.execute(read);
  return found.rows[0];
}

export async function activeEnrolment(
  read: Reads | Tx,
  personId: string,
  courseId: string,
): Promise<EnrolmentRow | undefined> {
  const found =
    await sql<EnrolmentRow>`${hot}select ${columns} from enrolment e join course c using (course_id)
    where e.person_id = ${personId} and e.course_id = ${courseId} and e.withdrawn_at is null
      and e.superseded_at is null`.execute(read);
  return found.rows[0];
}

/** A person's enrolments in a course: the live one, else the one left last, and whether that was of this version. */
export type Known = { live: string | null; left: string | null; isSameVersion: boolean | null };

/** What each of these persons has of a course already, in their order. */
export async function knownEnrolments(
  tx: Tx,
  wanted: { personId: string; courseId: string; courseVersionId: string }[],
): Promise<Known[]> {
  const found =
    await sql<Known>`${hot}select e.enrolment_id as live, gone.enrolment_id as left, gone.same as "isSameVersion"
    from unnest(${wanted.map((one) => one.personId)}::uuid[], ${wanted.map((one) => one.courseId)}::uuid[],
        ${wanted.map((one) => one.courseVersionId)}::uuid[])
      with ordinality as i (person_id, course_id, version_id, place)
    left join enrolment e on e.person_id = i.person_id and e.course_id = i.course_id and e.withdrawn_at is null and e.superseded_at is null
    left join lateral (select g.enrolment_id, g.course_version_id = i.version_id as same from enrolment g
      where g.person_id = i.person_id and g.course_id = i.course_id and g.withdrawn_at is not null
        and g.completed_at is null and g.superseded_at is null
      order by g.withdrawn_at desc, g.enrolment_id desc limit 1) gone on e.enrolment_id is null
    order by i.place`.execute(tx);
  return found.rows;
}

/** `left`: the enrolment that was withdrawn; `enrolmentId`: the one in which the person goes on. */
export type Resumed = { personId: string; left: string; enrolmentId: string };

/** What was read, seen and answered in enrolments that were left goes over into those that take them up again. */
export async function carryOver(tx: Tx, resumed: Resumed[]): Promise<void> {
  const pairs = sql`unnest(${resumed.map((one) => one.personId)}::uuid[], ${resumed.map((one) => one.left)}::uuid[],
    ${resumed.map((one) => one.enrolmentId)}::uuid[]) as c (person_id, old_id, new_id)`;
  await sql`update lesson_progress p set enrolment_id = c.new_id from ${pairs}
    where p.person_id = c.person_id and p.enrolment_id = c.old_id`.execute(tx);
  await sql`update quiz_attempt q set enrolment_id = c.new_id from ${pairs}
    where q.person_id = c.person_id and q.enrolment_id = c.old_id`.execute(tx);
  await sql`update enrolment e set lessons_met = o.lessons_met, started_at = o.started_at,
      current_lesson_id = o.current_lesson_id
    from ${pairs} join enrolment o on o.person_id = c.person_id and o.enrolment_id = c.old_id
    where e.person_id = c.person_id and e.enrolment_id = c.new_id`.execute(tx);
}

export type NewEnrolment = {
  personId: string;
  enrolmentId: string;
  courseId: string;
  courseVersionId: string;
  language: string;
  lessonsTotal: number;
};

/** One enrolment each of different persons, and the clock by which their time is credited. */
export async function insertEnrolments(
  tx: Tx,
  rows: NewEnrolment[],
  on: { now: Date; day: string },
): Promise<void> {
  await sql`${hot}with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as i ("personId" uuid, "enrolmentId" uuid,
        "courseId" uuid, "courseVersionId" uuid, language text, "lessonsTotal" int)
    ), clock as (
      insert into learner_clock (person_id, last_report_at) select "personId", ${on.now}::timestamptz from given
      order by 1 on conflict do nothing
    )
    insert into enrolment (person_id, enrolment_id, course_id, course_version_id, language, enrolled_at, enrolled_day,
      last_active_at, lessons_total)
    select "personId", "enrolmentId", "courseId", "courseVersionId", language, ${on.now}::timestamptz, ${on.day}::date,
      ${on.now}::timestamptz, "lessonsTotal" from given`.execute(tx);
}

export async function markWithdrawn(
  tx: Tx,
  row: { personId: string; enrolmentId: string; now: Date; day: string },
): Promise<void> {
  await sql`update enrolment set withdrawn_at = ${row.now}, withdrawn_day = ${row.day}
    where person_id = ${row.personId} and enrolment_id = ${row.enrolmentId} and withdrawn_at is null`.execute(
    tx,
  );
}

/** `position`: where it was left (seconds of a recording, page of a PDF), as of the last report. */
export type LessonStanding = LessonState & {
  position: number | null;
  lastReportAt: Date | null;
  /** Parts of the recording of `seenIn`, in tenths of a second, as PostgreSQL writes them. */
  seen: string | null;
  seenIn: string | null;
};

/** Where the person stands in each lesson of an enrolment, by lesson id; lessons never opened are absent. */
export async function progressOf(
  read: Db['read'] | Tx,
  personId: string,
  enrolmentId: string,
): Promise<Map<string, LessonStanding>> {
  const found = await sql<LessonStanding & { lessonId: string }>`${hot}
    select coalesce(p.lesson_id, a.lesson_id) as "lessonId", p.opened_at as "openedAt", p.position,
      coalesce(p.seen_seconds, p.credited_seconds, 0)::float8 as "doneSeconds",
      p.last_report_at as "lastReportAt", p.seen::text as seen, p.seen_in as "seenIn", p.met_at as "metAt",
      a.best_share as "bestShare", coalesce(a.attempts, 0) as "attemptsMade"
    from (select * from lesson_progress where person_id = ${personId} and enrolment_id = ${enrolmentId}) p
    full join (select lesson_id, max(score / nullif(max_score, 0))::float8 as best_share, count(*)::int as attempts from quiz_attempt
      where person_id = ${personId} and enrolment_id = ${enrolmentId} group by lesson_id) a using (lesson_id)`.execute(
    read,
  );
  return new Map(found.rows.map((row) => [row.lessonId, row]));
}

export type EnrolmentKey = { personId: string; enrolmentId: string };
export type OpenEnrolment = EnrolmentRow & { metLessonIds: string[] };

/** Enrolments of locked persons that were not withdrawn, with the lessons met so far, by their ids. */
export async function openEnrolments(tx: Tx, keys: EnrolmentKey[]): Promise<Map<string, OpenEnrolment>> {
  const found = await lockedEnrolments(tx, keys);
  return new Map([...found].filter(([, row]) => !row.withdrawnAt));
}

/** The same with those that were withdrawn. */
export async function lockedEnrolments(tx: Tx, keys: EnrolmentKey[]): Promise<Map<string, OpenEnrolment>> {
  const found =
    await sql<OpenEnrolment>`${hot}select ${columns}, array(select lesson_id from lesson_progress p
      where p.person_id = e.person_id and p.enrolment_id = e.enrolment_id and p.met_at is not null) as "metLessonIds"
    from unnest(${keys.map((key) => key.personId)}::uuid[], ${keys.map((key) => key.enrolmentId)}::uuid[])
      as i (person_id, enrolment_id)
    join enrolment e using (person_id, enrolment_id) join course c using (course_id)`.execute(tx);
  return new Map(found.rows.map((row) => [row.enrolmentId, row]));
}

/** Marks one lesson each met; what was met before keeps its instant. */
export async function markLessonsMet(
  tx: Tx,
  rows: (EnrolmentKey & { lessonId: string })[],
  now: Date,
): Promise<void> {
  await sql`${hot}insert into lesson_progress (person_id, enrolment_id, lesson_id, opened_at, met_at)
    select person_id, enrolment_id, lesson_id, ${now}, ${now}
    from unnest(${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.enrolmentId)}::uuid[],
      ${rows.map((row) => row.lessonId)}::uuid[]) as i (person_id, enrolment_id, lesson_id) order by person_id
    on conflict (person_id, enrolment_id, lesson_id) do update set met_at = excluded.met_at
      where lesson_progress.met_at is null`.execute(tx);
}

/** How far enrolments are after something was met; `isCompleted` dates the completion. */
export async function advanceEnrolments(
  tx: Tx,
  rows: (EnrolmentKey & { met: number; isCompleted: boolean })[],
  now: Date,
): Promise<void> {
  await sql`${hot}update enrolment e set lessons_met = i.met, last_active_at = ${now}::timestamptz,
      started_at = coalesce(e.started_at, ${now}::timestamptz),
      completed_at = case when i.is_completed then ${now}::timestamptz else e.completed_at end
    from unnest(${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.enrolmentId)}::uuid[],
      ${rows.map((row) => row.met)}::int[], ${rows.map((row) => row.isCompleted)}::boolean[])
      as i (person_id, enrolment_id, met, is_completed)
    where e.person_id = i.person_id and e.enrolment_id = i.enrolment_id`.execute(tx);
}

export async function setEnrolmentLanguage(
  tx: Tx,
  row: { personId: string; enrolmentId: string; language: string },
): Promise<void> {
  await sql`update enrolment set language = ${row.language}
    where person_id = ${row.personId} and enrolment_id = ${row.enrolmentId}`.execute(tx);
}
