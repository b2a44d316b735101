import type { Ctx } from '../../kernel/context.ts';
import type { CourseDetails, CourseRow, LessonRow } from '../course-store.ts';
import { renderMarkdown } from '../markdown.ts';
import { stateOf, targetOf } from './parts.ts';
import { madeFrom } from './store.ts';
import { type SaidLesson, translatedLesson } from './translated-course.ts';

type Of = { course: CourseRow; details: CourseDetails; lessons: LessonRow[] };

/** A draft's lessons as learners would read them were the translation published as it stands. */
export async function workingLessons(
  ctx: Pick<Ctx, 'db'>,
  { course, details, lessons }: Of,
  language: string,
): Promise<SaidLesson[] | undefined> {
  if (language === details.language) return undefined;
  const made = await madeFrom(ctx.db.read, { courseId: course.courseId, language });
  if (made.size === 0 && (language === 'hi' || language === 'en')) return undefined;
  return lessons.map((lesson, index) =>
    translatedLesson(lesson, {
      ...{ from: details.language, to: language, before: lessons[index - 1], hasCues: false },
      found(part) {
        if (stateOf(part, made) !== 'done') return undefined;
        const text = targetOf(part, made);
        return { text, html: part.field === 'bodyMarkdown' ? renderMarkdown(text) : null };
      },
    }),
  );
}
