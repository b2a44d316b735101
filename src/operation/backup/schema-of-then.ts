import type pg from 'pg';
import { applyMigration, pendingMigrations } from '../../kernel/migrate.ts';
import type { Tell } from './progress.ts';

/**
 * Puts the schema of an earlier version in the place of an empty installation's, so that a backup of that version
 * can be loaded as it is. In the caller's transaction: whatever fails later, the present schema is back.
 */
export async function buildSchemaOfThen(client: pg.PoolClient, migrations: string[]): Promise<void> {
  for (const statement of await dropsOf(client)) await client.query(statement);
  await client.query('delete from migration');
  const wanted = new Set(migrations);
  for (const file of await pendingMigrations(client, (name) => wanted.has(name)))
    await applyMigration(client, file);
}

/** Then what a start does after an upgrade: the migrations that came later, over the data. */
export async function bringUpToDate(client: pg.PoolClient, tell: Tell): Promise<string[]> {
  const pending = await pendingMigrations(client);
  for (const [at, file] of pending.entries()) {
    tell('upgrade', at, pending.length);
    await applyMigration(client, file);
  }
  return pending.map((file) => file.name);
}

/** Everything of the schema `public` but the ledger of migrations and what extensions brought. */
async function dropsOf(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ statement: string }>(`
    with own as (
      select 1 as step, format('drop %s if exists public.%I cascade',
          case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, c.relname) as statement,
        'pg_class'::regclass as class, c.oid
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
        and c.relname <> 'migration' and not c.relispartition
      union all
      select 2, format('drop %s if exists %s cascade',
          case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end, p.oid::regprocedure),
        'pg_proc'::regclass, p.oid
      from pg_proc p where p.pronamespace = 'public'::regnamespace
    )
    select statement from own
    where not exists (select from pg_depend d where d.classid = own.class and d.objid = own.oid and d.deptype = 'e')
    order by step`);
  return rows.map((row) => row.statement);
}
