import { sql } from 'kysely';
import type { Reads, Tx } from '../../../kernel/db.ts';
import type { PostedAfter, PostedCount } from '../../../organisations/index.ts';
import { choosePrimaries } from '../../stores/choose-primaries.ts';

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

export async function closedOn(tx: Tx, officeId: string): Promise<string | null> {
  const found = await sql<{ day: string | null }>`select valid_until as day from office
    where office_id = ${officeId}`.execute(tx);
  return found.rows[0]?.day ?? null;
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

/**
 * An account that an import opened counts from its first posting (METRICS: as of), also where the desk adds or
 * mends an earlier one. Called after the change of postings, in its transaction.
 */
export async function followFirstPosting(tx: Tx, personId: string): Promise<void> {
  await sql`update person p set account_day = first.day, changed_at = now()
    from (select min(starts_on) as day from posting where person_id = ${personId} and voided_at is null) first
    where p.person_id = ${personId} and p.account_source = 'import' and p.registered_on is null
      and first.day <> p.account_day`.execute(tx);
}

/** Kept, counted nowhere. */
export async function voidPosting(
  tx: Tx,
  posting: PostingKey & { now: Date; reason: string },
): Promise<void> {
  await sql`update posting set voided_at = ${posting.now}, void_reason = ${posting.reason}, changed_at = now()
    where person_id = ${posting.personId} and posting_id = ${posting.postingId}`.execute(tx);
}

/** Called after every change of one person's postings, in its transaction. */
export async function choosePrimary(tx: Tx, personId: string): Promise<void> {
  await choosePrimaries(tx, sql`select ${personId}::uuid`);
}

type Posted = { officeId: string; day: string };

/** Who stands at one office itself on a day, by designation and group. */
export async function postedCounts(db: Reads, { officeId, day }: Posted): Promise<PostedCount[]> {
  const found = await sql<PostedCount>`select po.designation_id as "designationId", d.name as designation,
      po.service_group as "serviceGroup", count(distinct po.person_id) as count
    from posting po join person p on p.person_id = po.person_id and p.merged_into is null
      left join designation d on d.designation_id = po.designation_id
    where po.office_id = ${officeId} and po.voided_at is null and po.starts_on <= ${day}::date
      and (po.ends_on is null or po.ends_on >= ${day}::date)
    group by 1, 2, 3 order by 3 nulls last, 2`.execute(db);
  return found.rows;
}

/** Who is posted at one office itself after a day: how many stay on, and whose posting begins only then. */
export async function postedAfter(tx: Tx, { officeId, day }: Posted): Promise<PostedAfter> {
  const found = await sql<PostedAfter['later'][number]>`
    select coalesce(p.name_hi, p.name_en) as "nameHi", coalesce(p.name_en, p.name_hi) as "nameEn",
      p.employee_code as code, min(po.starts_on) as "startsOn"
    from posting po join person p on p.person_id = po.person_id and p.merged_into is null
    where po.office_id = ${officeId} and po.voided_at is null and (po.ends_on is null or po.ends_on > ${day}::date)
    group by p.person_id order by min(po.starts_on), p.employee_code`.execute(tx);
  const later = found.rows.filter((row) => row.startsOn > day);
  return { staying: found.rows.length - later.length, later };
}
