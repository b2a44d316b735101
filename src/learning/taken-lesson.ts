import { contentIn, type LessonRow, takenIn } from '../catalogue/index.ts';

/** A lesson as one takes it; `recording` where what was seen of a measured recording decides. */
export type TakenLesson = LessonRow & { recording?: { language: string; seconds: number } };

/**
 * The lesson in this language. A recording whose length is known and for which its author set no time of his own
 * asks for a share of itself: what was seen counts, at whatever speed. Anything else asks for time.
 */
export function taken(lesson: LessonRow, language: string): TakenLesson {
  const content = contentIn(lesson, language);
  const isByShare = lesson.kind !== 'quiz' && content?.minimumSeconds != null && content.fileSeconds;
  const recording = isByShare
    ? { language: content.language, seconds: Number(content.fileSeconds) }
    : undefined;
  return { ...takenIn(lesson, language), recording };
}
