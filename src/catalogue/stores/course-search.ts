import { CompiledQuery } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { searchQuery } from '../../kernel/text/index.ts';
import { type CourseFilters, type CourseSort, facetNames, ratingsForAverage } from '../course-filters.ts';
import type { CourseSearch } from '../course-queries.ts';
import type { CourseRow } from '../course-store.ts';
import { meantWords } from '../meant-words.ts';
import { filterConditions, type Put } from './course-filters.ts';
import { courseWords } from './vocabulary.ts';

export type FoundCourse = CourseRow & { ratings: number; stars: number };
/** How a course stands in a list: the lower first, then by code. Both make the key of the next page. */
type Ranked = FoundCourse & { rank: number };
/** `found` says by which words, for the counts beside the list. */
type Found = { rows: FoundCourse[]; next: string | null; way: Way };

/** So few courses with all words of several are followed by those that come near. */
export const fewFinds = 5;

/**
 * Published courses by relevance to words in either script, or the newest first where nothing is asked;
 * those that do not run here stand below. Courses that have all words come first; where none has them, or of
 * several words only a few (a slip of the finger, a word too many), those follow that come nearest. `next` is
 * the key of the following page.
 */
export async function searchCourses(ctx: Pick<Ctx, 'db'>, search: CourseSearch): Promise<Found> {
  const key = readKey(search.after);
  const typed = search.q?.trim().replace(/\s+/g, ' ').toLowerCase() ?? '';
  const terms = { ...searchQuery(typed), typed };
  if (terms.skeletons.length === 0) return pageOf(ctx, search, { ...everything, key });
  const exactly = wordForWord(terms);
  if (key?.way !== 'near') {
    const exact = await pageOf(ctx, search, { ...exactly, key });
    const enough = terms.skeletons.length > 1 ? fewFinds : 1;
    if (key || (await isEnough(ctx, search, { exact, enough }))) return exact;
  }
  const near = await nearest(ctx, terms.folded, exactly);
  return near ? pageOf(ctx, search, { ...near, key }) : { rows: [], next: null, way: exactly };
}

/** Where the words alone find enough, the filters left little of it: then no other words are guessed at. */
async function isEnough(
  ctx: Pick<Ctx, 'db'>,
  search: CourseSearch,
  { exact, enough }: { exact: Found; enough: number },
): Promise<boolean> {
  if (exact.next || exact.rows.length >= enough) return true;
  if (!facetNames.some((name) => search[name])) return false;
  const unfiltered = await pageOf(ctx, { q: search.q ?? '', limit: enough }, exact.way);
  return unfiltered.rows.length >= enough;
}

/** How courses are found and ranked: texts of SQL, whose values `put` takes and stands in for. */
export type Way = {
  way: 'all' | 'near';
  /** Names the shape of the texts, so that statements alike in all but their values are prepared once. */
  shape: string;
  matches(put: Put): string;
  rank(put: Put): string;
  key?: Key | undefined;
};

const everything: Way = {
  way: 'all',
  shape: 'newest',
  matches: () => 'true',
  rank: () => newestRank,
};

const newestRank = '1e10 - extract(epoch from coalesce(c.published_at, c.created_at))::int';
/** Whole numbers, so that the key of a page survives its way through an address. */
const ranks: Record<Exclude<CourseSort, 'relevance'>, string> = {
  newest: newestRank,
  shortest: 'coalesce(nullif(v.duration_minutes, 0), 99999)',
  rated: `case when t.ratings >= ${ratingsForAverage} then 50000 - round(10000.0 * t.stars / t.ratings) else 99999 end`,
};

type Terms = { folded: string; skeletons: string[]; patterns: string[]; typed: string };

/**
 * Whole words as typed first, then their beginnings, then what sounds the same; among equals the course
 * whose title has the word before the one whose summary has it, since a document begins with the title.
 */
function wordForWord(terms: Terms): Way {
  const first = terms.skeletons[0] ?? '';
  const typed = likeSafe(terms.folded);
  const isShort = terms.folded.length <= 3;
  return {
    way: 'all',
    shape: `all${terms.patterns.length}${terms.folded.includes(' ') ? 's' : ''}`,
    matches: (put) =>
      terms.patterns.map((pattern) => `c.search_text like ${put(pattern, 'text')}`).join(' and '),
    rank: (
      put,
    ) => `${exactTitle(terms, put)}(case when c.search_text like ${put(`% ${typed} %`, 'text')} then 0
      when c.search_text like ${put(isShort ? `% ${typed} %` : `% ${typed}%`, 'text')} then 1
      when c.search_text like ${put(`% ${first} %`, 'text')} then 2 else 3 end) * 100000
      + least(strpos(c.search_text, ${put(` ${first}`, 'text')}), 99999)`,
  };
}

/** A title as it stands, or several words that are its beginning, name that course: it stands first, also where it runs elsewhere. */
function exactTitle({ folded, typed }: Terms, put: Put): string {
  const title = put(typed, 'text');
  const isTitle = `${title} in (lower(c.title_hi), lower(c.title_en))`;
  const begins = folded.includes(' ')
    ? `when c.search_text like ${put(` ${likeSafe(folded)} %`, 'text')} then -2e11`
    : '';
  return `(case when ${isTitle} then -2.1e11 ${begins} else 0 end) + `;
}

/** The words that may have been meant, in any number; courses that have all as typed first, then those with more. */
async function nearest(ctx: Pick<Ctx, 'db'>, folded: string, exactly: Way): Promise<Way | undefined> {
  const meant = meantWords(folded.split(' '), await courseWords(ctx));
  const first = meant[0]?.[0];
  if (first === undefined) return undefined;
  const hasOne = (words: string[], put: Put) =>
    `c.search_text like any(${put(
      words.map((word) => `% ${word} %`),
      'text[]',
    )})`;
  return {
    way: 'near',
    shape: `near${meant.length}${exactly.shape}`,
    matches: (put) =>
      `(${[...meant.map((words) => hasOne(words, put)), `(${exactly.matches(put)})`].join(' or ')})`,
    rank: (put) => `case when ${exactly.matches(put)} then ${exactly.rank(put)} - 1.5e11 else
      (${meant.length} - (${meant.map((words) => `(${hasOne(words, put)})::int`).join(' + ')})) * 100000
      + least(coalesce(nullif(strpos(c.search_text, ${put(` ${first} `, 'text')}), 0), 99999), 99999) end`,
  };
}

async function pageOf(ctx: Pick<Ctx, 'db'>, search: CourseSearch, way: Way): Promise<Found> {
  const { text, values } = statementOf(search, way);
  const isUsual = isSearchedOften(search);
  const found = isUsual
    ? await ctx.db.hot<Ranked>(`course-search-${way.shape}`, text, values)
    : (await ctx.db.read.executeQuery<Ranked>(CompiledQuery.raw(text, values))).rows;
  const rows = found.slice(0, search.limit);
  const last = rows.at(-1);
  const hasMore = found.length > search.limit && last;
  return { rows, next: hasMore ? `${way.way}:${last.rank}:${last.code}` : null, way };
}

/** Only what is asked often is prepared: filters and orders together would make hundreds of statements. */
function isSearchedOften({ sort, ...search }: CourseSearch): boolean {
  const filters = facetNames.filter((name) => search[name]);
  const isPlain = filters.every((name) => name === 'tag' || name === 'language');
  return isPlain && (sort ?? 'relevance') === 'relevance';
}

const listed = `c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
  c.summary_hi as "summaryHi", c.summary_en as "summaryEn", c.audience_hi as "audienceHi", c.audience_en as "audienceEn",
  c.provider, c.tags, c.competencies, c.languages, c.state, c.is_playable as "isPlayable", c.office_id as "officeId",
  null as "officePath", c.current_version_id as "currentVersionId", v.duration_minutes as "durationMinutes",
  coalesce(t.ratings, 0) as ratings, coalesce(t.stars, 0) as stars, r.rank`;

const withVersion = 'left join course_version v on v.course_version_id = c.current_version_id';
const withRatings = 'left join course_rating_total t on t.course_id = c.course_id';

/** The keys of the page are found first, so that only its courses are read whole. */
function statementOf(search: CourseSearch, way: Way): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const put: Put = (value, type) => `$${values.push(value)}::${type}`;
  const sort = search.sort ?? 'relevance';
  const filters = Object.values(filterConditions(search as CourseFilters, put));
  const conditions = ["c.state = 'published'", way.matches(put), ...filters];
  const rank = sort === 'relevance' ? way.rank(put) : ranks[sort];
  const needs = [
    search.duration || sort === 'shortest' ? withVersion : '',
    sort === 'rated' ? withRatings : '',
  ];
  const keyRank = put(way.key?.rank ?? null, 'float8');
  const keyCode = put(way.key?.code ?? null, 'text');
  const text = `with ranked as (
      select * from (select c.course_id, c.code,
        ((case when c.is_playable then 0 else 1e11 end) + (${rank}))::float8 as rank
        from course c ${needs.join(' ')} where ${conditions.join(' and ')}) every_match
      where ${keyRank} is null or (rank, code) > (${keyRank}, ${keyCode})
      order by rank, code limit ${put(search.limit + 1, 'int')})
    select ${listed} from ranked r join course c using (course_id) ${withVersion}
      left join course_rating_total t on t.course_id = r.course_id
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
