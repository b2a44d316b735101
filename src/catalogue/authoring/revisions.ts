import type { Tx } from '../../kernel/db.ts';
import { newId } from '../../kernel/ids.ts';
import type { LessonRow, Stamp } from '../course-store.ts';
import {
  deleteAsides,
  insertBeginning,
  insertRevision,
  type LessonSnapshot,
  type RevisionAction,
  thinAutosaves,
} from './stores/revisions.ts';

type Change = { before: LessonRow[]; after: LessonRow[]; action: RevisionAction; stamp: Stamp };

/** The state of each lesson before its first change; to be kept before the change is written. */
export async function keepBeginnings(tx: Tx, lessons: LessonRow[], stamp: Stamp): Promise<void> {
  for (const lesson of lessons)
    await insertBeginning(tx, {
      id: newId(),
      lessonId: lesson.lessonId,
      snapshot: snapshotOf(lesson),
      at: stamp.now,
    });
}

/** Keeps what each changed lesson has become, and the last state of each that was taken out. */
export async function keepRevisions(tx: Tx, { before, after, action, stamp }: Change): Promise<void> {
  const old = new Map(before.map((lesson) => [lesson.lessonId, lesson]));
  for (const lesson of after)
    if (old.get(lesson.lessonId)?.revision !== lesson.revision) {
      await insertRevision(tx, revisionOf(lesson, { action, stamp }));
      if (action === 'autosaved') await thinAutosaves(tx, lesson.lessonId, stamp.now);
    }
  const left = new Set(after.map((lesson) => lesson.lessonId));
  for (const lesson of before)
    if (!left.has(lesson.lessonId)) {
      const last = { ...lesson, revision: lesson.revision + 1 };
      await insertRevision(tx, revisionOf(last, { action: 'removed', stamp }));
    }
}

/** Keeps a text that could not be saved, so that it is not lost with the window it was typed in. */
export async function keepAside(tx: Tx, lesson: LessonRow, stamp: Stamp): Promise<void> {
  await deleteAsides(tx, lesson.lessonId, stamp.by);
  await insertRevision(tx, revisionOf(lesson, { action: 'aside', stamp }));
}

function revisionOf(lesson: LessonRow, { action, stamp }: { action: RevisionAction; stamp: Stamp }) {
  return {
    id: newId(),
    courseVersionId: lesson.courseVersionId,
    lessonId: lesson.lessonId,
    revision: lesson.revision,
    action,
    snapshot: snapshotOf(lesson),
    at: stamp.now,
    by: stamp.by,
  };
}

export function snapshotOf(lesson: LessonRow): LessonSnapshot {
  const {
    code,
    ordinal,
    kind,
    titleHi,
    titleEn,
    moduleHi,
    moduleEn,
    givenMinutes,
    givenMinimumSeconds,
    seenShare,
    quiz,
  } = lesson;
  return {
    code,
    ordinal,
    kind,
    titleHi,
    titleEn,
    moduleHi,
    moduleEn,
    givenMinutes,
    givenMinimumSeconds,
    seenShare,
    quiz,
    contents: lesson.contents.map((content) => ({
      language: content.language,
      bodyMarkdown: content.bodyMarkdown,
      fileId: content.fileId,
      captionsFileId: content.captionsFileId,
      transcript: content.transcript,
      altText: content.altText,
      assetReference: content.assetReference,
    })),
  };
}
