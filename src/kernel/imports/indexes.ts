import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../db.ts';

type IndexRow = { name: string; definition: string };

/**
 * For a first load only: an index of two million rows is sorted and written in a few seconds, but grows by
 * two million single insertions in many more. Where the import brings far more rows than a table has, its
 * plain indexes (never those that keep keys unique) are dropped for the work and made again after it, in the
 * same transaction. The tables are locked meanwhile, which keeps nobody waiting who is not there yet; where
 * the lock cannot be had at once, the indexes stay. Call it before any row is locked; run `restore` as soon
 * as the rows are written.
 */
export async function setIndexesAside(
  tx: Tx,
  load: { rows: number; tables: readonly string[] },
): Promise<{ restore(): Promise<void> }> {
  const definitions: string[] = [];
  for (const table of load.tables) {
    if (load.rows < 200_000 || load.rows < 5 * (await rowsIn(tx, table))) continue;
    const indexes = await plainIndexes(tx, table);
    if (await dropAll(tx, indexes)) definitions.push(...indexes.map((index) => index.definition));
  }
  return {
    async restore() {
      await sql`set local maintenance_work_mem = '256MB'`.execute(tx);
      for (const definition of definitions) await sql.raw(definition).execute(tx);
    },
  };
}

async function rowsIn(tx: Tx, table: string): Promise<number> {
  const found = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(tx);
  return found.rows[0]?.rows ?? 0;
}

async function plainIndexes(tx: Tx, table: string): Promise<IndexRow[]> {
  const found =
    await sql<IndexRow>`select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid = ${table}::regclass and not i.indisunique order by 1`.execute(tx);
  return found.rows;
}

async function dropAll(tx: Tx, indexes: IndexRow[]): Promise<boolean> {
  await sql`savepoint indexes_aside`.execute(tx);
  try {
    await sql`set local lock_timeout = '2s'`.execute(tx);
    for (const { name } of indexes) await dropIndex(name).execute(tx);
    await sql`set local lock_timeout = 0`.execute(tx);
    return true;
  } catch {
    // Somebody is at work there: the longer way is right.
    await sql`rollback to savepoint indexes_aside`.execute(tx);
    return false;
  }
}

function dropIndex(name: string): RawBuilder<unknown> {
  return sql.raw(`drop index ${name}`);
}
