import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import type { MergePair } from '../../hooks.ts';

type Now = { now: Date };

/**
 * The survivor's copy of a posting; the one it was copied from is voided. A person-owned row never changes
 * its owner, since that would mean another shard.
 */
export async function copyPosting(
  tx: Tx,
  pair: MergePair,
  posting: { postingId: string; isPrimary: boolean },
): Promise<void> {
  await sql`insert into posting (person_id, posting_id, office_id, designation_id, cadre_id, service_group,
      engagement, kind, is_primary, starts_on, ends_on, end_reason, import_id)
    select ${pair.survivorId}::uuid, posting_id, office_id, designation_id, cadre_id, service_group, engagement,
      kind, ${posting.isPrimary}, starts_on, ends_on, end_reason, import_id
    from posting where person_id = ${pair.mergedId} and posting_id = ${posting.postingId}`.execute(tx);
}

export async function voidAllPostings(tx: Tx, pair: MergePair, { now }: Now): Promise<void> {
  await sql`update posting set voided_at = ${now}, void_reason = 'merged', changed_at = now()
    where person_id = ${pair.mergedId} and voided_at is null`.execute(tx);
}

/** Old codes and contacts lead to the survivor from now on. */
export async function moveLookups(tx: Tx, pair: MergePair): Promise<void> {
  await sql`update person_code set person_id = ${pair.survivorId} where person_id = ${pair.mergedId}`.execute(
    tx,
  );
  await sql`insert into person_contact (value, kind, person_id)
    select value, kind, ${pair.survivorId}::uuid from person_contact where person_id = ${pair.mergedId}
    on conflict do nothing`.execute(tx);
  await sql`delete from person_contact where person_id = ${pair.mergedId}`.execute(tx);
}

/** What the survivor lacks comes from the other; the earlier account and sign-in count. */
export async function completeSurvivor(tx: Tx, pair: MergePair): Promise<void> {
  await sql`update person s set
      name_hi = coalesce(s.name_hi, m.name_hi), name_en = coalesce(s.name_en, m.name_en),
      mobile = coalesce(s.mobile, m.mobile), email = coalesce(s.email, m.email),
      joined_on = least(s.joined_on, m.joined_on), retires_on = coalesce(s.retires_on, m.retires_on),
      controlling_officer_code = coalesce(s.controlling_officer_code, m.controlling_officer_code),
      account_source = case when s.account_day is null or m.account_day < s.account_day
        then m.account_source else s.account_source end,
      account_day = least(s.account_day, m.account_day), registered_on = least(s.registered_on, m.registered_on),
      signed_in_day = least(s.signed_in_day, m.signed_in_day),
      last_signed_in_at = greatest(s.last_signed_in_at, m.last_signed_in_at), changed_at = now()
    from person m where s.person_id = ${pair.survivorId} and m.person_id = ${pair.mergedId}`.execute(tx);
}

/** The merged record keeps its history and counts no more. Records merged into it before follow along. */
export async function retireMerged(tx: Tx, pair: MergePair, { now }: Now): Promise<void> {
  await sql`update person set merged_into = ${pair.survivorId}, changed_at = now()
    where person_id = ${pair.mergedId} or merged_into = ${pair.mergedId}`.execute(tx);
  await sql`update role_grant set ended_at = ${now}
    where person_id = ${pair.mergedId} and ended_at is null`.execute(tx);
  await sql`update session set ended_at = ${now}, end_reason = 'merged'
    where person_id = ${pair.mergedId} and ended_at is null`.execute(tx);
  await sql`update name_request set state = 'withdrawn', decided_at = ${now}
    where person_id = ${pair.mergedId} and state = 'open'`.execute(tx);
}
