import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';

export type NewDispute = {
  disputeId: string;
  personId: string;
  kind: 'mobile' | 'email';
  value: string;
  now: Date;
};

/** One open report a person and contact is enough. */
export async function insertDispute(tx: Tx, dispute: NewDispute): Promise<void> {
  const { personId, kind, value } = dispute;
  await sql`insert into contact_dispute (person_id, contact_dispute_id, kind, value, reported_at)
    select ${personId}, ${dispute.disputeId}, ${kind}, ${value}, ${dispute.now}
    where not exists (select 1 from contact_dispute where person_id = ${personId} and kind = ${kind}
      and value = ${value} and decided_at is null)`.execute(tx);
}
