import { type RawBuilder, sql } from 'kysely';
import { personIdOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import {
  type Dependent,
  type ImportRun,
  isRefused,
  journal,
  refuseRows,
  rowsOf,
  type SampleRow,
  sampleSize,
} from '../../kernel/imports/index.ts';
import { isOfDesk } from '../stores/desk.ts';
import { overlapSql } from './store.ts';

// se_row: the readable rows with whom they mean and the entry they match. se_new: those that say something new.

/** By employee code, among those whose desk today is the importer's, as by hand; an entry is known by person, kind and first day. */
export async function gatherEvents(tx: Tx, run: ImportRun): Promise<void> {
  const desk = { scopes: run.scopes, today: todayInIndia(run.ctx.clock) };
  const isSeen = isOfDesk(sql`pc.person_id`, desk);
  await sql`create temp table se_row on commit drop as
    select s.line, pc.person_id, s.kind, s.starts_on, coalesce(s.ends_on, e.ends_on) as ends_on,
      coalesce(s.order_number, e.order_number) as order_number, e.service_event_id as old_id,
      (e.ends_on, e.order_number) is not distinct from
        (coalesce(s.ends_on, e.ends_on), coalesce(s.order_number, e.order_number)) as is_same,
      first_value(s.line) over (partition by pc.person_id, s.kind, s.starts_on order by s.line) as first_line
    from ${rowsOf(run)} s
      left join person_code pc on pc.code = s.code and pc.issuer = s.issuer and ${isSeen}
      left join service_event e on e.person_id = pc.person_id and e.kind = s.kind and e.starts_on = s.starts_on
        and e.voided_at is null
    where s.fault is null`.execute(tx);
  await sql`create index on se_row (person_id)`.execute(tx);
  await sql`analyze se_row`.execute(tx);
}

export async function refuseEvents(tx: Tx, run: ImportRun): Promise<void> {
  const self = personIdOf(run.ctx.actor) ?? null;
  await refuseRows(tx, run, sql`select line, 'unknown_person' from se_row where person_id is null`);
  await refuseRows(tx, run, sql`select line, 'own_record' from se_row where person_id = ${self}::uuid`);
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'contradicts' from se_row r join se_row f on f.line = r.first_line
      where f.line <> r.line and f.person_id is not null
        and (f.ends_on, f.order_number) is distinct from (r.ends_on, r.order_number)`,
  );
  const row = { kind: sql`r.kind`, starts: sql`r.starts_on`, ends: sql`r.ends_on` };
  const known = { kind: sql`e.kind`, starts: sql`e.starts_on`, ends: sql`e.ends_on` };
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'overlaps' from se_row r where r.line = r.first_line and (
      exists (select 1 from service_event e where e.person_id = r.person_id and e.voided_at is null
        and e.service_event_id is distinct from r.old_id and ${overlapSql(row, known)}
        and not exists (select 1 from se_row m where m.old_id = e.service_event_id))
      or exists (select 1 from se_row e where e.person_id = r.person_id and e.line < r.line
        and e.line = e.first_line and e.starts_on <> r.starts_on and ${overlapSql(row, known)}))`,
  );
}

export async function gatherNewEvents(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table se_new on commit drop as
    select r.*, case when old_id is null then 'added' else 'changed' end as outcome
    from se_row r where line = first_line and (old_id is null or not is_same) and not ${isRefused(run, 'r.line')}`.execute(
    tx,
  );
  await sql`create temp table se_touched on commit drop as select distinct person_id from se_new`.execute(tx);
  await sql`alter table se_touched add primary key (person_id)`.execute(tx);
  await sql`analyze se_touched`.execute(tx);
}

/** Whose service an import changes, and whose its undo. */
export const touchedPersons = sql`select person_id from se_touched`;
export const returningPersons = sql`select person_id from se_returning`;

/** Days alone: which kind of absence it is stands in the file, not on the page of the import. */
export async function sampleOf(tx: Tx, outcome: 'added' | 'changed'): Promise<SampleRow[]> {
  const found =
    await sql<SampleRow>`select n.line, concat_ws(' · ', p.employee_code, coalesce(p.name_hi, p.name_en)) as title,
      concat_ws(' – ', n.starts_on, n.ends_on) as detail
    from (select * from se_new where outcome = ${outcome} order by line limit ${sampleSize}) n
      join person p using (person_id) order by n.line`.execute(tx);
  return found.rows;
}

export async function voidChanged(tx: Tx, run: ImportRun): Promise<void> {
  await journal(tx, run, {
    thing: 'service_event',
    found: sql`select e.service_event_id, e.person_id, 'corrected', jsonb_build_object('ends_on', e.ends_on),
        jsonb_build_object('ends_on', n.ends_on)
      from se_new n join service_event e on e.person_id = n.person_id and e.service_event_id = n.old_id`,
  });
  await sql`update service_event e set voided_at = ${run.ctx.clock.now()}, void_reason = 'corrected by import'
    from se_new n where e.person_id = n.person_id and e.service_event_id = n.old_id`.execute(tx);
}

/** A corrected entry keeps its reason and who recorded it: only he and the person read it on. */
export async function writeEvents(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on, order_number, reason,
      import_id, recorded_at, recorded_by)
    select n.person_id, ${run.id('service', 'n.line')}, n.kind, n.starts_on, n.ends_on, n.order_number, e.reason,
      ${run.importId}::uuid, ${run.ctx.clock.now()},
      case when e.service_event_id is null then ${personIdOf(run.ctx.actor) ?? null}::uuid else e.recorded_by end
    from se_new n left join service_event e on e.person_id = n.person_id and e.service_event_id = n.old_id`.execute(
    tx,
  );
}

export function ownEvents(run: ImportRun): RawBuilder<unknown> {
  return sql`select service_event_id from service_event where import_id = ${run.importId}`;
}

export async function changedByHand(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const found =
    await sql<Dependent>`select 'edit' as kind, coalesce(p.employee_code, '–') as name, count(*) as count
    from service_event e join person p using (person_id)
    where e.import_id = ${run.importId} and e.voided_at is not null and e.void_reason <> 'corrected by import'
    group by p.person_id, p.employee_code limit 100`.execute(tx);
  return found.rows;
}

export async function gatherReturning(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table se_returning on commit drop as
    select person_id from service_event where import_id = ${run.importId} and voided_at is null
    union select person_id from import_change where import_id = ${run.importId} and thing = 'service_event'`.execute(
    tx,
  );
  await sql`alter table se_returning add primary key (person_id)`.execute(tx);
  await sql`analyze se_returning`.execute(tx);
}

/** What a correction had voided comes back as a row of its own, so that what was known between is kept. */
export async function restoreEvents(tx: Tx, run: ImportRun): Promise<void> {
  const now = run.ctx.clock.now();
  await sql`update service_event set voided_at = ${now}, void_reason = 'import undone'
    where import_id = ${run.importId} and voided_at is null`.execute(tx);
  await sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on, order_number, reason,
      import_id, recorded_at, recorded_by)
    select e.person_id, new_id(), e.kind, e.starts_on, e.ends_on, e.order_number, e.reason, e.import_id, ${now}, e.recorded_by
    from import_change j join service_event e on e.person_id = j.person_id and e.service_event_id = j.thing_id
    where j.import_id = ${run.importId} and j.thing = 'service_event'`.execute(tx);
}
