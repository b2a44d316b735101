import { type RawBuilder, sql } from 'kysely';

/** How an order stood on a day for a standing `s` that is bound on it. */
export function orderStatusOn(day: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when s.exempt_days @> ${day} then 'exempt'
    when s.reached_on <= ${day} and (s.due_on is null or s.reached_on <= s.due_on) then 'met'
    when s.reached_on <= ${day} then 'metLate'
    when s.overdue_from <= ${day} then 'overdue' else 'open' end`;
}
