import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { insertContents, type LessonRow, type Stamp } from '../../course-store.ts';
import { deleteRevisions } from './revisions.ts';

/** Saves one lesson of a draft with the stamp that `lesson` carries; contents in other languages stay. */
export async function updateLesson(tx: Tx, lesson: LessonRow, stamp: Stamp): Promise<void> {
  await sql`update lesson set title_hi = ${lesson.titleHi}, title_en = ${lesson.titleEn},
      module_hi = ${lesson.moduleHi ?? null}, module_en = ${lesson.moduleEn ?? null},
      duration_minutes = ${lesson.durationMinutes}, minimum_seconds = ${lesson.minimumSeconds},
      given_minutes = ${lesson.givenMinutes}, given_minimum_seconds = ${lesson.givenMinimumSeconds},
      seen_share = ${lesson.seenShare ?? null},
      quiz = ${lesson.quiz ? JSON.stringify(lesson.quiz) : null}::jsonb, revision = ${lesson.revision},
      changed_at = ${stamp.now}, changed_by = ${stamp.by}
    where lesson_id = ${lesson.lessonId}`.execute(tx);
  const languages = lesson.contents.map((content) => content.language);
  await sql`delete from lesson_content where lesson_id = ${lesson.lessonId}
      and (language in ('hi', 'en') or language = any(${languages}::text[]))`.execute(tx);
  await insertContents(tx, lesson);
}

export async function deleteLesson(tx: Tx, lessonId: string): Promise<void> {
  await sql`delete from lesson_content where lesson_id = ${lessonId}`.execute(tx);
  await sql`delete from lesson where lesson_id = ${lessonId}`.execute(tx);
}

/** Puts the lessons of a draft into this order. */
export async function orderLessons(tx: Tx, lessonIds: string[]): Promise<void> {
  await sql`update lesson l set ordinal = o.place - 1
    from unnest(${lessonIds}::uuid[]) with ordinality as o (id, place) where l.lesson_id = o.id`.execute(tx);
}

export async function setModules(
  tx: Tx,
  lessonIds: string[],
  module: { hi: string | null; en: string | null },
): Promise<void> {
  await sql`update lesson set module_hi = ${module.hi}, module_en = ${module.en}
    where lesson_id = any(${lessonIds}::uuid[])`.execute(tx);
}

/** A draft and its lessons are gone; only of a version that was never published. */
export async function deleteDraft(tx: Tx, courseVersionId: string): Promise<void> {
  await sql`delete from lesson_content where lesson_id in (select lesson_id from lesson where course_version_id = ${courseVersionId})`.execute(
    tx,
  );
  await sql`delete from lesson where course_version_id = ${courseVersionId}`.execute(tx);
  await deleteRevisions(tx, courseVersionId);
  await sql`delete from course_version where course_version_id = ${courseVersionId} and state = 'draft'`.execute(
    tx,
  );
}
