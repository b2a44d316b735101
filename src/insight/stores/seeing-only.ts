import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

const tables = ['person', 'posting', 'completion', 'enrolment', 'attendance'];

/** Keys of persons, both ends included. */
export type KeyRange = { first: string; last: string };

/**
 * Does some work for which the tables of persons hold those of the range alone: temporary views of the same names
 * come before them. Neighbouring keys lie side by side, so that a portion of a nation reads its own rows alone. A table
 * of their offices and those above comes before that of all, which would be hashed for each join of each portion.
 */
export async function seeingOnly(
  tx: Tx,
  { first, last }: KeyRange,
  work: () => Promise<void>,
): Promise<void> {
  for (const table of tables)
    await sql`create temporary view ${sql.id(table)} as select * from ${sql.table(`public.${table}`)}
      where person_id between ${sql.lit(first)}::uuid and ${sql.lit(last)}::uuid`.execute(tx);
  await sql`create temporary table office on commit drop as select * from public.office where office_id = any(array(
    select unnest(path) from public.office where office_id = any(array(
      select office_id from posting union select office_id from completion union
      select office_id from public.office where parent_id is null)) group by 1))`.execute(tx);
  await sql`analyze pg_temp.office`.execute(tx);
  await work();
  await sql`drop table pg_temp.office`.execute(tx);
  for (const table of tables) await sql`drop view pg_temp.${sql.id(table)}`.execute(tx);
}

/**
 * Does some work for which the tables of persons hold those of `source` alone: copies of the same names, each person's
 * rows looked up by his key, come before them. Where that is quicker than reading the tables whole: a change of ten
 * thousand people among crores.
 */
export async function seeingCopies(
  tx: Tx,
  source: RawBuilder<unknown>,
  work: () => Promise<void>,
): Promise<void> {
  await sql`create temporary table copied_person on commit drop as
    select distinct person_id from (${source}) source where person_id is not null`.execute(tx);
  for (const table of tables) {
    await sql`create temporary table ${sql.id(table)} on commit drop as
      select own.* from copied_person cross join lateral (
        select * from ${sql.table(`public.${table}`)} own where own.person_id = copied_person.person_id offset 0) own`.execute(
      tx,
    );
    await sql`create index on pg_temp.${sql.id(table)} (person_id)`.execute(tx);
    await sql`analyze pg_temp.${sql.id(table)}`.execute(tx);
  }
  await work();
  for (const table of tables) await sql`drop table pg_temp.${sql.id(table)}`.execute(tx);
  await sql`drop table copied_person`.execute(tx);
}
