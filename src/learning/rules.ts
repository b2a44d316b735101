import type { LessonRow, VersionRow } from '../catalogue/index.ts';
import type { Recording, TakenLesson } from './taken-lesson.ts';

/**
 * One condition of a lesson: seconds spent, opened, or share of a quiz's points; `done` of `required`. With
 * `recordingSeconds` the seconds are those of a recording so long that were seen, at whatever speed.
 */
export type Condition = {
  kind: 'dwell' | 'opened' | 'quiz';
  required: number;
  done: number;
  met: boolean;
  recordingSeconds?: number;
  /** Of a PDF that is read page by page: how many pages it has, how many are asked for and seen. */
  pages?: { count: number; required: number; done: number };
};

export type LessonState = {
  openedAt: Date | null;
  /** What counts: seconds of the recording seen, else those credited by the clock. */
  doneSeconds: number;
  metAt: Date | null;
  /** The best attempt's share of the points, 0 to 1; null before the first. */
  bestShare: number | null;
  attemptsMade: number;
};

export const untouched: LessonState = {
  openedAt: null,
  doneSeconds: 0,
  metAt: null,
  bestShare: null,
  attemptsMade: 0,
};

/** What a lesson asks for and how far it is. What was met once stays met, whatever changes later. */
export function conditionsOf(lesson: TakenLesson, state: LessonState): Condition[] {
  const isMet = state.metAt !== null;
  if (lesson.kind === 'quiz') {
    const required = Math.round((lesson.quiz?.passShare ?? 0) * 100);
    // Rounded down: 59.6% must not read as the 60% that was asked.
    const done = Math.floor((state.bestShare ?? 0) * 100 + 1e-9);
    return [{ kind: 'quiz', required, done, met: isMet }];
  }
  if (lesson.minimumSeconds === 0)
    return [{ kind: 'opened', required: 1, done: state.openedAt ? 1 : 0, met: isMet }];
  const done = Math.min(Math.floor(state.doneSeconds), lesson.minimumSeconds);
  const condition = { kind: 'dwell' as const, required: lesson.minimumSeconds, done, met: isMet };
  const { recording } = lesson;
  if (recording?.pages) return [{ ...condition, pages: pagesOf(lesson, recording, state) }];
  return [{ ...condition, recordingSeconds: recording && Math.round(recording.seconds) }];
}

/** Pages whose time is full; half-seen ones together make whole ones, as they do for the condition. */
function pagesOf(lesson: TakenLesson, recording: Recording, state: LessonState) {
  const { pages: count = 0, pageSeconds = 1 } = recording;
  const wholePages = (seconds: number) => Math.floor((seconds + 0.05) / pageSeconds);
  const required = Math.min(count, Math.ceil(lesson.minimumSeconds / pageSeconds - 0.01));
  return { count, required, done: Math.min(count, wholePages(state.doneSeconds)) };
}

/** Whether what counts meets the lesson; a quiz is met by an attempt, never by time. */
export function isMetByTime(lesson: LessonRow, doneSeconds: number): boolean {
  return lesson.kind !== 'quiz' && doneSeconds >= lesson.minimumSeconds;
}

/** The lessons that the completion of this version needs. */
export function requiredLessons(version: VersionRow, lessons: LessonRow[]): LessonRow[] {
  const named = version.completionRule.lessons;
  return named === 'all' ? lessons : lessons.filter((lesson) => named.includes(lesson.code));
}

export function isComplete(
  version: VersionRow,
  lessons: LessonRow[],
  metLessonIds: ReadonlySet<string>,
): boolean {
  return requiredLessons(version, lessons).every((lesson) => metLessonIds.has(lesson.lessonId));
}
