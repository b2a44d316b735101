import { type RawBuilder, sql } from 'kysely';

/** Joins `done` (completions, minutes, renewals) and `begun` (has_begun): what the person has done up to the day. */
export function learningSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`cross join lateral (${doneSql(personId, asOf)}) done
      cross join lateral (select done.completions = 0 and exists (
        select from enrolment e where e.person_id = ${personId} and e.enrolled_day <= ${asOf}
          and (e.withdrawn_day is null or e.withdrawn_day > ${asOf})) as has_begun) begun`;
}

function doneSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`select count(*) as completions, coalesce(sum(first.minutes), 0) as minutes,
      coalesce(sum(first.times - 1), 0) as renewals from (
    select distinct on (c.course_id) c.minutes, count(*) over (partition by c.course_id) as times from completion c
    where c.person_id = ${personId} and c.voided_at is null and c.completed_day <= ${asOf}
    order by c.course_id, c.completed_day) first`;
}

/** For `cross join lateral`: `minutes` attended in a room up to the day, where no completion counts the same programme. */
export function classroomSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`select coalesce(sum(attendance.minutes), 0) as minutes
    from attendance join training_session session using (session_id)
    where attendance.person_id = ${personId} and attendance.voided_at is null and attendance.status = 'present'
      and session.mode <> 'online' and session.day <= ${asOf} and not exists (
        select from completion same where same.person_id = ${personId} and same.course_id = session.course_id
          and same.voided_at is null and same.completed_day <= ${asOf})`;
}

/** For `cross join lateral`: whether a course on AI, or on cyber security, was completed up to the day. */
export function topicsSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`select coalesce(bool_or(mark.kind = 'ai'), false) as has_ai,
      coalesce(bool_or(mark.kind = 'cyber'), false) as has_cyber
    from completion tagged join counted_mark mark on mark.subject_id = tagged.course_id
      and tagged.person_id < mark.up_to
    where tagged.person_id = ${personId} and tagged.voided_at is null and tagged.completed_day <= ${asOf}`;
}
