import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { searchQuery } from '../../kernel/text/index.ts';
import type { CourseSearch } from '../course-queries.ts';
import type { CourseRow } from '../course-store.ts';
import { nearestWords } from '../nearest-words.ts';
import { courseWords } from './vocabulary.ts';

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
  const near = await nearest(ctx, terms.skeletons);
  return near ? pageOf(ctx, search, { ...near, key }) : { rows: [], next: null };
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

/** The words that may have been meant, in any number; courses that have more of them first. */
async function nearest(ctx: Pick<Ctx, 'db'>, skeletons: string[]): Promise<Way | undefined> {
  const vocabulary = await courseWords(ctx);
  const known = new Set(vocabulary);
  const meant = skeletons
    .map((token) => (known.has(token) ? [token] : nearestWords(token, vocabulary)))
    .filter((words) => words.length > 0);
  const first = meant[0]?.[0];
  if (first === undefined) return undefined;
  const groups = meant.map((words) => {
    const likes = words.map((word) => sql`c.search_text like ${`% ${word} %`}`);
    return sql`(${sql.join(likes, sql` or `)})`;
  });
  const found = sql.join(
    groups.map((group) => sql`${group}::int`),
    sql` + `,
  );
  return {
    way: 'near',
    matches: sql`(${sql.join(groups, sql` or `)})`,
    rank: sql`(${groups.length} - (${found})) * 100000 + least(nullif(strpos(c.search_text, ${` ${first} `}), 0), 99999)`,
  };
}

async function pageOf(ctx: Pick<Ctx, 'db'>, search: CourseSearch, way: Way): Promise<Found> {
  const rank = sql`((case when c.is_playable then 0 else 1e11 end) + ${way.rank})::float8`;
  const key = [way.key?.rank ?? null, way.key?.code ?? null] as const;
  const found = await sql<Ranked>`with ranked as (
      select * from (select c.course_id, c.code, ${rank} as rank from course c
        where c.state = 'published' and ${way.matches}
          and (${search.tag ?? null}::text is null or c.tags @> array[${search.tag ?? null}::text])
          and (${search.language ?? null}::text is null or ${search.language ?? null} = any(c.languages))) every_match
      where ${key[0]}::float8 is null or (rank, code) > (${key[0]}::float8, ${key[1]}::text)
      order by rank, code limit ${search.limit + 1})
    select c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
      c.summary_hi as "summaryHi", c.summary_en as "summaryEn", c.audience_hi as "audienceHi", c.audience_en as "audienceEn",
      c.provider, c.tags, c.competencies, c.languages, c.state, c.is_playable as "isPlayable", c.office_id as "officeId",
      null as "officePath", c.current_version_id as "currentVersionId", v.duration_minutes as "durationMinutes", r.rank
    from ranked r join course c using (course_id) left join course_version v on v.course_version_id = c.current_version_id
    order by r.rank, c.code`.execute(ctx.db.read);
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
