import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import { dueSql } from './due-sql.ts';
import type { PersonSource } from './standing-sql.ts';

export type BegunSource = { mandateId: string; asOf: Day; since: Day; persons: PersonSource };

/**
 * Rows of `dueSql` of those whom an order has begun to bind since a day, without a break until now. It begins with
 * the window, with the posting, or where it was put in force after both, with that.
 */
export function begunSql({ mandateId, asOf, since, persons }: BegunSource): RawBuilder<unknown> {
  const begun = sql`select s.person_id from mandate_standing s join mandate m using (mandate_id)
    where s.mandate_id = ${mandateId} and s.person_id in (${persons}) and s.first_day <= ${asOf}::date and exists (
      select from (select range_agg(one.days) as days from unnest(s.bound_days) one (days)) whole
        cross join lateral unnest(whole.days) run (days)
      where run.days @> ${asOf}::date
        and greatest(lower(run.days), s.first_day, (m.published_at at time zone 'Asia/Kolkata')::date) >= ${since}::date)`;
  return dueSql({ asOf, mandateId, persons: begun });
}
