import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { sumsOf } from './columns.ts';
import { addToCounters, datedNodes, plannedForMany } from './deltas.ts';

/** First in its transaction. The lock on the table keeps folding away and is had before the instant is fixed. */
export async function recount(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
  await sql`lock table office_counter in exclusive mode`.execute(tx);
  await sql`delete from counter_delta`.execute(tx);
  await sql`delete from office_counter`.execute(tx);
  const byDay = sql`select node as office_id, day, ${sumsOf()}
    from (${datedNodes(sql`select person_id from person`)}) dated cross join unnest(nodes) as node
    group by node, day`;
  await plannedForMany(tx, () => addToCounters(tx, byDay));
}
