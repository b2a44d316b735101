import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';

/** The status on a day of a row of standings that is bound on it. */
export function statusOn(asOf: Day | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when exempt_days @> ${asOf}::date then 'exempt'
    when reached_on <= ${asOf} and (due_on is null or reached_on <= due_on) then 'met'
    when reached_on <= ${asOf} then 'metLate'
    when overdue_from <= ${asOf} then 'overdue' else 'open' end`;
}
