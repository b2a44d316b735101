import type { Ctx } from '../../kernel/context.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { Tag } from '../../shell/index.ts';
import { levelNames, type NamedTag, namedTags } from '../dictionary/tree.ts';
import { dictionaryHref, levelText, type Say } from './words.ts';

export type CourseCompetencies = { tags: NamedTag[]; say: Say };

/** What `CompetencyChips` needs of a course: read once, with the page. */
export async function courseCompetencies(ctx: Ctx, kept: readonly string[]): Promise<CourseCompetencies> {
  const [tags, levels] = await Promise.all([namedTags(ctx, kept), kept.length > 0 ? levelNames(ctx) : []]);
  return { tags, say: { t: translator(ctx.language), language: ctx.language, levels } };
}

/** The competencies of a course, each with its level and a link to what it means. */
export function CompetencyChips({ tags, say }: CourseCompetencies) {
  return (
    <span class="button-row">
      {tags.map((tag) => {
        const text = [pick(tag.name, say.language), tag.level === null ? '' : levelText(tag.level, say)];
        const words = text.filter(Boolean).join(' · ');
        return (
          <Tag key={tag.key}>
            {tag.isKnown ? <a href={`${dictionaryHref}/${tag.key}`}>{words}</a> : words}
          </Tag>
        );
      })}
    </span>
  );
}
