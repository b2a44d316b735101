import { type RawBuilder, sql } from 'kysely';
import { type Filling, fill } from './filling.ts';
import type { Making } from './plan-people.ts';
import type { Size } from './sizes.ts';

/** Days, of the office, on which its people sit down together; and two weeks in which everybody learns. */
const sittings = 6;
const weekBeginsBeforeEnd = [330, 62] as const;
/** Accounts are open by then. */
const firstSittingAfter = 26;
const renewedAfterDays = 190;

/**
 * Distinct courses a person, a renewal here and there. Each completion is frozen to the office of its day. Its own
 * day depends on the office and on chance: an office learns on a handful of days, more of them lately.
 */
export async function addCompletions(filling: Filling, making: Making): Promise<void> {
  const { random, from, days } = making;
  const isAway = sql`(move = 'transferred' and made.day <= moved_on or move = 'deputation' and made.day > moved_on)`;
  const columns = `person_id, completion_id, course_id, course_version_id, completed_day, source, minutes, office_id, area_id,
    service_group, engagement`;
  const rows = sql`select g.person_id, case when again then ${random.id('k', 4)} else ${random.id('k', 3)} end, c.course_id, c.course_version_id,
      made.day, 'iGOT'::text, c.minutes, case when ${isAway} then other.office_id else o.office_id end,
      case when ${isAway} then other.area_id else o.area_id end, t.service_group, t.engagement
    from gen_person g join gen_post t on t.crew = g.crew and t.place = g.place join gen_office o on o.n = g.office_n
      left join gen_office other on other.n = g.other_n and g.move is not null
      cross join lateral generate_series(first_completion, end_completion - 1 + case
        when ${random.below('g.n', 50, 100)} < (end_completion - first_completion) * 2 then 1 else 0 end) k
      cross join lateral (select k >= end_completion as again, case when k >= end_completion then first_completion else k end as kk offset 0) which
      cross join lateral (select ${dayOf(making)} + case when again then ${renewedAfterDays}::int else 0 end as day offset 0) made
      join gen_course c on c.n = ${courseOf(making)}
    where made.day <= ${from}::date + ${days}::int and (not again or standing = 'member')`;
  await fill(filling, { table: 'completion', columns }, rows);
}

function dayOf({ random, from, days }: Making): RawBuilder<string> {
  const [early, late] = weekBeginsBeforeEnd;
  const slot = sql.raw('slot');
  return sql`(select ${from}::date + case
      when standing = 'former' then g.opens + ${firstSittingAfter}::int + ${random.below('kk', 36, 30)}
      when ${random.below('kk', 34, 100)} < 28 then case
        when kk % 2 = 0 and g.opens + ${firstSittingAfter}::int < ${days - early}::int
        then ${days - early}::int + ${random.below('office_n', 35, 7)} else ${days - late}::int + ${random.below('office_n', 37, 7)} end
      else g.opens + ${firstSittingAfter}::int + (${days - firstSittingAfter}::int - g.opens) * (${slot} * 100 + ${random.below('office_n::bigint * 16 + slot', 31, 100)})
        / ${sittings * 100}::int end
    from (select case when chance < ${sittings ** 2}::int then floor(sqrt(chance))::int else chance % ${sittings}::int end as slot
      from (select ${random.below('kk', 30, 2 * sittings ** 2)} as chance offset 0) chances offset 0) slots)`;
}

/** How many courses everybody takes, many take, and some take. */
export function shelvesOf(courses: number): { first: number; second: number; rest: number } {
  const first = Math.min(12, Math.floor(courses / 4));
  const second = Math.min(200, Math.floor(courses / 4));
  return { first, second, rest: courses - first - second };
}

/** Three of the first shelf, three of the second, then the rest: a step without a common factor walks through each whole. */
function courseOf({ size, random }: Making): RawBuilder<number> {
  const { first, second, rest } = shelvesOf(size.courses);
  const steps = stepsFor(rest);
  const at = sql.raw('(kk - first_completion)::int');
  return sql`case when ${at} < 3 then (${random.below('g.n', 32, first)} + ${at}) % ${first}::int
    when ${at} < 6 then ${first}::int + (${random.below('g.n', 33, second)} + ${at}) % ${second}::int
    else ${first + second}::int + (${random.below('g.n', 38, rest)} + ${at} * (${steps}::int[])[1 + ${random.below('g.n', 39, steps.length)}]) % ${rest}::int end`;
}

export function stepsFor(courses: number): number[] {
  return [11, 17, 19, 23, 29, 31, 37, 41, 43, 47].filter((step) => courses % step !== 0);
}

/** No more completions than a person can have of distinct courses. */
export function mostDistinct(size: Size): number {
  return 6 + shelvesOf(size.courses).rest;
}
