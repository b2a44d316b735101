import type { Ctx } from '../../kernel/context.ts';
import type { ContentRow, LessonRow } from '../course-store.ts';
import { defaultMinimum, estimatedMinutes } from '../draft.ts';
import { renderMarkdown } from '../markdown.ts';
import { stampOf } from '../save-course.ts';
import { changeDraft, lessonIn, refuseStale } from './change-draft.ts';
import { updateLesson } from './stores/lessons.ts';

/** null clears; what is absent stays as it is. */
export type LessonTexts = { body?: string | null; transcript?: string | null; altText?: string | null };
export type LessonEdit = {
  revision: number;
  titleHi: string | null;
  titleEn: string | null;
  hi: LessonTexts;
  en: LessonTexts;
  /** null: as estimated from the words. */
  durationMinutes: number | null;
  /** null: the default share of the minutes. */
  minimumSeconds: number | null;
};

/** Saves one lesson's texts and times; its files and questions stay. Refuses a stale stamp (`stale`). */
export async function saveLesson(
  ctx: Ctx,
  at: { code: string; lesson: string },
  edit: LessonEdit,
): Promise<void> {
  await changeDraft(ctx, at.code, {
    action: 'lesson.saved',
    lesson: at.lesson,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      refuseStale(lesson, edit.revision);
      await updateLesson(tx, edited(lesson, edit), stampOf(ctx));
      return undefined;
    },
  });
}

function edited(lesson: LessonRow, edit: LessonEdit): LessonRow {
  const contents = lesson.contents.filter(
    (content) => content.language !== 'hi' && content.language !== 'en',
  );
  for (const language of ['hi', 'en'] as const) {
    const content = contentWith(lesson, language, edit[language]);
    if (content) contents.push(content);
  }
  const durationMinutes = edit.durationMinutes ?? minutesByWords({ ...lesson, contents });
  return {
    ...lesson,
    titleHi: edit.titleHi,
    titleEn: edit.titleEn,
    durationMinutes,
    minimumSeconds: edit.minimumSeconds ?? defaultMinimum(lesson, durationMinutes),
    revision: lesson.revision + 1,
    contents,
  };
}

function contentWith(lesson: LessonRow, language: string, texts: LessonTexts): ContentRow | undefined {
  const old = contentOf(lesson, language);
  const body = texts.body === undefined ? old.bodyMarkdown : texts.body;
  const content = {
    ...old,
    bodyMarkdown: body,
    bodyHtml: body ? renderMarkdown(body) : null,
    transcript: texts.transcript === undefined ? old.transcript : texts.transcript,
    altText: texts.altText === undefined ? old.altText : texts.altText,
  };
  return isEmpty(content) ? undefined : content;
}

/** The lesson's content in a language, or an empty one to begin. */
export function contentOf(lesson: Pick<LessonRow, 'contents'>, language: string): ContentRow {
  const found = lesson.contents.find((content) => content.language === language);
  return found ?? { ...emptyContent, language };
}

const emptyContent: Omit<ContentRow, 'language'> = {
  bodyMarkdown: null,
  bodyHtml: null,
  fileId: null,
  captionsFileId: null,
  transcript: null,
  altText: null,
  assetReference: null,
};

export function isEmpty(content: ContentRow): boolean {
  const { bodyMarkdown, fileId, captionsFileId, transcript, altText, assetReference } = content;
  return !(bodyMarkdown || fileId || captionsFileId || transcript || altText || assetReference);
}

/** The minutes that follow from the words and questions alone. */
export function minutesByWords(lesson: LessonRow): number {
  const text = (language: string) => contentOf(lesson, language).bodyMarkdown ?? undefined;
  return estimatedMinutes(lesson, { hi: text('hi'), en: text('en') });
}
