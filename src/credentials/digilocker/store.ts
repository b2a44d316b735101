import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

/** Notes a request's transaction; false where it was seen before. Those of the day before are forgotten. */
export async function isNewTransaction(tx: Tx, txn: string, at: Date): Promise<boolean> {
  const dayBefore = new Date(at.getTime() - 86_400_000);
  await sql`delete from digilocker_request where received_at < ${dayBefore}`.execute(tx);
  const made = await sql`insert into digilocker_request (txn, received_at) values (${txn}, ${at})
    on conflict do nothing returning 1`.execute(tx);
  return made.rows.length > 0;
}
