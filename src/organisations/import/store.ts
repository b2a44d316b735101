import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import {
  type ImportRun,
  type ImportWarning,
  isRefused,
  journal,
  rowsOf,
  type SampleRow,
  sampleSize,
} from '../../kernel/imports/index.ts';
import { areaOrder } from '../areas/store.ts';

// Temporary tables of one comparison: oi_row holds the rows of the file with the office each means, oi_node
// the tree as it would be.

/** The columns in which two rows for one code may contradict each other. */
export const given = [
  'name_hi',
  'name_en',
  'parent_code',
  'kind',
  'area_code',
  'strength',
  'valid_from',
  'valid_until',
];

export async function gatherRows(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table oi_row on commit drop as
    select s.line, s.code, s.name_hi, s.name_en, s.parent_code, s.kind, s.area_code, s.strength, s.valid_from,
      s.valid_until, coalesce(o.office_id, new_id()) as office_id, o.office_id is null as is_new,
      o.parent_id as old_parent_id, o.path as old_path, null::uuid as parent_id, a.area_id, 'unchanged' as outcome
    from ${rowsOf(run)} s left join office o on o.code = s.code
      left join lateral (select area.area_id from area
        where area.code = s.area_code or area.area_id = s.area_code
        order by ${areaOrder('s.kind')}, area.area_id limit 1) a on s.area_code is not null
    where s.fault is null`.execute(tx);
  await sql`create index on oi_row (code)`.execute(tx);
  await sql`analyze oi_row`.execute(tx);
}

export async function keepFirstRows(tx: Tx, run: ImportRun): Promise<void> {
  await sql`delete from oi_row r using oi_row f where f.code = r.code and f.line < r.line`.execute(tx);
  await dropRefused(tx, run);
}

/** Rows refused since are gone, and the parents of the others are looked up again. */
export async function dropRefused(tx: Tx, run: ImportRun): Promise<void> {
  await sql`delete from oi_row r where ${isRefused(run, 'r.line')}`.execute(tx);
  await sql`update oi_row r set parent_id = case
      when r.parent_code is null then r.old_parent_id
      when r.parent_code = '' then null
      else coalesce((select p.office_id from oi_row p where p.code = r.parent_code),
        (select o.office_id from office o where o.code = r.parent_code)) end`.execute(tx);
}

export function unknownParents(): RawBuilder<unknown> {
  return sql`select line, 'unknown_parent' from oi_row where parent_code <> '' and parent_id is null`;
}

/** After a row was refused, those below it that know no other parent. */
export function orphans(): RawBuilder<unknown> {
  return sql`select line, 'parent_rejected' from oi_row where parent_code <> '' and parent_id is null`;
}

/** The tree with the file's rows in it, walked from its roots; offices in a circle are not reached. */
export async function walkTree(tx: Tx): Promise<void> {
  await sql`drop table if exists oi_node`.execute(tx);
  await sql`create temp table oi_node on commit drop as
    with recursive node as materialized (
      select coalesce(r.office_id, o.office_id) as office_id,
        case when r.office_id is null then o.parent_id else r.parent_id end as parent_id
      from office o full join oi_row r using (office_id)),
    tree as (
      select office_id, array[office_id] as path from node where parent_id is null
      union all
      select node.office_id, tree.path || node.office_id from node join tree on node.parent_id = tree.office_id)
    select office_id, path from tree`.execute(tx);
  await sql`create index on oi_node (office_id)`.execute(tx);
}

/**
 * The rows that close a circle: from them the way up leads back to them. What merely hangs below is judged again
 * once they are gone, and a row that keeps an office where it is does no harm.
 */
export function circles(): RawBuilder<unknown> {
  return sql`with recursive astray as materialized (
      select office_id, parent_id, null::integer as line from office o
        where not exists (select 1 from oi_node n where n.office_id = o.office_id)
          and not exists (select 1 from oi_row r where r.office_id = o.office_id)
      union all
      select r.office_id, r.parent_id, case when r.is_new or r.parent_id is distinct from r.old_parent_id then r.line end
        from oi_row r where not exists (select 1 from oi_node n where n.office_id = r.office_id)),
    up as (
      select line, office_id as start_id, parent_id as at_id from astray where line is not null
      union
      select up.line, up.start_id, a.parent_id from up join astray a on a.office_id = up.at_id
        where up.at_id <> up.start_id)
    select distinct line, 'cycle' from up where at_id = start_id`;
}

/** An office that is there must lie in the actor's offices, and so must the parent of one that is new or moves. */
export function outsideScope(scopes: string[]): RawBuilder<unknown> {
  return sql`select r.line, 'outside_scope' from oi_row r left join oi_node parent on parent.office_id = r.parent_id
    where (not r.is_new and not r.old_path && ${scopes}::uuid[])
      or ((r.is_new or r.parent_id is distinct from r.old_parent_id)
        and not coalesce(parent.path && ${scopes}::uuid[], false))`;
}

export async function markChanges(tx: Tx): Promise<void> {
  await sql`update oi_row r set outcome = 'added' where is_new`.execute(tx);
  await sql`update oi_row r set outcome = 'changed' from office o
    where o.office_id = r.office_id and (r.parent_id is distinct from r.old_parent_id
      or r.name_hi is distinct from o.name_hi
      or (r.name_en is not null and r.name_en is distinct from o.name_en)
      or (r.kind is not null and r.kind is distinct from o.kind)
      or (r.area_code is not null and (r.area_code is distinct from o.area_code or r.area_id is distinct from o.area_id))
      or (r.strength is not null and r.strength is distinct from o.strength)
      or (r.valid_from is not null and r.valid_from is distinct from o.valid_from)
      or (r.valid_until is not null and r.valid_until is distinct from o.valid_until))`.execute(tx);
}

export async function sampleOf(tx: Tx, outcome: 'added' | 'changed'): Promise<SampleRow[]> {
  const found = await sql<SampleRow>`select r.line, concat_ws(' · ', r.code, r.name_hi) as title,
      concat_ws(' · ', r.parent_code, r.kind, r.area_code,
        case when o.name_hi <> r.name_hi then o.name_hi || ' → ' || r.name_hi end,
        case when not r.is_new and r.parent_id is distinct from r.old_parent_id
          then coalesce(p.code, '–') || ' → ' || coalesce(nullif(r.parent_code, ''), '–') end) as detail
    from oi_row r left join office o on o.office_id = r.office_id left join office p on p.office_id = r.old_parent_id
    where r.outcome = ${outcome} order by r.line limit ${sampleSize}`.execute(tx);
  return found.rows;
}

/** Rows that are taken without their place: no area has this code. */
export async function unknownAreas(tx: Tx): Promise<ImportWarning[]> {
  const found = await sql<{ count: number; sample: string[] | null }>`select count(*) as count,
      (array_agg(distinct area_code))[1:5] as sample
    from oi_row where area_code is not null and area_id is null`.execute(tx);
  const { count = 0, sample } = found.rows[0] ?? {};
  return count > 0 ? [{ code: 'unknown_area', count, sample: sample ?? [] }] : [];
}

/** The offices that the file lets be counted elsewhere: their path changes, or an area on it. */
export const movedByFile = sql`select o.office_id from office o join oi_node n using (office_id)
  where o.path <> n.path or o.path && array(
    select r.office_id from oi_row r join office a using (office_id)
    where r.outcome = 'changed' and r.area_code is not null and r.area_id is distinct from a.area_id)`;

/** Nobody edits an office between the noting of what it was and its change. */
export async function lockRows(tx: Tx): Promise<void> {
  await sql`create index on oi_row (line)`.execute(tx);
  await sql`select o.office_id from office o join oi_row r using (office_id)
    where r.outcome = 'changed' order by o.office_id for no key update of o`.execute(tx);
}

export async function writeOffices(tx: Tx, run: ImportRun): Promise<void> {
  await journal(tx, run, {
    thing: 'office',
    found: sql`select o.office_id, null::uuid, 'changed', to_jsonb(o) - 'search_text' - 'path',
        to_jsonb(o) - 'search_text' - 'path' || jsonb_build_object('name_hi', r.name_hi, 'parent_id', r.parent_id)
      from office o join oi_row r using (office_id) where r.outcome = 'changed'`,
  });
  await keepOldNames(tx, run);
  await sql`update office o set name_hi = r.name_hi, name_en = coalesce(r.name_en, o.name_en),
      parent_id = r.parent_id, kind = coalesce(r.kind, o.kind), area_code = coalesce(r.area_code, o.area_code),
      area_id = case when r.area_code is null then o.area_id else r.area_id end,
      strength = coalesce(r.strength, o.strength), valid_from = coalesce(r.valid_from, o.valid_from),
      valid_until = coalesce(r.valid_until, o.valid_until), search_text = x.text, changed_at = now()
    from oi_row r join oi_text x using (office_id) where r.office_id = o.office_id and r.outcome = 'changed'`.execute(
    tx,
  );
  await sql`insert into office (office_id, code, name_hi, name_en, parent_id, kind, area_code, area_id, strength,
      valid_from, valid_until, path, search_text, import_id)
    select r.office_id, r.code, r.name_hi, r.name_en, r.parent_id, r.kind, r.area_code, r.area_id, r.strength,
      r.valid_from, r.valid_until, n.path, x.text, ${run.importId}::uuid
    from oi_row r join oi_node n using (office_id) join oi_text x using (office_id) where r.is_new`.execute(
    tx,
  );
  await sql`update office o set path = n.path from oi_node n
    where n.office_id = o.office_id and n.path <> o.path`.execute(tx);
}

/** A name that changes is written down with the day from which the new one holds. */
async function keepOldNames(tx: Tx, run: ImportRun): Promise<void> {
  const renamed = sql`oi_row r join office o using (office_id)
    where r.outcome = 'changed' and (r.name_hi <> o.name_hi or r.name_en is distinct from coalesce(o.name_en, r.name_en))`;
  await sql`insert into office_name (office_name_id, office_id, name_hi, name_en, starts_on)
    select new_id(), o.office_id, o.name_hi, o.name_en,
      least(coalesce(o.valid_from, (o.created_at at time zone 'Asia/Kolkata')::date), ${run.today}::date - 1)
    from ${renamed} and not exists (select 1 from office_name n where n.office_id = o.office_id)`.execute(tx);
  await sql`insert into office_name (office_name_id, office_id, name_hi, name_en, starts_on)
    select new_id(), o.office_id, r.name_hi, coalesce(r.name_en, o.name_en), ${run.today}::date
    from ${renamed}`.execute(tx);
}

export type OfficeNames = { officeId: string; code: string; nameHi: string; nameEn: string | null };
export type OfficeText = OfficeNames & { line: number };

/** Offices that this run will make or change, with the names they will have, a chunk at a time. */
export async function officesToWrite(tx: Tx, after: number): Promise<OfficeText[]> {
  const found = await sql<OfficeText>`select r.line, r.office_id as "officeId", r.code, r.name_hi as "nameHi",
      coalesce(r.name_en, o.name_en) as "nameEn"
    from oi_row r left join office o on o.office_id = r.office_id
    where r.outcome <> 'unchanged' and r.line > ${after} order by r.line limit 5000`.execute(tx);
  return found.rows;
}

export async function createTexts(tx: Tx): Promise<void> {
  await sql`create temp table oi_text (office_id uuid primary key, text text not null) on commit drop`.execute(
    tx,
  );
}

export async function keepTexts(tx: Tx, ids: string[], texts: string[]): Promise<void> {
  await sql`insert into oi_text (office_id, text) select * from unnest(${ids}::uuid[], ${texts}::text[])`.execute(
    tx,
  );
}

/** How many of these offices lie outside the scopes. */
export async function countOutside(read: Reads, officeIds: string[], scopes: string[]): Promise<number> {
  const found = await sql<{ outside: number }>`select count(*) as outside
    from unnest(${officeIds}::uuid[]) as part (office_id)
    where not exists (select 1 from office o where o.office_id = part.office_id and o.path && ${scopes}::uuid[])`.execute(
    read,
  );
  return found.rows[0]?.outside ?? 0;
}
