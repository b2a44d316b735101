import { sql } from 'kysely';
import type { Ctx } from '../kernel/context.ts';
import { searchQuery } from '../kernel/text/index.ts';
import type { CourseSearch } from './course-queries.ts';
import type { CourseRow } from './course-store.ts';

/**
 * Published courses by relevance to words in either script, or by title where nothing is asked.
 * `next` is the key of the following page.
 */
export async function searchCourses(
  ctx: Pick<Ctx, 'db' | 'language'>,
  search: CourseSearch,
): Promise<{ rows: CourseRow[]; next: string | null }> {
  const offset = search.after ? Math.max(0, Number.parseInt(search.after, 10) || 0) : 0;
  const terms = search.q?.trim() ? searchQuery(search.q) : undefined;
  const words = terms ? [terms.folded, ...terms.skeletons].filter(Boolean).join(' ') : '';
  const matches = words
    ? sql`(${words} <% c.search_text or c.search_text like ${`%${likeSafe(terms?.folded ?? '')}%`})`
    : sql`true`;
  const order = words
    ? sql`word_similarity(${words}, c.search_text) desc, c.code`
    : sql`c.is_playable desc, c.published_at desc nulls last, c.code`;
  const found =
    await sql<CourseRow>`select c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
      c.summary_hi as "summaryHi", c.summary_en as "summaryEn", c.audience_hi as "audienceHi", c.audience_en as "audienceEn",
      c.provider, c.tags, c.competencies, c.languages, c.state, c.is_playable as "isPlayable", c.office_id as "officeId",
      null as "officePath", c.current_version_id as "currentVersionId", v.duration_minutes as "durationMinutes"
    from course c left join course_version v on v.course_version_id = c.current_version_id
    where c.state = 'published' and ${matches}
      and (${search.tag ?? null}::text is null or ${search.tag ?? null} = any(c.tags))
      and (${search.language ?? null}::text is null or ${search.language ?? null} = any(c.languages))
    order by ${order} limit ${search.limit + 1} offset ${offset}`.execute(ctx.db.read);
  const rows = found.rows.slice(0, search.limit);
  return { rows, next: found.rows.length > search.limit ? String(offset + search.limit) : null };
}

function likeSafe(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
