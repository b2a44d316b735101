import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { PersonSource } from './standing-sql.ts';
import { boundOn, statusOn } from './status-sql.ts';

export type DueSource = { asOf: Day; mandateId?: string; persons?: PersonSource };

/**
 * Who has an order still before him on a day and may be reminded of it, as SQL: `person_id, mandate_id, due_on,
 * status, office_id, path`, the office being where he is
 * posted that day, by the posting that binds where he has several. Left out is who is exempt, has met it, is
 * not bound, has no due day, and who is on leave, suspended, dead or no longer posted anywhere.
 */
export function dueSql({ asOf, mandateId, persons }: DueSource): RawBuilder<unknown> {
  const one = mandateId ? sql`and standing.mandate_id = ${mandateId}` : sql``;
  const those = persons ? sql`and standing.person_id in (${persons})` : sql``;
  return sql`select standing.person_id, standing.mandate_id, standing.due_on, ${statusOn(asOf)} as status,
      home.office_id, home.path
    from mandate_standing standing join mandate using (mandate_id)
      cross join lateral (
        select office.office_id, office.path from posting join office using (office_id)
        where posting.person_id = standing.person_id and ${inForce(asOf)}
        order by posting.office_id = any(standing.office_ids) desc, posting.is_primary desc, posting.starts_on desc limit 1) home
    where mandate.state = 'published' and standing.due_on is not null ${one} ${those}
      and not exempt_days @> ${asOf}::date and (reached_on is null or reached_on > ${asOf})
      and ${boundOn(asOf)}
      and exists (select from person where person.person_id = standing.person_id and merged_into is null)
      and ${isPresent(asOf, sql`standing.person_id`)}`;
}

/** SQL: whether a person serves on a day and is neither on leave nor suspended. */
export function isServing(asOf: Day, personId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(exists (select from posting where posting.person_id = ${personId} and ${inForce(asOf)})
    and exists (select from person living where living.person_id = ${personId} and living.merged_into is null)
    and ${isPresent(asOf, personId)})`;
}

function inForce(asOf: Day): RawBuilder<unknown> {
  return sql`posting.voided_at is null and posting.starts_on <= ${asOf}::date
    and (posting.ends_on is null or posting.ends_on >= ${asOf}::date)`;
}

function isPresent(asOf: Day, personId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`not exists (
    select from service_event event where event.person_id = ${personId} and event.voided_at is null
      and event.kind in ('long_leave', 'suspension', 'death') and event.starts_on <= ${asOf}::date
      and (event.kind = 'death' or event.ends_on is null or event.ends_on >= ${asOf}::date))`;
}
