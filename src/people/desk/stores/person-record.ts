import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../../kernel/db.ts';

export type PostingRecord = {
  postingId: string;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  path: string[];
  designationId: string | null;
  designation: string | null;
  designationEn: string | null;
  serviceGroup: string | null;
  engagement: string | null;
  cadreId: string | null;
  cadre: string | null;
  kind: string;
  isPrimary: boolean;
  startsOn: string;
  endsOn: string | null;
  endReason: string | null;
};

export type PersonRecord = {
  personId: string;
  issuer: string;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
  mobile: string | null;
  email: string | null;
  language: string;
  joinedOn: string | null;
  retiresOn: string | null;
  accountDay: string | null;
  accountSource: string | null;
  signedInDay: string | null;
  lastSignedInAt: Date | null;
  noticeAcceptedAt: Date | null;
  mergedInto: string | null;
  postings: PostingRecord[];
};

const personColumns = sql`person_id as "personId", issuer, employee_code as code, name_hi as "nameHi",
  name_en as "nameEn", mobile, email, language, joined_on as "joinedOn", retires_on as "retiresOn",
  account_day as "accountDay", account_source as "accountSource", signed_in_day as "signedInDay",
  last_signed_in_at as "lastSignedInAt", notice_accepted_at as "noticeAcceptedAt", merged_into as "mergedInto"`;

/** Columns of `posting po join office o left join designation d left join cadre c`, as a PostingRecord. */
export const postingColumns: RawBuilder<unknown> = sql`po.posting_id as "postingId", po.office_id as "officeId",
  o.code as "officeCode", o.name_hi as "officeHi", o.name_en as "officeEn", o.path,
  po.designation_id as "designationId", d.name as designation, po.cadre_id as "cadreId",
  d.name_en as "designationEn", po.service_group as "serviceGroup", po.engagement, c.name as cadre, po.kind,
  po.is_primary as "isPrimary", po.starts_on as "startsOn", po.ends_on as "endsOn", po.end_reason as "endReason"`;

export const postingJoins: RawBuilder<unknown> = sql`posting po join office o on o.office_id = po.office_id
  left join designation d on d.designation_id = po.designation_id left join cadre c on c.cadre_id = po.cadre_id`;

/** The person with all that counts of her postings, latest first; no policy here. */
export async function personRecord(db: Reads | Tx, personId: string): Promise<PersonRecord | undefined> {
  const [persons, postings] = await Promise.all([
    sql<Omit<PersonRecord, 'postings'>>`select ${personColumns} from person
      where person_id = ${personId}`.execute(db),
    sql<PostingRecord>`select ${postingColumns} from ${postingJoins}
      where po.person_id = ${personId} and po.voided_at is null
      order by po.starts_on desc, po.is_primary desc, po.posting_id`.execute(db),
  ]);
  const person = persons.rows[0];
  return person && { ...person, postings: postings.rows };
}

export type CodeRecord = { code: string; issuer: string };

export async function codesOf(db: Reads, personId: string): Promise<CodeRecord[]> {
  const found = await sql<CodeRecord>`select code, issuer from person_code where person_id = ${personId}
    order by issuer, code`.execute(db);
  return found.rows;
}

export type NameRecord = {
  nameHi: string | null;
  nameEn: string | null;
  startsOn: string;
  reason: string;
  recordedAt: Date;
};

export async function namesOf(db: Reads, personId: string): Promise<NameRecord[]> {
  const found = await sql<NameRecord>`select name_hi as "nameHi", name_en as "nameEn",
    starts_on as "startsOn", reason, recorded_at as "recordedAt" from person_name
    where person_id = ${personId} order by recorded_at desc`.execute(db);
  return found.rows;
}

export type RoleRecord = {
  roleGrantId: string;
  role: string;
  path: string[];
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  isLink: boolean;
  startsOn: string;
  endsOn: string | null;
};

/** Roles that hold today or will. A role with a charge ends with it, whatever its own end says. */
export async function rolesOf(db: Reads | Tx, personId: string, today: string): Promise<RoleRecord[]> {
  const found =
    await sql<RoleRecord>`select g.role_grant_id as "roleGrantId", g.role, o.path, o.code as "officeCode",
      o.name_hi as "officeHi", o.name_en as "officeEn", g.is_link as "isLink", g.starts_on as "startsOn",
      least(g.ends_on, po.ends_on) as "endsOn"
    from role_grant g join office o on o.office_id = g.office_id
      left join posting po on po.person_id = g.person_id and po.posting_id = g.posting_id
    where g.person_id = ${personId} and g.ended_at is null and po.voided_at is null
      and coalesce(least(g.ends_on, po.ends_on), 'infinity') >= ${today}::date
    order by g.role, o.name_hi`.execute(db);
  return found.rows;
}
