import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { columnNames } from './columns.ts';
import { addToCounters, foldLock, plannedForMany, sourceOfTable } from './deltas.ts';
import { keepNodeDays } from './node-days.ts';
import type { PersonSource } from './timeline.ts';

/** First in its transaction. The lock on the table keeps folding away and is had before the instant is fixed. */
export async function recount(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
  await sql`lock table office_counter in exclusive mode`.execute(tx);
  await sql`delete from counter_delta`.execute(tx);
  await sql`delete from office_counter`.execute(tx);
  await addPersons(tx, sql`select person_id from person`);
  await sql`delete from installation_fact where name = ${wanted}`.execute(tx);
}

/**
 * Adds persons whom no counter has seen, named in a temporary table; without deltas, which would have to be written,
 * read and deleted. Whoever folds waits for the end of the transaction; what is read meanwhile is right.
 */
export async function countNew(tx: Tx, table: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${foldLock})`.execute(tx);
  await addPersons(tx, sourceOfTable(table));
}

async function addPersons(tx: Tx, source: PersonSource): Promise<void> {
  await plannedForMany(tx, async () => {
    await keepNodeDays(tx, source);
    await addToCounters(tx, sql`select office_id, day, ${columnNames} from node_day`);
  });
  await sql`drop table node_day`.execute(tx);
}

const wanted = 'counters_wanted';

/** Whether a migration changed what is counted, so that everything is to be counted again. */
export async function isRecountWanted(db: Reads | Tx): Promise<boolean> {
  const found = await sql`select 1 from installation_fact where name = ${wanted}`.execute(db);
  return found.rows.length > 0;
}
