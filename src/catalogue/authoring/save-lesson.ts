import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid } from '../../kernel/errors.ts';
import { type ContentRow, knownFiles, type LessonRow } from '../course-store.ts';
import { ownImages } from '../lesson-images.ts';
import { floorFault, minimumFault, withTimes } from '../lesson-times.ts';
import { imagesIn, renderMarkdown } from '../markdown.ts';
import { stampOf } from '../save-course.ts';
import { changeDraft, lessonIn, refuseStale } from './change-draft.ts';
import { type CheckedFile, checkedFiles, type FileChange, withFiles } from './file-slots.ts';
import { updateLesson } from './stores/lessons.ts';

/** null clears; what is absent stays as it is. */
export type LessonTexts = { body?: string | null; transcript?: string | null; altText?: string | null };
export type LessonEdit = {
  revision: number;
  titleHi: string | null;
  titleEn: string | null;
  hi: LessonTexts;
  en: LessonTexts;
  /** null: as estimated from the words. A recording that could be measured lasts what it lasts. */
  durationMinutes: number | null;
  /** null: the default share of the recording or the minutes. */
  minimumSeconds: number | null;
  files?: FileChange[];
};

/**
 * Saves one lesson's texts, times and files together; its questions stay. Refuses a stale stamp (`stale`), a
 * file of another kind and a minimum longer than the recording.
 */
export async function saveLesson(
  ctx: Ctx,
  at: { code: string; lesson: string },
  edit: LessonEdit,
): Promise<void> {
  const files = await checkedFiles(ctx, edit.files ?? []);
  await changeDraft(ctx, at.code, {
    action: 'lesson.saved',
    lesson: at.lesson,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      refuseStale(lesson, edit.revision);
      const saved = await edited(tx, lesson, { edit, files });
      const tooShort = floorFault(saved);
      if (tooShort)
        throw invalid([{ path: 'minimumSeconds', code: 'minimum_too_short', text: tooShort }], tooShort);
      const fault = minimumFault(saved);
      if (fault)
        throw invalid(
          [{ path: 'minimumSeconds', code: 'minimum_longer_than_recording', text: fault }],
          fault,
        );
      await updateLesson(tx, saved, stampOf(ctx));
      return undefined;
    },
  });
}

type Change = { edit: LessonEdit; files: CheckedFile[] };

async function edited(tx: Tx, lesson: LessonRow, { edit, files }: Change): Promise<LessonRow> {
  const contents = lesson.contents.filter(
    (content) => content.language !== 'hi' && content.language !== 'en',
  );
  for (const language of ['hi', 'en'] as const) {
    const content = withFiles(lesson, contentWith(lesson, language, edit[language]), files);
    if (!isEmpty(content)) contents.push(content);
  }
  const known = await knownFiles(
    tx,
    contents.flatMap((content) => content.imageIds ?? []),
  );
  return withTimes({
    ...lesson,
    titleHi: edit.titleHi,
    titleEn: edit.titleEn,
    givenMinutes: edit.durationMinutes,
    givenMinimumSeconds: edit.minimumSeconds,
    revision: lesson.revision + 1,
    contents: contents.map((content) => ({
      ...content,
      imageIds: ownImages(content.imageIds ?? [], known),
    })),
  });
}

function contentWith(lesson: LessonRow, language: string, texts: LessonTexts): ContentRow {
  const old = contentOf(lesson, language);
  const body = texts.body === undefined ? old.bodyMarkdown : texts.body;
  return {
    ...old,
    bodyMarkdown: body,
    bodyHtml: body ? renderMarkdown(body) : null,
    imageIds: imagesIn(body ?? '').own,
    transcript: texts.transcript === undefined ? old.transcript : texts.transcript,
    altText: texts.altText === undefined ? old.altText : texts.altText,
  };
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
  imageIds: [],
};

export function isEmpty(content: ContentRow): boolean {
  const { bodyMarkdown, fileId, captionsFileId, transcript, altText, assetReference } = content;
  return !(bodyMarkdown || fileId || captionsFileId || transcript || altText || assetReference);
}
