import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { newId } from '../../kernel/ids.ts';
import { foldText } from '../../kernel/text/index.ts';
import { inScope, type OfficeRow, officeColumns } from './offices.ts';

export type TreeRow = OfficeRow & { childCount: number; areaHi: string | null; areaEn: string | null };

const treeColumns = sql`o.*, (select count(*) from office c where c.parent_id = o."officeId") as "childCount",
  a.name_hi as "areaHi", a.name_en as "areaEn"`;

function tree(where: RawBuilder<boolean>): RawBuilder<TreeRow> {
  return sql<TreeRow>`select ${treeColumns}
    from (select ${officeColumns}, area_id from office where ${where}) o left join area a on a.area_id = o.area_id
    order by o."validUntil" is not null, o."nameHi" collate "C", o.code`;
}

export async function childrenOf(db: Reads, officeId: string): Promise<TreeRow[]> {
  return (await tree(sql<boolean>`parent_id = ${officeId}`).execute(db)).rows;
}

export async function treeRowOf(db: Reads, officeId: string): Promise<TreeRow | undefined> {
  return (await tree(sql<boolean>`office_id = ${officeId}`).execute(db)).rows[0];
}

/** The tops of the scopes: the offices themselves, or the roots where the scope is everything. */
export async function topsOf(db: Reads, scopes: readonly string[]): Promise<TreeRow[]> {
  const where = scopes.includes('*')
    ? sql<boolean>`parent_id is null`
    : sql<boolean>`office_id = any(${scopes}::uuid[])`;
  return (await tree(where).execute(db)).rows;
}

export type PathStep = { code: string; nameHi: string; nameEn: string | null; officeId: string };

/** The offices on a path, from the root down. */
export async function pathOf(db: Reads, path: readonly string[]): Promise<PathStep[]> {
  const found =
    await sql<PathStep>`select office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn"
    from office where office_id = any(${path}::uuid[]) order by cardinality(path)`.execute(db);
  return found.rows;
}

export type NameRow = { nameHi: string; nameEn: string | null; startsOn: string };

export async function officeNames(db: Reads, officeId: string): Promise<NameRow[]> {
  const found = await sql<NameRow>`select name_hi as "nameHi", name_en as "nameEn", starts_on as "startsOn"
    from office_name where office_id = ${officeId} order by starts_on desc, recorded_at desc`.execute(db);
  return found.rows;
}

/** The office, locked until the transaction ends. */
export async function lockOffice(tx: Tx, officeId: string): Promise<OfficeRow | undefined> {
  const found = await sql<OfficeRow>`select ${officeColumns} from office
    where office_id = ${officeId} for no key update`.execute(tx);
  return found.rows[0];
}

export type NewOffice = {
  officeId: string;
  code: string;
  nameHi: string;
  nameEn: string | null;
  parentId: string;
  path: string[];
  kind: string | null;
  areaCode: string | null;
  areaId: string | null;
  strength: number | null;
  validFrom: string;
  searchText: string;
};

/** False where the code is taken. */
export async function insertOffice(tx: Tx, office: NewOffice): Promise<boolean> {
  const made =
    await sql`insert into office (office_id, code, name_hi, name_en, parent_id, kind, area_code, area_id,
      strength, valid_from, path, search_text)
    values (${office.officeId}, ${office.code}, ${office.nameHi}, ${office.nameEn}, ${office.parentId}, ${office.kind},
      ${office.areaCode}, ${office.areaId}, ${office.strength}, ${office.validFrom}, ${office.path}::uuid[],
      ${office.searchText})
    on conflict (code) do nothing`.execute(tx);
  return (made.numAffectedRows ?? 0n) > 0n;
}

export type OfficeChange = {
  officeId: string;
  nameHi: string;
  nameEn: string | null;
  kind: string | null;
  areaCode: string | null;
  areaId: string | null;
  strength: number | null;
  searchText: string;
};

export async function updateOffice(tx: Tx, change: OfficeChange): Promise<void> {
  await sql`update office set name_hi = ${change.nameHi}, name_en = ${change.nameEn}, kind = ${change.kind},
      area_code = ${change.areaCode},
      area_id = case when area_code is distinct from ${change.areaCode} then ${change.areaId} else area_id end, strength = ${change.strength},
      search_text = ${change.searchText}, changed_at = clock_timestamp()
    where office_id = ${change.officeId}`.execute(tx);
}

/** The name that ends and the one that begins today are both kept with their first days. */
export async function keepName(
  tx: Tx,
  name: { officeId: string; nameHi: string; nameEn: string | null; today: string },
): Promise<void> {
  await sql`insert into office_name (office_name_id, office_id, name_hi, name_en, starts_on)
    select ${newId()}::uuid, office_id, name_hi, name_en,
      least(coalesce(valid_from, (created_at at time zone 'Asia/Kolkata')::date), ${name.today}::date - 1)
    from office o where office_id = ${name.officeId}
      and not exists (select from office_name n where n.office_id = o.office_id)`.execute(tx);
  await sql`insert into office_name (office_name_id, office_id, name_hi, name_en, starts_on)
    values (${newId()}, ${name.officeId}, ${name.nameHi}, ${name.nameEn}, ${name.today})`.execute(tx);
}

export async function writeClosing(
  tx: Tx,
  closing: { officeId: string; validUntil: string | null },
): Promise<void> {
  await sql`update office set valid_until = ${closing.validUntil}, changed_at = clock_timestamp()
    where office_id = ${closing.officeId}`.execute(tx);
}

/** Offices below that are open after the day. */
export async function openBelow(tx: Tx, closing: { officeId: string; validUntil: string }): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from office
    where ${inScope(sql`path`, [closing.officeId])} and office_id <> ${closing.officeId}
      and (valid_until is null or valid_until > ${closing.validUntil}::date)`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

export type PostRow = {
  postId: string;
  designationId: string;
  designation: string;
  designationEn: string | null;
  serviceGroup: string | null;
  sanctioned: number;
};

export async function postsOf(db: Reads, officeId: string): Promise<PostRow[]> {
  const found =
    await sql<PostRow>`select post_id as "postId", designation_id as "designationId", d.name as designation,
      d.name_en as "designationEn", service_group as "serviceGroup", sanctioned
    from post join designation d using (designation_id)
    where office_id = ${officeId} order by service_group nulls last, d.name`.execute(db);
  return found.rows;
}

export type NewPost = {
  officeId: string;
  designationId: string;
  serviceGroup: string | null;
  sanctioned: number;
};

/** One line of sanctioned posts; none sanctioned takes the line away. Returns what it was before. */
export async function writePost(tx: Tx, post: NewPost): Promise<number | null> {
  const same = sql<boolean>`office_id = ${post.officeId} and designation_id = ${post.designationId}
    and service_group is not distinct from ${post.serviceGroup}`;
  const before = await sql<{ sanctioned: number }>`select sanctioned from post where ${same}`.execute(tx);
  await sql`delete from post where ${same}`.execute(tx);
  if (post.sanctioned > 0)
    await sql`insert into post (post_id, office_id, designation_id, service_group, sanctioned)
      values (${newId()}, ${post.officeId}, ${post.designationId}, ${post.serviceGroup}, ${post.sanctioned})`.execute(
      tx,
    );
  return before.rows[0]?.sanctioned ?? null;
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

/** The area of an LGD code: a district's before a block's or a body's, as offices write it. */
export async function areaOfCode(db: Reads | Tx, code: string): Promise<{ areaId: string } | undefined> {
  const found = await sql<{ areaId: string }>`select area_id as "areaId" from area where code = ${code}
    order by array_position(array['district', 'block', 'urban_body', 'tehsil', 'division', 'state'], kind) nulls last
    limit 1`.execute(db);
  return found.rows[0];
}

export type AreaLine = {
  areaId: string;
  kind: string;
  code: string;
  nameHi: string | null;
  nameEn: string;
  parentId: string | null;
  census: string | null;
  childCount: number;
};

const areaColumns = sql`a.area_id as "areaId", a.kind, a.code, a.name_hi as "nameHi", a.name_en as "nameEn",
  a.parent_id as "parentId", a.census_2011_code as census,
  (select count(*) from area c where c.parent_id = a.area_id) as "childCount"`;

export async function areasBelow(db: Reads, parentId: string | null): Promise<AreaLine[]> {
  const found = await sql<AreaLine>`select ${areaColumns} from area a
    where a.parent_id is not distinct from ${parentId} order by not exists (select 1 from area c where c.parent_id = a.area_id), a.kind, a.name_en, a.area_id limit 2000`.execute(
    db,
  );
  return found.rows;
}

/** The states whose divisions are in the directory here, since work is done in them: for the top of a list. */
export async function areasKnownInside(db: Reads): Promise<string[]> {
  const found = await sql<{ areaId: string }>`
    select distinct parent_id as "areaId" from area where kind = 'division' and parent_id is not null`.execute(
    db,
  );
  return found.rows.map((row) => row.areaId);
}

export async function areasMatching(db: Reads, text: string): Promise<AreaLine[]> {
  const pattern = `%${text.replaceAll(/[%_\\]/g, '')}%`;
  const found = await sql<AreaLine>`select ${areaColumns} from area a
    where a.code = ${text} or a.name_hi like ${pattern} or a.name_en ilike ${pattern}
    order by a.code = ${text} desc, a.name_en, a.area_id limit 100`.execute(db);
  return found.rows;
}

export async function areaById(db: Reads, areaId: string): Promise<AreaLine | undefined> {
  const found = await sql<AreaLine>`select ${areaColumns} from area a where a.area_id = ${areaId}`.execute(
    db,
  );
  return found.rows[0];
}
