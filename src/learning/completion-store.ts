import { type RawBuilder, sql } from 'kysely';
import { hot, type Tx } from '../kernel/db.ts';

/**
 * Which of a person's postings (`p`) a completion of `day` is frozen to: the one that covers the day (where
 * somebody is deputed or attached, that; else the primary), else the nearest earlier, else the first later.
 * For `order by`.
 */
export function postingOrderSql(day: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when p.starts_on > ${day} then 2 when p.ends_on < ${day} then 1 else 0 end,
    case when p.ends_on < ${day} then ${day} - p.ends_on when p.starts_on > ${day} then p.starts_on - ${day}
      else case p.kind when 'deputation' then 0 when 'attached' then 0 when 'regular' then 1 else 2 end end,
    p.is_primary desc, p.starts_on, p.posting_id`;
}

/**
 * For `left join lateral (…) on true`: office_id, area_id, service_group and engagement of the posting that a
 * completion of that person on that day is frozen to; no row where the person never had one.
 */
export function freezePostingSql(
  personId: RawBuilder<unknown>,
  day: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`select p.office_id, o.area_id, p.service_group, p.engagement
    from posting p join office o using (office_id)
    where p.person_id = ${personId} and p.voided_at is null order by ${postingOrderSql(day)} limit 1`;
}

/**
 * The versions of published courses with the days `[from_day, before_day)` on which their duration is in
 * force; the first version counts for earlier days too (METRICS: digital_minutes).
 */
export const versionsInForceSql: RawBuilder<unknown> = sql`
  select v.course_id, v.course_version_id, v.duration_minutes as minutes,
    case when row_number() over w = 1 then '-infinity'::date else v.from_day end as from_day,
    coalesce(lead(v.from_day) over w, 'infinity'::date) as before_day
  from (select course_id, course_version_id, duration_minutes, number,
      coalesce(in_force_from, (published_at at time zone 'Asia/Kolkata')::date, '-infinity'::date) as from_day
    from course_version where state in ('published', 'superseded')) v
  window w as (partition by v.course_id order by v.from_day, v.number)`;

/** For `left join lateral (…) on true`: course_version_id and minutes in force for a course on a day. */
export function minutesInForceSql(
  courseId: RawBuilder<unknown>,
  day: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`select f.course_version_id, f.minutes from (${versionsInForceSql}) f
    where f.course_id = ${courseId} and f.from_day <= ${day} and ${day} < f.before_day limit 1`;
}

export type DecidedRow = {
  personId: string;
  completionId: string;
  enrolmentId: string;
  courseId: string;
  courseVersionId: string;
  /** The India day of completing. */
  completedDay: string;
  completedAt: Date;
  minutes: number;
};

/** Completions that Daksh decided; an imported one of the same day gives way to what was seen here. */
export async function insertDecided(tx: Tx, rows: DecidedRow[]): Promise<void> {
  const persons = sql`${rows.map((row) => row.personId)}::uuid[]`;
  const courses = sql`${rows.map((row) => row.courseId)}::uuid[]`;
  const days = sql`${rows.map((row) => row.completedDay)}::date[]`;
  const instants = sql`${rows.map((row) => row.completedAt)}::timestamptz[]`;
  await sql`${hot}update completion c set voided_at = i.at, void_reason = 'decided here on the same day'
    from unnest(${persons}, ${courses}, ${days}, ${instants}) as i (person_id, course_id, day, at)
    where c.person_id = i.person_id and c.course_id = i.course_id and c.completed_day = i.day
      and c.voided_at is null`.execute(tx);
  await sql`${hot}insert into completion (person_id, completion_id, course_id, course_version_id, completed_day, completed_at, source,
      enrolment_id, minutes, office_id, area_id, service_group, engagement)
    select i.person_id, i.completion_id, i.course_id, i.version_id, i.day, i.at, 'daksh', i.enrolment_id, i.minutes,
      f.office_id, f.area_id, f.service_group, f.engagement
    from unnest(${persons}, ${rows.map((row) => row.completionId)}::uuid[], ${courses},
      ${rows.map((row) => row.courseVersionId)}::uuid[], ${days}, ${instants},
      ${rows.map((row) => row.enrolmentId)}::uuid[], ${rows.map((row) => row.minutes)}::int[])
      as i (person_id, completion_id, course_id, version_id, day, at, enrolment_id, minutes)
    left join lateral (${freezePostingSql(sql`i.person_id`, sql`i.day`)}) f on true`.execute(tx);
}

/** The enrolments among these whose course this person has completed here on that day already. */
export async function decidedOnDay(tx: Tx, rows: DecidedRow[]): Promise<ReadonlySet<string>> {
  const found = await sql<{ enrolmentId: string }>`select i.enrolment_id as "enrolmentId"
    from unnest(${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.courseId)}::uuid[],
      ${rows.map((row) => row.completedDay)}::date[], ${rows.map((row) => row.enrolmentId)}::uuid[])
      as i (person_id, course_id, day, enrolment_id)
    where exists (select 1 from completion c where c.person_id = i.person_id and c.course_id = i.course_id
      and c.completed_day = i.day and c.source = 'daksh' and c.voided_at is null)`.execute(tx);
  return new Set(found.rows.map((row) => row.enrolmentId));
}
