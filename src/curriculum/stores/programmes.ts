import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';
import type { Part } from '../rules/compliance.ts';
import type { Stamp } from './rules.ts';

export type ProgrammeRow = {
  programmeId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  /** The first day on which it is no longer offered. */
  closedOn: Day | null;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  officePath: string[];
  /** Of the syllabus in force: the last by its day. */
  revisedOn: Day | null;
  isInduction: boolean | null;
  hasDraft: boolean;
};

/**
 * Versions by the days from which they are in force: an imported syllabus of an earlier day has a later number. A
 * draft, which has no day yet, comes first.
 */
const latest = (of: RawBuilder<unknown>) => sql`${of}.published_on desc nulls first, ${of}.version desc`;

const programmes = sql`select p.programme_id as "programmeId", p.code, p.title_hi as "titleHi",
    p.title_en as "titleEn", p.closed_on as "closedOn", o.office_id as "officeId", o.code as "officeCode",
    o.name_hi as "officeHi", o.name_en as "officeEn", o.path as "officePath", s.revised_on as "revisedOn",
    s.is_induction as "isInduction", exists (select 1 from programme_syllabus d
      where d.programme_id = p.programme_id and d.state = 'draft') as "hasDraft"
  from programme p join office o using (office_id)
    left join lateral (select revised_on, is_induction from programme_syllabus v
      where v.programme_id = p.programme_id and v.state = 'published' order by ${latest(sql`v`)} limit 1) s on true`;

/** By code, one more than a page holds. */
export async function programmesWithin(
  db: Reads,
  scopes: readonly string[],
  page: { after?: string; limit: number },
): Promise<ProgrammeRow[]> {
  const found = await sql<ProgrammeRow>`${programmes}
    where ${inScope(sql`o.path`, scopes)} and p.code > ${page.after ?? ''} order by p.code limit ${page.limit + 1}`.execute(
    db,
  );
  return found.rows;
}

export async function programmeByCode(db: Reads | Tx, code: string): Promise<ProgrammeRow | undefined> {
  return (await sql<ProgrammeRow>`${programmes} where p.code = ${code}`.execute(db)).rows[0];
}

/** False where another programme has the code. */
export async function insertProgramme(
  tx: Tx,
  row: {
    programmeId: string;
    code: string;
    officeId: string;
    titleHi: string | null;
    titleEn: string | null;
  },
  { now, by }: Stamp,
): Promise<boolean> {
  const done =
    await sql`insert into programme (programme_id, code, office_id, title_hi, title_en, recorded_at, recorded_by)
    values (${row.programmeId}, ${row.code}, ${row.officeId}, ${row.titleHi}, ${row.titleEn}, ${now}, ${by})
    on conflict (code) do nothing returning 1`.execute(tx);
  return done.rows.length > 0;
}

export async function closeProgrammeFrom(tx: Tx, programmeId: string, day: Day | null): Promise<void> {
  await sql`update programme set closed_on = ${day} where programme_id = ${programmeId}`.execute(tx);
}

export type ShownPart = Part & {
  ordinal: number;
  courseCode: string | null;
  titleHi: string | null;
  titleEn: string | null;
};
export type SyllabusRow = {
  syllabusId: string;
  version: number;
  state: 'draft' | 'published';
  revisedOn: Day;
  isInduction: boolean;
  publishedOn: Day | null;
  parts: ShownPart[];
};

/** All versions, the latest first, with their parts as they are called now. */
export async function syllabiOf(db: Reads | Tx, programmeId: string): Promise<SyllabusRow[]> {
  const found = await sql<SyllabusRow>`select s.programme_syllabus_id as "syllabusId", s.version, s.state,
      s.revised_on as "revisedOn", s.is_induction as "isInduction", s.published_on as "publishedOn",
      (select coalesce(json_agg(json_build_object('ordinal', t.ordinal, 'courseId', t.course_id, 'programmeId', null,
          'courseCode', c.code, 'titleHi', coalesce(c.title_hi, t.title), 'titleEn', c.title_en,
          'tags', coalesce(c.tags, t.tags),
          'minutes', case when c.course_id is null then t.minutes else coalesce(v.duration_minutes, 0) end)
        order by t.ordinal), '[]'::json)
        from syllabus_part t left join course c using (course_id)
          left join course_version v on v.course_version_id = c.current_version_id
        where t.programme_syllabus_id = s.programme_syllabus_id) as parts
    from programme_syllabus s where s.programme_id = ${programmeId} order by ${latest(sql`s`)} limit 50`.execute(
    db,
  );
  return found.rows;
}

/** Steps on a draft and its publication go one after the other. */
export async function lockProgramme(tx: Tx, programmeId: string): Promise<void> {
  await sql`select 1 from programme where programme_id = ${programmeId} for update`.execute(tx);
}

/** The draft's id, made where there is none: from the version in force, or empty. Locks the programme. */
export async function draftSyllabus(
  tx: Tx,
  made: { syllabusId: string; programmeId: string; today: Day },
  { now, by }: Stamp,
): Promise<string> {
  await lockProgramme(tx, made.programmeId);
  const known = await sql<{ id: string }>`select programme_syllabus_id as id from programme_syllabus
    where programme_id = ${made.programmeId} and state = 'draft'`.execute(tx);
  if (known.rows[0]) return known.rows[0].id;
  await sql`insert into programme_syllabus (programme_syllabus_id, programme_id, version, revised_on, is_induction,
      recorded_at, recorded_by)
    select ${made.syllabusId}::uuid, ${made.programmeId}::uuid, coalesce(max(version), 0) + 1, ${made.today}::date,
      coalesce((array_agg(s.is_induction order by ${latest(sql`s`)}))[1], false), ${now}, ${by}::uuid
    from programme_syllabus s where programme_id = ${made.programmeId}`.execute(tx);
  await sql`insert into syllabus_part (programme_syllabus_id, ordinal, course_id, title, tags, minutes)
    select ${made.syllabusId}::uuid, t.ordinal, t.course_id, t.title, t.tags, t.minutes from syllabus_part t
    where t.programme_syllabus_id = (select programme_syllabus_id from programme_syllabus s
      where programme_id = ${made.programmeId} and state = 'published' order by ${latest(sql`s`)} limit 1)`.execute(
    tx,
  );
  return made.syllabusId;
}

/** The draft with its parts, where a published version stands beside it; false where none was removed. */
export async function removeDraft(tx: Tx, programmeId: string): Promise<boolean> {
  const draft = sql`(select programme_syllabus_id from programme_syllabus where programme_id = ${programmeId}
    and state = 'draft' and exists (
      select from programme_syllabus where programme_id = ${programmeId} and state = 'published'))`;
  await sql`delete from syllabus_part where programme_syllabus_id in ${draft}`.execute(tx);
  const gone = await sql`delete from programme_syllabus where programme_syllabus_id in ${draft}`.execute(tx);
  return Number(gone.numAffectedRows ?? 0) > 0;
}

export async function setAboutSyllabus(
  tx: Tx,
  row: { syllabusId: string; revisedOn: Day; isInduction: boolean },
): Promise<void> {
  await sql`update programme_syllabus set revised_on = ${row.revisedOn}, is_induction = ${row.isInduction}
    where programme_syllabus_id = ${row.syllabusId} and state = 'draft'`.execute(tx);
}

export type NewPart = { courseId: string | null; title: string | null; tags: string[]; minutes: number };

export async function replaceParts(tx: Tx, syllabusId: string, parts: readonly NewPart[]): Promise<void> {
  await sql`delete from syllabus_part where programme_syllabus_id = ${syllabusId}`.execute(tx);
  await addParts(tx, syllabusId, parts);
}

export async function addParts(tx: Tx, syllabusId: string, parts: readonly NewPart[]): Promise<void> {
  await sql`insert into syllabus_part (programme_syllabus_id, ordinal, course_id, title, tags, minutes)
    select ${syllabusId}::uuid, coalesce((select max(ordinal) from syllabus_part
        where programme_syllabus_id = ${syllabusId}), 0) + row_number() over (),
      r."courseId", r.title, array(select jsonb_array_elements_text(r.tags)), r.minutes
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as r
      ("courseId" uuid, title text, tags jsonb, minutes integer)`.execute(tx);
}

export async function removePart(tx: Tx, syllabusId: string, ordinal: number): Promise<boolean> {
  const done = await sql`delete from syllabus_part
    where programme_syllabus_id = ${syllabusId} and ordinal = ${ordinal}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

/** Its number, which is a new one where an import brought a version since the draft was begun. */
export async function markPublished(
  tx: Tx,
  { syllabusId, day, by }: { syllabusId: string; day: Day; by: string | null },
): Promise<number | undefined> {
  const done = await sql<{ version: number }>`update programme_syllabus s
    set state = 'published', published_on = ${day}, published_by = ${by},
      version = coalesce((select max(o.version) + 1 from programme_syllabus o
        where o.programme_id = s.programme_id and o.version > s.version), s.version)
    where programme_syllabus_id = ${syllabusId} and state = 'draft' returning version`.execute(tx);
  return done.rows[0]?.version;
}
