import { sql } from 'kysely';
import { inRange } from './range.ts';
import type { Range, Sight, Sql } from './subject.ts';

/**
 * `person_id, is_within`: whether each person stands within the reader's offices, as the desk looks at it: by the
 * postings that run or are to come, else by the last one.
 */
export function sightSql({ scopes, today }: Sight, range: Range | undefined): Sql {
  return sql`select held.person_id, coalesce(
      bool_or(seen.office_id is not null) filter (where coalesce(held.ends_on, 'infinity') >= ${today}::date),
      (array_agg(seen.office_id is not null
        order by coalesce(held.ends_on, 'infinity') desc, held.starts_on desc, held.posting_id desc))[1]) as is_within
    from posting held left join (select office_id from office where path && ${scopes}::uuid[]) seen
      on seen.office_id = held.office_id
    where held.voided_at is null and ${inRange('held', range)} group by held.person_id`;
}
