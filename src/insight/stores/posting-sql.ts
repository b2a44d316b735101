import { type RawBuilder, sql } from 'kysely';

/** Whether a posting that is not voided covers the day. */
export function coversSql(posting: string, day: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${posting}.voided_at`)} is null and ${sql.ref(`${posting}.starts_on`)} <= ${day}
    and (${sql.ref(`${posting}.ends_on`)} is null or ${sql.ref(`${posting}.ends_on`)} >= ${day})`;
}

/** Whether a posting makes a roster member on the day (METRICS): whoever is lent counts where he is lent to. */
export function countsSql(posting: string, day: string): RawBuilder<boolean> {
  return sql<boolean>`${coversSql(posting, day)} and (${sql.ref(`${posting}.kind`)} <> 'regular' or not exists (
    select from posting lent where lent.person_id = ${sql.ref(`${posting}.person_id`)}
      and lent.kind in ('deputation', 'attached') and ${coversSql('lent', day)}))`;
}
