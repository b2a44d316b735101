import { sql } from 'kysely';
import type { Reads, Tx } from '../../../kernel/db.ts';
import { newId } from '../../../kernel/ids.ts';

export type NewPerson = {
  personId: string;
  issuer: string;
  code: string;
  nameHi: string | null;
  nameEn: string | null;
  mobile: string | null;
  email: string | null;
  language: string;
  joinedOn: string | null;
  retiresOn: string | null;
  accountDay: string;
  accountSource: 'nodal' | 'self';
  searchText: string;
};

export async function insertPerson(tx: Tx, person: NewPerson): Promise<void> {
  await sql`insert into person (person_id, issuer, employee_code, name_hi, name_en, mobile, email, language,
      joined_on, retires_on, account_day, account_source, search_text, search_of)
    values (${person.personId}, ${person.issuer}, ${person.code}, ${person.nameHi}, ${person.nameEn},
      ${person.mobile}, ${person.email}, ${person.language}, ${person.joinedOn}, ${person.retiresOn},
      ${person.accountDay}, ${person.accountSource}, ${person.searchText},
      names_hash(${person.nameHi}, ${person.nameEn}))`.execute(tx);
}

/** False where the code is somebody's already. */
export async function claimCode(
  tx: Tx,
  claim: { personId: string; code: string; issuer: string },
): Promise<boolean> {
  const made = await sql`insert into person_code (code, issuer, person_id)
    values (${claim.code}, ${claim.issuer}, ${claim.personId}) on conflict do nothing`.execute(tx);
  return (made.numAffectedRows ?? 0n) > 0n;
}

export type PersonChange = {
  mobile?: string | null;
  email?: string | null;
  language?: string;
  joinedOn?: string | null;
  retiresOn?: string | null;
};

const columns: Record<keyof PersonChange, string> = {
  mobile: 'mobile',
  email: 'email',
  language: 'language',
  joinedOn: 'joined_on',
  retiresOn: 'retires_on',
};

export async function updatePerson(tx: Tx, personId: string, change: PersonChange): Promise<void> {
  const sets = (Object.keys(columns) as (keyof PersonChange)[])
    .filter((key) => change[key] !== undefined)
    .map((key) => sql`${sql.ref(columns[key])} = ${change[key]}`);
  if (sets.length === 0) return;
  await sql`update person set ${sql.join(sets)}, changed_at = now() where person_id = ${personId}`.execute(
    tx,
  );
}

/** The looked-up contact follows the one on the person. */
export async function replaceContact(
  tx: Tx,
  contact: { personId: string; kind: 'mobile' | 'email'; before: string | null; after: string | null },
): Promise<void> {
  await sql`delete from person_contact where person_id = ${contact.personId} and kind = ${contact.kind}
    and value = ${contact.before}`.execute(tx);
  if (contact.after === null) return;
  await sql`insert into person_contact (value, kind, person_id)
    values (${contact.after}, ${contact.kind}, ${contact.personId}) on conflict do nothing`.execute(tx);
}

export type NameChange = {
  personId: string;
  nameHi: string | null;
  nameEn: string | null;
  startsOn: string;
  reason: string;
  searchText: string;
};

/** The new name stands on the person; the history keeps it too, after the one it follows. */
export async function writeName(tx: Tx, change: NameChange): Promise<void> {
  await sql`insert into person_name (person_id, person_name_id, name_hi, name_en, starts_on, reason)
    select person_id, ${newId()}::uuid, name_hi, name_en, coalesce(joined_on, created_at::date), 'first'
    from person p where person_id = ${change.personId}
      and not exists (select from person_name n where n.person_id = p.person_id)`.execute(tx);
  await sql`insert into person_name (person_id, person_name_id, name_hi, name_en, starts_on, reason)
    values (${change.personId}, ${newId()}, ${change.nameHi}, ${change.nameEn}, ${change.startsOn},
      ${change.reason})`.execute(tx);
  await sql`update person set name_hi = ${change.nameHi}, name_en = ${change.nameEn},
      search_text = ${change.searchText}, search_of = names_hash(${change.nameHi}, ${change.nameEn}), changed_at = now()
    where person_id = ${change.personId}`.execute(tx);
}

export type Namesake = {
  personId: string;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
  mobile: string | null;
  paths: string[][];
};

const namesakeColumns = sql`p.person_id as "personId", p.employee_code as code, p.name_hi as "nameHi",
  p.name_en as "nameEn", p.mobile,
  coalesce((select jsonb_agg(o.path) from posting po join office o on o.office_id = po.office_id
    where po.person_id = p.person_id and po.voided_at is null), '[]'::jsonb) as paths`;

/** Persons who use this mobile; whether a name is the same is decided by its sound, outside. */
export async function personsWithMobile(db: Reads | Tx, value: string): Promise<Namesake[]> {
  const found = await sql<Namesake>`select ${namesakeColumns}
    from person_contact c join person p on p.person_id = c.person_id
    where c.kind = 'mobile' and c.value = ${value} and p.merged_into is null
    order by p.person_id limit 50`.execute(db);
  return found.rows;
}

export type StaleName = { personId: string; nameHi: string | null; nameEn: string | null };

/** Persons whose names have changed since their search text was made. */
export async function staleNames(db: Reads, limit: number): Promise<StaleName[]> {
  const found = await sql<StaleName>`select person_id as "personId", name_hi as "nameHi", name_en as "nameEn"
    from person where search_of <> names_hash(name_hi, name_en)
    limit ${limit}`.execute(db);
  return found.rows;
}

/** Texts beside the names that they were made of: a name that has changed again meanwhile stays stale. */
export async function writeSearchTexts(tx: Tx, rows: (StaleName & { text: string })[]): Promise<void> {
  await sql`update person p set search_text = n.text, search_of = names_hash(n.name_hi, n.name_en)
    from (select * from unnest(${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.text)}::text[],
        ${rows.map((row) => row.nameHi)}::text[], ${rows.map((row) => row.nameEn)}::text[])
      as n (person_id, text, name_hi, name_en) order by person_id) n
    where p.person_id = n.person_id`.execute(tx);
}

/** Whose the code is already; one at most. */
export async function personsWithCode(
  db: Reads | Tx,
  given: { code: string; issuer: string },
): Promise<Namesake[]> {
  const found = await sql<Namesake>`select ${namesakeColumns}
    from person_code c join person p on p.person_id = c.person_id
    where c.code = ${given.code} and c.issuer = ${given.issuer}`.execute(db);
  return found.rows;
}
