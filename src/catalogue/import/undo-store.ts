import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { type Dependent, type ImportRun, usesOf } from '../../kernel/imports/index.ts';
import { usesOfACourse, usesOfAVersion } from './course-uses-store.ts';

export function touchedCourses(run: ImportRun): RawBuilder<unknown> {
  return sql`select course_id from course where import_id = ${run.importId}
    union select thing_id from import_change where import_id = ${run.importId} and thing = 'course'`;
}

export async function usesOfCourses(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const made = sql`select course_id as id, code from course where import_id = ${run.importId}`;
  const versions = sql`select v.course_version_id as id, c.code, v.import_id
    from course_version v join course c using (course_id) where v.import_id = ${run.importId}`;
  return [...(await usesOf(tx, made, usesOfACourse)), ...(await usesOf(tx, versions, usesOfAVersion))];
}

/** Courses that are no longer as the import left them, where no later import did it: published anew, retired. */
export async function editsSince(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const found = await sql<Dependent>`select 'edit' as kind, c.code as name, 1 as count
    from import_change j join course c on c.course_id = j.thing_id
    where j.import_id = ${run.importId} and j.thing = 'course' and j.after <> to_jsonb(c) - 'search_text'
      and not exists (select 1 from import_change later join import i using (import_id),
          (select committed_at from import where import_id = ${run.importId}) this
        where later.thing_id = c.course_id and later.import_id <> ${run.importId} and i.state = 'committed'
          and i.committed_at > this.committed_at)
    order by c.code limit 100`.execute(tx);
  return found.rows;
}

/** Courses are reference data: those that the import made go, the others get their former values. */
export async function restoreCourses(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update course c set title_hi = b.title_hi, title_en = b.title_en, provider = b.provider, tags = b.tags,
      competencies = b.competencies, languages = b.languages, state = b.state, retired_at = b.retired_at,
      current_version_id = b.current_version_id
    from import_change j, jsonb_populate_record(null::course, j.before) b
    where j.import_id = ${run.importId} and j.thing = 'course' and j.thing_id = c.course_id`.execute(tx);
  await sql`update course_version v set state = 'published' from course c
    where v.course_version_id = c.current_version_id and v.state = 'superseded'
      and c.course_id in (select thing_id from import_change where import_id = ${run.importId} and thing = 'course')`.execute(
    tx,
  );
  await sql`delete from course_rating_total t using course c
    where c.course_id = t.course_id and c.import_id = ${run.importId}`.execute(tx);
  await sql`delete from course_version where import_id = ${run.importId}`.execute(tx);
  await sql`delete from course where import_id = ${run.importId}`.execute(tx);
}
