import type { Tx } from '../kernel/db.ts';
import {
  type CourseDetails,
  type CourseRow,
  type LessonRow,
  type PublicFace,
  updateCourseFace,
  type VersionRow,
} from './course-store.ts';
import { localised } from './local-text.ts';
import type { CourseInput } from './schema.ts';
import { courseSearchText } from './search-text.ts';

export function detailsOfInput(input: CourseInput): CourseDetails {
  const title = localised(input.title, input.language);
  const summary = localised(input.summary, input.language);
  const audience = localised(input.audience, input.language);
  return {
    titleHi: title.hi ?? null,
    titleEn: title.en ?? null,
    summaryHi: summary.hi ?? null,
    summaryEn: summary.en ?? null,
    audienceHi: audience.hi ?? null,
    audienceEn: audience.en ?? null,
    provider: input.provider ?? null,
    tags: [...new Set(input.tags)],
    competencies: [...new Set(input.competencies)],
    language: input.language,
  };
}

export function detailsOfCourse(course: CourseRow): CourseDetails {
  const { titleHi, titleEn, summaryHi, summaryEn, audienceHi, audienceEn, provider } = course;
  const words = { titleHi, titleEn, summaryHi, summaryEn, audienceHi, audienceEn, provider };
  const language = course.languages[0] === 'en' ? 'en' : 'hi';
  return { ...words, tags: course.tags, competencies: course.competencies, language };
}

/** What a draft will say of its course: its own words, or those that the course says already. */
export function draftDetails(course: CourseRow, draft: Pick<VersionRow, 'details'>): CourseDetails {
  return draft.details ?? detailsOfCourse(course);
}

export function faceOf(code: string, details: CourseDetails, lessons: LessonRow[]): PublicFace {
  return {
    ...details,
    languages: languagesOf(details, lessons),
    searchText: courseSearchText(code, details, lessons),
  };
}

/**
 * Keeps the course's own row as its draft says, as long as nobody but its authors sees it. A published course
 * keeps what it was published with until the next version is.
 */
export async function showDraftFace(
  tx: Tx,
  course: CourseRow,
  { draft, lessons }: { draft: VersionRow; lessons: LessonRow[] },
): Promise<void> {
  if (course.state !== 'draft') return;
  await updateCourseFace(tx, course.courseId, faceOf(course.code, draftDetails(course, draft), lessons));
}

/** The course's own language first, then the other where the course and a lesson have a title in it. */
function languagesOf(details: CourseDetails, lessons: LessonRow[]): string[] {
  const isHindi = details.language === 'hi';
  const hasOther = isHindi
    ? Boolean(details.titleEn) && lessons.some((lesson) => lesson.titleEn)
    : Boolean(details.titleHi) && lessons.some((lesson) => lesson.titleHi);
  if (!hasOther) return [details.language];
  return isHindi ? ['hi', 'en'] : ['en', 'hi'];
}
