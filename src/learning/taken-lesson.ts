import { type ContentRow, contentIn, type LessonRow, pageSecondsOf, takenIn } from '../catalogue/index.ts';

/**
 * A lesson as one takes it; `recording` where what was seen of a measured recording decides, or of a PDF: that is a
 * recording in which each of `pages` lasts `pageSeconds`.
 */
export type TakenLesson = LessonRow & { recording?: Recording };
export type Recording = { language: string; seconds: number; pages?: number; pageSeconds?: number };

/**
 * The lesson in this language. A recording whose length is known and for which its author set no time of his own
 * asks for a share of itself: what was seen counts, at whatever speed. Anything else asks for time.
 */
export function taken(lesson: LessonRow, language: string): TakenLesson {
  const content = contentIn(lesson, language);
  const recording = content && lesson.kind !== 'quiz' ? recordingOf(lesson, content) : undefined;
  return { ...takenIn(lesson, language), recording };
}

function recordingOf(lesson: LessonRow, content: ContentRow): Recording | undefined {
  const { language, minimumSeconds, fileSeconds, filePages: pages } = content;
  if (minimumSeconds == null) return undefined;
  if (lesson.kind !== 'pdf') return fileSeconds ? { language, seconds: Number(fileSeconds) } : undefined;
  if (!pages) return undefined;
  const pageSeconds = pageSecondsOf(lesson, { pages, minimum: minimumSeconds });
  return { language, seconds: pages * pageSeconds, pages, pageSeconds };
}
