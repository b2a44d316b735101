import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../db.ts';
import type { Dependent } from './kind.ts';

/**
 * A column whose rows rest on a thing that an import made. `kind` is the word by which a refusal names it.
 * Rows are `u`, things `m` (`id`, `code`); `where` leaves out rows that are void; of a column that is no plain key,
 * `rows` reads what it names and `on` joins that; `name` is what those who look for a row call it (else the thing's code).
 */
export type Use = {
  kind: string;
  table: string;
  column: string;
  rows?: string;
  on?: string;
  where?: string;
  name?: string;
};

/** What rests on the things of `made`, a query of `id` and `code`; a hundred names at most. */
export async function usesOf(tx: Tx, made: RawBuilder<unknown>, uses: readonly Use[]): Promise<Dependent[]> {
  const found = await sql<Dependent>`with m as materialized (${made})
    select kind, name, count(*) as count from (${sql.join(uses.map(rowsOf), sql` union all `)}) as x
    group by kind, name order by kind, name limit 100`.execute(tx);
  return found.rows;
}

/** A use written in `uses`, never given from outside: its texts are SQL of this program. */
function rowsOf({ kind, table, column, rows, ...rest }: Use): RawBuilder<unknown> {
  const { on, where = 'true', name = 'm.code' } = rest;
  return sql`select ${sql.lit(kind)}::text as kind, coalesce(${sql.raw(name)}, m.code)::text as name
    from ${rows ? sql.raw(`(${rows})`) : sql.table(table)} u join m on ${on ? sql.raw(on) : sql`${sql.ref(`u.${column}`)} = m.id`}
    where ${sql.raw(where)}`;
}
