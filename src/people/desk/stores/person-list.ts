import { type RawBuilder, sql } from 'kysely';
import type { Reads } from '../../../kernel/db.ts';
import { inScope } from '../../../organisations/index.ts';

export type PersonFilter = {
  /** `*` or office ids: what the reader may see. */
  scopes: readonly string[];
  today: string;
  /** `posted`: with a posting that runs or is to come; `former`: whose last posting here has ended. */
  state: 'posted' | 'former';
  /** LIKE patterns of the name's sound, all of them; empty for any name. */
  namePatterns: readonly string[];
  /** Spellings of a code or of its beginning. */
  codes?: readonly string[];
  /** Four digits: the end of a mobile, or a whole code. */
  fourDigits?: string;
  mobile?: string;
  officeId?: string;
  designation?: string;
  serviceGroup?: string;
  engagement?: string;
};

export type ListedPerson = {
  personId: string;
  code: string | null;
  issuer: string;
  nameHi: string | null;
  nameEn: string | null;
  mobile: string | null;
  email: string | null;
  joinedOn: string | null;
  retiresOn: string | null;
  accountDay: string | null;
  signedInDay: string | null;
  lastSignedInAt: Date | null;
  sortName: string;
  officeCode: string | null;
  officeHi: string | null;
  officeEn: string | null;
  designation: string | null;
  designationEn: string | null;
  serviceGroup: string | null;
  engagement: string | null;
  kind: string | null;
  startsOn: string | null;
  endsOn: string | null;
};

export type PageKey = { name: string; personId: string };
export type PersonPage = {
  language: 'hi' | 'en';
  after?: PageKey;
  before?: PageKey;
  limit: number;
};

// Above this, walking the index of names finds a page sooner than sorting all the members.
const fewMembers = 20_000;

/**
 * One page of persons by name. The page is chosen by name and membership alone, and only its persons' postings
 * are read: a small subtree is collected and sorted, a large one is read along the index of names.
 */
export async function listPersons(
  db: Reads,
  filter: PersonFilter,
  page: PersonPage,
): Promise<ListedPerson[]> {
  const name = sortName(page.language);
  const chosen = sql`select p.person_id, ${name} as sort_name from person p
    where ${belongs(filter, await sizeOf(db, filter))} and ${beyond(page, name)}
    order by ${order(page, name)} limit ${page.limit}`;
  const found = await sql<ListedPerson>`
    select ${listedColumns}, c.sort_name as "sortName"
    from (${chosen}) c join person p on p.person_id = c.person_id
      left join lateral (${ownPosting(filter)}) s on true
    order by ${order(page, sql`c.sort_name`)}`.execute(db);
  return page.before ? found.rows.reverse() : found.rows;
}

/** How many there are, but no further than `most`. */
export async function countPersons(db: Reads, filter: PersonFilter, most: number): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from (
    select 1 from person p where ${belongs(filter, await sizeOf(db, filter))} limit ${most}) counted`.execute(
    db,
  );
  return found.rows[0]?.count ?? 0;
}

type Size = 'few' | 'many';

function belongs(filter: PersonFilter, size: Size): RawBuilder<boolean> {
  const own = filter.state === 'posted' ? isPosted(filter) : isFormer(filter);
  return sql<boolean>`p.merged_into is null and ${own} and ${matches(filter)}
    and ${size === 'few' ? isMember(filter) : sql`true`}`;
}

const postingsOf = sql`posting po join office o on o.office_id = po.office_id
  left join designation d on d.designation_id = po.designation_id`;

function isPosted(filter: PersonFilter): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from ${postingsOf}
    where po.person_id = p.person_id and po.voided_at is null and ${postedHere(filter)})`;
}

/** No posting stands any more, and the last one lies here; for everywhere's reader also who never had one. */
function isFormer(filter: PersonFilter): RawBuilder<boolean> {
  const ended = sql`select po.person_id from posting po join office o on o.office_id = po.office_id
    where po.voided_at is null and po.ends_on < ${filter.today}::date and ${inScope(sql`o.path`, scopeOf(filter))}`;
  const stands = sql<boolean>`exists (select 1 from posting q where q.person_id = p.person_id
    and q.voided_at is null and (q.ends_on is null or q.ends_on >= ${filter.today}::date))`;
  const lastIsHere = sql<boolean>`exists (select 1 from (select po.office_id, po.designation_id, po.service_group,
      po.engagement from posting po where po.person_id = p.person_id and po.voided_at is null
      order by coalesce(po.ends_on, 'infinity') desc, po.starts_on desc, po.posting_id desc limit 1) po
    join office o on o.office_id = po.office_id left join designation d on d.designation_id = po.designation_id
    where ${isHere(filter)})`;
  if (!isEverywhere(filter))
    return sql<boolean>`p.person_id in (${ended}) and not ${stands} and ${lastIsHere}`;
  return sql<boolean>`not ${stands} and (${lastIsHere}
    or not exists (select 1 from posting q where q.person_id = p.person_id and q.voided_at is null))`;
}

function isEverywhere(filter: PersonFilter): boolean {
  const isFiltered = filter.officeId || filter.designation || filter.serviceGroup || filter.engagement;
  return filter.scopes.includes('*') && !isFiltered;
}

export const listedColumns: RawBuilder<unknown> = sql`p.person_id as "personId", p.employee_code as code, p.issuer,
  p.name_hi as "nameHi", p.name_en as "nameEn", p.mobile, p.email, p.joined_on as "joinedOn",
  p.retires_on as "retiresOn", p.account_day as "accountDay", p.signed_in_day as "signedInDay",
  p.last_signed_in_at as "lastSignedInAt", s.code as "officeCode", s.name_hi as "officeHi",
  s.name_en as "officeEn", s.designation, s.designation_en as "designationEn",
  s.service_group as "serviceGroup", s.engagement, s.kind, s.starts_on as "startsOn", s.ends_on as "endsOn"`;

function sortName(language: 'hi' | 'en'): RawBuilder<string> {
  return language === 'hi'
    ? sql<string>`coalesce(p.name_hi, p.name_en) collate "C"`
    : sql<string>`coalesce(p.name_en, p.name_hi) collate "C"`;
}

/** The posting by which the person is listed: of those that match the filter the primary, else the first. */
function ownPosting(filter: PersonFilter): RawBuilder<unknown> {
  const wanted = filter.state === 'posted' ? postedHere(filter) : sql`true`;
  const order =
    filter.state === 'posted'
      ? sql`po.is_primary desc, po.starts_on, po.posting_id`
      : sql`coalesce(po.ends_on, 'infinity') desc, po.starts_on desc, po.posting_id desc`;
  return sql`select o.code, o.name_hi, o.name_en, o.path, d.name as designation, d.name_en as designation_en,
      po.service_group, po.engagement, po.kind, po.starts_on, po.ends_on
    from ${postingsOf}
    where po.person_id = p.person_id and po.voided_at is null and ${wanted}
    order by ${order} limit 1`;
}

function postedHere(filter: PersonFilter): RawBuilder<boolean> {
  return sql<boolean>`(po.ends_on is null or po.ends_on >= ${filter.today}::date) and ${isHere(filter)}`;
}

function isHere(filter: PersonFilter): RawBuilder<boolean> {
  const parts = [inScope(sql`o.path`, filter.scopes)];
  if (filter.officeId) parts.push(inScope(sql`o.path`, [filter.officeId]));
  if (filter.designation) parts.push(sql<boolean>`d.name ilike ${containing(filter.designation)}`);
  if (filter.serviceGroup) parts.push(sql<boolean>`po.service_group = ${filter.serviceGroup}`);
  if (filter.engagement) parts.push(sql<boolean>`po.engagement = ${filter.engagement}`);
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

function matches(filter: PersonFilter): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = filter.namePatterns.map(
    (pattern) => sql<boolean>`p.search_text like ${pattern}`,
  );
  if (filter.codes)
    parts.push(
      sql<boolean>`p.person_id in (select person_id from person_code where ${startsWith(filter.codes)})`,
    );
  if (filter.fourDigits)
    parts.push(sql<boolean>`p.person_id in (
      select person_id from person_contact where kind = 'mobile' and right(value, 4) = ${filter.fourDigits}
      union all select person_id from person_code where code = ${filter.fourDigits})`);
  if (filter.mobile)
    parts.push(sql<boolean>`p.person_id in (select person_id from person_contact
      where kind = 'mobile' and value = ${filter.mobile})`);
  return parts.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(parts, sql` and `)}`;
}

/** By ranges, which the key's index answers; the database compares by code points. */
function startsWith(codes: readonly string[]): RawBuilder<boolean> {
  const ranges = codes.map((code) => sql<boolean>`(code >= ${code} and code < ${`${code}\u{10ffff}`})`);
  return sql<boolean>`(${sql.join(ranges, sql` or `)})`;
}

function scopeOf(filter: PersonFilter): readonly string[] {
  return filter.officeId ? [filter.officeId] : filter.scopes;
}

async function sizeOf(db: Reads, filter: PersonFilter): Promise<Size> {
  if (scopeOf(filter).includes('*')) return 'many';
  const found = await sql<{ count: number }>`select count(*) as count from (
    select 1 from posting po join office o on o.office_id = po.office_id
    where po.voided_at is null and ${inScope(sql`o.path`, scopeOf(filter))} limit ${fewMembers + 1}) counted`.execute(
    db,
  );
  return (found.rows[0]?.count ?? 0) <= fewMembers ? 'few' : 'many';
}

function isMember(filter: PersonFilter): RawBuilder<boolean> {
  return sql<boolean>`p.person_id in (select po.person_id from posting po join office o on o.office_id = po.office_id
    where po.voided_at is null and ${inScope(sql`o.path`, scopeOf(filter))})`;
}

function beyond(page: PersonPage, name: RawBuilder<string>): RawBuilder<boolean> {
  const key = page.before ?? page.after;
  if (!key) return sql<boolean>`true`;
  const pair = sql`(${key.name}::text collate "C", ${key.personId}::uuid)`;
  return page.before
    ? sql<boolean>`(${name}, p.person_id) < ${pair}`
    : sql<boolean>`(${name}, p.person_id) > ${pair}`;
}

function order(page: PersonPage, name: RawBuilder<unknown>): RawBuilder<unknown> {
  return page.before ? sql`${name} desc, p.person_id desc` : sql`${name}, p.person_id`;
}

function containing(text: string): string {
  return `%${text.replaceAll(/[%_\\]/g, '')}%`;
}
