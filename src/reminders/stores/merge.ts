import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export async function countDigests(db: Reads, personId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) as n from reminder_digest
    where person_id = ${personId}`.execute(db);
  return found.rows[0]?.n ?? 0;
}

/** Copied to the survivor where he has none of that day or step, and taken from the merged record. */
export async function moveReminders(tx: Tx, pair: { survivorId: string; mergedId: string }): Promise<void> {
  const { survivorId, mergedId } = pair;
  await sql`insert into reminder_item
      (person_id, mandate_id, due_on, days_before, audience, recipient_id, office_id, day, reminder_digest_id)
    select ${survivorId}::uuid, mandate_id, due_on, days_before, audience, recipient_id, office_id, day, reminder_digest_id
    from reminder_item where person_id = ${mergedId} on conflict do nothing`.execute(tx);
  await sql`delete from reminder_item where person_id = ${mergedId}`.execute(tx);
  await sql`insert into reminder_digest (person_id, reminder_digest_id, day, made_at, seen_at)
    select ${survivorId}::uuid, reminder_digest_id, day, made_at, seen_at from reminder_digest
    where person_id = ${mergedId} on conflict do nothing`.execute(tx);
  await sql`update reminder_item item set recipient_id = ${survivorId} where recipient_id = ${mergedId}
    and reminder_digest_id in (select reminder_digest_id from reminder_digest where person_id = ${survivorId})`.execute(
    tx,
  );
  await sql`delete from reminder_item where recipient_id = ${mergedId} and reminder_digest_id is null`.execute(
    tx,
  );
  await sql`update reminder_sending set person_id = ${survivorId} where person_id = ${mergedId}
    and reminder_digest_id in (select reminder_digest_id from reminder_digest where person_id = ${survivorId})`.execute(
    tx,
  );
  await sql`delete from reminder_digest where person_id = ${mergedId}
    and reminder_digest_id in (select reminder_digest_id from reminder_digest where person_id = ${survivorId})`.execute(
    tx,
  );
}
