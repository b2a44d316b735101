import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';

/** Notes a sign-in; true where it was the first ever, which counts in the figures. */
export async function isFirstSignIn(tx: Tx, personId: string): Promise<boolean> {
  const found = await sql<{ isFirst: boolean }>`select signed_in_day is null as "isFirst" from person
    where person_id = ${personId}`.execute(tx);
  return found.rows[0]?.isFirst ?? false;
}

export async function noteSignIn(tx: Tx, sign: { personId: string; day: string; now: Date }): Promise<void> {
  await sql`update person set signed_in_day = coalesce(signed_in_day, ${sign.day}::date),
      last_signed_in_at = ${sign.now} where person_id = ${sign.personId}`.execute(tx);
}
