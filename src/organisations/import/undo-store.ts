import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { type Dependent, type ImportRun, usesOf } from '../../kernel/imports/index.ts';
import { usesOfAnOffice } from './office-uses-store.ts';
import type { OfficeNames } from './store.ts';

/** Whatever hangs on an office that the import made. */
export async function usesOfOffices(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const made = sql`select office_id as id, code from office where import_id = ${run.importId}`;
  return [...(await usesOf(tx, made, usesOfAnOffice)), ...(await officesBelow(tx, run))];
}

async function officesBelow(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const found = await sql<Dependent>`select 'office' as kind, m.code as name, count(*) as count
    from office o join office m on m.office_id = o.parent_id and m.import_id = ${run.importId}
    where o.import_id is distinct from ${run.importId} and not exists (
      select 1 from import_change c where c.import_id = ${run.importId} and c.thing_id = o.office_id)
    group by m.code order by m.code limit 100`.execute(tx);
  return found.rows;
}

/**
 * Offices that are no longer as the import left them, where no later import did it: somebody edited, closed or
 * opened them. An undo gives `changed_at` back with the rest, so that one
 * import that was taken back does not stand in the way of another.
 */
export async function editsSince(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const committedAt = sql`(select committed_at from import where import_id = ${run.importId})`;
  const found = await sql<Dependent>`select 'edit' as kind, o.code as name, 1 as count
    from office o where o.office_id in (${officesTouched(run)})
      and o.changed_at > ${committedAt} and not exists (
        select 1 from import_change c join import i using (import_id)
        where c.thing_id = o.office_id and c.import_id <> ${run.importId} and i.state = 'committed'
          and i.committed_at > ${committedAt})
    order by o.code limit 100`.execute(tx);
  return found.rows;
}

/** The tree as it will be again. */
export async function gatherReturningTree(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table oi_node on commit drop as
    with recursive node as materialized (
      select o.office_id, case when c.thing_id is null then o.parent_id
        else (c.before ->> 'parent_id')::uuid end as parent_id
      from office o left join import_change c
        on c.import_id = ${run.importId} and c.thing = 'office' and c.thing_id = o.office_id
      where o.import_id is distinct from ${run.importId}),
    tree as (
      select office_id, array[office_id] as path from node where parent_id is null
      union all
      select node.office_id, tree.path || node.office_id from node join tree on node.parent_id = tree.office_id)
    select office_id, path from tree`.execute(tx);
}

/** The offices that are counted elsewhere again: their path changes, or an area on it. */
export function movedBack(run: ImportRun): RawBuilder<unknown> {
  return sql`select o.office_id from office o join oi_node n using (office_id)
    where o.path <> n.path or o.path && array(
      select c.thing_id from import_change c join office a on a.office_id = c.thing_id
      where c.import_id = ${run.importId} and c.thing = 'office'
        and c.before ->> 'area_id' is distinct from a.area_id)`;
}

export async function restoreOffices(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update office o set name_hi = b.name_hi, name_en = b.name_en, parent_id = b.parent_id, kind = b.kind,
      area_code = b.area_code, area_id = b.area_id, strength = b.strength, valid_from = b.valid_from,
      valid_until = b.valid_until, changed_at = b.changed_at
    from import_change c, jsonb_populate_record(null::office, c.before) b
    where c.import_id = ${run.importId} and c.thing = 'office' and c.thing_id = o.office_id`.execute(tx);
  await sql`update office o set path = n.path from oi_node n
    where n.office_id = o.office_id and n.path <> o.path`.execute(tx);
  await sql`insert into office_name (office_name_id, office_id, name_hi, name_en, starts_on)
    select new_id(), o.office_id, o.name_hi, o.name_en, n.starts_on
    from office o join import_change c on c.thing_id = o.office_id and c.import_id = ${run.importId} and c.thing = 'office'
      join lateral (select name_hi, name_en, starts_on from office_name where office_id = o.office_id
        order by starts_on desc, recorded_at desc limit 1) n on n.name_hi <> o.name_hi or n.name_en is distinct from o.name_en`.execute(
    tx,
  );
  await sql`delete from office_name n using office o where o.office_id = n.office_id and o.import_id = ${run.importId}`.execute(
    tx,
  );
  await sql`delete from office where import_id = ${run.importId}`.execute(tx);
}

/** The offices that got their former values back, after one of them by id. */
export async function restoredOffices(tx: Tx, run: ImportRun, after: string): Promise<OfficeNames[]> {
  const found = await sql<OfficeNames>`select o.office_id as "officeId", o.code, o.name_hi as "nameHi",
      o.name_en as "nameEn"
    from office o where o.office_id > ${after}::uuid and o.office_id in (
      select thing_id from import_change where import_id = ${run.importId} and thing = 'office')
    order by o.office_id limit 5000`.execute(tx);
  return found.rows;
}

export async function writeTexts(tx: Tx): Promise<void> {
  await sql`update office o set search_text = x.text from oi_text x
    where x.office_id = o.office_id and x.text <> o.search_text`.execute(tx);
}

/** Against foreign keys: whoever is writing one waits or is waited for. */
export async function lockMade(tx: Tx, run: ImportRun): Promise<void> {
  await sql`select from office where import_id = ${run.importId} order by office_id for update`.execute(tx);
}

export function officesMade(run: ImportRun): RawBuilder<unknown> {
  return sql`select office_id from office where import_id = ${run.importId}`;
}

/** The offices that an import made or changed, as a query of their ids. */
export function officesTouched(run: ImportRun): RawBuilder<unknown> {
  return sql`select office_id from office where import_id = ${run.importId}
    union select thing_id from import_change where import_id = ${run.importId} and thing = 'office'`;
}
