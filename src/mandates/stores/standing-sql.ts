import { type RawBuilder, sql } from 'kysely';
import { isProportional, type Rules } from '../rules/rules.ts';
import { type Live, liveSql, type PersonRange } from './live.ts';
import { cadresNamed, designationsNamed } from './named-sql.ts';
import type { OrderRow } from './orders.ts';
import { reachSql } from './reach-sql.ts';

/** Whose standing is wanted: a select of `person_id`; everybody who might be bound where it is absent. */
export type PersonSource = RawBuilder<unknown>;

/** `range` instead of a source: of everybody who might be bound, those in it. */
export type StandingWish = { source?: PersonSource; range?: PersonRange; recordedUntil?: Date };

/**
 * Where the persons of `source` stand under an order, computed from the dated facts alone, in one statement.
 * Rows: `person_id, office_ids, bound_days, first_day, last_day, in_days, reached_on, due_on, overdue_from, exempt_days`.
 *
 * Somebody is bound on the days on which a posting in force (a lent person's regular ones rest) matches the
 * scope. After the window's last day it is as it was on that day. Nothing here depends on the day of asking.
 */
export function standingSql(order: OrderRow, wish: StandingWish = {}): RawBuilder<unknown> {
  const live = liveSql(wish);
  const rules = order.rules;
  return sql`with ${wantedSql(rules, live, wish.source)}, ${placesSql(order, live)}, ${eventsSql(order, live)},
    ${boundSql(rules)}, ${windowedSql(order)}, ${reachSql(rules, live)}
    select person_id, office_ids, bound_days, first_day, last_day, in_days, reached_on, due_on,
      due_on + ${rules.graceDays + 1}::integer as overdue_from, exempt_days
    from (
      select person_id, office_ids, ${frozenSql(order)} as bound_days, first_day, last_day, in_days, reached_on,
        ${dueSql(order)} as due_on, ${exemptSql(rules)} as exempt_days
      from windowed left join reach using (person_id) left join event using (person_id)
    ) standing
    where '{}'::datemultirange <> any(bound_days)`;
}

/** The same with the order's key, as rows to be read of a person. */
export function standingRows(order: OrderRow, wish: StandingWish): RawBuilder<unknown> {
  return sql`select ${order.mandateId}::uuid as mandate_id, computed.* from (${standingSql(order, wish)}) computed`;
}

function wantedSql(rules: Rules, live: Live, source: PersonSource | undefined): RawBuilder<unknown> {
  return sql`wanted as materialized (${source ?? everybodySql(rules, live)})`;
}

/** Everybody who might be bound: whoever has or had a posting at an office of the scope. */
export function everybodySql(rules: Rules, live: Pick<Live, 'within'> = liveSql({})): RawBuilder<unknown> {
  return sql`select distinct person_id from posting
    where voided_at is null and office_id in (${officesSql(rules)}) and ${live.within('posting')}`;
}

/** The offices at or below those of the scope, in today's tree. */
export function officesSql(rules: Rules): RawBuilder<unknown> {
  return sql`select office_id from office
    where path && array(select office_id from office where code = any(${rules.scope.offices}::text[]))`;
}

function placesSql(order: OrderRow, live: Live): RawBuilder<unknown> {
  return sql`place as materialized (
      select posting.person_id, posting.office_id, posting.kind, posting.starts_on, posting.ends_on,
        person.joined_on, person.retires_on, ${matchesSql(order)} as is_match,
        count(*) over everybody > 1 as is_several, min(posting.starts_on) over everybody as first_posted_on
      from wanted join person using (person_id) join posting using (person_id)
      where person.merged_into is null and ${live.rows('posting')} and ${live.within('person')}
      window everybody as (partition by posting.person_id)
    ),
    lent as (
      select person_id, range_agg(daterange(starts_on, ends_on, '[]')) as days
      from place where is_several and kind in ('deputation', 'attached') and ${restsSql(order.rules)} group by person_id
    )`;
}

/** While somebody is lent his regular posting rests; under an order that binds him there too, only where it does. */
function restsSql({ clocks }: Rules): RawBuilder<unknown> {
  return clocks.deputation === 'notBound' ? sql`true` : sql`is_match`;
}

/** Whether a row of `posting` is one that the order names, whatever its days. */
export function matchesSql({ rules: { scope }, cadreIds, designationIds }: OrderRow): RawBuilder<unknown> {
  const { groups, engagements, cadres, designations } = scope;
  const parts = [
    sql`posting.office_id in (select office_id from office
      where path && array(select office_id from office where code = any(${scope.offices}::text[])))`,
    engagements
      ? sql`posting.engagement = any(${engagements}::text[])`
      : sql`coalesce(posting.engagement not in ('honorary', 'elected'), true)`,
    ...(groups ? [sql`posting.service_group = any(${groups}::text[])`] : []),
    ...(cadres
      ? [
          sql`(posting.cadre_id in (${cadresNamed(cadres)}) or posting.cadre_id = any(${cadreIds ?? []}::uuid[]))`,
        ]
      : []),
    ...(designations
      ? [
          sql`(posting.designation_id in (${designationsNamed(designations)})
            or posting.designation_id = any(${designationIds ?? []}::uuid[]))`,
        ]
      : []),
  ];
  return sql`coalesce(${sql.join(parts, sql` and `)}, false)`;
}

// One row for those few who have any: on leave, suspended, lent out, late to join, dead; exempt; extended.
function eventsSql(order: OrderRow, live: Live): RawBuilder<unknown> {
  const { clocks } = order.rules;
  const isAbsence = sql`kind = any(${clocks.stop}::text[])
    and (kind <> 'long_leave' or ends_on is null or ends_on - starts_on + 1 >= ${clocks.leaveDays})`;
  const isAway = clocks.deputation === 'notBound' ? sql`kind = 'deputation_out'` : sql`false`;
  return sql`service as (
      select person_id,
        range_agg(daterange(starts_on, ends_on, '[]')) filter (where ${isAbsence}) as absent_days,
        range_agg(daterange(starts_on, case when kind = 'death' then null else ends_on end, '[]'))
          filter (where kind = 'death' or ${isAway}) as away_days,
        max(starts_on) filter (where kind = 'late_joining') as late_joined_on
      from service_event where person_id in (select person_id from wanted) and ${live.rows('service_event')}
      group by person_id
    ),
    exempted as (
      select person_id, range_agg(daterange(starts_on, ends_on, '[]')) as days
      from exemption where mandate_id = any(${order.lineage}::uuid[]) and person_id in (select person_id from wanted)
        and ${live.rows('exemption')} group by person_id
    ),
    granted as (
      select person_id, max(granted_until) as until from extension_request
      where mandate_id = any(${order.lineage}::uuid[]) and person_id in (select person_id from wanted)
        and state = 'granted' and ${live.rows('extension_request')} and ${live.decided('extension_request')} group by person_id
    ),
    event as materialized (
      select person_id, absent_days, away_days, late_joined_on, exempted.days as exempted_days, until as granted_until
      from service full join exempted using (person_id) full join granted using (person_id)
    )`;
}

function boundSql(rules: Rules): RawBuilder<unknown> {
  return sql`base as (
      select person_id, office_id, is_several, joined_on, first_posted_on, retires_on,
        (datemultirange(daterange(starts_on, ends_on, '[]')) ${serviceDaysSql(rules)})
          - case when is_several and kind = 'regular' then coalesce(lent.days, '{}') else '{}' end
          - coalesce(event.away_days, '{}') as days
      from place left join lent using (person_id) left join event using (person_id)
      where is_match
    ),
    bound as materialized (
      select person_id, array[office_id] as office_ids, array[days] as bound_days, days as all_days,
        joined_on, first_posted_on, retires_on
      from base where not is_several and not isempty(days)
      union all
      select person_id, array_agg(office_id order by office_id), array_agg(days order by office_id), range_agg(days),
        min(joined_on), min(first_posted_on), min(retires_on)
      from (
        select person_id, office_id, range_agg(days) as days, min(joined_on) as joined_on,
          min(first_posted_on) as first_posted_on, min(retires_on) as retires_on
        from base where is_several and not isempty(days) group by person_id, office_id
      ) several group by person_id
    )`;
}

/** The days on which the whole years of service lie in the scope's band; who joined on a day unknown has none. */
function serviceDaysSql({ scope }: Rules): RawBuilder<unknown> {
  const years = scope.serviceYears;
  if (!years) return sql``;
  // Who joined on 29 February has served a year on 1 March, not on the day before.
  const after = (count: number) => sql`((joined_on + make_interval(years => ${count}::integer))::date
    + (extract(day from joined_on + make_interval(years => ${count}::integer)) <> extract(day from joined_on))::integer)`;
  const from = after(years.min ?? 0);
  const to = years.max === undefined ? sql`null` : after(years.max + 1);
  return sql`* case when joined_on is null then '{}'
    else datemultirange(daterange(${years.min ? from : sql`null`}, ${to})) end`;
}

/** Each person's own first and last day: of a relative window, counted from joining, posting or assignment. */
function windowedSql({ rules, orderDate }: OrderRow): RawBuilder<unknown> {
  const { window } = rules;
  if ('from' in window)
    return sql`windowed as materialized (
      select bound.*, ${window.from}::date as first_day, ${window.to}::date as last_day, ${inDaysSql(rules)} from bound
      ${isProportional(rules) ? sql`left join event using (person_id)` : sql``})`;
  const anchor = {
    joining: sql`coalesce(joined_on, first_posted_on)`,
    posting: sql`lower(all_days)`,
    assignment: sql`coalesce(lower(all_days * datemultirange(daterange(${orderDate}::date, null))), ${orderDate}::date)`,
  }[window.after];
  return sql`windowed as materialized (
    select bound.*, anchor.day as first_day, anchor.day + ${window.days}::integer as last_day,
      null::integer as in_days
    from bound cross join lateral (select ${anchor} as day) anchor)`;
}

/** How many of the window's days somebody serves who joins or retires in it; at least one. Null: nobody asks. */
function inDaysSql(rules: Rules): RawBuilder<unknown> {
  if (!isProportional(rules) || !('from' in rules.window)) return sql`null::integer as in_days`;
  const { from, to } = rules.window;
  const inWindow = (day: RawBuilder<unknown>) =>
    sql`case when ${day} between ${from}::date and ${to}::date then ${day} end`;
  return sql`greatest(1, coalesce(${inWindow(sql`retires_on`)}, ${to}::date) - greatest(${from}::date,
    ${inWindow(sql`coalesce(joined_on, first_posted_on)`)}, ${inWindow(sql`late_joined_on`)}) + 1) as in_days`;
}

/** Whoever is bound on the last day stays so; and an order counts only while it is in force itself. */
function frozenSql(order: OrderRow): RawBuilder<unknown> {
  const frozen = (days: RawBuilder<unknown>) => sql`(${days} * datemultirange(daterange(null, last_day, '[]'))
    + case when ${days} @> last_day then datemultirange(daterange(last_day, null)) else '{}' end)
    * ${inForceSql(order)}`;
  return sql`case when cardinality(bound_days) = 1 then array[${frozen(sql`bound_days[1]`)}]
    else array(select ${frozen(sql`days`)} from unnest(bound_days) with ordinality as one (days, place) order by place) end`;
}

/** Empty where a later order took its place before it began. */
function inForceSql({ inForceFrom, inForceUntil }: OrderRow): RawBuilder<unknown> {
  if (inForceFrom && inForceUntil && inForceUntil < inForceFrom) return sql`'{}'::datemultirange`;
  return sql`datemultirange(daterange(${inForceFrom}::date, ${inForceUntil}::date, '[]'))`;
}

/**
 * The window's last day, or that of an order that extends it, and the days of stopped clocks up to it. Not before
 * more time that was granted, nor too soon after joining or a return. Nobody's day falls into his absence: it moves
 * to his return, and is null where he does not return.
 */
function dueSql({ rules, extendedUntil }: OrderRow): RawBuilder<unknown> {
  const minimum = sql`${rules.joinersMinimumDays}::integer`;
  const joined = 'from' in rules.window ? sql`coalesce(joined_on, first_posted_on)` : sql`null::date`;
  const inWindow = (day: RawBuilder<unknown>) =>
    sql`case when ${day} between first_day and last_day then ${day} + ${minimum} end`;
  const base = extendedUntil ? sql`greatest(last_day, ${extendedUntil}::date)` : sql`last_day`;
  const counting = sql`daterange(first_day, ${base}, '[]')`;
  const others = sql`granted_until, ${inWindow(joined)}, ${inWindow(sql`late_joined_on`)}`;
  return sql`case when absent_days is null then greatest(${base}, ${others})
    else due_after_return(greatest(
      ${base} + (select coalesce(sum(upper(stopped) - lower(stopped)), 0)::integer
        from unnest(absent_days * datemultirange(${counting})) stopped),
      ${others},
      (select max(upper(absent)) from unnest(absent_days) absent where absent && ${counting}) + ${minimum}
    ), absent_days, ${minimum}) end`;
}

function exemptSql({ clocks }: Rules): RawBuilder<unknown> {
  const months = clocks.retirementMonths;
  const exempted = sql`coalesce(exempted_days, '{}')`;
  if (months === undefined) return exempted;
  // Who retired before it and serves again is bound like everybody else.
  return sql`case when retires_on between first_day and (last_day + make_interval(months => ${months}::integer))::date
    then datemultirange(daterange(null, null)) else ${exempted} end`;
}
