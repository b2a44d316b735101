import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { courseDesk, lessonOf } from './course-desk.ts';
import { valuesOfEdit, valuesOfLesson } from './lesson-values.ts';
import { type LessonEdit, type LessonPlace, type SavedLesson, saveLesson } from './save-lesson.ts';
import { notePresence, type Present } from './stores/presence.ts';
import { isChangedByOthers } from './stores/revisions.ts';

export type Autosaved = SavedLesson & { others: Present[] };

/** What the editor sends while its author writes; without an edit it only says that he is there. */
export async function autosaveLesson(
  ctx: Ctx,
  at: LessonPlace,
  edit: LessonEdit | undefined,
): Promise<Autosaved> {
  const saved =
    edit && bringsSomething(edit) ? await saveLesson(ctx, at, { ...edit, isAutomatic: true }) : undefined;
  const lesson = lessonOf(await courseDesk(ctx, at.code), at.lesson);
  const personId = personIdOf(ctx.actor);
  const now = ctx.clock.now();
  const others = personId ? await notePresence(ctx, { lessonId: lesson.lessonId, personId, now }) : [];
  const isBehind = edit !== undefined && edit.revision !== lesson.revision;
  const since = { lessonId: lesson.lessonId, revision: edit?.revision ?? 0, by: personId ?? null };
  const isByOthers = isBehind && (await isChangedByOthers(ctx.db.read, since));
  const values = valuesOfLesson(lesson);
  const present = { revision: lesson.revision, isMerged: isBehind, isByOthers, values, at: now };
  return { ...(saved ?? present), others };
}

/** An editor that only wants to see what others saved must not save in its turn, or two would go on for ever. */
function bringsSomething(edit: LessonEdit): boolean {
  const { base } = edit;
  return !base || Object.entries(valuesOfEdit(edit)).some(([field, text]) => text !== (base[field] ?? ''));
}
