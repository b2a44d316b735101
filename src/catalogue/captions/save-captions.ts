import { Readable } from 'node:stream';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import type { Storage } from '../../kernel/storage.ts';
import { changeDraft, lessonIn, stale } from '../authoring/change-draft.ts';
import { contentOf } from '../authoring/contents.ts';
import { updateLesson } from '../authoring/stores/lessons.ts';
import { authorRoles } from '../policy.ts';
import { stampOf } from '../save-course.ts';
import { keepBlob, noteFile } from '../save-file.ts';
import { type CueEdit, withEdits } from './edit-cues.ts';
import { tracksOf } from './track-store.ts';
import { writeWebVtt } from './write-web-vtt.ts';

type At = { code: string; lesson: string; language: 'hi' | 'en' };
/** `from`: the captions file that was edited; null where the lesson had none. */
export type CaptionsEdit = { from: string | null; edits: CueEdit[] };

/** Mends the captions of a draft's lesson cue by cue: a new file takes the old one's place, ids stay. */
export async function saveCaptions(
  ctx: Ctx,
  storage: Storage,
  { at, edit }: { at: At; edit: CaptionsEdit },
): Promise<void> {
  requireRole(ctx, authorRoles);
  const old = edit.from ? (await tracksOf(ctx.db.read, [edit.from])).get(edit.from) : [];
  const cues = withEdits(old ?? [], edit.edits);
  if (cues.length === 0) throw noneLeft();
  const blob = await keepBlob(ctx, storage, Readable.from([Buffer.from(writeWebVtt(cues))]));
  await changeDraft(ctx, at.code, {
    action: 'lesson.captions_saved',
    lesson: at.lesson,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      const content = contentOf(lesson, at.language);
      if (content.captionsFileId !== edit.from) throw stale();
      const name = `${at.lesson}-${at.language}.vtt`;
      const { fileId } = await noteFile(tx, ctx, { blob, name, officeId: draft.course.officeId });
      const others = lesson.contents.filter((one) => one.language !== at.language);
      const contents = [...others, { ...content, captionsFileId: fileId }];
      await updateLesson(tx, { ...lesson, contents, revision: lesson.revision + 1 }, stampOf(ctx));
      return undefined;
    },
  });
}

function noneLeft() {
  const text = {
    hi: 'एक भी कैप्शन नहीं बचता। फ़ाइल हटानी हो तो पाठ के पृष्ठ से हटाएँ।',
    en: 'Not one caption would be left. To take the file out, use the page of the lesson.',
  };
  return invalid([{ path: 'main', code: 'no_cues', text }], text);
}
