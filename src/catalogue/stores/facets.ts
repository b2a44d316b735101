import { CompiledQuery } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Db } from '../../kernel/db.ts';
import { type CourseFilters, type FacetName, type Facets, facetNames, mostLevel } from '../course-filters.ts';
import type { CourseSearch } from '../course-queries.ts';
import { audienceSql, bandSql, filterConditions, type Put } from './course-filters.ts';
import type { Way } from './course-search.ts';

const keptForMs = 10_000;
const mostKept = 300;
type Kept = { at: number; facets: Promise<Facets> };
const kept = new WeakMap<Db, Map<string, Kept>>();

/**
 * How many courses each further choice would leave, and how many there are. A facet counts what the other
 * filters leave, so that another of its own values can be chosen. Counts may be ten seconds old.
 */
export function facetsOf(ctx: Pick<Ctx, 'db'>, search: CourseSearch, way: Way): Promise<Facets> {
  const known = kept.get(ctx.db) ?? new Map<string, Kept>();
  kept.set(ctx.db, known);
  const { q, level } = search;
  const name = JSON.stringify([q, level, way.shape, ...facetNames.map((facet) => search[facet])]);
  const found = known.get(name);
  if (found && performance.now() - found.at < keptForMs) return found.facets;
  if (known.size >= mostKept) known.clear();
  const facets = countFacets(ctx, search, way);
  known.set(name, { at: performance.now(), facets });
  facets.catch(() => known.delete(name));
  return facets;
}

type Row = { facet: FacetName | 'level' | 'total'; value: string; count: number };

async function countFacets(ctx: Pick<Ctx, 'db'>, search: CourseSearch, way: Way): Promise<Facets> {
  const values: unknown[] = [];
  const put: Put = (value, type) => `$${values.push(value)}::${type}`;
  const text = statementOf(search as CourseFilters, way, put);
  const { rows } = await ctx.db.read.executeQuery<Row>(CompiledQuery.raw(text, values));
  const of = (facet: Row['facet']) =>
    rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count }));
  return {
    total: of('total')[0]?.count ?? 0,
    values: {
      tag: of('tag'),
      language: of('language'),
      competency: of('competency'),
      provider: of('provider'),
      duration: of('duration'),
      audience: of('audience'),
      level: of('level'),
    },
  };
}

/** What each facet counts: an expression of `m`, a course that has several counts for each. */
const counted: Record<FacetName, { value: string; most: number }> = {
  tag: { value: 'unnest(m.tags)', most: 60 },
  language: { value: 'unnest(m.languages)', most: 23 },
  competency: { value: "split_part(unnest(m.competencies), ':', 1)", most: 100 },
  provider: { value: 'm.provider', most: 40 },
  duration: { value: 'm.band', most: 10 },
  audience: { value: 'm.audience', most: 40 },
};

function statementOf(filters: CourseFilters, way: Way, put: Put): string {
  const conditions = filterConditions(filters, put);
  const chosen = facetNames.filter((name) => conditions[name]);
  const held = chosen.map((name) => `, (${conditions[name]}) as "holds_${name}"`).join('');
  const except = (facet?: FacetName) =>
    ['true', ...chosen.filter((name) => name !== facet).map((name) => `m."holds_${name}"`)].join(' and ');
  const parts = facetNames.map((facet) => {
    const { value, most } = counted[facet];
    return `(select '${facet}' as facet, value, count(*)::int as count
      from (select distinct m.course_id, ${value} as value from m where ${except(facet)}) one
      where value is not null and value <> '' group by value order by count(*) desc, value limit ${most})`;
  });
  return `with m as materialized (select c.course_id, c.tags, c.languages, c.competencies, c.provider,
      ${bandSql} as band, ${audienceSql} as audience ${held}
    from course c left join course_version v on v.course_version_id = c.current_version_id
    where c.state = 'published' and ${way.matches(put)})
  select 'total' as facet, '' as value, count(*)::int as count from m where ${except()}
  union all ${parts.join(' union all ')} ${filters.competency ? levelsOf(filters.competency, put, except('competency')) : ''}`;
}

/** Courses of a competency by the level that they lead to at least. */
function levelsOf(competency: string, put: Put, where: string): string {
  const key = put(competency, 'text');
  return `union all (select 'level', n::text, count(*)::int from m, generate_series(1, ${mostLevel}) n
    where ${where} and m.competencies && (select array_agg(${key} || ':' || k) from generate_series(n, ${mostLevel}) k)
    group by n order by n)`;
}
