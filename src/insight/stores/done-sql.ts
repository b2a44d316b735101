import { type RawBuilder, sql } from 'kysely';

/** Whether a completion counts by the end of the day. */
export function doneBySql(completion: string, day: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${completion}.voided_at`)} is null
    and ${sql.ref(`${completion}.completed_day`)} <= ${day}::date`;
}

/** Whether an enrolment is active on the day; on that of withdrawing it is not. */
export function activeOnSql(enrolment: string, day: string): RawBuilder<boolean> {
  const [from, until] = [sql.ref(`${enrolment}.enrolled_day`), sql.ref(`${enrolment}.withdrawn_day`)];
  return sql<boolean>`${from} <= ${day}::date and (${until} is null or ${until} > ${day}::date)`;
}

/** Whether minutes attended in a room count on the day: no completion counts the same programme. */
export function satInRoomSql(attendance: string, session: string, day: string): RawBuilder<boolean> {
  const of = (table: string, name: string) => sql.ref(`${table}.${name}`);
  return sql<boolean>`${of(attendance, 'voided_at')} is null and ${of(attendance, 'status')} = 'present'
    and ${of(session, 'mode')} <> 'online' and ${of(session, 'day')} <= ${day}::date and not exists (
      select from completion same where same.person_id = ${of(attendance, 'person_id')}
        and same.course_id = ${of(session, 'course_id')} and ${doneBySql('same', day)})`;
}

/** For `join counted_mark mark on`: the completed course is on AI or on cyber security, as far as that is counted. */
export function markOfTopicSql(completion: string): RawBuilder<boolean> {
  return sql<boolean>`mark.subject_id = ${sql.ref(`${completion}.course_id`)} and mark.kind in ('ai', 'cyber')
    and ${sql.ref(`${completion}.person_id`)} < mark.up_to`;
}

/** What `markOfTopicSql` finds, over all of a person's completions. */
export const topicsOfMarks = sql`coalesce(bool_or(mark.kind = 'ai'), false) as has_ai,
  coalesce(bool_or(mark.kind = 'cyber'), false) as has_cyber`;

/** Joins `done` (completions, minutes, renewals) and `begun` (has_begun): what the person has done up to the day. */
export function learningSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`cross join lateral (${doneSql(personId, asOf)}) done
      cross join lateral (select done.completions = 0 and exists (
        select from enrolment e where e.person_id = ${personId} and ${activeOnSql('e', asOf)}) as has_begun) begun`;
}

function doneSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`select count(*) as completions, coalesce(sum(first.minutes), 0) as minutes,
      coalesce(sum(first.times - 1), 0) as renewals from (
    select distinct on (c.course_id) c.minutes, count(*) over (partition by c.course_id) as times from completion c
    where c.person_id = ${personId} and ${doneBySql('c', asOf)}
    order by c.course_id, c.completed_day) first`;
}

/** For `cross join lateral`: `minutes` attended in a room up to the day, where no completion counts the same programme. */
export function classroomSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`select coalesce(sum(attendance.minutes), 0) as minutes
    from attendance join training_session session using (session_id)
    where attendance.person_id = ${personId} and ${satInRoomSql('attendance', 'session', asOf)}`;
}

/** For `cross join lateral`: whether a course on AI, or on cyber security, was completed up to the day. */
export function topicsSql(personId: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`select ${topicsOfMarks} from completion tagged join counted_mark mark on ${markOfTopicSql('tagged')}
    where tagged.person_id = ${personId} and ${doneBySql('tagged', asOf)}`;
}
