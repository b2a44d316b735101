import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

const tables = ['person', 'posting', 'completion'] as const;

/**
 * Does some work for which the tables of people hold those of `gen_person` alone: temporary views of the same names
 * come before them. The keys of one portion are neighbours, so a range of keys is all that is read; without it each
 * portion would read everything that the ones before have made.
 */
export async function seeingOnlyNew(tx: Tx, work: () => Promise<void>): Promise<void> {
  const found = await sql<{
    first: string;
    last: string;
  }>`select min(person_id::text) as first, max(person_id::text) as last
    from gen_person`.execute(tx);
  const { first, last } = found.rows[0] ?? {};
  if (!first || !last) return work();
  for (const table of tables)
    await sql`create temporary view ${sql.table(table)} as select * from ${sql.table(`public.${table}`)}
      where person_id between ${sql.lit(first)}::uuid and ${sql.lit(last)}::uuid`.execute(tx);
  await work();
  for (const table of tables) await sql`drop view pg_temp.${sql.id(table)}`.execute(tx);
}
