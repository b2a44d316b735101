import { type RawBuilder, sql } from 'kysely';
import { hot, type Tx } from '../../kernel/db.ts';

export type PersonCompletion = { personId: string; completionId: string };

/**
 * Writes the deltas of new completions, one a person whose row is locked, and returns those whose history is not
 * plain (facts dated later, several postings from that day on, an import of that day that gave way at the same
 * instant): for them nothing is written, and whole timelines must be compared.
 */
export async function countCompletions(tx: Tx, made: PersonCompletion[]): Promise<PersonCompletion[]> {
  const found = await sql<PersonCompletion>`${hot}with ${factsSql(made)}, ${stepsSql}, written as (
      insert into counter_delta (offices, day, completions, renewals, digital_minutes, at_least_one, three_or_more,
        begun, ai_reach, cyber_reach, activity_completions, activity_renewals, activity_minutes)
      ${peopleDeltasSql} union all ${activityDeltasSql} union all ${courseDeltasSql}
    )
    select person_id as "personId", completion_id as "completionId" from step where not is_plain`.execute(tx);
  return found.rows;
}

/** What is known of each: the completion, the person's others, enrolments and the one posting from that day on. */
function factsSql(made: PersonCompletion[]): RawBuilder<unknown> {
  return sql`fact as materialized (
    select made.person_id, made.completion_id, made.course_id, made.completed_day as day, made.minutes,
      case when frozen.office_id is not null then frozen.nodes || ${classNodesSql(
        'frozen',
        sql`class_of(made.service_group, made.engagement, false)`,
      )} end as frozen_nodes,
      person.account_day, other.*, gave_way.is_there as has_replaced, learning.*, place.*, topic.*, classroom.*
    from ${unnested(made)} join completion made using (person_id, completion_id)
      left join office frozen on frozen.office_id = made.office_id
      left join person on person.person_id = made.person_id and person.merged_into is null
      cross join lateral (
        select count(distinct course_id) as courses, max(completed_day) as latest,
          coalesce(bool_or(course_id = made.course_id), false) as has_this
        from completion where person_id = made.person_id and completion_id <> made.completion_id
          and voided_at is null) other
      cross join lateral (
        select count(*) > 0 as is_there from completion where person_id = made.person_id
          and course_id = made.course_id and completed_day = made.completed_day
          and voided_at = made.completed_at) gave_way
      cross join lateral (
        select coalesce(bool_or(withdrawn_day is null), false) as is_enrolled, coalesce(bool_or(
          enrolled_day > made.completed_day or withdrawn_day > made.completed_day), false) as has_later
        from enrolment where person_id = made.person_id) learning
      left join lateral (
        select posting.starts_on, posting.ends_on, count(*) over () as places, office.nodes || ${classNodesSql(
          'office',
          sql`class_of(posting.service_group, posting.engagement, field.subject_id is not null)`,
        )} as nodes
        from posting join office using (office_id)
          left join counted_mark field on field.kind = 'field' and field.subject_id = posting.cadre_id
            and posting.person_id < field.up_to
        where posting.person_id = made.person_id and posting.voided_at is null
          and (posting.ends_on is null or posting.ends_on >= made.completed_day) limit 1) place on true
      cross join lateral (
        select count(*) filter (where mark.kind = 'ai') as first_ai,
          count(*) filter (where mark.kind = 'cyber') as first_cyber
        from counted_mark mark
        where mark.subject_id = made.course_id and made.person_id < mark.up_to and not exists (
          select from completion other join counted_mark same on same.subject_id = other.course_id
            and same.kind = mark.kind and other.person_id < same.up_to
          where other.person_id = made.person_id and other.completion_id <> made.completion_id
            and other.voided_at is null)) topic
      cross join lateral (
        select count(*) as sessions from attendance join training_session session using (session_id)
        where attendance.person_id = made.person_id and session.course_id = made.course_id
          and attendance.voided_at is null) classroom
    where made.voided_at is null
  )`;
}

/** The nodes of a class that an office counts. */
function classNodesSql(office: string, ofClass: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`array(select class_node(node, ${ofClass}) from unnest(${sql.ref(`${office}.class_nodes`)}) as node)`;
}

const stepsSql = sql`step as materialized (
    select *, account_day is not null and nodes = frozen_nodes and counts_from = day and (ends_on is null or day <= ends_on) as is_here
    from (select *, (not has_this)::integer as first, (not has_this and courses = 0)::integer as very_first,
        coalesce(latest <= day, true) and not has_replaced and coalesce(places, 0) <= 1
          and not (courses = 0 and has_later) and sessions = 0 as is_plain,
        greatest(day, starts_on, account_day) as counts_from
      from fact) known
  )`;

// In at the first day that counts, out again on the day after the posting's last. Where the people view counts the
// completion as the activity view does, on the same day at the same nodes, one row says both.
const peopleDeltasSql = sql`
  select nodes, way.day, way.sign * first, way.sign * (1 - first), way.sign * first * minutes, way.sign * very_first,
    way.sign * (first = 1 and courses = 2)::integer, way.sign * -(very_first = 1 and is_enrolled)::integer,
    way.sign * first_ai, way.sign * first_cyber, way.here * first, way.here * (1 - first), way.here * first * minutes
  from step cross join lateral (values (1, counts_from, coalesce(is_here, false)::integer), (-1, ends_on + 1, 0))
    as way (sign, day, here)
  where is_plain and account_day is not null and nodes is not null and way.day is not null and (ends_on is null or counts_from <= ends_on)`;

const activityDeltasSql = sql`
  select frozen_nodes, day, 0, 0, 0, 0, 0, 0, 0, 0, first, 1 - first, first * minutes
  from step where is_plain and account_day is not null and frozen_nodes is not null and is_here is not true`;

const courseDeltasSql = sql`
  select array[course_id], day, 0, 0, 0, 0, 0, 0, 0, 0, first, 1 - first, first * minutes
  from step where is_plain and account_day is not null`;

export type PersonEnrolment = { personId: string; enrolmentId: string };

/** As `countCompletions`: writes the deltas of an enrolment a person, and returns those that must be compared. */
export async function countEnrolments(tx: Tx, made: PersonEnrolment[]): Promise<PersonEnrolment[]> {
  const found = await sql<PersonEnrolment>`${hot}select person_id as "personId", enrolment_id as "enrolmentId"
    from unnest(${made.map((one) => one.personId)}::uuid[], ${made.map((one) => one.enrolmentId)}::uuid[])
      as i (person_id, enrolment_id)
    where not count_enrolment(person_id, enrolment_id)`.execute(tx);
  return found.rows;
}

/** True where the deltas of the one new fact are written, false where timelines must be compared. */
export function countFirstSignIn(tx: Tx, personId: string): Promise<boolean> {
  return ask(tx, sql`count_sign_in(${personId})`);
}

/** The completions of the same course and day that were voided in favour of these. */
export async function replacedBy(tx: Tx, made: PersonCompletion[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select gone.completion_id as id from ${unnested(made)} join completion made using (person_id, completion_id)
      join completion gone using (person_id, course_id, completed_day)
    where gone.voided_at = made.completed_at`.execute(tx);
  return found.rows.map((row) => row.id);
}

function unnested(made: PersonCompletion[]): RawBuilder<unknown> {
  return sql`unnest(${made.map((one) => one.personId)}::uuid[], ${made.map((one) => one.completionId)}::uuid[])
    as i (person_id, completion_id)`;
}

async function ask(tx: Tx, call: RawBuilder<unknown>): Promise<boolean> {
  const found = await sql<{ done: boolean }>`${hot}select ${call} as done`.execute(tx);
  return found.rows[0]?.done ?? false;
}
