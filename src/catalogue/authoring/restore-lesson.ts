import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { type ContentRow, insertLesson, type LessonRow } from '../course-store.ts';
import { knownFiles } from '../known-files.ts';
import { ownImages } from '../lesson-images.ts';
import { withTimes } from '../lesson-times.ts';
import { imagesIn, renderMarkdown } from '../markdown.ts';
import { stampOf } from '../save-course.ts';
import type { KnownFile } from '../stores/kept-files.ts';
import { changeDraft, type OpenDraft } from './change-draft.ts';
import { orderLessons, updateLesson } from './stores/lessons.ts';
import { type LessonSnapshot, type RevisionLine, revisionById } from './stores/revisions.ts';

/** Brings an earlier state of a lesson back as its newest; a lesson that was taken out stands in its place again. */
export async function restoreLesson(ctx: Ctx, code: string, revisionId: string): Promise<{ lesson: string }> {
  let lesson = '';
  await changeDraft(ctx, code, {
    action: 'lesson.restored',
    kept: () => 'restored',
    async change(tx, draft) {
      const { courseVersionId } = draft.version;
      const line = await revisionById(tx, { courseVersionId, id: revisionId });
      if (!line) throw notFound();
      lesson = line.snapshot.code;
      await restore(tx, ctx, { draft, line });
      return undefined;
    },
  });
  return { lesson };
}

async function restore(
  tx: Tx,
  ctx: Ctx,
  { draft, line }: { draft: OpenDraft; line: RevisionLine },
): Promise<void> {
  const { snapshot } = line;
  const present = draft.lessons.find((one) => one.code === snapshot.code);
  const row = rowOf(snapshot, await filesOf(ctx, tx, snapshot), {
    lessonId: present?.lessonId ?? newId(),
    courseVersionId: draft.version.courseVersionId,
    revision: (present?.revision ?? 0) + 1,
  });
  if (present) {
    await updateLesson(tx, { ...row, ordinal: present.ordinal }, stampOf(ctx));
    return;
  }
  await insertLesson(tx, row);
  const ids = draft.lessons.map((one) => one.lessonId);
  await orderLessons(tx, ids.toSpliced(snapshot.ordinal, 0, row.lessonId));
}

type Place = Pick<LessonRow, 'lessonId' | 'courseVersionId' | 'revision'>;

function filesOf(ctx: Ctx, tx: Tx, snapshot: LessonSnapshot): Promise<Map<string, KnownFile>> {
  const images = snapshot.contents.flatMap((content) => imagesIn(content.bodyMarkdown ?? '').own);
  const files = snapshot.contents.flatMap((content) => content.fileId ?? []);
  return knownFiles(ctx, tx, [...images, ...files]);
}

function rowOf(snapshot: LessonSnapshot, known: ReadonlyMap<string, KnownFile>, place: Place): LessonRow {
  const contents = snapshot.contents.map(
    (content): ContentRow => ({
      ...content,
      bodyHtml: content.bodyMarkdown ? renderMarkdown(content.bodyMarkdown) : null,
      imageIds: ownImages(imagesIn(content.bodyMarkdown ?? '').own, known),
      fileSeconds: known.get(content.fileId ?? '')?.seconds ?? null,
      filePages: known.get(content.fileId ?? '')?.pages ?? null,
    }),
  );
  return withTimes({ ...snapshot, ...place, contents, durationMinutes: 0, minimumSeconds: 0 });
}
