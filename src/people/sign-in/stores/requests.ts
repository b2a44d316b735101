import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Tx } from '../../../kernel/db.ts';
import { mayHelp } from './helping.ts';

export async function insertRequest(
  tx: Tx,
  request: { personId: string; requestId: string; newMobile: string; now: Date },
): Promise<void> {
  await sql`insert into sign_in_request (person_id, sign_in_request_id, new_mobile, asked_at)
    values (${request.personId}, ${request.requestId}, ${request.newMobile}, ${request.now})`.execute(tx);
}

type Waiting = {
  id: string;
  personId: string;
  nameHi: string | null;
  nameEn: string | null;
  employeeCode: string | null;
  officeHi: string | null;
  officeEn: string | null;
  value: string;
  at: Date;
};
export type WaitingRequest = Waiting & { oldMobile: string | null; isNewShared: boolean };
export type WaitingDispute = Waiting & { kind: 'mobile' | 'email' };

const person = sql`p.person_id as "personId", p.name_hi as "nameHi", p.name_en as "nameEn",
  p.employee_code as "employeeCode", o.name_hi as "officeHi", o.name_en as "officeEn"`;
const lastOffice = sql`left join lateral (select office_id from posting q
    where q.person_id = p.person_id and q.voided_at is null
    order by q.ends_on desc nulls first, q.is_primary desc limit 1) q on true
  left join office o on o.office_id = q.office_id`;

/** Undecided requests of those whom the actor may help, oldest first. */
export async function waitingRequests(ctx: Ctx): Promise<WaitingRequest[]> {
  const found = await sql<WaitingRequest>`select r.sign_in_request_id as id, ${person}, r.new_mobile as value,
      r.asked_at as at, p.mobile as "oldMobile",
      exists (select 1 from person_contact c where c.value = r.new_mobile and c.person_id <> p.person_id) as "isNewShared"
    from sign_in_request r join person p on p.person_id = r.person_id and p.merged_into is null ${lastOffice}
    where r.decided_at is null and ${mayHelp(ctx, sql`p.person_id`)}
    order by r.asked_at limit 200`.execute(ctx.db.read);
  return found.rows;
}

export async function waitingDisputes(ctx: Ctx): Promise<WaitingDispute[]> {
  const found = await sql<WaitingDispute>`select r.contact_dispute_id as id, ${person}, r.value, r.kind,
      r.reported_at as at
    from contact_dispute r join person p on p.person_id = r.person_id and p.merged_into is null ${lastOffice}
    where r.decided_at is null and ${mayHelp(ctx, sql`p.person_id`)}
    order by r.reported_at limit 200`.execute(ctx.db.read);
  return found.rows;
}

type Decision<Word> = { id: string; decision: Word; by: string | null; note?: string; now: Date };

/** Decides a request once; undefined where it is not there or was decided before. */
export async function decideRequest(
  tx: Tx,
  { id, decision, by, note, now }: Decision<'approved' | 'refused'>,
): Promise<{ personId: string; newMobile: string } | undefined> {
  const done = await sql<{ personId: string; newMobile: string }>`update sign_in_request
    set decided_at = ${now}, decided_by = ${by}, decision = ${decision}, note = ${note ?? null}
    where sign_in_request_id = ${id} and decided_at is null
    returning person_id as "personId", new_mobile as "newMobile"`.execute(tx);
  return done.rows[0];
}

export async function decideDispute(
  tx: Tx,
  { id, decision, by, now }: Decision<'kept' | 'removed'>,
): Promise<{ personId: string; kind: 'mobile' | 'email'; value: string } | undefined> {
  const done = await sql<{ personId: string; kind: 'mobile' | 'email'; value: string }>`
    update contact_dispute set decided_at = ${now}, decided_by = ${by}, decision = ${decision}
    where contact_dispute_id = ${id} and decided_at is null
    returning person_id as "personId", kind, value`.execute(tx);
  return done.rows[0];
}

export async function personOfRequest(ctx: Ctx, id: string): Promise<string | undefined> {
  const found = await sql<{ personId: string }>`select person_id as "personId" from sign_in_request
    where sign_in_request_id = ${id} union all
    select person_id from contact_dispute where contact_dispute_id = ${id}`.execute(ctx.db.read);
  return found.rows[0]?.personId;
}

/** What a request or dispute is about, in whole: the new number, and the one it replaces. */
export type RequestContact = { value: string; oldMobile: string | null };

export async function contactOfRequest(
  tx: Tx,
  id: string,
): Promise<{ subjectKind: string; contact: RequestContact } | undefined> {
  const found = await sql<RequestContact & { subjectKind: string }>`
    select 'sign_in_request' as "subjectKind", r.new_mobile as value, p.mobile as "oldMobile"
      from sign_in_request r join person p using (person_id) where r.sign_in_request_id = ${id}
    union all select 'contact_dispute', r.value, null from contact_dispute r
      where r.contact_dispute_id = ${id}`.execute(tx);
  const row = found.rows[0];
  return row && { subjectKind: row.subjectKind, contact: { value: row.value, oldMobile: row.oldMobile } };
}

/** How many requests of this person wait: more than a few are not taken. */
export async function openRequestCount(tx: Tx, personId: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::int as count from sign_in_request
    where person_id = ${personId} and decided_at is null`.execute(tx);
  return found.rows[0]?.count ?? 0;
}
