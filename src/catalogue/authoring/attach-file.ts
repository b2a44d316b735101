import type { Ctx } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import type { ContentRow, LessonRow } from '../course-store.ts';
import { fileDetails } from '../read-file.ts';
import { stampOf } from '../save-course.ts';
import { kindOfType } from '../save-file.ts';
import { changeDraft, lessonIn } from './change-draft.ts';
import { contentOf, isEmpty } from './save-lesson.ts';
import { updateLesson } from './stores/lessons.ts';

export type FileSlot = { language: 'hi' | 'en'; slot: 'file' | 'captions' };

/** Puts an uploaded file into a lesson in place of what was there; refuses one of another kind. */
export async function attachFile(
  ctx: Ctx,
  at: { code: string; lesson: string } & FileSlot,
  fileId: string,
): Promise<void> {
  const file = await fileDetails(ctx, fileId);
  await changeDraft(ctx, at.code, {
    action: 'lesson.file_attached',
    lesson: at.lesson,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      const wanted = at.slot === 'captions' ? 'captions' : lesson.kind;
      if (kindOfType(file.contentType) !== wanted) throw wrongKind(at, wanted);
      const part = at.slot === 'captions' ? { captionsFileId: fileId } : { fileId, assetReference: null };
      await updateLesson(tx, withContent(lesson, at.language, part), stampOf(ctx));
      return undefined;
    },
  });
}

/** Takes a file out of a lesson; the file itself stays kept, since an earlier version may hold it. */
export async function detachFile(ctx: Ctx, at: { code: string; lesson: string } & FileSlot): Promise<void> {
  await changeDraft(ctx, at.code, {
    action: 'lesson.file_detached',
    lesson: at.lesson,
    async change(tx, draft) {
      const part = at.slot === 'captions' ? { captionsFileId: null } : { fileId: null, assetReference: null };
      const lesson = lessonIn(draft, at.lesson);
      await updateLesson(tx, withContent(lesson, at.language, part), stampOf(ctx));
      return undefined;
    },
  });
}

function withContent(lesson: LessonRow, language: string, part: Partial<ContentRow>): LessonRow {
  const content = { ...contentOf(lesson, language), ...part };
  const others = lesson.contents.filter((one) => one.language !== language);
  // The stamp stays: a file is no text, so an open form of the same lesson can still be saved.
  return { ...lesson, contents: isEmpty(content) ? others : [...others, content] };
}

const wanted: Record<string, Bilingual> = {
  captions: { hi: 'यहाँ WebVTT कैप्शन फ़ाइल चुनें।', en: 'Choose a WebVTT captions file here.' },
  video: { hi: 'यहाँ वीडियो चुनें (MP4 या WebM)।', en: 'Choose a video here (MP4 or WebM).' },
  audio: { hi: 'यहाँ ऑडियो चुनें (MP3, M4A या OGG)।', en: 'Choose a recording here (MP3, M4A or OGG).' },
  pdf: { hi: 'यहाँ PDF चुनें।', en: 'Choose a PDF here.' },
};

/** Names the kinds of file that one place of a lesson takes. */
export function wantedText(kind: string): Bilingual {
  return wanted[kind] ?? { hi: 'इस पाठ में फ़ाइल नहीं जुड़ती।', en: 'This lesson takes no file.' };
}

function wrongKind(at: FileSlot, kind: string) {
  const text = wantedText(kind);
  return invalid([{ path: `${at.slot}-${at.language}`, code: 'wrong_kind', text }], text);
}
