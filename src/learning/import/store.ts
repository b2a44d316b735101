import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import {
  type ImportRun,
  isRefused,
  journal,
  refuseRows,
  rowsOf,
  type SampleRow,
  sampleSize,
} from '../../kernel/imports/index.ts';
import { isPostedIn } from '../../people/index.ts';
import { postingOrderSql, versionsInForceSql } from '../completion-store.ts';

// rc_row: the readable rows with whom and what they mean. rc_new: those that say something new.

export async function refuseUnknownCourses(tx: Tx, run: ImportRun): Promise<void> {
  await refuseRows(
    tx,
    run,
    sql`select s.line, 'unknown_course' from ${rowsOf(run)} s where s.fault is null
      and not exists (select 1 from course c where c.code = s.course_code and c.state <> 'draft')`,
  );
}

/**
 * By employee code where there is one, else by mobile, else by e-mail; `persons` says how many it may be. Only
 * people of this actor's offices are looked at: whoever else has the number is not told of.
 */
export async function identify(tx: Tx, run: ImportRun): Promise<void> {
  const columns = sql`s.line, c.course_id, s.completed_day as day, s.completed_at, s.source, s.certificate_no`;
  await sql`create temp table rc_row on commit drop as
    select ${columns}, pc.person_id, (pc.person_id is not null)::int as persons
      from ${rowsOf(run)} s join course c on c.code = s.course_code
        left join person_code pc on pc.code = s.code and pc.issuer = s.issuer and ${isPostedIn(sql`pc.person_id`, run.scopes)}
      where s.fault is null and s.code is not null and not ${isRefused(run, 's.line')}
    union all
    select ${columns}, ct.person_id, ct.persons
      from ${rowsOf(run)} s join course c on c.code = s.course_code
        cross join lateral (select (array_agg(k.person_id))[1] as person_id, count(*)::int as persons
          from person_contact k where k.value = coalesce(s.mobile, s.email)
            and k.kind = case when s.mobile is null then 'email' else 'mobile' end and ${isPostedIn(sql`k.person_id`, run.scopes)}) ct
      where s.fault is null and s.code is null and not ${isRefused(run, 's.line')}`.execute(tx);
  await sql`analyze rc_row`.execute(tx);
}

/** Nobody whom this actor sees, or more than one. */
export async function refuseUnidentified(tx: Tx, run: ImportRun): Promise<void> {
  await refuseRows(tx, run, sql`select line, 'several_persons' from rc_row where persons > 1`);
  await refuseRows(tx, run, sql`select line, 'unknown_person' from rc_row where persons = 0`);
  await sql`delete from rc_row r where r.persons <> 1`.execute(tx);
}

/**
 * One row for each person, course and day that is not recorded yet. The same certificate number with another
 * day corrects: of several days in one file the latest holds. What a row of the same file moves to another day
 * does not hold its own day any more.
 */
export async function gatherNew(tx: Tx): Promise<void> {
  await sql`create temp table rc_new on commit drop as
    with numbered as (
      select r.*, first_value(r.day) over (partition by r.person_id, r.course_id, coalesce(r.certificate_no, 'line ' || r.line)
        order by r.day desc) as meant_day
      from rc_row r),
    first as (
      select distinct on (person_id, course_id, day) * from numbered where day = meant_day
      order by person_id, course_id, day, line),
    known as (
      select f.line, f.person_id, f.course_id, f.day, f.completed_at, f.source, f.certificate_no,
        same.completion_id as same_id, old.completion_id as old_id
      from first f
        left join completion same on same.person_id = f.person_id and same.course_id = f.course_id
          and same.completed_day = f.day and same.voided_at is null
        left join lateral (select c.completion_id from completion c where f.certificate_no is not null
          and c.person_id = f.person_id and c.course_id = f.course_id and c.foreign_certificate_no = f.certificate_no
          and c.completed_day <> f.day and c.voided_at is null limit 1) old on f.certificate_no is not null)
    select line, person_id, course_id, day, completed_at, source, certificate_no,
      same_id is not null and moved.id is null as is_there, old_id
    from known left join (select distinct old_id as id from known where old_id is not null) moved on moved.id = same_id
    where same_id is null or moved.id is not null or old_id is not null`.execute(tx);
  await sql`analyze rc_new`.execute(tx);
}

export async function countOutcomes(tx: Tx): Promise<{ added: number; changed: number }> {
  const found = await sql<{ added: number; changed: number }>`select
    count(*) filter (where old_id is null) as added, count(*) filter (where old_id is not null) as changed
    from rc_new`.execute(tx);
  return found.rows[0] ?? { added: 0, changed: 0 };
}

const waits = ['unknown_person', 'several_persons'];

export async function countWaiting(tx: Tx, run: ImportRun): Promise<number> {
  const found = await sql<{
    count: number;
  }>`select count(distinct line) as count from ${sql.raw(run.faultTable)}
    where fault = any(${waits}::text[])`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

export async function sampleOf(tx: Tx, run: ImportRun, outcome: 'added' | 'changed'): Promise<SampleRow[]> {
  const found = await sql<SampleRow>`select n.line,
      concat_ws(' · ', p.employee_code, coalesce(p.name_hi, p.name_en)) as title,
      concat_ws(' · ', s.course_code, old.completed_day || ' → ' || n.day, case when old.completed_day is null then n.day::text end,
        n.certificate_no) as detail
    from (select * from rc_new where (old_id is null) = ${outcome === 'added'} order by line limit ${sampleSize}) n
      join ${rowsOf(run)} s using (line) join person p using (person_id)
      left join completion old on old.person_id = n.person_id and old.completion_id = n.old_id
    order by n.line`.execute(tx);
  return found.rows;
}

export async function gatherTouched(tx: Tx): Promise<void> {
  await sql`create temp table rc_touched on commit drop as select distinct person_id from rc_new`.execute(tx);
  await sql`alter table rc_touched add primary key (person_id)`.execute(tx);
  await sql`analyze rc_touched`.execute(tx);
}

export async function voidCorrected(tx: Tx, run: ImportRun): Promise<void> {
  await journal(tx, run, {
    thing: 'completion',
    found: sql`select c.completion_id, c.person_id, 'corrected', jsonb_build_object('completed_day', c.completed_day),
        jsonb_build_object('completed_day', n.day)
      from rc_new n join completion c on c.person_id = n.person_id and c.completion_id = n.old_id`,
  });
  await sql`update completion c set voided_at = now(), void_reason = 'corrected by import'
    from rc_new n where c.person_id = n.person_id and c.completion_id = n.old_id`.execute(tx);
}

/** Minutes in force on the day and the posting of the day, frozen on each (METRICS). */
export async function writeCompletions(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table rc_version on commit drop as ${versionsInForceSql}`.execute(tx);
  await sql`analyze rc_version`.execute(tx);
  await sql`insert into completion (person_id, completion_id, course_id, course_version_id, completed_day, completed_at,
      source, foreign_certificate_no, import_id, minutes, office_id, area_id, service_group, engagement)
    select n.person_id, ${run.id('completion', 'n.line')}, n.course_id, v.course_version_id, n.day, n.completed_at, n.source, n.certificate_no,
      ${run.importId}::uuid, coalesce(v.minutes, 0), p.office_id, o.area_id, p.service_group, p.engagement
    from rc_new n
      left join rc_version v on v.course_id = n.course_id and v.from_day <= n.day and n.day < v.before_day
      left join (${frozenPostings()}) p on p.line = n.line left join office o on o.office_id = p.office_id
    where not n.is_there
    on conflict (person_id, course_id, completed_day) where voided_at is null do nothing`.execute(tx);
}

function frozenPostings(): RawBuilder<unknown> {
  return sql`select distinct on (n.line) n.line, p.office_id, p.service_group, p.engagement
    from rc_new n join posting p on p.person_id = n.person_id and p.voided_at is null
    where not n.is_there order by n.line, ${postingOrderSql(sql`n.day`)}`;
}

/** Rows that wait to be matched by hand; one that waits already, from an earlier file, waits once. */
export async function writeUnmatched(tx: Tx, run: ImportRun): Promise<void> {
  const scope = run.options.officeId ? [run.options.officeId] : run.scopes.includes('*') ? null : run.scopes;
  await sql`insert into import_unmatched (import_unmatched_id, import_id, line, reason, course_id, completed_day,
      completed_at, source, certificate_no, given, given_key, candidate_ids, scope_office_ids)
    select new_id(), ${run.importId}::uuid, s.line, f.fault, c.course_id, s.completed_day, s.completed_at, s.source,
      s.certificate_no, ${givenSql}, ${givenKeySql},
      coalesce((select array_agg(distinct k.person_id) from person_contact k
        where (k.kind = 'mobile' and k.value = s.mobile) or (k.kind = 'email' and k.value = s.email)), '{}'),
      ${scope}::uuid[]
    from ${sql.raw(run.faultTable)} f join ${rowsOf(run)} s using (line) join course c on c.code = s.course_code
    where f.fault = any(${waits}::text[])
    on conflict (given_key) where state = 'open' do nothing`.execute(tx);
}

/** What waited and is now recorded by a file need not be matched any more; noted, so that an undo knows it. */
export async function settleWaiting(tx: Tx, run: ImportRun): Promise<void> {
  await journal(tx, run, {
    thing: 'unmatched',
    found: sql`select distinct on (u.import_unmatched_id) u.import_unmatched_id, null::uuid, 'settled', null::jsonb,
        jsonb_build_object('person_id', r.person_id)
      from import_unmatched u join rc_row r on r.day = u.completed_day and r.course_id = u.course_id
        join ${rowsOf(run)} s on s.line = r.line
      where u.state = 'open' and u.given_key = ${givenKeySql}`,
  });
  await sql`update import_unmatched u set state = 'withdrawn', decided_at = now(),
      person_id = (j.after ->> 'person_id')::uuid
    from import_change j where j.import_id = ${run.importId} and j.thing = 'unmatched'
      and u.import_unmatched_id = j.thing_id and u.state = 'open'`.execute(tx);
}

export async function hasWaiting(tx: Tx): Promise<boolean> {
  const found = await sql<{
    any: boolean;
  }>`select exists (select 1 from import_unmatched where state = 'open') as any`.execute(tx);
  return found.rows[0]?.any ?? false;
}

const givenSql = sql`jsonb_strip_nulls(jsonb_build_object('code', s.code, 'issuer', case when s.code is not null then s.issuer end,
  'mobile', s.mobile, 'email', s.email))`;
const givenKeySql = sql`concat_ws('|', coalesce(s.issuer || ':' || s.code, ''), coalesce(s.mobile, ''),
  coalesce(s.email, ''), s.course_code, s.completed_day::text)`;
