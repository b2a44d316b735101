import type { Ctx } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import type { ContentRow, LessonRow } from '../course-store.ts';
import { fileDetails } from '../read-file.ts';
import { kindOfType } from '../save-file.ts';
import type { LessonKind } from '../schema.ts';

export type FileSlot = { language: 'hi' | 'en'; slot: 'file' | 'captions' };
/** A file for a place of a lesson; null takes out what is there (kept, since an earlier version may hold it). */
export type FileChange = FileSlot & { fileId: string | null };

export type CheckedFile = FileChange & { contentType: string; seconds: number | null; pages: number | null };

/** The files that are to be put in, each visible to this author and of a kind that its place takes. */
export async function checkedFiles(ctx: Ctx, changes: FileChange[]): Promise<CheckedFile[]> {
  return Promise.all(
    changes.map(async (change) => {
      if (change.fileId === null) return { ...change, contentType: '', seconds: null, pages: null };
      const { contentType, durationSeconds, pageCount } = await fileDetails(ctx, change.fileId);
      return { ...change, contentType, seconds: durationSeconds, pages: pageCount };
    }),
  );
}

/** The lesson's content in a language with these files in it. */
export function withFiles(lesson: LessonRow, content: ContentRow, files: CheckedFile[]): ContentRow {
  const parts = files.filter((file) => file.language === content.language);
  return Object.assign({}, content, ...parts.map((file) => partOf(lesson.kind, file)));
}

function partOf(kind: LessonKind, file: CheckedFile): Partial<ContentRow> {
  const { fileId, slot } = file;
  const wanted = slot === 'captions' ? 'captions' : kind;
  if (fileId !== null && kindOfType(file.contentType) !== wanted) throw wrongKind(file, wanted);
  if (slot === 'captions') return { captionsFileId: fileId };
  return { fileId, assetReference: null, fileSeconds: file.seconds, filePages: file.pages };
}

const wanted: Record<string, Bilingual> = {
  captions: { hi: 'यहाँ WebVTT कैप्शन फ़ाइल चुनें।', en: 'Choose a WebVTT captions file here.' },
  video: { hi: 'यहाँ वीडियो चुनें (MP4 या WebM)।', en: 'Choose a video here (MP4 or WebM).' },
  audio: { hi: 'यहाँ ऑडियो चुनें (MP3, M4A या OGG)।', en: 'Choose a recording here (MP3, M4A or OGG).' },
  pdf: { hi: 'यहाँ PDF चुनें।', en: 'Choose a PDF here.' },
  image: { hi: 'यहाँ चित्र चुनें (PNG, JPEG या WebP)।', en: 'Choose a picture here (PNG, JPEG or WebP).' },
};

/** Names the kinds of file that one place of a lesson takes. */
export function wantedText(kind: string): Bilingual {
  return wanted[kind] ?? { hi: 'इस पाठ में फ़ाइल नहीं जुड़ती।', en: 'This lesson takes no file.' };
}

function wrongKind(at: FileSlot, kind: string) {
  const text = wantedText(kind);
  return invalid([{ path: `${at.slot}-${at.language}`, code: 'wrong_kind', text }], text);
}
