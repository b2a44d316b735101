import { searchDocument } from '../kernel/text/index.ts';
import { competencyDictionary } from './competency-hooks.ts';
import type { CourseDetails, LessonRow } from './course-store.ts';

/** What a course is found by: its titles, summary, tags, provider and lessons' titles, in either script. */
export function courseSearchText(
  code: string,
  details: CourseDetails,
  lessons: Pick<LessonRow, 'titleHi' | 'titleEn'>[],
): string {
  const { titleHi, titleEn, summaryHi, summaryEn, audienceHi, audienceEn } = details;
  const texts = [titleHi, titleEn, summaryHi, summaryEn, audienceHi, audienceEn];
  const titles = lessons.flatMap((lesson) => [lesson.titleHi, lesson.titleEn]);
  return searchDocument([
    code,
    ...[...texts, ...titles].map((text) => text ?? ''),
    ...details.tags,
    ...competencyDictionary().names(details.competencies),
    details.provider ?? '',
  ]);
}
