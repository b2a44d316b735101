import type { Ctx } from '../../kernel/context.ts';
import { changeDraft, lessonIn } from './change-draft.ts';
import { moved } from './moved.ts';
import { isSameModule } from './set-module.ts';
import { orderLessons, setModules } from './stores/lessons.ts';

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
      const lesson = lessonIn(draft, at.lesson);
      const order = moved(draft.lessons, lesson, place);
      await orderLessons(
        tx,
        order.map((one) => one.lessonId),
      );
      // It joins the module that it comes to stand in.
      const index = order.indexOf(lesson);
      const neighbour = order[index - 1] ?? order[index + 1];
      if (neighbour && !isSameModule(neighbour, lesson))
        await setModules(tx, [lesson.lessonId], {
          hi: neighbour.moduleHi ?? null,
          en: neighbour.moduleEn ?? null,
        });
      return undefined;
    },
  });
}
