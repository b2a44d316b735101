import { sql } from 'kysely';
import {
  activeOnSql,
  countsBesideSql,
  doneBySql,
  foremostSql,
  lentSql,
  markOfTopicSql,
  satInRoomSql,
  topicsOfMarks,
} from '../../insight/index.ts';
import { inRange } from './range.ts';
import type { Range, Sql } from './subject.ts';

/** The columns of `learning_digest`, in the order of what `learningDigestSql` selects. */
export const learningDigestColumns = sql.raw(
  `person_id, part, office_id, class, source, is_renewal, days, course_nos, minutes, total_minutes,
  designation_id, cadre_id`,
);

/** The columns of `person_digest`, in the order of what `personDigestSql` selects. */
export const personDigestColumns =
  sql.raw(`person_id, office_id, office_ids, class, is_registered, has_signed_in, has_begun,
  has_ai, has_cyber, designation_id, cadre_id, completions, renewals, minutes, classroom_minutes, valid_from, valid_until`);

/** What is kept of the completions of some persons, from the facts; `posts` tells where they stand. */
export function learningDigestSql(range: Range, posts: Sql): Sql {
  return sql`select person_id,
      (row_number() over (partition by person_id order by parted.office_id, parted.class, source, is_renewal))::integer as part,
      parted.office_id, parted.class, source, is_renewal, days, course_nos, parted.minutes, total_minutes,
      post.designation_id, post.cadre_id
    from (
      select person_id, office_id, class, source, is_renewal, array_agg(day order by day, course_id) as days,
        array_agg(course_no order by day, course_id) as course_nos, array_agg(minutes order by day, course_id) as minutes,
        sum(minutes)::integer as total_minutes
      from (
        select c.person_id, c.office_id, class_of(c.service_group, c.engagement, false) as class, c.source, c.course_id,
          course.course_no::integer as course_no, c.minutes, c.completed_day as day,
          c.completed_day > min(c.completed_day) over (partition by c.person_id, c.course_id) as is_renewal
        from completion c left join course on course.course_id = c.course_id
        where c.voided_at is null and ${inRange('c', range)} and exists (select from person
          where person.person_id = c.person_id and person.account_day is not null and person.merged_into is null
            and ${inRange('person', range)})
      ) numbered where office_id is not null
      group by person_id, office_id, class, source, is_renewal
    ) parted left join (${posts}) post using (person_id)`;
}

/** Where some persons stand, as their digests have it. */
export function keptPostsSql(range: Range): Sql {
  return sql`select person_id, designation_id, cadre_id from person_digest where ${inRange('person_digest', range)}`;
}

/** What is kept of where some persons stand and what they have done as of a day, from the facts. */
export function personDigestSql(range: Range, asOf: string): Sql {
  return sql`select person.person_id, place.office_id,
      case when cardinality(place.office_ids) > 1 then place.office_ids end as office_ids, coalesce(place.class, 0::smallint) as class,
      person.account_day <= ${asOf}::date as is_registered,
      coalesce(person.signed_in_day <= ${asOf}::date, false) as has_signed_in,
      coalesce(done.completions, 0) = 0 and busy.person_id is not null as has_begun,
      coalesce(topic.has_ai, false) as has_ai, coalesce(topic.has_cyber, false) as has_cyber,
      place.designation_id, place.cadre_id,
      coalesce(done.completions, 0)::integer as completions, coalesce(done.renewals, 0)::integer as renewals,
      coalesce(done.minutes, 0) as minutes, coalesce(room.minutes, 0) as classroom_minutes,
      coalesce(around.last, '-infinity'::date) as valid_from, coalesce(around.next - 1, 'infinity'::date) as valid_until
    from person
      left join (${placesSql(range, asOf)}) place on place.person_id = person.person_id
      left join (${doneSql(range, asOf)}) done on done.person_id = person.person_id
      left join (${busySql(range, asOf)}) busy on busy.person_id = person.person_id
      left join (${classroomSql(range, asOf)}) room on room.person_id = person.person_id
      left join (${topicsSql(range, asOf)}) topic on topic.person_id = person.person_id
      left join (${eventsSql(range, asOf)}) around on around.person_id = person.person_id
    where person.account_day is not null and person.merged_into is null and ${inRange('person', range)}`;
}

/** The posting that is first in order among those that count, and the offices of all where these are several. */
function placesSql(range: Range, asOf: string): Sql {
  return sql`select distinct on (person_id) person_id, office_id, designation_id, cadre_id,
      class_of(service_group, engagement, false) as class,
      case when several then (select array_agg(distinct one order by one) from unnest(offices) as one) end as office_ids
    from (
      select posting.*, array_agg(office_id) over whole as offices, count(*) over whole > 1 as several
      from posting left join (${lentSql(asOf, inRange('lent', range))}) away on away.person_id = posting.person_id
      where ${countsBesideSql('posting', asOf, 'away')} and ${inRange('posting', range)}
      window whole as (partition by posting.person_id)
    ) counting order by person_id, ${foremostSql('counting')}`;
}

// A course's first completion is the one of its earliest day; its minutes travel with the day, so that one pass
// over unsorted rows finds both. Minutes are fewer than a hundred million.
export function doneSql(range: Range | undefined, asOf: string): Sql {
  return sql`select person_id, count(*) as completions, (sum(times) - count(*))::bigint as renewals,
      sum(earliest % 100000000)::bigint as minutes
    from (
      select person_id, course_id, count(*) as times,
        min((completed_day - date '1900-01-01')::bigint * 100000000 + minutes) as earliest
      from completion where ${doneBySql('completion', asOf)} and ${inRange('completion', range)}
      group by person_id, course_id
    ) course group by person_id`;
}

export function busySql(range: Range | undefined, asOf: string): Sql {
  return sql`select distinct person_id from enrolment where ${activeOnSql('enrolment', asOf)}
    and ${inRange('enrolment', range)}`;
}

// Attended in a room, where no completion counts the same programme.
export function classroomSql(range: Range | undefined, asOf: string): Sql {
  return sql`select a.person_id, sum(a.minutes)::bigint as minutes
    from attendance a join training_session t on t.session_id = a.session_id
    where ${satInRoomSql('a', 't', asOf)} and ${inRange('a', range)} group by a.person_id`;
}

export function topicsSql(range: Range | undefined, asOf: string): Sql {
  return sql`select c.person_id, ${topicsOfMarks} from completion c join counted_mark mark on ${markOfTopicSql('c')}
    where ${doneBySql('c', asOf)} and ${inRange('c', range)} group by c.person_id`;
}

/** The last day up to `asOf` on which anything of a person changed, and the next one on which something will. */
function eventsSql(range: Range, asOf: string): Sql {
  const of = (table: string, days: Sql, more = sql`true`) =>
    sql`select ${sql.ref(`${table}.person_id`)}, ${days} from ${sql.table(table)} where ${inRange(table, range)} and ${more}`;
  const each = [
    of('person', sql`unnest(array[account_day, signed_in_day]) as day`),
    of('posting', sql`unnest(array[starts_on, ends_on + 1])`, sql`voided_at is null`),
    of('enrolment', sql`unnest(array[enrolled_day, withdrawn_day])`),
    of('completion', sql`completed_day`, sql`voided_at is null`),
    sql`select attendance.person_id, held.day from attendance join training_session held using (session_id)
      where attendance.voided_at is null and ${inRange('attendance', range)}`,
  ];
  return sql`select person_id, max(day) filter (where day <= ${asOf}::date) as last,
      min(day) filter (where day > ${asOf}::date) as next
    from (${sql.join(each, sql` union all `)}) event group by person_id`;
}
