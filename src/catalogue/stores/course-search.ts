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

/** How courses are found and ranked: texts of SQL, whose values `put` takes and stands in for. */
type Way = {
  way: 'all' | 'near';
  /** Names the shape of the texts, so that statements alike in all but their values are prepared once. */
  shape: string;
  matches(put: Put): string;
  rank(put: Put): string;
  key?: Key | undefined;
};
type Put = (value: unknown, type: string) => string;

const newest: Way = {
  way: 'all',
  shape: 'newest',
  matches: () => 'true',
  rank: () => '1e10 - extract(epoch from coalesce(c.published_at, c.created_at))::int',
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
    shape: `all${terms.patterns.length}`,
    matches: (put) =>
      terms.patterns.map((pattern) => `c.search_text like ${put(pattern, 'text')}`).join(' and '),
    rank: (put) => `(case when c.search_text like ${put(`% ${typed} %`, 'text')} then 0
      when c.search_text like ${put(isShort ? `% ${typed} %` : `% ${typed}%`, 'text')} then 1
      when c.search_text like ${put(`% ${first} %`, 'text')} then 2 else 3 end) * 100000
      + least(strpos(c.search_text, ${put(` ${first}`, 'text')}), 99999)`,
  };
}

/** The words that may have been meant, in any number; courses that have more of them first. */
async function nearest(ctx: Pick<Ctx, 'db'>, skeletons: string[]): Promise<Way | undefined> {
  const vocabulary = await courseWords(ctx);
  const meant = skeletons
    .map((token) => (vocabulary.has(token) ? [token] : nearestWords(token, vocabulary)))
    .filter((words) => words.length > 0);
  const first = meant[0]?.[0];
  if (first === undefined) return undefined;
  const hasOne = (words: string[], put: Put) =>
    `c.search_text like any(${put(
      words.map((word) => `% ${word} %`),
      'text[]',
    )})`;
  return {
    way: 'near',
    shape: `near${meant.length}`,
    matches: (put) => `(${meant.map((words) => hasOne(words, put)).join(' or ')})`,
    rank: (
      put,
    ) => `(${meant.length} - (${meant.map((words) => `(${hasOne(words, put)})::int`).join(' + ')})) * 100000
      + least(nullif(strpos(c.search_text, ${put(` ${first} `, 'text')}), 0), 99999)`,
  };
}

async function pageOf(ctx: Pick<Ctx, 'db'>, search: CourseSearch, way: Way): Promise<Found> {
  const { text, values } = statementOf(search, way);
  const filters = `${search.tag ? '-tag' : ''}${search.language ? '-language' : ''}`;
  const found = await ctx.db.hot<Ranked>(`course-search-${way.shape}${filters}`, text, values);
  const rows = found.slice(0, search.limit);
  const last = rows.at(-1);
  const hasMore = found.length > search.limit && last;
  return { rows, next: hasMore ? `${way.way}:${last.rank}:${last.code}` : null };
}

const listed = `c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
  c.summary_hi as "summaryHi", c.summary_en as "summaryEn", c.audience_hi as "audienceHi", c.audience_en as "audienceEn",
  c.provider, c.tags, c.competencies, c.languages, c.state, c.is_playable as "isPlayable", c.office_id as "officeId",
  null as "officePath", c.current_version_id as "currentVersionId", v.duration_minutes as "durationMinutes", r.rank`;

/** The keys of the page are found first, so that only its courses are read whole. */
function statementOf(search: CourseSearch, way: Way): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const put: Put = (value, type) => `$${values.push(value)}::${type}`;
  const conditions = ["c.state = 'published'", way.matches(put)];
  if (search.tag) conditions.push(`c.tags @> ${put([search.tag], 'text[]')}`);
  if (search.language) conditions.push(`${put(search.language, 'text')} = any(c.languages)`);
  const keyRank = put(way.key?.rank ?? null, 'float8');
  const keyCode = put(way.key?.code ?? null, 'text');
  const text = `with ranked as (
      select * from (select c.course_id, c.code,
        ((case when c.is_playable then 0 else 1e11 end) + ${way.rank(put)})::float8 as rank
        from course c where ${conditions.join(' and ')}) every_match
      where ${keyRank} is null or (rank, code) > (${keyRank}, ${keyCode})
      order by rank, code limit ${put(search.limit + 1, 'int')})
    select ${listed} from ranked r join course c using (course_id)
      left join course_version v on v.course_version_id = c.current_version_id
    order by r.rank, c.code`;
  return { text, values };
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
