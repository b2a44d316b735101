import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

/** What was decided before the instant goes: asked-for registrations, new numbers, "this is not me". Returns how many. */
export async function deleteDecidedRequests(tx: Tx, before: Date): Promise<number> {
  const decided = [
    sql`delete from registration_request where decided_at < ${before}`,
    sql`delete from sign_in_request where decided_at < ${before}`,
    sql`delete from contact_dispute where decided_at < ${before}`,
  ];
  let gone = 0;
  for (const statement of decided) gone += await run(tx, statement);
  return gone;
}

async function run(tx: Tx, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(tx)).numAffectedRows ?? 0);
}
