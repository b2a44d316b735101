import type { Ctx } from '../../kernel/context.ts';
import { changeDraft, lessonIn, refuseStale } from './change-draft.ts';
import { deleteLesson, orderLessons } from './stores/lessons.ts';

/** Takes a lesson out of the draft, and out of the completion rule that names it. */
export async function removeLesson(
  ctx: Ctx,
  at: { code: string; lesson: string },
  revision: number,
): Promise<void> {
  await changeDraft(ctx, at.code, {
    action: 'lesson.removed',
    lesson: at.lesson,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      refuseStale(lesson, revision);
      await deleteLesson(tx, lesson.lessonId);
      await orderLessons(
        tx,
        draft.lessons.map((one) => one.lessonId).filter((id) => id !== lesson.lessonId),
      );
      const named = draft.version.completionRule.lessons;
      if (named === 'all' || !named.includes(at.lesson)) return undefined;
      const left = named.filter((code) => code !== at.lesson);
      return { completionRule: { lessons: left.length > 0 ? left : 'all' } };
    },
  });
}
