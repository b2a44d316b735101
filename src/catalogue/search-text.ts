import { searchDocument } from '../kernel/text/index.ts';
import { type CourseInput, localised } from './schema.ts';

/** What a course is found by: its titles, summary, tags, provider and lessons' titles, in either script. */
export function courseSearchText(input: CourseInput): string {
  const texts = [
    input.title,
    input.summary,
    input.audience,
    ...input.lessons.map((lesson) => lesson.title),
  ].flatMap((text) => {
    const both = localised(text, input.language);
    return [both.hi ?? '', both.en ?? ''];
  });
  return searchDocument([input.code, ...texts, ...input.tags, ...input.competencies, input.provider ?? '']);
}
