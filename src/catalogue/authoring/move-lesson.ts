import type { Ctx } from '../../kernel/context.ts';
import { changeDraft, lessonIn } from './change-draft.ts';
import { moved } from './moved.ts';
import { orderLessons } from './stores/lessons.ts';

/** Puts a lesson at this place of the draft, counted from 1; beyond an end means that end. */
export async function moveLesson(
  ctx: Ctx,
  at: { code: string; lesson: string },
  place: number | 'up' | 'down',
): Promise<void> {
  await changeDraft(ctx, at.code, {
    action: 'lesson.moved',
    lesson: at.lesson,
    async change(tx, draft) {
      const ids = draft.lessons.map((lesson) => lesson.lessonId);
      await orderLessons(tx, moved(ids, lessonIn(draft, at.lesson).lessonId, place));
      return undefined;
    },
  });
}
