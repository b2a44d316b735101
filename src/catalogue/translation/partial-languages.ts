import type { Ctx } from '../../kernel/context.ts';
import { detailsOfCourse } from '../course-face.ts';
import type { CourseDetails, CourseRow, LessonRow, VersionRow } from '../course-store.ts';
import { hashOf, type Part } from './parts.ts';
import { publishedKeys } from './store.ts';
import { unitsOf } from './translation-desk.ts';

/** `left` of `parts` texts are read in the course's own language. */
export type PartialLanguage = { language: string; left: number; parts: number };

type Offered = { course: CourseRow; version: VersionRow; lessons: LessonRow[] };

/** Of the languages that a course offers those in which something is left in its own; captions are not counted. */
export async function partialLanguages(ctx: Pick<Ctx, 'db'>, offered: Offered): Promise<PartialLanguage[]> {
  const open = openParts(offered);
  if (open.every(({ keys }) => keys.length === 0)) return [];
  const published = new Set(await publishedKeys(ctx.db.read, offered.course.courseId));
  return open.flatMap(({ language, parts, keys }) => {
    const left = keys.filter((key) => !published.has(key)).length;
    return left === 0 ? [] : [{ language, left, parts }];
  });
}

/** What has no words of its own in a language, by the keys under which a translation would be published. */
type OpenParts = { language: string; parts: number; keys: string[] };

// A published version never changes, so what is open in it is worked out once a process.
const known = new Map<string, OpenParts[]>();
const mostKnown = 2000;

function openParts({ course, version, lessons }: Offered): OpenParts[] {
  const face = detailsOfCourse(course);
  const from = version.details?.language ?? face.language;
  const others = course.languages.filter((language) => language !== from);
  const details = { ...face, language: from };
  const work = () => others.map((language) => openIn(language, { details, lessons }));
  if (version.state === 'draft' || version.state === 'in_review') return work();
  const name = JSON.stringify([version.courseVersionId, details, others]);
  const found = known.get(name) ?? work();
  if (known.size >= mostKnown) known.clear();
  known.set(name, found);
  return found;
}

type Texts = { details: CourseDetails; lessons: LessonRow[] };

function openIn(language: string, { details, lessons }: Texts): OpenParts {
  const parts = unitsOf({ details, lessons, tracks: new Map() }, language).flatMap((unit) => unit.parts);
  const open = parts.filter((part) => !part.column.trim());
  return { language, parts: parts.length, keys: open.map((part) => keyOf(language, part)) };
}

function keyOf(language: string, { place, source, column }: Part): string {
  return `${language} ${place} ${hashOf(source)} ${hashOf(column)}`;
}
