import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

/** Keys of persons, both ends included. */
export type KeyRange = { first: string; last: string };

/**
 * Does some work for which the tables of persons hold those of the range alone: temporary views of the same names
 * come before them. Neighbouring keys lie side by side, so that a portion of a nation reads its own rows alone.
 */
export async function seeingOnly(
  tx: Tx,
  { first, last }: KeyRange,
  work: () => Promise<void>,
): Promise<void> {
  const tables = ['person', 'posting', 'completion', 'enrolment', 'attendance'];
  for (const table of tables)
    await sql`create temporary view ${sql.id(table)} as select * from ${sql.table(`public.${table}`)}
      where person_id between ${sql.lit(first)}::uuid and ${sql.lit(last)}::uuid`.execute(tx);
  await work();
  for (const table of tables) await sql`drop view pg_temp.${sql.id(table)}`.execute(tx);
}
