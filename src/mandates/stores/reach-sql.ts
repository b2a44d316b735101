import { type RawBuilder, sql } from 'kysely';
import {
  type Condition,
  daysOfWindow,
  isProportional,
  type Leaf,
  leavesOf,
  minutesAsked,
  type Rules,
  shareCount,
} from '../rules/rules.ts';
import { minutesOfDay } from '../rules/training-day.ts';
import type { Live } from './live.ts';

/**
 * The first day on which the condition holds for each of `windowed`, counting what is dated from the first day
 * of the window on; no upper end, so that what comes late is seen to be late. Ends in `reach (person_id, reached_on)`.
 */
export function reachSql(rules: Rules, live: Live): RawBuilder<unknown> {
  const leaves = leavesOf(rules.condition);
  const parts = leaves.map((leaf, index) => ({ leaf, name: sql.id(`leaf_${index}`) }));
  const asks = askedSql(rules);
  const ctes = parts.map(({ leaf, name }) => sql`${name} as (${leafSql(leaf, asks)})`);
  const joins = parts.map(({ name }) => sql`left join ${name} using (person_id)`);
  const days = parts.map(({ name }) => sql`${name}.reached_on`);
  return sql`${countedSql(rules, live)}, ${attendedSql(live)}, ${papersSql(live)}, ${sql.join(ctes)},
    reach as (
      select person_id, ${joinedSql(rules.condition, days)} as reached_on from windowed ${sql.join(joins, sql` `)}
    )`;
}

/** All of them: the latest day, if each has one; any of them: the earliest. */
function joinedSql(condition: Condition, days: RawBuilder<unknown>[]): RawBuilder<unknown> {
  const parts = condition.allOf ?? condition.anyOf;
  if (!parts) return days.shift() ?? sql`null`;
  const joined = parts.map((part) => joinedSql(part, days));
  if (condition.anyOf) return sql`least(${sql.join(joined)})`;
  return sql`case when num_nulls(${sql.join(joined)}) = 0 then greatest(${sql.join(joined)}) end`;
}

// A course's day and minutes in one number, so that the earliest is found by a minimum and no sorting: of two
// on one day the shorter counts.
const packed = (day: RawBuilder<unknown>, minutes: RawBuilder<unknown>) =>
  sql`((${day} - date '2000-01-01')::bigint << 24) | least(${minutes}, 16777215)`;

/** Each course once, by its first completion, if that is dated in the window (or by the first one in it). */
function countedSql(rules: Rules, live: Live): RawBuilder<unknown> {
  const claims = rules.claims
    ? sql`union all
      select claim.person_id, coalesce(claim.course_id, claim.claim_id), claim.course_id,
        ${packed(sql`claim.completed_on`, sql`claim.minutes`)}
      from claim where claim.person_id in (select person_id from windowed) and claim.state = 'accepted'
        and ${live.rows('claim')} and ${live.decided('claim')}`
    : sql``;
  const done = sql`select completion.person_id, completion.course_id as item_id, completion.course_id,
      ${packed(sql`completion.completed_day`, sql`completion.minutes`)} as packed
    from completion where completion.person_id in (select person_id from windowed) and ${live.rows('completion')}
    ${claims}`;
  const inWindow = sql`(packed >> 24)::integer >= windowed.first_day - date '2000-01-01'`;
  const first = rules.countRenewals
    ? sql`select person_id, item_id, course_id, min(packed) as packed
        from (${done}) done join windowed using (person_id) where ${inWindow} group by person_id, item_id, course_id`
    : sql`select person_id, item_id, course_id, packed
        from (select person_id, item_id, course_id, min(packed) as packed from (${done}) done
          group by person_id, item_id, course_id) earliest join windowed using (person_id) where ${inWindow}`;
  return sql`counted as materialized (
    select person_id, item_id, course_id, date '2000-01-01' + (packed >> 24)::integer as day,
      (packed & 16777215)::integer as minutes
    from (${first}) first
  )`;
}

/** Classroom sessions attended from the window's first day on. */
function attendedSql(live: Live): RawBuilder<unknown> {
  return sql`attended as (
    select person_id, training_session.course_id, training_session.day, attendance.minutes
    from windowed join attendance using (person_id) join training_session using (session_id)
    where attendance.status = 'present' and training_session.day >= windowed.first_day and ${live.rows('attendance')}
  )`;
}

function papersSql(live: Live): RawBuilder<unknown> {
  return sql`passed_paper as (
    select person_id, blueprint.code, (paper.submitted_at at time zone 'Asia/Kolkata')::date as day
    from windowed join paper using (person_id) join blueprint using (blueprint_id)
    where paper.is_passed and (paper.submitted_at at time zone 'Asia/Kolkata')::date >= windowed.first_day
      and ${live.happened('paper', 'submitted_at')}
  )`;
}

/** How much of a number is asked of one person: all of it, or the part of the window that he serves. */
type Asks = {
  of(count: number, inDays?: RawBuilder<unknown>): RawBuilder<unknown>;
  joined: RawBuilder<unknown>;
};

function askedSql(rules: Rules): Asks {
  if (!isProportional(rules)) return { of: (count) => sql`${count}::integer`, joined: sql`` };
  const days = daysOfWindow(rules.window);
  return {
    of: (count, inDays = sql`min(in_days)`) =>
      sql`((${count}::bigint * ${inDays} + ${days - 1}::integer) / ${days}::integer)::integer`,
    joined: sql`join windowed using (person_id)`,
  };
}

function leafSql(leaf: Leaf, asks: Asks): RawBuilder<unknown> {
  if (leaf.courses) return coursesSql(leaf.courses, asks);
  if (leaf.share) return coursesSql({ atLeast: shareCount(leaf.share), of: leaf.share.of }, asks);
  if (leaf.hours) return hoursSql(leaf.hours, asks);
  if (leaf.days) return daysSql(leaf.days, asks);
  return passedSql(leaf.passed?.assessment ?? '');
}

function coursesSql(rule: { atLeast: number; tag?: string; of?: string[] }, asks: Asks): RawBuilder<unknown> {
  return sql`select person_id, (array_agg(day order by day))[${asks.of(rule.atLeast)}] as reached_on
    from counted ${asks.joined} where ${taggedSql(rule.tag)} and ${listedSql(rule.of)} group by person_id`;
}

/** Of what counts: courses by their own tags; what was done elsewhere by the topics that who accepted it confirmed. */
function taggedSql(tag: string | undefined): RawBuilder<unknown> {
  if (!tag) return sql`true`;
  return sql`(${courseTaggedSql(tag)} or course_id is null and exists (select from claim
    where claim.person_id = counted.person_id and claim.claim_id = counted.item_id and topics @> array[${tag}::text]))`;
}

function courseTaggedSql(tag: string | undefined): RawBuilder<unknown> {
  return tag ? sql`course_id in (select course_id from course where tags @> array[${tag}::text])` : sql`true`;
}

function listedSql(codes: string[] | undefined): RawBuilder<unknown> {
  return codes
    ? sql`course_id in (select course_id from course where code = any(${codes}::text[]))`
    : sql`true`;
}

/**
 * Minutes of courses and of classrooms. A programme whose course is completed too counts once: its sessions up to
 * the day before; from then on the larger of both, so that no later fact takes away what was reached.
 */
function hoursSql(rule: { atLeast: number; tag?: string }, asks: Asks): RawBuilder<unknown> {
  const { tag } = rule;
  const isShared = (one: 'counted' | 'attended', other: 'counted' | 'attended') => {
    const [mine, theirs] = [sql.table(one), sql.table(other)];
    return sql`exists (select from ${theirs} where ${theirs}.person_id = ${mine}.person_id
      and ${theirs}.course_id = ${mine}.course_id)`;
  };
  const done = (columns: RawBuilder<unknown>, isOfBoth: boolean) => sql`
    select person_id, day, ${columns} from counted
      where ${taggedSql(tag)} and ${isShared('counted', 'attended')} = ${isOfBoth}`;
  const sat = (columns: RawBuilder<unknown>, isOfBoth: boolean) => sql`
    select person_id, day, ${columns} from attended
      where ${courseTaggedSql(tag)} and ${isShared('attended', 'counted')} = ${isOfBoth}`;
  return sql`select person_id, min(day) as reached_on from (
      select person_id, day, sum(minutes) over (partition by person_id order by day) as so_far from (
        ${done(sql`minutes`, false)} union all ${sat(sql`minutes`, false)}
        union all
        select person_id, day, worth - lag(worth, 1, 0::bigint) over (partition by person_id, course_id order by day)
        from (
          select person_id, course_id, day, greatest(sum(sat) over programme, max(done) over programme) as worth
          from (${done(sql`course_id, 0 as sat, minutes as done`, true)}
            union all ${sat(sql`course_id, minutes, 0`, true)}) both_kinds
          window programme as (partition by person_id, course_id order by day)
        ) worths
      ) learnt
    ) sums ${asks.joined} where so_far >= ${asks.of(minutesAsked(rule), sql`in_days`)} group by person_id`;
}

function daysSql(
  rule: { atLeast: number; minutesPerDay: number; attendanceShare: number },
  asks: Asks,
): RawBuilder<unknown> {
  return sql`select person_id, (array_agg(day order by day))[${asks.of(rule.atLeast)}] as reached_on from (
      select person_id, day from attended group by person_id, day having sum(minutes) >= ${minutesOfDay(rule)}::numeric
    ) full_day ${asks.joined} group by person_id`;
}

function passedSql(code: string): RawBuilder<unknown> {
  return sql`select person_id, min(day) as reached_on from (
      select person_id, day from passed_paper where code = ${code}
      union all
      select person_id, day from counted where course_id in (select course_id from course where code = ${code})
    ) passed group by person_id`;
}
