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

type Decided = {
  personId: string;
  completionId: string;
  courseId: string;
  courseVersionId: string;
  completedDay: string;
  completedAt: Date;
  minutes: number;
  enrolmentId: string;
};

/** A completion that Daksh decided; an imported one of the same day gives way to what was seen here. */
export async function insertDecided(tx: Tx, row: Decided): Promise<void> {
  const day = sql`${row.completedDay}::date`;
  const person = sql`${row.personId}::uuid`;
  await sql`${hot}update completion set voided_at = ${row.completedAt}, void_reason = 'decided here on the same day'
    where person_id = ${person} and course_id = ${row.courseId} and completed_day = ${day} and voided_at is null`.execute(
    tx,
  );
  await sql`${hot}insert into completion (person_id, completion_id, course_id, course_version_id, completed_day, completed_at, source,
      enrolment_id, minutes, office_id, area_id, service_group, engagement)
    select ${person}, ${row.completionId}::uuid, ${row.courseId}::uuid, ${row.courseVersionId}::uuid, ${day},
      ${row.completedAt}::timestamptz, 'daksh', ${row.enrolmentId}::uuid, ${row.minutes}::int,
      f.office_id, f.area_id, f.service_group, f.engagement
    from (select 1) one left join lateral (${freezePostingSql(person, day)}) f on true`.execute(tx);
  await sql`${hot}update enrolment set completed_at = ${row.completedAt}
    where person_id = ${person} and enrolment_id = ${row.enrolmentId}`.execute(tx);
}
