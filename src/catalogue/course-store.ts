import { sql } from 'kysely';
import type { Db, Tx } from '../kernel/db.ts';
import type { Quiz } from './quiz.ts';
import type { LessonKind } from './schema.ts';

export type CourseRow = {
  courseId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  summaryHi: string | null;
  summaryEn: string | null;
  audienceHi: string | null;
  audienceEn: string | null;
  provider: string | null;
  tags: string[];
  competencies: string[];
  languages: string[];
  state: 'draft' | 'published' | 'retired';
  isPlayable: boolean;
  officeId: string | null;
  officePath: string[] | null;
  currentVersionId: string | null;
  durationMinutes: number | null;
};

export type VersionRow = {
  courseVersionId: string;
  courseId: string;
  number: number;
  state: 'draft' | 'published' | 'superseded';
  durationMinutes: number;
  completionRule: { lessons: 'all' | string[] };
  sources: { title: string; url?: string }[];
};

export type ContentRow = {
  language: string;
  bodyMarkdown: string | null;
  bodyHtml: string | null;
  fileId: string | null;
  captionsFileId: string | null;
  transcript: string | null;
  altText: string | null;
  assetReference: string | null;
};

export type LessonRow = {
  lessonId: string;
  courseVersionId: string;
  code: string;
  ordinal: number;
  kind: LessonKind;
  titleHi: string | null;
  titleEn: string | null;
  durationMinutes: number;
  minimumSeconds: number;
  quiz: Quiz | null;
  contents: ContentRow[];
};

const courseColumns = sql`c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
  c.summary_hi as "summaryHi", c.summary_en as "summaryEn", c.audience_hi as "audienceHi", c.audience_en as "audienceEn",
  c.provider, c.tags, c.competencies, c.languages, c.state, c.is_playable as "isPlayable", c.office_id as "officeId",
  o.path as "officePath", c.current_version_id as "currentVersionId", v.duration_minutes as "durationMinutes"`;

const courseTables = sql`course c left join office o on o.office_id = c.office_id
  left join course_version v on v.course_version_id = c.current_version_id`;

export async function courseByCode(db: Pick<Db, 'read'>, code: string): Promise<CourseRow | undefined> {
  const found =
    await sql<CourseRow>`select ${courseColumns} from ${courseTables} where c.code = ${code}`.execute(
      db.read,
    );
  return found.rows[0];
}

export async function courseById(db: Pick<Db, 'read'>, courseId: string): Promise<CourseRow | undefined> {
  const found =
    await sql<CourseRow>`select ${courseColumns} from ${courseTables} where c.course_id = ${courseId}`.execute(
      db.read,
    );
  return found.rows[0];
}

/** The course's row for this transaction, locked: two publications or saves wait for each other. */
export async function lockCourse(tx: Tx, code: string): Promise<CourseRow | undefined> {
  const found =
    await sql<CourseRow>`select ${courseColumns} from ${courseTables} where c.code = ${code} for update of c`.execute(
      tx,
    );
  return found.rows[0];
}

export async function versionsOf(db: Pick<Db, 'read'>, courseId: string): Promise<VersionRow[]> {
  return (await versionQuery(courseId).execute(db.read)).rows;
}

export async function lockedVersionsOf(tx: Tx, courseId: string): Promise<VersionRow[]> {
  return (await versionQuery(courseId).execute(tx)).rows;
}

function versionQuery(courseId: string) {
  return sql<VersionRow>`select course_version_id as "courseVersionId", course_id as "courseId", number, state,
    duration_minutes as "durationMinutes", completion_rule as "completionRule", sources
    from course_version where course_id = ${courseId} order by number`;
}

export async function lessonsOf(db: Pick<Db, 'read'>, courseVersionId: string): Promise<LessonRow[]> {
  return (await lessonQuery(courseVersionId).execute(db.read)).rows;
}

export async function lockedLessonsOf(tx: Tx, courseVersionId: string): Promise<LessonRow[]> {
  return (await lessonQuery(courseVersionId).execute(tx)).rows;
}

function lessonQuery(courseVersionId: string) {
  return sql<LessonRow>`select l.lesson_id as "lessonId", l.course_version_id as "courseVersionId", l.code, l.ordinal, l.kind,
      l.title_hi as "titleHi", l.title_en as "titleEn", l.duration_minutes as "durationMinutes",
      l.minimum_seconds as "minimumSeconds", l.quiz,
      coalesce((select jsonb_agg(jsonb_build_object('language', k.language, 'bodyMarkdown', k.body_markdown,
        'bodyHtml', k.body_html, 'fileId', k.file_id, 'captionsFileId', k.captions_file_id, 'transcript', k.transcript,
        'altText', k.alt_text, 'assetReference', k.asset_reference) order by k.language desc)
        from lesson_content k where k.lesson_id = l.lesson_id), '[]') as contents
    from lesson l where l.course_version_id = ${courseVersionId} order by l.ordinal`;
}

export type NewCourse = Omit<
  CourseRow,
  'officePath' | 'currentVersionId' | 'durationMinutes' | 'state' | 'isPlayable'
> & {
  searchText: string;
  createdBy: string | null;
};

export async function insertCourse(tx: Tx, course: NewCourse): Promise<void> {
  await sql`insert into course (course_id, code, title_hi, title_en, summary_hi, summary_en, audience_hi, audience_en,
      provider, tags, competencies, languages, office_id, search_text, created_by)
    values (${course.courseId}, ${course.code}, ${course.titleHi}, ${course.titleEn}, ${course.summaryHi}, ${course.summaryEn},
      ${course.audienceHi}, ${course.audienceEn}, ${course.provider}, ${course.tags}::text[], ${course.competencies}::text[],
      ${course.languages}::text[], ${course.officeId}, ${course.searchText}, ${course.createdBy})`.execute(
    tx,
  );
}

export async function updateCourseFields(tx: Tx, course: NewCourse): Promise<void> {
  await sql`update course set title_hi = ${course.titleHi}, title_en = ${course.titleEn}, summary_hi = ${course.summaryHi},
      summary_en = ${course.summaryEn}, audience_hi = ${course.audienceHi}, audience_en = ${course.audienceEn},
      provider = ${course.provider}, tags = ${course.tags}::text[], competencies = ${course.competencies}::text[],
      languages = ${course.languages}::text[], search_text = ${course.searchText}
    where course_id = ${course.courseId}`.execute(tx);
}

export async function insertVersion(tx: Tx, version: VersionRow): Promise<void> {
  await sql`insert into course_version (course_version_id, course_id, number, state, duration_minutes, completion_rule, sources)
    values (${version.courseVersionId}, ${version.courseId}, ${version.number}, ${version.state}, ${version.durationMinutes},
      ${JSON.stringify(version.completionRule)}::jsonb, ${JSON.stringify(version.sources)}::jsonb)`.execute(
    tx,
  );
}

export async function updateDraftVersion(tx: Tx, version: VersionRow): Promise<void> {
  await sql`update course_version set duration_minutes = ${version.durationMinutes},
      completion_rule = ${JSON.stringify(version.completionRule)}::jsonb, sources = ${JSON.stringify(version.sources)}::jsonb
    where course_version_id = ${version.courseVersionId} and state = 'draft'`.execute(tx);
}

/** Puts the lessons of a draft in place of what was there; a published version's lessons never change. */
export async function replaceLessons(tx: Tx, courseVersionId: string, lessons: LessonRow[]): Promise<void> {
  await sql`delete from lesson_content where lesson_id in (select lesson_id from lesson where course_version_id = ${courseVersionId})`.execute(
    tx,
  );
  await sql`delete from lesson where course_version_id = ${courseVersionId}`.execute(tx);
  for (const lesson of lessons) await insertLesson(tx, lesson);
}

async function insertLesson(tx: Tx, lesson: LessonRow): Promise<void> {
  await sql`insert into lesson (lesson_id, course_version_id, code, ordinal, kind, title_hi, title_en, duration_minutes, minimum_seconds, quiz)
    values (${lesson.lessonId}, ${lesson.courseVersionId}, ${lesson.code}, ${lesson.ordinal}, ${lesson.kind}, ${lesson.titleHi},
      ${lesson.titleEn}, ${lesson.durationMinutes}, ${lesson.minimumSeconds},
      ${lesson.quiz ? JSON.stringify(lesson.quiz) : null}::jsonb)`.execute(tx);
  for (const content of lesson.contents) {
    await sql`insert into lesson_content (lesson_id, language, body_markdown, body_html, file_id, captions_file_id,
        transcript, alt_text, asset_reference)
      values (${lesson.lessonId}, ${content.language}, ${content.bodyMarkdown}, ${content.bodyHtml}, ${content.fileId},
        ${content.captionsFileId}, ${content.transcript}, ${content.altText}, ${content.assetReference})`.execute(
      tx,
    );
  }
}

export async function markPublished(
  tx: Tx,
  version: VersionRow,
  at: { now: Date; day: string; by: string | null },
): Promise<void> {
  await sql`update course_version set state = 'superseded' where course_id = ${version.courseId} and state = 'published'`.execute(
    tx,
  );
  await sql`update course_version set state = 'published', published_at = ${at.now}, published_by = ${at.by},
    in_force_from = ${at.day} where course_version_id = ${version.courseVersionId}`.execute(tx);
  await sql`update course set state = 'published', is_playable = true, current_version_id = ${version.courseVersionId},
    published_at = coalesce(published_at, ${at.now}), retired_at = null where course_id = ${version.courseId}`.execute(
    tx,
  );
}

export async function markRetired(tx: Tx, courseId: string, now: Date): Promise<void> {
  await sql`update course set state = 'retired', retired_at = ${now} where course_id = ${courseId}`.execute(
    tx,
  );
}

export async function existingFiles(tx: Tx, fileIds: string[]): Promise<Set<string>> {
  if (fileIds.length === 0) return new Set();
  const found = await sql<{
    id: string;
  }>`select file_id::text as id from file where file_id = any(${fileIds}::uuid[])`.execute(tx);
  return new Set(found.rows.map((row) => row.id));
}
