import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { type ContentRow, type LessonRow, lessonsOf, versionById, versionsOf } from './course-store.ts';

/** What became of a lesson, found by its code: `changed` where it says, shows or asks something else. */
export type LessonChange = {
  lesson: LessonRow;
  change: 'added' | 'changed' | 'removed' | 'same';
};

/** Lesson by lesson, in the newer version's order; what was removed stands last. */
export function lessonChanges(older: LessonRow[], newer: LessonRow[]): LessonChange[] {
  const before = new Map(older.map((lesson) => [lesson.code, lesson]));
  const after = new Set(newer.map((lesson) => lesson.code));
  const standing = newer.map((lesson): LessonChange => {
    const old = before.get(lesson.code);
    if (!old) return { lesson, change: 'added' };
    return { lesson, change: saysTheSame(old, lesson) ? 'same' : 'changed' };
  });
  const removed = older.filter((lesson) => !after.has(lesson.code));
  return [...standing, ...removed.map((lesson): LessonChange => ({ lesson, change: 'removed' }))];
}

/**
 * Whether who met the old lesson has met the new one: the same kind, questions, texts and files in every language
 * that the old one had. A title, a minimum or a further language make no other lesson of it.
 */
export function saysTheSame(older: LessonRow, newer: LessonRow): boolean {
  if (older.kind !== newer.kind || !isDeepStrictEqual(older.quiz, newer.quiz)) return false;
  return older.contents.every((content) => {
    const other = newer.contents.find((one) => one.language === content.language);
    return other !== undefined && isDeepStrictEqual(said(content), said(other));
  });
}

function said({ bodyMarkdown, fileId, transcript, altText, assetReference }: ContentRow) {
  return { bodyMarkdown, fileId, transcript, altText, assetReference };
}

/** Lessons of older versions of the course with those of this one that say the same. */
export async function lessonPairs(
  ctx: Pick<Ctx, 'db'>,
  courseVersionId: string,
): Promise<{ from: string; to: string }[]> {
  const version = await versionById(ctx.db, courseVersionId);
  if (!version) throw notFound();
  const lessons = new Map((await lessonsOf(ctx.db, courseVersionId)).map((lesson) => [lesson.code, lesson]));
  const older = (await versionsOf(ctx.db, version.courseId)).filter((one) => one.number < version.number);
  const pairs: { from: string; to: string }[] = [];
  for (const one of older)
    for (const lesson of await lessonsOf(ctx.db, one.courseVersionId)) {
      const same = lessons.get(lesson.code);
      if (same && saysTheSame(lesson, same)) pairs.push({ from: lesson.lessonId, to: same.lessonId });
    }
  return pairs;
}
