import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { movingOffices } from '../stores/moving.ts';
import { closeGates, reshapeTree } from '../stores/tree-locks.ts';
import type { AreaRow } from './read-areas.ts';

const fact = 'areas_seeded';

export async function seededDigest(db: Reads | Tx): Promise<string | undefined> {
  const found = await sql<{ digest: string }>`select value ->> 'digest' as digest from installation_fact
    where name = ${fact}`.execute(db);
  return found.rows[0]?.digest;
}

export async function lockSeeding(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(8102031)`.execute(tx);
}

/** All at once, since offices move twice then: by their areas, and by those that they get. */
export async function holdOffices(tx: Tx): Promise<void> {
  await reshapeTree(tx);
  await closeGates(tx, sql`select office_id from office`);
}

/** New areas are added and known ones brought up to date; a Hindi name that somebody gave by hand stays. */
export async function upsertAreas(tx: Tx, areas: AreaRow[]): Promise<void> {
  const moved = sql`select office_id from office where cardinality(nodes) > cardinality(path) and exists (
    select from area join unnest(${areas.map((a) => a.areaId)}::text[], ${areas.map((a) => a.parentId)}::text[])
      as given (area_id, parent_id) using (area_id)
    where area.parent_id is distinct from given.parent_id)`;
  await movingOffices(tx, moved, () => writeAreas(tx, areas));
}

async function writeAreas(tx: Tx, areas: AreaRow[]): Promise<void> {
  const column = (pick: (area: AreaRow) => string | null) => areas.map(pick);
  await sql`insert into area (area_id, kind, code, name_hi, name_en, parent_id, census_2011_code, note)
    select * from unnest(${column((a) => a.areaId)}::text[], ${column((a) => a.kind)}::text[],
      ${column((a) => a.code)}::text[], ${column((a) => a.nameHi)}::text[], ${column((a) => a.nameEn)}::text[],
      ${column((a) => a.parentId)}::text[], ${column((a) => a.census2011)}::text[], ${column((a) => a.note)}::text[])
    on conflict (area_id) do update set name_hi = coalesce(area.name_hi, excluded.name_hi), name_en = excluded.name_en,
      parent_id = excluded.parent_id, census_2011_code = excluded.census_2011_code, note = excluded.note`.execute(
    tx,
  );
}

export async function markSeeded(tx: Tx, digest: string): Promise<void> {
  await sql`insert into installation_fact (name, value) values (${fact}, jsonb_build_object('digest', ${digest}::text))
    on conflict (name) do update set value = excluded.value, changed_at = now()`.execute(tx);
}

/** Offices that came before the areas get theirs now, and are counted there. */
export async function linkOffices(tx: Tx): Promise<void> {
  await sql`create temp table linked on commit drop as
    select distinct on (x.office_id) x.office_id, area.area_id
    from office x join area on area.code = x.area_code or area.area_id = x.area_code
    where x.area_id is null order by x.office_id, ${areaOrder('x.kind')}, area.area_id`.execute(tx);
  const below = sql`select distinct office.office_id from linked join office on office.path @> array[linked.office_id]`;
  await movingOffices(tx, below, () =>
    sql`update office o set area_id = linked.area_id from linked where linked.office_id = o.office_id`.execute(
      tx,
    ),
  );
  await sql`drop table linked`.execute(tx);
}

/**
 * For `order by`: which area a code means for an office of that kind (an SQL expression). Codes of the
 * directory are unique within a kind of area only: the office's kind decides, then the larger area.
 */
export function areaOrder(officeKind: string) {
  return sql.raw(`case
    when ${officeKind} like 'block%' and area.kind = 'block' then 0
    when ${officeKind} ~ '^(urban|nagar|municipal)' and area.kind = 'urban_body' then 0
    when ${officeKind} like 'tehsil%' and area.kind = 'tehsil' then 0
    when ${officeKind} like 'division%' and area.kind = 'division' then 0
    else array_position(array['district', 'block', 'urban_body', 'tehsil', 'state', 'division', 'gram_panchayat',
      'ward', 'country'], area.kind) end`);
}

export async function countAreas(db: Reads): Promise<{ areas: number; notTranslated: number }> {
  const found = await sql<{ areas: number; notTranslated: number }>`select count(*) as areas,
    count(*) filter (where name_hi is null) as "notTranslated" from area`.execute(db);
  return found.rows[0] ?? { areas: 0, notTranslated: 0 };
}
