import { sql } from 'kysely';
import { type Db, hot, type Tx } from '../kernel/db.ts';
import type { Quiz } from './quiz.ts';
import type { Rendition } from './renditions/kinds.ts';
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
  state: 'draft' | 'in_review' | 'published' | 'superseded';
  durationMinutes: number;
  completionRule: { lessons: 'all' | string[] };
  sources: { title: string; url?: string }[];
  /** What the course will say of itself once this version is published; null: what it says already. */
  details: CourseDetails | null;
  /** The stamp of the draft's details, order, completion rule and sources. */
  revision: number;
  /** Who had to redo the course when this version was published. */
  redo?: 'nobody' | 'unfinished' | 'everybody';
};

/** What a course says of itself. `language` is its own; a title in it is needed for publication. */
export type CourseDetails = {
  titleHi: string | null;
  titleEn: string | null;
  summaryHi: string | null;
  summaryEn: string | null;
  audienceHi: string | null;
  audienceEn: string | null;
  provider: string | null;
  tags: string[];
  competencies: string[];
  language: 'hi' | 'en';
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
  /** Of the file, as kept; absent in a draft that is being written. */
  fileBytes?: number | null;
  fileType?: string | null;
  /** Measured length of the recording; null where there is none or it cannot be read. */
  fileSeconds?: number | null;
  /** How many pages the PDF has; null where there is none or they cannot be read. */
  filePages?: number | null;
  /** Those of them that a phone can be shown one by one. */
  drawnPages?: number;
  /** Why the pages of the PDF cannot be read. */
  pagesFault?: 'locked' | 'unreadable' | null;
  /** When the file's length was looked for; null: not yet. */
  fileExaminedAt?: string | null;
  /** What this language's recording asks for; null: what the lesson asks. */
  minimumSeconds?: number | null;
  /** The pictures of Daksh that stand in the text. */
  imageIds?: string[];
  imageBytes?: number;
  /** Lighter copies of the recording. */
  renditions?: Rendition[];
};

export type LessonRow = {
  lessonId: string;
  courseVersionId: string;
  code: string;
  ordinal: number;
  kind: LessonKind;
  titleHi: string | null;
  titleEn: string | null;
  /** The heading under which it stands; lessons in a row with the same make one module. */
  moduleHi?: string | null;
  moduleEn?: string | null;
  durationMinutes: number;
  minimumSeconds: number;
  /** As the author typed them; null: they follow from the recording or the words. */
  givenMinutes: number | null;
  givenMinimumSeconds: number | null;
  /** Which share of the recording or PDF must be seen, as its author set it; null: four fifths. */
  seenShare?: number | null;
  quiz: Quiz | null;
  /** The stamp of this lesson in a draft. */
  revision: number;
  contents: ContentRow[];
};

/**
 * Whose a course is, for `office o`: the office's path; of the whole installation's courses the roots, so that
 * only who holds a role over a root may touch what everybody learns from.
 */
export const ownerPathSql = sql`coalesce(o.path, (select array_agg(r.office_id) from office r where r.parent_id is null))`;

const courseColumns = sql`c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
  c.summary_hi as "summaryHi", c.summary_en as "summaryEn", c.audience_hi as "audienceHi", c.audience_en as "audienceEn",
  c.provider, c.tags, c.competencies, c.languages, c.state, c.is_playable as "isPlayable", c.office_id as "officeId",
  ${ownerPathSql} as "officePath", c.current_version_id as "currentVersionId", v.duration_minutes as "durationMinutes"`;

const courseTables = sql`course c left join office o on o.office_id = c.office_id
  left join course_version v on v.course_version_id = c.current_version_id`;

export async function courseByCode(db: Pick<Db, 'read'>, code: string): Promise<CourseRow | undefined> {
  const found =
    await sql<CourseRow>`${hot}select ${courseColumns} from ${courseTables} where c.code = ${code}`.execute(
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

export async function versionById(
  db: Pick<Db, 'read'>,
  courseVersionId: string,
): Promise<VersionRow | undefined> {
  const found =
    await sql<VersionRow>`select ${versionColumns} from course_version where course_version_id = ${courseVersionId}`.execute(
      db.read,
    );
  return found.rows[0];
}

export async function versionsOf(db: Pick<Db, 'read'>, courseId: string): Promise<VersionRow[]> {
  return (await versionQuery(courseId).execute(db.read)).rows;
}

export async function lockedVersionsOf(tx: Tx, courseId: string): Promise<VersionRow[]> {
  return (await versionQuery(courseId).execute(tx)).rows;
}

const versionColumns = sql`course_version_id as "courseVersionId", course_id as "courseId", number, state,
  duration_minutes as "durationMinutes", completion_rule as "completionRule", sources, details, revision, redo`;

function versionQuery(courseId: string) {
  return sql<VersionRow>`select ${versionColumns} from course_version where course_id = ${courseId} order by number`;
}

export async function lessonsOf(db: Pick<Db, 'read'>, courseVersionId: string): Promise<LessonRow[]> {
  return (await lessonQuery(courseVersionId).execute(db.read)).rows;
}

export async function lockedLessonsOf(tx: Tx, courseVersionId: string): Promise<LessonRow[]> {
  return (await lessonQuery(courseVersionId).execute(tx)).rows;
}

function lessonQuery(courseVersionId: string) {
  return sql<LessonRow>`select l.lesson_id as "lessonId", l.course_version_id as "courseVersionId", l.code, l.ordinal, l.kind,
      l.title_hi as "titleHi", l.title_en as "titleEn", l.module_hi as "moduleHi", l.module_en as "moduleEn", l.duration_minutes as "durationMinutes",
      l.minimum_seconds as "minimumSeconds", l.given_minutes as "givenMinutes",
      l.given_minimum_seconds as "givenMinimumSeconds", l.seen_share as "seenShare", l.quiz, l.revision,
      coalesce((select jsonb_agg(jsonb_build_object('language', k.language, 'bodyMarkdown', k.body_markdown,
        'bodyHtml', k.body_html, 'fileId', k.file_id, 'captionsFileId', k.captions_file_id, 'transcript', k.transcript,
        'altText', k.alt_text, 'assetReference', k.asset_reference, 'fileBytes', f.bytes, 'fileType', f.content_type,
        'fileSeconds', f.duration_seconds, 'fileExaminedAt', f.examined_at, 'filePages', f.page_count,
        'pagesFault', f.pages_fault, 'drawnPages', (select count(*) from file_page p where p.file_id = k.file_id), 'minimumSeconds', k.minimum_seconds,
        'imageIds', k.image_ids, 'imageBytes', coalesce((select sum(i.bytes) from file i where i.file_id = any(k.image_ids)), 0),
        'renditions', coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'fileId', m.file_id, 'bytes', m.bytes, 'contentType', m.content_type))
          from file_rendition r join file m on m.file_id = r.made_file_id where r.file_id = k.file_id), '[]'))
        order by k.language desc) from lesson_content k left join file f on f.file_id = k.file_id
        where k.lesson_id = l.lesson_id), '[]') as contents
    from lesson l where l.course_version_id = ${courseVersionId} order by l.ordinal`;
}

export type NewCourse = { courseId: string; code: string; officeId: string | null; createdBy: string | null };

/** What the course's own row says: its details, the languages it can be taken in, and what it is found by. */
export type PublicFace = CourseDetails & { languages: string[]; searchText: string };

export async function insertCourse(tx: Tx, course: NewCourse, face: PublicFace): Promise<void> {
  await sql`insert into course (course_id, code, office_id, created_by, title_hi, title_en)
    values (${course.courseId}, ${course.code}, ${course.officeId}, ${course.createdBy}, ${face.titleHi}, ${face.titleEn})`.execute(
    tx,
  );
  await updateCourseFace(tx, course.courseId, face);
}

export async function updateCourseFace(tx: Tx, courseId: string, face: PublicFace): Promise<void> {
  await sql`update course set title_hi = ${face.titleHi}, title_en = ${face.titleEn}, summary_hi = ${face.summaryHi},
      summary_en = ${face.summaryEn}, audience_hi = ${face.audienceHi}, audience_en = ${face.audienceEn},
      provider = ${face.provider}, tags = ${face.tags}::text[], competencies = ${face.competencies}::text[],
      languages = ${face.languages}::text[] || array(select l.language from course_language l
        where l.course_id = ${courseId} and l.published_at is not null and l.language <> all(${face.languages}::text[])
        order by l.published_at, l.language), search_text = ${face.searchText} || coalesce((select string_agg(l.search_text, '' order by l.language)
        from course_language l where l.course_id = ${courseId} and l.published_at is not null), '')
    where course_id = ${courseId}`.execute(tx);
}

export type Stamp = {
  now: Date;
  by: string | null;
  /** The person, or the token that stands for none: who wrote this does not review it. */
  writer?: string | null;
};

/** The version that is being made: as a draft, or waiting for its review. */
export function openVersion(versions: VersionRow[]): VersionRow | undefined {
  return versions.find((version) => version.state === 'draft' || version.state === 'in_review');
}

async function noteWriter(tx: Tx, courseVersionId: string, stamp: Stamp): Promise<void> {
  if (!stamp.writer) return;
  await sql`insert into course_writer (course_version_id, writer_id) values (${courseVersionId}, ${stamp.writer})
    on conflict do nothing`.execute(tx);
}

export async function insertVersion(tx: Tx, version: VersionRow, stamp: Stamp): Promise<void> {
  await sql`insert into course_version (course_version_id, course_id, number, state, duration_minutes, completion_rule, sources,
      details, revision, changed_at, changed_by)
    values (${version.courseVersionId}, ${version.courseId}, ${version.number}, ${version.state}, ${version.durationMinutes},
      ${JSON.stringify(version.completionRule)}::jsonb, ${JSON.stringify(version.sources)}::jsonb,
      ${version.details ? JSON.stringify(version.details) : null}::jsonb, ${version.revision}, ${stamp.now}, ${stamp.by})`.execute(
    tx,
  );
  await noteWriter(tx, version.courseVersionId, stamp);
}

/** Saves a draft with the next stamp; a published version never changes. */
export async function updateDraftVersion(tx: Tx, version: VersionRow, stamp: Stamp): Promise<void> {
  await sql`update course_version set duration_minutes = ${version.durationMinutes},
      completion_rule = ${JSON.stringify(version.completionRule)}::jsonb, sources = ${JSON.stringify(version.sources)}::jsonb,
      details = ${version.details ? JSON.stringify(version.details) : null}::jsonb,
      revision = ${version.revision}, changed_at = ${stamp.now}, changed_by = ${stamp.by}
    where course_version_id = ${version.courseVersionId} and state = 'draft'`.execute(tx);
  await noteWriter(tx, version.courseVersionId, stamp);
}

/** Puts the lessons of a draft in place of what was there; a published version's lessons never change. */
export async function replaceLessons(tx: Tx, courseVersionId: string, lessons: LessonRow[]): Promise<void> {
  await sql`delete from lesson_content where lesson_id in (select lesson_id from lesson where course_version_id = ${courseVersionId})`.execute(
    tx,
  );
  await sql`delete from lesson where course_version_id = ${courseVersionId}`.execute(tx);
  for (const lesson of lessons) await insertLesson(tx, lesson);
}

export async function insertLesson(tx: Tx, lesson: LessonRow): Promise<void> {
  await sql`insert into lesson (lesson_id, course_version_id, code, ordinal, kind, title_hi, title_en, module_hi, module_en,
      duration_minutes, minimum_seconds, given_minutes, given_minimum_seconds, seen_share, quiz, revision)
    values (${lesson.lessonId}, ${lesson.courseVersionId}, ${lesson.code}, ${lesson.ordinal}, ${lesson.kind}, ${lesson.titleHi},
      ${lesson.titleEn}, ${lesson.moduleHi ?? null}, ${lesson.moduleEn ?? null}, ${lesson.durationMinutes}, ${lesson.minimumSeconds},
      ${lesson.givenMinutes}, ${lesson.givenMinimumSeconds}, ${lesson.seenShare ?? null}, ${lesson.quiz ? JSON.stringify(lesson.quiz) : null}::jsonb, ${lesson.revision})`.execute(
    tx,
  );
  await insertContents(tx, lesson);
}

export async function insertContents(
  tx: Tx,
  lesson: Pick<LessonRow, 'lessonId' | 'contents'>,
): Promise<void> {
  for (const content of lesson.contents) {
    await sql`insert into lesson_content (lesson_id, language, body_markdown, body_html, file_id, captions_file_id,
        transcript, alt_text, asset_reference, minimum_seconds, image_ids)
      values (${lesson.lessonId}, ${content.language}, ${content.bodyMarkdown}, ${content.bodyHtml}, ${content.fileId},
        ${content.captionsFileId}, ${content.transcript}, ${content.altText}, ${content.assetReference},
        ${content.minimumSeconds ?? null}, ${content.imageIds ?? []}::uuid[])`.execute(tx);
  }
}

/** What a draft's lesson lasts and asks for. */
export async function updateTimes(tx: Tx, lesson: LessonRow): Promise<void> {
  await sql`update lesson set duration_minutes = ${lesson.durationMinutes}, minimum_seconds = ${lesson.minimumSeconds}
    where lesson_id = ${lesson.lessonId}`.execute(tx);
  for (const content of lesson.contents)
    await sql`update lesson_content set minimum_seconds = ${content.minimumSeconds ?? null}
      where lesson_id = ${lesson.lessonId} and language = ${content.language}`.execute(tx);
}

export async function updateDuration(tx: Tx, courseVersionId: string, minutes: number): Promise<void> {
  await sql`update course_version set duration_minutes = ${minutes}
    where course_version_id = ${courseVersionId} and state in ('draft', 'in_review')`.execute(tx);
}

export async function markPublished(
  tx: Tx,
  version: VersionRow,
  at: { now: Date; day: string; by: string | null; redo: VersionRow['redo'] },
): Promise<void> {
  await sql`update course_version set state = 'superseded' where course_id = ${version.courseId} and state = 'published'`.execute(
    tx,
  );
  await sql`update course_version set state = 'published', published_at = ${at.now}, published_by = ${at.by},
    redo = ${at.redo}, in_force_from = ${at.day} where course_version_id = ${version.courseVersionId}`.execute(
    tx,
  );
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

/** A retired course comes back with the version that it had. */
export async function markReopened(tx: Tx, courseId: string): Promise<void> {
  await sql`update course set state = 'published', retired_at = null where course_id = ${courseId}`.execute(
    tx,
  );
}
