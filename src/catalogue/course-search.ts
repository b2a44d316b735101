import { sql } from 'kysely';
import type { Ctx } from '../kernel/context.ts';
import { searchQuery } from '../kernel/text/index.ts';
import type { CourseSearch } from './course-queries.ts';
import type { CourseRow } from './course-store.ts';

/** How a course stands in a list: the lower first, then by code. Both make the key of the next page. */
type Ranked = CourseRow & { rank: number };
type Found = { rows: CourseRow[]; next: string | null };

/**
 * Published courses by relevance to words in either script, or the newest first where nothing is asked;
 * those that do not run here stand below. All words have to be found; only where no course has them all
 * (a slip of the finger, a word too many) are those shown that come nearest. `next` is the key of the
 * following page.
 */
export async function searchCourses(ctx: Pick<Ctx, 'db'>, search: CourseSearch): Promise<Found> {
  const key = readKey(search.after);
  const terms = search.q?.trim() ? searchQuery(search.q) : undefined;
  if (!terms || terms.skeletons.length === 0) return pageOf(ctx, search, { ...newest, key });
  if (key?.way !== 'near') {
    const exact = await pageOf(ctx, search, { ...wordForWord(terms), key });
    if (exact.rows.length > 0 || key) return exact;
  }
  return pageOf(ctx, search, { ...nearest(terms.skeletons), key });
}

type Way = {
  way: 'all' | 'near';
  matches: ReturnType<typeof sql>;
  rank: ReturnType<typeof sql>;
  key?: Key | undefined;
};

const newest: Way = {
  way: 'all',
  matches: sql`true`,
  rank: sql`1e10 - extract(epoch from coalesce(c.published_at, c.created_at))::int`,
};

/**
 * Whole words as typed first, then their beginnings, then what sounds the same; among equals the course
 * whose title has the word before the one whose summary has it, since a document begins with the title.
 */
function wordForWord(terms: { folded: string; skeletons: string[]; patterns: string[] }): Way {
  const first = terms.skeletons[0] ?? '';
  const typed = likeSafe(terms.folded);
  const isShort = terms.folded.length <= 3;
  return {
    way: 'all',
    matches: sql`(${sql.join(
      terms.patterns.map((pattern) => sql`c.search_text like ${pattern}`),
      sql` and `,
    )})`,
    rank: sql`(case when c.search_text like ${`% ${typed} %`} then 0
      when c.search_text like ${isShort ? `% ${typed} %` : `% ${typed}%`} then 1
      when c.search_text like ${`% ${first} %`} then 2 else 3 end) * 100000
      + least(strpos(c.search_text, ${` ${first}`}), 99999)`,
  };
}

/** Each word by the trigrams it shares with the nearest one of the course. */
function nearest(skeletons: string[]): Way {
  const likeness = sql.join(
    skeletons.map((token) => sql`word_similarity(${token}, c.search_text)`),
    sql` + `,
  );
  return {
    way: 'near',
    matches: sql`(${sql.join(
      skeletons.map((token) => sql`${token} <% c.search_text`),
      sql` or `,
    )})`,
    rank: sql`round(((${skeletons.length} - (${likeness})) * 10000)::numeric)`,
  };
}

async function pageOf(ctx: Pick<Ctx, 'db'>, search: CourseSearch, way: Way): Promise<Found> {
  const rank = sql`((case when c.is_playable then 0 else 1e11 end) + ${way.rank})::float8`;
  const found =
    await sql<Ranked>`select * from (select c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
      c.summary_hi as "summaryHi", c.summary_en as "summaryEn", c.audience_hi as "audienceHi", c.audience_en as "audienceEn",
      c.provider, c.tags, c.competencies, c.languages, c.state, c.is_playable as "isPlayable", c.office_id as "officeId",
      null as "officePath", c.current_version_id as "currentVersionId", v.duration_minutes as "durationMinutes", ${rank} as rank
    from course c left join course_version v on v.course_version_id = c.current_version_id
    where c.state = 'published' and ${way.matches}
      and (${search.tag ?? null}::text is null or c.tags @> array[${search.tag ?? null}::text])
      and (${search.language ?? null}::text is null or ${search.language ?? null} = any(c.languages))) ranked
    where ${way.key?.rank ?? null}::float8 is null or (rank, code) > (${way.key?.rank ?? null}::float8, ${way.key?.code ?? null}::text)
    order by rank, code limit ${search.limit + 1}`.execute(ctx.db.read);
  const rows = found.rows.slice(0, search.limit);
  const last = rows.at(-1);
  const hasMore = found.rows.length > search.limit && last;
  return { rows, next: hasMore ? `${way.way}:${last.rank}:${last.code}` : null };
}

type Key = { way: Way['way']; rank: number; code: string };

/** A key of our own making, or none: what cannot be read begins at the first page. */
function readKey(after: string | undefined): Key | undefined {
  const parts = /^(all|near):(-?[\d.e+]+):(.+)$/.exec(after ?? '');
  if (!parts) return undefined;
  const rank = Number(parts[2]);
  return Number.isFinite(rank) ? { way: parts[1] as Way['way'], rank, code: parts[3] ?? '' } : undefined;
}

function likeSafe(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
