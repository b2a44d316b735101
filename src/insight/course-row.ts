import type { CourseRow, DeskLine } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { translator } from '../kernel/i18n.ts';
import { courseFigures, mayReadCourse } from './course-figures.ts';
import { figureWords } from './pages/words.ts';

/** On its author's desk: where the learners of a course stand. */
export async function courseRow(ctx: Ctx, course: CourseRow): Promise<DeskLine | undefined> {
  if (course.state === 'draft' || !mayReadCourse(ctx, course)) return undefined;
  const t = translator(ctx.language);
  const say = figureWords(ctx.language, t('shell.masked'));
  const { completed, inProgress, notStarted } = await courseFigures(ctx, course.code);
  return {
    label: t('insight.courseRow'),
    value: t('insight.courseRowText', {
      ...{ completed: say.number(completed), inProgress: say.number(inProgress) },
      notStarted: say.number(notStarted),
    }),
    href: `/office/courses/${encodeURIComponent(course.code)}/figures`,
    hrefLabel: t('insight.courseFigures'),
  };
}
