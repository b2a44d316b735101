import type pg from 'pg';

export type TableShape = { name: string; columns: string[]; parents: string[]; isPartitioned: boolean };

/** Not backed up: digests are made again of what is restored, and numbers of transactions say nothing elsewhere. */
export const madeAgain = [
  'learning_digest',
  'person_digest',
  'digest_touched',
  'digest_state',
  'roster_change',
];

/**
 * The logged tables of this schema with their plain columns, parents before children, so that COPY meets
 * every foreign key. Staging tables (unlogged) and the ledger of migrations are not data, nor what a count of an
 * order's figures keeps aside: it is gone before its turn to be copied, or would be held until the backup ends.
 */
export async function tablesInOrder(client: pg.PoolClient): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `
    select c.relname as name,
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select array_agg(distinct k.confrelid::regclass::text) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '{}') as parents,
      c.relkind = 'p' as "isPartitioned"
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relpersistence = 'p' and c.relname <> 'migration' and c.relname !~ '^sheet_steps_'
      and c.relname <> all($1)
    order by c.relname`,
    [madeAgain],
  );
  return sorted(rows);
}

/** What COPY reads of it: a table that lies in several ones only by a query. */
export function sourceOf({ name, columns, isPartitioned }: TableShape): string {
  return isPartitioned ? `(select ${columns.join(',')} from ${name})` : `${name} (${columns.join(',')})`;
}

/** Sequences that no identity column owns, by their quoted names. */
export async function sequencesOfTheirOwn(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select quote_ident(c.relname) as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i')
    order by c.relname`);
  return rows.map((row) => row.name);
}

/** What triggers once wrote is in the backup: written again it would stand twice. Foreign keys are still asked. */
export async function switchTriggers(client: pg.PoolClient, how: 'disable' | 'enable'): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select distinct quote_ident(c.relname) as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace`);
  for (const { name } of rows) await client.query(`alter table ${name} ${how} trigger user`);
}

function sorted(tables: TableShape[]): TableShape[] {
  const done = new Map<string, TableShape>();
  const byName = new Map(tables.map((table) => [table.name, table]));
  const visit = (table: TableShape, seen: string[]) => {
    if (done.has(table.name)) return;
    if (seen.includes(table.name))
      throw new Error(`foreign keys go in a circle: ${[...seen, table.name].join(' > ')}`);
    for (const parent of table.parents) {
      const shape = byName.get(parent);
      if (shape) visit(shape, [...seen, table.name]);
    }
    done.set(table.name, table);
  };
  for (const table of tables) visit(table, []);
  return [...done.values()];
}
