import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import {
  type ImportRun,
  isRefused,
  journal,
  rowsOf,
  type SampleRow,
  sampleSize,
} from '../../kernel/imports/index.ts';
import { ownerPathSql } from '../course-store.ts';

// rc_row: the rows of the file with the course each means.

/** The columns in which two rows for one code may contradict each other. */
export const given = ['title_hi', 'title_en', 'minutes', 'languages', 'tags', 'competencies', 'provider'];

export async function gatherRows(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table rc_row on commit drop as
    select s.line, s.code, s.title_hi, s.title_en, s.minutes, s.languages, s.tags, s.competencies, s.provider,
      coalesce(c.course_id, new_id()) as course_id, c.course_id is null as is_new,
      -- A course that was made here keeps its lessons, languages and duration: only its metadata follow the file.
      c.course_id is not null and c.import_id is null as is_own,
      c.office_id, v.duration_minutes as old_minutes, 'unchanged' as outcome, false as has_new_version
    from ${rowsOf(run)} s left join course c on c.code = s.code
      left join course_version v on v.course_version_id = c.current_version_id
    where s.fault is null`.execute(tx);
  await sql`create index on rc_row (code)`.execute(tx);
}

/** The words for competencies that the rows bring, each once. */
export async function competencyWords(tx: Tx): Promise<string[]> {
  const found = await sql<{ word: string }>`select distinct unnest(competencies) as word from rc_row`.execute(
    tx,
  );
  return found.rows.map((row) => row.word);
}

export async function countRowsWith(tx: Tx, words: string[]): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::int as count from rc_row
    where competencies && ${words}::text[]`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** Puts what is kept in place of what was written; a row none of whose words is known leaves what is known. */
export async function writeCompetencies(tx: Tx, known: ReadonlyMap<string, string>): Promise<void> {
  await sql`update rc_row r set competencies = (
      select array_agg(distinct k.kept) from unnest(r.competencies) as g (word)
      join unnest(${[...known.keys()]}::text[], ${[...known.values()]}::text[]) as k (word, kept) using (word))
    where competencies is not null`.execute(tx);
}

/** A course of another office, or of the whole installation, is not this actor's to change. */
export function outsideScope(scopes: string[]): RawBuilder<unknown> {
  return sql`select r.line, 'outside_scope' from rc_row r left join office o using (office_id)
    where not r.is_new and not ${ownerPathSql} && ${scopes}::uuid[]`;
}

export async function keepRows(tx: Tx, run: ImportRun): Promise<void> {
  await sql`delete from rc_row r where ${isRefused(run, 'r.line')}
    or exists (select 1 from rc_row f where f.code = r.code and f.line < r.line)`.execute(tx);
}

export async function markChanges(tx: Tx): Promise<void> {
  await sql`update rc_row set outcome = 'added', has_new_version = true where is_new`.execute(tx);
  await sql`update rc_row r set has_new_version = not r.is_own and r.minutes is distinct from r.old_minutes,
      outcome = case when (not r.is_own and r.minutes is distinct from r.old_minutes)
        or r.title_hi is distinct from c.title_hi
        or (r.title_en is not null and r.title_en is distinct from c.title_en)
        or (r.provider is not null and r.provider is distinct from c.provider)
        or (r.tags is not null and r.tags is distinct from c.tags)
        or (r.competencies is not null and r.competencies is distinct from c.competencies)
        or (not r.is_own and r.languages is not null and r.languages is distinct from c.languages)
        or (not r.is_own and c.state = 'retired')
        then 'changed' else 'unchanged' end
    from course c where c.course_id = r.course_id and not r.is_new`.execute(tx);
}

export async function sampleOf(tx: Tx, outcome: 'added' | 'changed'): Promise<SampleRow[]> {
  const found = await sql<SampleRow>`select r.line, concat_ws(' · ', r.code, r.title_hi) as title,
      concat_ws(' · ', case when c.title_hi <> r.title_hi then c.title_hi || ' → ' || r.title_hi end,
        case when r.has_new_version and not r.is_new then r.old_minutes || ' → ' || r.minutes || ' min'
          when r.is_new then r.minutes || ' min' end,
        array_to_string(r.tags, ';')) as detail
    from rc_row r left join course c on c.course_id = r.course_id
    where r.outcome = ${outcome} order by r.line limit ${sampleSize}`.execute(tx);
  return found.rows;
}

export async function writeCourses(
  tx: Tx,
  run: ImportRun,
  by: { person: string | null; officeId: string | null },
): Promise<void> {
  await journal(tx, run, {
    thing: 'course',
    found: sql`select c.course_id, null::uuid, 'changed', to_jsonb(c) - 'search_text', null::jsonb
      from course c join rc_row r using (course_id) where r.outcome = 'changed'`,
  });
  await sql`insert into course (course_id, code, title_hi, title_en, provider, tags, competencies, languages, state,
      office_id, import_id, created_by, published_at)
    select course_id, code, title_hi, title_en, provider, coalesce(tags, '{}'), coalesce(competencies, '{}'),
      coalesce(languages, '{hi}'), 'published', ${by.officeId}::uuid, ${run.importId}::uuid, ${by.person}::uuid, now()
    from rc_row where is_new`.execute(tx);
  await sql`update course c set title_hi = r.title_hi, title_en = coalesce(r.title_en, c.title_en),
      provider = coalesce(r.provider, c.provider), tags = coalesce(r.tags, c.tags),
      competencies = coalesce(r.competencies, c.competencies),
      languages = case when r.is_own then c.languages else coalesce(r.languages, c.languages) end,
      state = case when r.is_own then c.state else 'published' end,
      retired_at = case when r.is_own then c.retired_at end
    from rc_row r where r.course_id = c.course_id and r.outcome = 'changed'`.execute(tx);
  await writeVersions(tx, run);
  await noteAfter(tx, run);
}

async function writeVersions(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update course_version v set state = 'superseded' from rc_row r join course c using (course_id)
    where r.has_new_version and v.course_version_id = c.current_version_id`.execute(tx);
  await sql`insert into course_version (course_version_id, course_id, number, state, duration_minutes, in_force_from,
      import_id, published_at)
    select new_id(), r.course_id, 1 + coalesce((select max(number) from course_version v
        where v.course_id = r.course_id), 0), 'published', r.minutes, ${run.today}::date, ${run.importId}::uuid, now()
    from rc_row r where r.has_new_version`.execute(tx);
  await sql`update course c set current_version_id = v.course_version_id from course_version v
    where v.import_id = ${run.importId} and v.course_id = c.course_id`.execute(tx);
}

/** How the import leaves the courses that it changed: by that its undo sees whether somebody did more since. */
async function noteAfter(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update import_change j set after = to_jsonb(c) - 'search_text' from course c
    where j.import_id = ${run.importId} and j.thing = 'course' and c.course_id = j.thing_id`.execute(tx);
}

export type CourseText = {
  courseId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  tags: string[];
  competencies: string[];
  provider: string | null;
};

/** Courses among `ids` (a query of them), by key, with what they are found by. One made here has its own. */
export async function courseTexts(tx: Tx, ids: RawBuilder<unknown>, after: string): Promise<CourseText[]> {
  const found = await sql<CourseText>`select c.course_id as "courseId", c.code, c.title_hi as "titleHi",
      c.title_en as "titleEn", c.tags, c.competencies, c.provider
    from course c where c.import_id is not null and c.course_id in (${ids}) and c.course_id > ${after}::uuid
    order by c.course_id limit 2000`.execute(tx);
  return found.rows;
}

export const writtenCourses = sql`select course_id from rc_row where outcome <> 'unchanged' and not is_own`;

export async function setSearchTexts(tx: Tx, ids: string[], texts: string[]): Promise<void> {
  await sql`update course c set search_text = t.text
    from unnest(${ids}::uuid[], ${texts}::text[]) as t (id, text) where c.course_id = t.id`.execute(tx);
}
