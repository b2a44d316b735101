import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import { classroomSql, learningSql, topicsSql } from './done-sql.ts';
import { countsSql, coversSql } from './posting-sql.ts';
import type { OwnCounted } from './roster.ts';

/** An office whose figures are added to those of a part, or taken off. */
export type PartBound = { part: string; officeId: string; sign: 1 | -1 };

/**
 * By how much the bounds of a part, added up, count too much: people with several postings at or below an office stand
 * at several of its bounds. Read from the facts of those few.
 */
export async function countedAgainIn(
  reads: Reads,
  { officeId, asOf, bounds }: { officeId: string; asOf: string; bounds: readonly PartBound[] },
): Promise<(OwnCounted & { part: string })[]> {
  const person = sql`few.person_id`;
  const found = await sql<OwnCounted & { part: string }>`
    with bound as materialized (
      select * from unnest(${bounds.map((one) => one.part)}::text[], ${bounds.map((one) => one.officeId)}::uuid[],
        ${bounds.map((one) => one.sign)}::integer[]) as bound (part, office_id, sign)
    ),
    here as materialized (select office_id, path from office where path @> array[${officeId}::uuid]),
    several as materialized (
      select person_id from posting join here using (office_id) where ${coversSql('posting', asOf)}
      group by person_id having count(*) > 1
    ),
    stood as materialized (
      select distinct person_id, office_id, path from several join posting using (person_id) join here using (office_id)
      where ${countsSql('posting', asOf)}
    ),
    met as materialized (
      select person_id, stood.office_id as at, part, bound.office_id as bound_id, sign
      from stood cross join lateral unnest(path) as node join bound on bound.office_id = node
    ),
    -- Whoever stands in the part with any of his postings counts there, once.
    inside as (
      select distinct person_id, part from (
        select person_id, part from met group by person_id, part, at having sum(sign) > 0) there
    ),
    added as (
      select person_id, part, sum(sign) as times from (select distinct person_id, part, bound_id, sign from met) once
      group by person_id, part
    ),
    again as materialized (
      select person_id, part, added.times - (inside.person_id is not null)::integer as times
      from added left join inside using (person_id, part)
      where added.times <> (inside.person_id is not null)::integer
    ),
    few as materialized (
      select person_id, signed_in_day from (select distinct person_id from again) counted join person using (person_id)
      where account_day <= ${asOf}::date and merged_into is null
    )
    select part, sum(times)::integer as registered,
      coalesce(sum(times) filter (where few.signed_in_day <= ${asOf}::date), 0)::integer as signed_in,
      sum(times * done.completions)::bigint as completions, sum(times * done.renewals)::bigint as renewals,
      sum(times * done.minutes)::bigint as digital_minutes, sum(times * classroom.minutes)::bigint as classroom_minutes,
      coalesce(sum(times) filter (where done.completions >= 1), 0)::integer as at_least_one,
      coalesce(sum(times) filter (where done.completions >= 3), 0)::integer as three_or_more,
      coalesce(sum(times) filter (where begun.has_begun), 0)::integer as begun,
      coalesce(sum(times) filter (where topics.has_ai), 0)::integer as ai_reach,
      coalesce(sum(times) filter (where topics.has_cyber), 0)::integer as cyber_reach
    from few ${learningSql(person, asOf)}
      cross join lateral (${classroomSql(person, asOf)}) classroom
      cross join lateral (${topicsSql(person, asOf)}) topics
      join again using (person_id)
    group by part`.execute(reads);
  return found.rows;
}
