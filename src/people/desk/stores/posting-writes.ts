import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { newId } from '../../../kernel/ids.ts';
import { foldText } from '../../../kernel/text/index.ts';

export type NewPosting = {
  personId: string;
  postingId: string;
  officeId: string;
  designationId: string | null;
  cadreId?: string | null;
  serviceGroup: string | null;
  engagement: string | null;
  kind: string;
  isPrimary: boolean;
  startsOn: string;
  endsOn: string | null;
};

export async function insertPosting(tx: Tx, posting: NewPosting): Promise<void> {
  await sql`insert into posting (person_id, posting_id, office_id, designation_id, cadre_id, service_group,
      engagement, kind, is_primary, starts_on, ends_on)
    values (${posting.personId}, ${posting.postingId}, ${posting.officeId}, ${posting.designationId},
      ${posting.cadreId ?? null}, ${posting.serviceGroup}, ${posting.engagement}, ${posting.kind},
      ${posting.isPrimary}, ${posting.startsOn}, ${posting.endsOn})`.execute(tx);
}

type PostingKey = { personId: string; postingId: string };

export async function writePostingEnd(
  tx: Tx,
  end: PostingKey & { endsOn: string; endReason: string },
): Promise<void> {
  await sql`update posting set ends_on = ${end.endsOn}, end_reason = ${end.endReason}, changed_at = now()
    where person_id = ${end.personId} and posting_id = ${end.postingId}`.execute(tx);
}

export type PostingChange = PostingKey & {
  startsOn: string;
  endsOn: string | null;
  endReason: string | null;
  designationId: string | null;
  serviceGroup: string | null;
  engagement: string | null;
};

export async function writePosting(tx: Tx, change: PostingChange): Promise<void> {
  await sql`update posting set starts_on = ${change.startsOn}, ends_on = ${change.endsOn},
      end_reason = ${change.endReason}, designation_id = ${change.designationId},
      service_group = ${change.serviceGroup}, engagement = ${change.engagement}, changed_at = now()
    where person_id = ${change.personId} and posting_id = ${change.postingId}`.execute(tx);
}

/** Kept, counted nowhere. */
export async function voidPosting(
  tx: Tx,
  posting: PostingKey & { now: Date; reason: string },
): Promise<void> {
  await sql`update posting set voided_at = ${posting.now}, void_reason = ${posting.reason}, changed_at = now()
    where person_id = ${posting.personId} and posting_id = ${posting.postingId}`.execute(tx);
}

export async function makePrimary(tx: Tx, posting: PostingKey): Promise<void> {
  await sql`update posting set is_primary = true, changed_at = now()
    where person_id = ${posting.personId} and posting_id = ${posting.postingId}`.execute(tx);
}

/** The designation with this name in any spelling, made where there is none yet. */
export async function designationIdOf(tx: Tx, name: string): Promise<string> {
  const key = foldText(name);
  const known = await sql<{ id: string }>`select designation_id as id from designation
    where name_key in (${key}, ${name}) or name = ${name} order by name = ${name} desc limit 1`.execute(tx);
  if (known.rows[0]) return known.rows[0].id;
  const made = await sql<{ id: string }>`insert into designation (designation_id, name, name_key)
    values (${newId()}, ${name}, ${key})
    on conflict (name_key) do update set name_key = excluded.name_key
    returning designation_id as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (!id) throw new Error('a designation was neither found nor made');
  return id;
}
