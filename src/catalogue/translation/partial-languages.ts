import type { Ctx } from '../../kernel/context.ts';
import { detailsOfCourse } from '../course-face.ts';
import type { CourseRow, LessonRow, VersionRow } from '../course-store.ts';
import { hashOf, type Part } from './parts.ts';
import { publishedKeys } from './store.ts';
import { unitsOf } from './translation-desk.ts';

/** `left` of `parts` texts are read in the course's own language. */
export type PartialLanguage = { language: string; left: number; parts: number };

type Offered = { course: CourseRow; version: VersionRow; lessons: LessonRow[] };

/** Of the languages that a course offers those in which something is left in its own; captions are not counted. */
export async function partialLanguages(
  ctx: Pick<Ctx, 'db'>,
  { course, version, lessons }: Offered,
): Promise<PartialLanguage[]> {
  const details = detailsOfCourse(course);
  const from = version.details?.language ?? details.language;
  const others = course.languages.filter((language) => language !== from);
  if (others.length === 0) return [];
  const keys = new Set(await publishedKeys(ctx.db.read, course.courseId));
  const text = { details: { ...details, language: from }, lessons, tracks: new Map() };
  return others.flatMap((language) => {
    const parts = unitsOf(text, language).flatMap((unit) => unit.parts);
    const left = parts.filter((part) => !part.column.trim() && !keys.has(keyOf(language, part))).length;
    return left === 0 ? [] : [{ language, left, parts: parts.length }];
  });
}

function keyOf(language: string, { place, source, column }: Part): string {
  return `${language} ${place} ${hashOf(source)} ${hashOf(column)}`;
}
