import type { Ctx } from '../../kernel/context.ts';
import type { LessonRow } from '../course-store.ts';
import { changeDraft, lessonIn } from './change-draft.ts';
import type { LessonPlace } from './save-lesson.ts';
import { setModules } from './stores/lessons.ts';

export type Module = { hi: string | null; en: string | null };

/** Puts a lesson, and those after it that stood in its module, under this heading; none takes it away. */
export async function setModule(ctx: Ctx, at: LessonPlace, module: Module): Promise<void> {
  await changeDraft(ctx, at.code, {
    action: 'lesson.module_set',
    lesson: at.lesson,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      const after = draft.lessons.slice(draft.lessons.indexOf(lesson));
      const end = after.findIndex((one) => !isSameModule(one, lesson));
      const ids = after.slice(0, end === -1 ? undefined : end).map((one) => one.lessonId);
      await setModules(tx, ids, module);
      return undefined;
    },
  });
}

type Headed = Pick<LessonRow, 'moduleHi' | 'moduleEn'>;

export function isSameModule(one: Headed, other: Headed): boolean {
  return (one.moduleHi ?? '') === (other.moduleHi ?? '') && (one.moduleEn ?? '') === (other.moduleEn ?? '');
}

/** Lessons in a row under one heading. */
export function modulesOf<T extends Headed>(
  lessons: T[],
): { hi: string | null; en: string | null; lessons: T[] }[] {
  const modules: { hi: string | null; en: string | null; lessons: T[] }[] = [];
  for (const lesson of lessons) {
    const last = modules.at(-1);
    const first = last?.lessons[0];
    if (last && first && isSameModule(first, lesson)) last.lessons.push(lesson);
    else modules.push({ hi: lesson.moduleHi ?? null, en: lesson.moduleEn ?? null, lessons: [lesson] });
  }
  return modules;
}
