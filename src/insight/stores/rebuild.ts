import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { sumsOf } from './columns.ts';
import { addToCounters, datedNodes, foldLock, plannedForMany, sourceOfTable } from './deltas.ts';
import type { PersonSource } from './timeline.ts';

/** First in its transaction. The lock on the table keeps folding away and is had before the instant is fixed. */
export async function recount(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
  await sql`lock table office_counter in exclusive mode`.execute(tx);
  await sql`delete from counter_delta`.execute(tx);
  await sql`delete from office_counter`.execute(tx);
  await addPersons(tx, sql`select person_id from person`);
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
  const byDay = sql`select node as office_id, day, ${sumsOf()}
    from (${datedNodes(source)}) dated cross join unnest(nodes) as node
    group by node, day`;
  await plannedForMany(tx, () => addToCounters(tx, byDay));
}
