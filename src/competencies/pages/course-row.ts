import type { DeskLine } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { levelNames, namedTags } from '../dictionary/tree.ts';
import { levelText, type Say } from './words.ts';

/** On an author's desk: which competencies the course bears, at which levels. */
export async function courseRow(
  ctx: Ctx,
  course: { code: string; competencies: string[] },
): Promise<DeskLine> {
  const [tags, levels] = await Promise.all([namedTags(ctx, course.competencies), levelNames(ctx)]);
  const say: Say = { t: translator(ctx.language), language: ctx.language, levels };
  const texts = tags.map((tag) => `${pick(tag.name, ctx.language)} (${levelText(tag.level, say)})`);
  return {
    label: say.t('competencies.courseCompetencies'),
    value: texts.join('; ') || say.t('catalogue.authorAroundNone'),
    href: `/office/courses/${encodeURIComponent(course.code)}/details`,
  };
}
