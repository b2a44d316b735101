import { type RawBuilder, sql } from 'kysely';

/** Whether a posting that is not voided covers the day. */
export function coversSql(posting: string, day: string): RawBuilder<boolean> {
  const [from, to] = [sql.ref(`${posting}.starts_on`), sql.ref(`${posting}.ends_on`)];
  return sql<boolean>`${sql.ref(`${posting}.voided_at`)} is null and ${from} <= ${day}::date
    and (${to} is null or ${to} >= ${day}::date)`;
}

/** Whether a posting lends its person: while it runs, the regular ones do not count. */
export function lendsSql(posting: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${posting}.kind`)} in ('deputation', 'attached')`;
}

/** Whether a posting makes a roster member on the day (METRICS): whoever is lent counts where he is lent to. */
export function countsSql(posting: string, day: string): RawBuilder<boolean> {
  return sql<boolean>`${coversSql(posting, day)} and (${sql.ref(`${posting}.kind`)} <> 'regular' or not exists (
    select from posting lent where lent.person_id = ${sql.ref(`${posting}.person_id`)}
      and ${lendsSql('lent')} and ${coversSql('lent', day)}))`;
}

/** The same for many at once: `away`, joined left, has the rows of `lentSql`. */
export function countsBesideSql(posting: string, day: string, away: string): RawBuilder<boolean> {
  return sql<boolean>`${coversSql(posting, day)}
    and (${sql.ref(`${posting}.kind`)} <> 'regular' or ${sql.ref(`${away}.person_id`)} is null)`;
}

/** Everybody who is lent on the day, once: `person_id`. `among` narrows the postings `lent`. */
export function lentSql(day: string, among: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> {
  return sql`select distinct lent.person_id from posting lent where ${lendsSql('lent')} and ${coversSql('lent', day)}
    and ${among}`;
}

/** The order of a person's postings, of which the first that counts is the primary one of the day. */
export function foremostSql(posting: string): RawBuilder<unknown> {
  const [isPrimary, from, id] = ['is_primary', 'starts_on', 'posting_id'].map((name) =>
    sql.ref(`${posting}.${name}`),
  );
  return sql`${isPrimary} desc, ${from} desc, ${id}`;
}
