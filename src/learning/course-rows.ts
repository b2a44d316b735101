import { addDeskRow, mayEdit, ratingOf } from '../catalogue/index.ts';
import { scopesOf } from '../kernel/context.ts';
import { translator } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { rolesAssigning } from './assignments/assign-course.ts';
import { countOfCourse } from './assignments/store.ts';
import { ratingText, titleOf } from './pages/words.ts';
import { prerequisitesFor } from './prerequisites/save-prerequisites.ts';
import { mayReadWords } from './ratings/rate-course.ts';
import { ratingTotal } from './ratings/store.ts';

/** What learning knows of a course, on its author's desk: what comes first, ratings, assignments. */
export function addCourseRows(): void {
  addDeskRow('prerequisites', async (ctx, course) => {
    const t = translator(ctx.language);
    const rows = await prerequisitesFor(ctx, course.courseId, undefined);
    return {
      label: t('learning.firstThese'),
      value:
        rows.map((row) => titleOf(row, ctx.language).title).join('; ') || t('catalogue.authorAroundNone'),
      href: mayEdit(ctx, course) ? officeHref(course.code, 'prerequisites') : undefined,
    };
  });
  addDeskRow('ratings', async (ctx, course) => {
    const t = translator(ctx.language);
    const total = await ratingTotal(ctx.db.read, course.courseId);
    const average = ratingText(ratingOf(total), { t, language: ctx.language });
    return {
      label: t('learning.ratingRow'),
      value:
        average ||
        (total.ratings > 0
          ? t('learning.ratingCount', { count: total.ratings })
          : t('catalogue.authorAroundNone')),
      href: mayReadWords(ctx, course) ? officeHref(course.code, 'ratings') : undefined,
    };
  });
  addDeskRow('assignments', async (ctx, course) => {
    if (scopesOf(ctx.actor, rolesAssigning).length === 0) return undefined;
    const t = translator(ctx.language);
    const live = await countOfCourse(ctx.db.read, course.courseId, scopesOf(ctx.actor, rolesAssigning));
    const isOpen = course.state === 'published';
    return {
      label: t('learning.assignments'),
      value: live > 0 ? formatNumber(live, ctx.language) : t('catalogue.authorAroundNone'),
      href: isOpen ? `/office/assignments/new?course=${encodeURIComponent(course.code)}` : undefined,
      hrefLabel: t('learning.assignThis'),
    };
  });
}

const officeHref = (code: string, part: string) => `/office/courses/${encodeURIComponent(code)}/${part}`;
