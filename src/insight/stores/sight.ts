import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';

/** Of whom more than code and name is told: who stands at or below these offices on that day. */
export type Sight = { scopes: readonly string[]; today: Day };

/**
 * `person_id, is_within`: whether each person stands within the reader's offices, as the desk looks at it: by the
 * postings that run or are to come, else by the last one. `whose` chooses among all postings, as `held`.
 */
export function sightSql({ scopes, today }: Sight, whose: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select held.person_id, coalesce(
      bool_or(seen.office_id is not null) filter (where coalesce(held.ends_on, 'infinity') >= ${today}::date),
      (array_agg(seen.office_id is not null
        order by coalesce(held.ends_on, 'infinity') desc, held.starts_on desc, held.posting_id desc))[1]) as is_within
    from posting held left join (select office_id from office where path && ${scopes}::uuid[]) seen
      on seen.office_id = held.office_id
    where held.voided_at is null and ${whose} group by held.person_id`;
}
