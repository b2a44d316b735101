import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import {
  contradictions,
  type Dependent,
  type ImportRun,
  isRefused,
  refuseRows,
  rowsOf,
  type SampleRow,
  sampleSize,
} from '../../kernel/imports/index.ts';
import { inScope } from '../../organisations/index.ts';
import type { Part } from '../rules/compliance.ts';

// cu_row: readable rows with what they mean. cu_new: each programme once, as the file has it, with its outcome.

export async function gatherRows(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table cu_row on commit drop as
    select s.*, o.office_id, o.path, c.course_id, c.state as course_state, p.programme_id, p.office_id as known_office_id, p.closed_on,
      coalesce(array(select distinct t from regexp_split_to_table(s.tags, '[;,[:space:]]+') t where t <> '' order by t),
        '{}') as tag_list
    from ${rowsOf(run)} s left join office o on o.code = s.office
      left join course c on c.code = s.course_code and c.state <> 'draft'
      left join programme p on p.code = s.code
    where s.fault is null`.execute(tx);
}

const said = ['office', 'title_hi', 'title_en', 'revised_on', 'from_day', 'induction'];

/** A syllabus of which one row is refused is refused whole: without that part it would be another one. */
export async function refuse(tx: Tx, run: ImportRun): Promise<void> {
  await refuseRows(tx, run, sql`select line, 'unknown_office' from cu_row where office_id is null`);
  await refuseRows(
    tx,
    run,
    sql`select line, 'outside_scope' from cu_row where office_id is not null and not ${inScope(sql`path`, run.scopes)}`,
  );
  await refuseRows(
    tx,
    run,
    sql`select line, 'unknown_course' from cu_row where course_code is not null and course_id is null`,
  );
  // A syllabus that is here already keeps what it had before the course was retired.
  await refuseRows(
    tx,
    run,
    sql`select line, 'retired_course' from cu_row r where course_state = 'retired' and not exists (
      select from programme_syllabus s join syllabus_part t using (programme_syllabus_id)
      where s.programme_id = r.programme_id and s.state = 'published' and s.published_on = r.from_day
        and t.course_id = r.course_id)`,
  );
  await refuseRows(
    tx,
    run,
    sql`select line, 'programme_elsewhere' from cu_row
      where programme_id is not null and (known_office_id <> office_id or closed_on is not null)`,
  );
  await refuseRows(
    tx,
    run,
    sql`select min(line), 'no_name' from cu_row where programme_id is null group by code
      having count(title_hi) = 0 and count(title_en) = 0`,
  );
  await refuseRows(tx, run, contradictions(run, { table: 'cu_row', given: said }));
}

export async function refuseRest(tx: Tx, run: ImportRun): Promise<void> {
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'with_refused' from cu_row r where not ${isRefused(run, 'r.line')} and r.code in (
      select b.code from ${rowsOf(run)} b where b.fault is not null or ${isRefused(run, 'b.line')})`,
  );
}

/** Unchanged where a version that was published on that day says the same, part by part. */
export async function gatherProgrammes(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table cu_part on commit drop as
    select r.line, r.code, r.course_id, case when r.course_id is null then r.part end as title,
      case when r.course_id is null then r.tag_list else '{}' end as tags,
      case when r.course_id is null then coalesce(r.minutes, 0) else 0 end as minutes,
      row_number() over (partition by r.code order by r.line) as ordinal
    from cu_row r where not ${isRefused(run, 'r.line')}`.execute(tx);
  await sql`create temp table cu_programme on commit drop as
    select f.*, ${run.id('syllabus', 'row_number() over (order by f.code)')} as syllabus_id,
      coalesce(f.known_id, ${run.id('programme', 'row_number() over (order by f.code)')}) as programme_id
    from (select r.code, (array_agg(r.programme_id))[1] as known_id, (array_agg(r.office_id))[1] as office_id,
        max(r.title_hi) as title_hi, max(r.title_en) as title_en, min(r.revised_on) as revised_on,
        min(r.from_day) as from_day, bool_or(r.induction = 'yes') as is_induction,
        (select md5(string_agg(concat_ws('|', p.ordinal, p.course_id, p.title, p.tags::text, p.minutes), chr(10)
          order by p.ordinal)) from cu_part p where p.code = r.code) as digest
      from cu_row r where not ${isRefused(run, 'r.line')} group by r.code) f`.execute(tx);
  await sql`create temp table cu_new on commit drop as
    select p.line, p.code, g.syllabus_id, case when g.known_id is null then 'added' else 'changed' end as outcome
    from cu_part p join cu_programme g using (code)
    where not exists (select 1 from programme_syllabus s where s.programme_id = g.known_id
      and s.state = 'published' and s.published_on = g.from_day and s.revised_on = g.revised_on
      and s.is_induction = g.is_induction and g.digest = (select md5(string_agg(concat_ws('|', t.ordinal,
        t.course_id, t.title, t.tags::text, t.minutes), chr(10) order by t.ordinal)) from syllabus_part t
        where t.programme_syllabus_id = s.programme_syllabus_id))`.execute(tx);
}

export type StagedSyllabus = { code: string; officePath: string[]; from: Day; parts: Part[] };

/** What would be put in force, for the rule of that day. */
export async function stagedSyllabi(tx: Tx, run: ImportRun): Promise<StagedSyllabus[]> {
  const found =
    await sql<StagedSyllabus>`select r.code, (select o.path from office o where o.office_id = (array_agg(r.office_id))[1]) as "officePath",
      min(r.from_day) as "from", json_agg(json_build_object('courseId', r.course_id, 'programmeId', null,
        'tags', r.tag_list, 'minutes', coalesce(r.minutes, 0))) as parts
    from cu_row r where not ${isRefused(run, 'r.line')} group by r.code`.execute(tx);
  return found.rows;
}

export async function refuseProgrammes(tx: Tx, run: ImportRun, codes: readonly string[]): Promise<void> {
  await refuseRows(
    tx,
    run,
    sql`select line, 'rule_blocks' from cu_row where code = any(${[...codes]}::text[])`,
  );
}

export async function sampleOf(tx: Tx, outcome: 'added' | 'changed'): Promise<SampleRow[]> {
  const found =
    await sql<SampleRow>`select p.line, concat_ws(' · ', p.code, coalesce(g.title_hi, g.title_en)) as title,
      concat_ws(' · ', coalesce(c.code, p.title), array_to_string(p.tags, ', ')) as detail
    from (select * from cu_new where outcome = ${outcome} order by line limit ${sampleSize}) n
      join cu_part p using (line) join cu_programme g on g.code = p.code left join course c using (course_id)
    order by p.line`.execute(tx);
  return found.rows;
}

export async function writeProgrammes(tx: Tx, run: ImportRun): Promise<void> {
  const now = run.ctx.clock.now();
  await sql`insert into programme (programme_id, code, office_id, title_hi, title_en, import_id, recorded_at)
    select programme_id, code, office_id, title_hi, title_en, ${run.importId}::uuid, ${now} from cu_programme
    where known_id is null and syllabus_id in (select syllabus_id from cu_new)`.execute(tx);
  await sql`insert into programme_syllabus (programme_syllabus_id, programme_id, version, state, revised_on,
      is_induction, published_on, import_id, recorded_at)
    select g.syllabus_id, g.programme_id, coalesce((select max(s.version) from programme_syllabus s
        where s.programme_id = g.programme_id), 0) + 1, 'published', g.revised_on, g.is_induction, g.from_day,
      ${run.importId}::uuid, ${now}
    from cu_programme g where g.syllabus_id in (select syllabus_id from cu_new)`.execute(tx);
  await sql`insert into syllabus_part (programme_syllabus_id, ordinal, course_id, title, tags, minutes)
    select g.syllabus_id, p.ordinal, p.course_id, p.title, p.tags, p.minutes
    from cu_part p join cu_programme g using (code)
    where g.syllabus_id in (select syllabus_id from cu_new)`.execute(tx);
}

/** Plans with programmes that this import made, syllabi written on them since, and reasons given. */
export async function usesOf(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const found = await sql<Dependent>`with made as (select programme_id, code from programme
      where import_id = ${run.importId})
    select 'edit' as kind, m.code as name, count(*) as count from plan_line l join made m using (programme_id) group by 2
    union all select 'edit', m.code, count(*) from programme_syllabus s join made m using (programme_id)
      where s.import_id is distinct from ${run.importId}::uuid group by 2
    union all select 'edit', m.code, count(*) from curriculum_reason w join made m on m.programme_id = w.subject_id
      group by 2
    order by 2 limit 100`.execute(tx);
  return found.rows;
}

/** As with courses: what the import made goes, the audit trail keeps that it was there. */
export async function removeProgrammes(tx: Tx, run: ImportRun): Promise<void> {
  await sql`delete from syllabus_part where programme_syllabus_id in
    (select programme_syllabus_id from programme_syllabus where import_id = ${run.importId})`.execute(tx);
  await sql`delete from programme_syllabus where import_id = ${run.importId}`.execute(tx);
  await sql`delete from programme where import_id = ${run.importId}`.execute(tx);
}
