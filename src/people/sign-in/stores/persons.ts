import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { todayInIndia } from '../../../kernel/dates.ts';
import type { Tx } from '../../../kernel/db.ts';
import type { Language } from '../../../kernel/i18n.ts';

/** Whether the person has never signed in before; the first time counts in the figures. */
export async function isFirstSignIn(tx: Tx, personId: string): Promise<boolean> {
  const found = await sql<{ isFirst: boolean }>`select signed_in_day is null as "isFirst" from person
    where person_id = ${personId}`.execute(tx);
  return found.rows[0]?.isFirst ?? false;
}

export async function noteSignIn(tx: Tx, sign: { personId: string; day: string; now: Date }): Promise<void> {
  await sql`update person set signed_in_day = coalesce(signed_in_day, ${sign.day}::date),
      last_signed_in_at = ${sign.now} where person_id = ${sign.personId}`.execute(tx);
}

export type SignInPerson = {
  personId: string;
  employeeCode: string | null;
  nameHi: string | null;
  nameEn: string | null;
  designation: string | null;
  designationEn: string | null;
  officeHi: string | null;
  officeEn: string | null;
  mobile: string | null;
  email: string | null;
  language: Language;
  joinedOn: string | null;
  codes: string[];
  passwordHash: string | null;
  pinHash: string | null;
  signedInDay: string | null;
};

/** Persons as the sign-in shows and checks them, in the order of their names. */
export async function signInPersons(ctx: Pick<Ctx, 'db' | 'clock'>, ids: string[]): Promise<SignInPerson[]> {
  if (ids.length === 0) return [];
  const today = todayInIndia(ctx.clock);
  const found = await sql<SignInPerson>`
    select p.person_id as "personId", p.employee_code as "employeeCode", p.name_hi as "nameHi", p.name_en as "nameEn",
      d.name as designation, d.name_en as "designationEn", o.name_hi as "officeHi", o.name_en as "officeEn",
      (select value from person_contact c where c.person_id = p.person_id and c.kind = 'mobile'
        order by (value = p.mobile) desc nulls last, value limit 1) as mobile,
      (select value from person_contact c where c.person_id = p.person_id and c.kind = 'email'
        order by value limit 1) as email,
      p.language, p.joined_on as "joinedOn", p.signed_in_day as "signedInDay",
      array(select code from person_code c where c.person_id = p.person_id) as codes,
      s.password_hash as "passwordHash", s.pin_hash as "pinHash"
    from person p
    left join sign_in_secret s on s.person_id = p.person_id
    left join lateral (select office_id, designation_id from posting q
      where q.person_id = p.person_id and q.voided_at is null
        and q.starts_on <= ${today}::date and (q.ends_on is null or q.ends_on >= ${today}::date)
      order by q.is_primary desc, q.starts_on desc limit 1) q on true
    left join designation d on d.designation_id = q.designation_id
    left join office o on o.office_id = q.office_id
    where p.person_id = any(${ids}::uuid[]) and p.merged_into is null
    order by coalesce(p.name_hi, p.name_en), p.person_id`.execute(ctx.db.read);
  return found.rows;
}

/** How many people the roster gives this number or address to. */
export async function holdersOfContact(
  ctx: Pick<Ctx, 'db'>,
  contact: { kind: 'mobile' | 'email'; value: string },
): Promise<string[]> {
  const found = await sql<{ personId: string }>`select c.person_id as "personId" from person_contact c
    join person p on p.person_id = c.person_id
    where c.value = ${contact.value} and c.kind = ${contact.kind} and p.merged_into is null`.execute(
    ctx.db.read,
  );
  return found.rows.map((row) => row.personId);
}

export async function acceptNoticeOf(
  tx: Tx,
  acceptance: { personId: string; version: string; language: Language; now: Date },
): Promise<void> {
  await sql`update person set notice_accepted_at = ${acceptance.now}, notice_version = ${acceptance.version},
      language = ${acceptance.language} where person_id = ${acceptance.personId}`.execute(tx);
}

/** Gives a person another number. Other persons who share the old one keep it. */
export async function changeMobileOf(
  tx: Tx,
  change: { personId: string; mobile: string; now: Date },
): Promise<void> {
  await sql`delete from person_contact where person_id = ${change.personId} and kind = 'mobile'`.execute(tx);
  await sql`insert into person_contact (value, kind, person_id)
    values (${change.mobile}, 'mobile', ${change.personId}) on conflict do nothing`.execute(tx);
  await sql`update person set mobile = ${change.mobile}, changed_at = ${change.now}
    where person_id = ${change.personId}`.execute(tx);
}

export async function removeContactOf(
  tx: Tx,
  contact: { personId: string; kind: 'mobile' | 'email'; value: string; now: Date },
): Promise<void> {
  const { personId, kind, value } = contact;
  await sql`delete from person_contact
    where person_id = ${personId} and kind = ${kind} and value = ${value}`.execute(tx);
  await sql`update person set mobile = case when ${kind} = 'mobile' and mobile = ${value} then null else mobile end,
      email = case when ${kind} = 'email' and lower(email) = ${value} then null else email end,
      changed_at = ${contact.now} where person_id = ${personId}`.execute(tx);
}
