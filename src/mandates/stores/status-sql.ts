import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';

/**
 * Whether a row of standings is bound on a day, at whichever office. Nearly everybody is bound at one: those are told
 * without taking their days apart, at a tenth of the cost.
 */
export function boundOn(asOf: Day, boundDays: RawBuilder<unknown> = sql`bound_days`): RawBuilder<boolean> {
  return sql<boolean>`case when cardinality(${boundDays}) = 1 then (${boundDays})[1] @> ${asOf}::date
    else exists (select from unnest(${boundDays}) days where days @> ${asOf}::date) end`;
}

/** The status on a day of a row of standings that is bound on it. */
export function statusOn(asOf: Day | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when exempt_days @> ${asOf}::date then 'exempt'
    when reached_on <= ${asOf} and (due_on is null or reached_on <= due_on) then 'met'
    when reached_on <= ${asOf} then 'metLate'
    when overdue_from <= ${asOf} then 'overdue' else 'open' end`;
}
