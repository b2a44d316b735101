import type { ContentRow, LessonRow } from './course-store.ts';
import { usualFile } from './renditions/played-file.ts';

/** A lesson in the language asked for, else in the one there is. */
export function contentIn(lesson: Pick<LessonRow, 'contents'>, language: string): ContentRow | undefined {
  return lesson.contents.find((content) => content.language === language) ?? lesson.contents[0];
}

/** What opening the lesson in this language fetches beside the page: its file and its text. */
export function bytesOf(lesson: Pick<LessonRow, 'contents'>, language: string): number {
  const content = contentIn(lesson, language);
  return (
    (content ? (usualFile(content)?.bytes ?? 0) : 0) +
    (content?.imageBytes ?? 0) +
    Buffer.byteLength(content?.bodyHtml ?? '') +
    (content?.transcript?.length ?? 0)
  );
}

/** The weight that is shown: to a tenth of a megabyte, never as nothing. */
export function megabytes(bytes: number): number {
  return Math.max(0.1, Math.round(bytes / 100_000) / 10);
}
