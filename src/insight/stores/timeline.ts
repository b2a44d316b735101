import { type RawBuilder, sql } from 'kysely';
import { columnNames, sumsOf, vectorOf } from './columns.ts';
import { foremostSql, lendsSql } from './posting-sql.ts';

/** Whose steps are wanted: a select of `person_id`. */
export type PersonSource = RawBuilder<unknown>;

/** Facts to be thought away: how the timelines looked before they were added. */
export type Without = {
  completionIds?: string[];
  /** Completions that gave way to them. */
  replaced?: string[];
  enrolmentIds?: string[];
  signIn?: true;
};

/**
 * What the persons of `source` add to each node on each day, computed from the events alone, in one
 * statement. Rows: `office_id, class, is_path, day` and the columns of the vector. Where `is_path`, every node of
 * this office counts it, and those that count classes count it under the class too; else this node alone does,
 * which may be an office, an area, either's node of a class, or a course.
 *
 * A person counts at an office on the days that a posting there or below covers (a lent person's regular
 * postings apart), from the account's day on. What is known of the person on a day is a sum of dated steps;
 * each such stretch of days takes the steps up to its last day, none before its first, and gives them all
 * back on the day after its end. So the figure as of a day is the sum of everything dated up to it.
 *
 * People with a single posting, nearly all of them, are summed at its office before anything is
 * multiplied by the number of offices above.
 */
export function timelineSql(source: PersonSource, without: Without = {}): RawBuilder<unknown> {
  return sql`with ${accountsSql(source)}, ${postingsSql}, ${stretchesSql}, ${learningSql(without)}, ${stepsSql(without)},
    ${gapsSql}, added (office_id, class, is_path, day, ${columnNames}) as (
      ${registrationsSql} union all ${peopleStepsSql} union all ${outsideSql} union all ${activitySql}
    )
    select office_id, class, is_path, day, ${sumsOf()} from added group by office_id, class, is_path, day
    union all ${coursesSql}`;
}

function accountsSql(source: PersonSource): RawBuilder<unknown> {
  return sql`account as materialized (
    select person.person_id, person.account_day, person.signed_in_day
    from person where person.person_id in (${source}) and person.account_day is not null and person.merged_into is null
  )`;
}

// Who has several postings at a time must have stretches united; postings one after the other only add up. The class
// on a day is that of the first posting in order among those that count then, wherever it is.
const postingsSql = sql`place as materialized (
    select posted.*, count(*) over whole > 1 as has_more, coalesce(bool_or(is_overlapping) over whole, false) as is_several
    from (${postedSql()}) posted window whole as (partition by person_id)
  ),
  lent as (
    select person_id, range_agg(daterange(starts_on, ends_on, '[]')) as days
    from place where is_several and ${lendsSql('place')} group by person_id
  ),
  effective as materialized (
    select place.person_id, place.office_id, place.class, is_primary, starts_on, posting_id,
      (datemultirange(daterange(starts_on, ends_on, '[]'))
        - case when kind = 'regular' then coalesce(lent.days, '{}') else '{}' end)
        * datemultirange(daterange(account_day, null)) as days
    from place left join lent using (person_id) where is_several
  ),
  foremost as (
    select person_id, class, days - coalesce(range_agg(days) over (partition by person_id
      order by ${foremostSql('effective')} rows between unbounded preceding and 1 preceding), '{}') as days
    from effective
  ),
  classed as (
    select person_id, class, range_agg(days) as days from foremost where not isempty(days) group by person_id, class
  )`;

function postedSql(): RawBuilder<unknown> {
  return sql`select posting.person_id, posting.posting_id, posting.office_id, posting.kind, posting.is_primary,
      posting.starts_on, posting.ends_on, account.account_day,
      class_of(posting.service_group, posting.engagement, field.subject_id is not null) as class,
      coalesce(posting.end_reason in ('retired', 'died', 'contract_ended', 'other'), false) as is_former,
      posting.starts_on <= max(coalesce(posting.ends_on, 'infinity'::date)) over (partition by posting.person_id
        order by posting.starts_on rows between unbounded preceding and 1 preceding) as is_overlapping
    from account join posting using (person_id)
      left join counted_mark field on field.kind = 'field' and field.subject_id = posting.cadre_id
        and posting.person_id < field.up_to
    where posting.voided_at is null`;
}

const stretchesSql = sql`united as (
    select effective.person_id, node as office_id, unnest(range_agg(effective.days)) as days
    from effective join office using (office_id) cross join unnest(office.nodes) as node
    group by effective.person_id, node
  ),
  united_class as (
    select at_node.person_id, class_node(node, class) as office_id, unnest(at_node.days * classed.days) as days
    from (select effective.person_id, node, range_agg(effective.days) as days
        from effective join office using (office_id) cross join unnest(office.class_nodes) as node
        group by effective.person_id, node) at_node
      join classed using (person_id)
  ),
  stretch as materialized (
    select person_id, office_id, class, true as is_path, greatest(starts_on, account_day) as from_day, ends_on as to_day,
      not has_more or row_number() over (partition by person_id order by starts_on) = 1 as is_first
    from place where not is_several and (ends_on is null or ends_on >= greatest(starts_on, account_day))
    union all
    select person_id, office_id, null, false, lower(days), upper(days) - 1,
      lower(days) = min(lower(days)) over (partition by person_id)
    from (select * from united union all select * from united_class) either
  )`;

function learningSql(without: Without): RawBuilder<unknown> {
  const otherCompletion = without.completionIds
    ? sql`(completion.voided_at is null and completion.completion_id <> all(${without.completionIds}::uuid[])
        or completion.completion_id = any(${without.replaced ?? []}::uuid[]))`
    : sql`completion.voided_at is null`;
  const otherEnrolment = without.enrolmentIds
    ? sql`and enrolment.enrolment_id <> all(${without.enrolmentIds}::uuid[])`
    : sql``;
  return sql`learnt as (
    select completion.person_id, completion.course_id, completion.completed_day as day, completion.minutes,
      completion.office_id,
      class_of(completion.service_group, completion.engagement, false) as class,
      row_number() over (partition by completion.person_id, completion.course_id
        order by completion.completed_day, completion.recorded_at, completion.completion_id) = 1 as is_first
    from account join completion using (person_id) where ${otherCompletion}
  ),
  numbered as materialized (
    select person_id, course_id, day, minutes, office_id, class, is_first,
      case when is_first then row_number() over (partition by person_id, is_first order by day) end as place
    from learnt
  ),
  topic as (
    select completion.person_id, mark.kind, min(completion.completed_day) as day
    from account join completion using (person_id)
      join counted_mark mark on mark.subject_id = completion.course_id and mark.kind in ('ai', 'cyber')
        and completion.person_id < mark.up_to
    where ${otherCompletion} group by completion.person_id, mark.kind
  ),
  attended as (
    select account.person_id, session.day, attendance.minutes, (
        select min(completion.completed_day) from completion
        where completion.person_id = account.person_id and completion.course_id = session.course_id
          and ${otherCompletion}) as until
    from account join attendance using (person_id) join training_session session using (session_id)
    where attendance.voided_at is null and attendance.status = 'present' and session.mode <> 'online'
  ),
  busy as (
    select enrolment.person_id, range_agg(daterange(enrolled_day, withdrawn_day, '[)')) as days
    from account join enrolment using (person_id)
    where (withdrawn_day is null or withdrawn_day > enrolled_day) ${otherEnrolment} group by enrolment.person_id
  ),
  begun as (
    select person_id, unnest(days * datemultirange(daterange(null, (
      select min(completion.completed_day) from completion
      where completion.person_id = busy.person_id and ${otherCompletion}), '[)'))) as days
    from busy
  )`;
}

function stepsSql(without: Without): RawBuilder<unknown> {
  const signIns = without.signIn ? sql`false` : sql`signed_in_day is not null`;
  return sql`step (person_id, day, signed_in, completions, renewals, minutes, at_least_one, three_or_more, begun,
      ai, cyber, in_room) as (
    select person_id, signed_in_day, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 from account where ${signIns}
    union all
    select person_id, day, 0, is_first::integer, (not is_first)::integer, case when is_first then minutes else 0 end,
      coalesce(place = 1, false)::integer, coalesce(place = 3, false)::integer, 0, 0, 0, 0
    from numbered
    union all
    select person_id, lower(days), 0, 0, 0, 0, 0, 0, 1, 0, 0, 0 from begun
    union all
    select person_id, upper(days), 0, 0, 0, 0, 0, 0, -1, 0, 0, 0 from begun where upper(days) is not null
    union all
    select person_id, day, 0, 0, 0, 0, 0, 0, 0, (kind = 'ai')::integer, (kind = 'cyber')::integer, 0 from topic
    union all
    -- Until a completion counts the same programme.
    select person_id, way.day, 0, 0, 0, 0, 0, 0, 0, 0, 0, way.sign * minutes
    from attended cross join lateral (values (1, attended.day), (-1, attended.until)) as way (sign, day)
    where way.day is not null and (attended.until is null or attended.until > attended.day)
  )`;
}

const registrationsSql = sql`
  select office_id, class, is_path, from_day as day, ${vectorOf({ registered: '1', onboarded: 'is_first::integer' })} from stretch
  union all
  select office_id, class, is_path, to_day + 1, ${vectorOf({ registered: '-1' })} from stretch where to_day is not null`;

function stepVector(sign: '' | '-'): RawBuilder<unknown> {
  return vectorOf({
    signed_in: `${sign}step.signed_in`,
    completions: `${sign}step.completions`,
    renewals: `${sign}step.renewals`,
    digital_minutes: `${sign}step.minutes`,
    classroom_minutes: `${sign}step.in_room`,
    at_least_one: `${sign}step.at_least_one`,
    three_or_more: `${sign}step.three_or_more`,
    begun: `${sign}step.begun`,
    ai_reach: `${sign}step.ai`,
    cyber_reach: `${sign}step.cyber`,
  });
}

const peopleStepsSql = sql`
  select stretch.office_id, stretch.class, stretch.is_path, greatest(step.day, stretch.from_day), ${stepVector('')}
  from stretch join step using (person_id) where stretch.to_day is null or step.day <= stretch.to_day
  union all
  select stretch.office_id, stretch.class, stretch.is_path, stretch.to_day + 1, ${stepVector('-')}
  from stretch join step using (person_id) where step.day <= stretch.to_day`;

// Days with an account and no posting. Most people have none, which a look at their one posting tells.
const gapsSql = sql`gap as (
    select account.person_id, unnest(datemultirange(daterange(account.account_day, null)) - coalesce(
      range_agg(daterange(place.starts_on, place.ends_on, '[]')) filter (where place.person_id is not null), '{}')) as days
    from account left join place using (person_id)
    where place.person_id is null or place.has_more or place.ends_on is not null
      or place.starts_on > account.account_day
    group by account.person_id, account.account_day
  )`;

/**
 * The root at which an account without any posting stands: that of the posting taken back last, so that no other
 * government sees it; the installation's oldest for those who never had one.
 */
export function rootWithoutPostingSql(personId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce((
      select taken_back_at.path[1] from posting taken_back join office taken_back_at using (office_id)
      where taken_back.person_id = ${personId} order by taken_back.voided_at desc, taken_back.posting_id limit 1),
    (select office_id from office where parent_id is null order by created_at, code limit 1))`;
}

// They are shown at the office of the posting that ended last before; else at the root of the first posting
// to come; else at the root of those without any.
const outsideSql = sql`
  select office_id, null, true, way.day,
    ${vectorOf({ not_on_roster: 'way.sign', former: 'case when is_former then way.sign else 0 end' })}
  from (
    select distinct on (gap.person_id, lower(gap.days)) gap.days, ended.is_after and place.is_former as is_former,
      case when ended.is_after then place.office_id else coalesce(office.path[1], ${rootWithoutPostingSql(sql`gap.person_id`)}) end as office_id
    from gap
      left join place using (person_id)
      cross join lateral (select coalesce(place.ends_on < lower(gap.days), false) as is_after) ended
      left join office on office.office_id = place.office_id
    order by gap.person_id, lower(gap.days), ended.is_after desc,
      case when ended.is_after then place.ends_on end desc nulls last,
      case when ended.is_after then place.is_primary end desc nulls last,
      case when ended.is_after then place.starts_on end desc nulls last, place.starts_on, place.posting_id
  ) outside
  cross join lateral (values (1, lower(days)), (-1, upper(days))) as way (sign, day)
  where way.day is not null and office_id is not null`;

const activitySql = sql`
  select office_id, class, true, day, ${vectorOf({
    activity_completions: 'is_first::integer',
    activity_renewals: '(not is_first)::integer',
    activity_minutes: 'case when is_first then minutes else 0 end',
  })}
  from numbered where office_id is not null`;

// A course is a node of what was completed of it, wherever; summed at once, since everybody's rows are its own.
const coursesSql = sql`
  select course_id, null, false, day, ${vectorOf({
    activity_completions: 'count(*) filter (where is_first)',
    activity_renewals: 'count(*) filter (where not is_first)',
    activity_minutes: 'coalesce(sum(minutes) filter (where is_first), 0)',
  })}
  from numbered group by course_id, day`;
