import type { Bilingual } from '../kernel/i18n.ts';
import { contentIn } from './content.ts';
import type { ContentRow, LessonRow } from './course-store.ts';
import { countWords } from './markdown.ts';
import type { LessonKind } from './schema.ts';

const readingWordsPerMinute = 130;
const shareOfTextRead = 0.2;
/** Of a recording, and of the pages of a PDF; its author may ask for more or less (decision 024). */
const shareSeen = 0.8;
const minutesPerPage = 1;
/** Turning through pages is not reading them. */
const leastSecondsPerPage = 2;

type Kinded = { kind: LessonKind };

export function isRecording({ kind }: Kinded): boolean {
  return kind === 'audio' || kind === 'video';
}

/**
 * Fills in what the lesson lasts and asks for: a recording as it was measured, in each language its own; else
 * the author's minutes, else those that follow from the words (decisions 003 and 012).
 */
export function withTimes(lesson: LessonRow): LessonRow {
  const contents = lesson.contents.map((content) => ({
    ...content,
    minimumSeconds: recordingMinimum(lesson, content),
  }));
  const durationMinutes = longestMinutes(lesson);
  const asked = contents.flatMap((content) => content.minimumSeconds ?? []);
  const byDefault = asked.length > 0 ? Math.max(...asked) : defaultMinimum(lesson, durationMinutes);
  return {
    ...lesson,
    durationMinutes,
    minimumSeconds: lesson.kind === 'quiz' ? 0 : (lesson.givenMinimumSeconds ?? byDefault),
    contents,
  };
}

function recordingMinimum(lesson: LessonRow, content: ContentRow): number | null {
  if (lesson.givenMinimumSeconds !== null) return null;
  if (lesson.kind === 'pdf' && content.filePages) return pagesMinimum(lesson, content.filePages);
  if (!isRecording(lesson) || !content.fileSeconds) return null;
  return Math.floor(content.fileSeconds * seenShareOf(lesson));
}

export function seenShareOf({ seenShare }: Pick<LessonRow, 'seenShare'>): number {
  return seenShare ?? shareSeen;
}

/** How many of the pages must be seen. */
function pagesAsked(lesson: Pick<LessonRow, 'seenShare'>, pages: number): number {
  return Math.ceil(Math.round(seenShareOf(lesson) * pages * 1000) / 1000);
}

/** The time that a PDF asks for as ever, spread over the pages that must be seen. */
function pagesMinimum(lesson: LessonRow, pages: number): number {
  const minutes = lesson.givenMinutes ?? pages * minutesPerPage;
  return Math.max(defaultMinimum(lesson, minutes), leastSecondsPerPage * pagesAsked(lesson, pages));
}

/** How long a page of a PDF is looked at until it counts as seen; to a tenth, so that the pages asked for suffice. */
export function pageSecondsOf(lesson: Pick<LessonRow, 'seenShare'>, at: { pages: number; minimum: number }) {
  return Math.ceil((10 * at.minimum) / pagesAsked(lesson, at.pages)) / 10;
}

/** The longest of the languages; the author's minutes stand for a recording that could not be measured. */
function longestMinutes(lesson: LessonRow): number {
  const { isWhole, seconds } = measured(lesson);
  const typed = lesson.givenMinutes ?? minutesByContent(lesson);
  if (seconds.length === 0) return typed;
  const minutes = Math.round((Math.max(...seconds) / 60) * 100) / 100;
  return isWhole ? minutes : Math.max(minutes, lesson.givenMinutes ?? 0);
}

/** The measured lengths of a recording, and whether every language's was read. */
export function measured(lesson: Kinded & Pick<LessonRow, 'contents'>): {
  seconds: number[];
  isWhole: boolean;
} {
  const files = isRecording(lesson) ? lesson.contents.filter((content) => content.fileId) : [];
  const seconds = files.flatMap((content) => content.fileSeconds ?? []);
  return { seconds, isWhole: seconds.length > 0 && seconds.length === files.length };
}

/** Minutes that follow from the words at a reader's pace, or half a minute a question. */
export function minutesByContent(lesson: Kinded & Pick<LessonRow, 'quiz' | 'contents'>): number {
  if (lesson.kind === 'quiz') return lesson.quiz ? Math.max(1, lesson.quiz.questions.length * 0.5) : 0;
  const pages = Math.max(0, ...lesson.contents.map((content) => content.filePages ?? 0));
  if (lesson.kind === 'pdf' && pages > 0) return pages * minutesPerPage;
  const words = Math.max(0, ...lesson.contents.map((content) => countWords(content.bodyMarkdown ?? '')));
  return Math.round((words / readingWordsPerMinute) * 10) / 10;
}

/** What must at least be spent where the author says nothing: a fifth of a text, most of a recording. */
export function defaultMinimum(
  lesson: Kinded & Pick<LessonRow, 'seenShare'>,
  durationMinutes: number,
): number {
  if (lesson.kind === 'quiz') return 0;
  return Math.floor(durationMinutes * 60 * (isRecording(lesson) ? seenShareOf(lesson) : shareOfTextRead));
}

/** The least that an author may ask for a text: half of what its words ask for by themselves (decision 013). */
export function textMinimumFloor(lesson: Kinded & Pick<LessonRow, 'quiz' | 'contents'>): number {
  if (lesson.kind !== 'text') return 0;
  return Math.floor(defaultMinimum(lesson, minutesByContent(lesson)) / 2);
}

/** Why the minimum typed for a text is too little; what is left blank follows from the words. */
export function floorFault(lesson: LessonRow): Bilingual | undefined {
  const floor = textMinimumFloor(lesson);
  const given = lesson.givenMinimumSeconds;
  if (given === null || given >= floor) return undefined;
  return {
    hi: `इतने शब्दों के पाठ के लिए कम से कम ${floor} सेकंड लिखें, या खाली छोड़ें।`,
    en: `A text of so many words asks for at least ${floor} seconds; write that or more, or leave it blank.`,
  };
}

/** Why the minimum that the author typed cannot be asked for: a recording is shorter. */
export function minimumFault(lesson: LessonRow): Bilingual | undefined {
  const { seconds } = measured(lesson);
  const shortest = Math.ceil(Math.min(...seconds));
  const given = lesson.givenMinimumSeconds ?? 0;
  if (seconds.length === 0 || given <= shortest) return undefined;
  return {
    hi: `न्यूनतम समय ${given} सेकंड लिखा है, पर रिकॉर्डिंग ${shortest} सेकंड की ही है। ${shortest} या उससे कम लिखें, या खाली छोड़ें।`,
    en: `The least time is ${given} seconds, but the recording lasts only ${shortest}. Write ${shortest} or less, or leave it blank.`,
  };
}

/** The lesson as it is for whoever takes it in this language: length and minimum of that language's recording. */
export function takenIn(lesson: LessonRow, language: string): LessonRow {
  const content = isRecording(lesson) || lesson.kind === 'pdf' ? contentIn(lesson, language) : undefined;
  if (!content) return lesson;
  const durationMinutes = content.fileSeconds ? content.fileSeconds / 60 : lesson.durationMinutes;
  return { ...lesson, durationMinutes, minimumSeconds: content.minimumSeconds ?? lesson.minimumSeconds };
}
