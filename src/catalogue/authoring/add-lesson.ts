import type { Ctx } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { insertLesson } from '../course-store.ts';
import type { LessonKind } from '../schema.ts';
import { changeDraft } from './change-draft.ts';
import { freeCode } from './free-code.ts';

type NewLesson = { kind: LessonKind; titleHi: string | null; titleEn: string | null };

/** Adds an empty lesson at the end of the draft; returns its code. */
export async function addLesson(ctx: Ctx, code: string, input: NewLesson): Promise<string> {
  let made = '';
  await changeDraft(ctx, code, {
    action: 'lesson.added',
    async change(tx, { version, lessons }) {
      made = freeCode('l', new Set(lessons.map((lesson) => lesson.code)));
      await insertLesson(tx, {
        lessonId: newId(),
        courseVersionId: version.courseVersionId,
        code: made,
        ordinal: lessons.length,
        ...input,
        // A new lesson goes on with the module above it.
        moduleHi: lessons.at(-1)?.moduleHi ?? null,
        moduleEn: lessons.at(-1)?.moduleEn ?? null,
        durationMinutes: 0,
        minimumSeconds: 0,
        givenMinutes: null,
        givenMinimumSeconds: null,
        quiz: input.kind === 'quiz' ? { passShare: 0.6, attempts: null, questions: [] } : null,
        revision: 1,
        contents: [],
      });
      return undefined;
    },
  });
  return made;
}
