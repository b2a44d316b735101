import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

// The order of locks, for all: an import's turn, the tree, gates and rows of offices, persons (decision 068).

const treeLock = 8_102_034;

/** Until the end of the transaction no office moves: for who reads the way to an office and builds upon it. */
export async function holdTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${treeLock})`.execute(tx);
}

/** The same for who moves offices, before he looks where they stand. */
export async function reshapeTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${treeLock})`.execute(tx);
}

/**
 * Until the end of the transaction these offices stay and are counted where they are now: for who is about to post
 * people there, before the change of their facts. Returns how many of them there are.
 */
export async function enterOffices(tx: Tx, offices: RawBuilder<unknown>): Promise<number> {
  return locked(tx, offices, 'share');
}

/** The same for who moves offices or takes them away: waits for everybody who is posting people there. */
export async function closeGates(tx: Tx, offices: RawBuilder<unknown>): Promise<void> {
  await locked(tx, offices, 'update');
}

/** In the order of ids, so that two who want several never wait for each other in a circle. */
async function locked(tx: Tx, offices: RawBuilder<unknown>, how: 'share' | 'update'): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from (
    select from office_gate where office_id in (${offices}) order by office_id for ${sql.raw(how)}) held`.execute(
    tx,
  );
  return found.rows[0]?.count ?? 0;
}

export function thisOffice(officeId: string): RawBuilder<unknown> {
  return sql`select ${officeId}::uuid`;
}
