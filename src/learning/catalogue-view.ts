import {
  type CourseFilters,
  type CourseRating,
  type CourseSort,
  type CourseSummary,
  type Facets,
  facetNames,
  facetsOf,
  ratingOf,
  searchCourses,
  summaryOf,
  weightsOf,
} from '../catalogue/index.ts';
import { namedTags } from '../competencies/index.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { type Language, pick } from '../kernel/i18n.ts';
import { myEnrolments } from './stores/home.ts';
import { type AskedCourse, type NeededCompetency, neededOf, postOf } from './stores/post.ts';

export type CatalogueQuery = CourseFilters & { q?: string; sort?: CourseSort; after?: string };
export type CatalogueEntry = {
  course: CourseSummary;
  /** What the whole course fetches, by language. */
  bytes: Record<string, number>;
  rating: CourseRating | null;
  standing?: { percent: number; isCompleted: boolean };
  /** Why it concerns this person: an office asks for it, or the post needs what it brings. */
  asked?: AskedCourse;
  needed?: NeededCompetency;
};
export type CatalogueView = {
  query: CatalogueQuery;
  facets: Facets;
  /** Names of the competencies that the facets tell by key. */
  competencyNames: Map<string, string>;
  entries: CatalogueEntry[];
  nextHref?: string;
};

const perPage = 20;

/** A page of the catalogue as this person sees it: what is found, how heavy it is, how far one is. */
export async function catalogueView(ctx: Ctx, query: CatalogueQuery): Promise<CatalogueView> {
  const personId = personIdOf(ctx.actor);
  const search = { ...query, limit: perPage };
  const [{ rows, next, way }, enrolments, post] = await Promise.all([
    searchCourses(ctx, search),
    personId ? myEnrolments(ctx, personId) : [],
    personId ? postOf(ctx, personId) : undefined,
  ]);
  const playable = rows.flatMap((row) =>
    row.isPlayable && row.currentVersionId ? [row.currentVersionId] : [],
  );
  const [weights, facets] = await Promise.all([weightsOf(ctx, playable), facetsOf(ctx, search, way)]);
  const mine = new Map(enrolments.map((row) => [row.courseId, row]));
  const entries = rows.map(
    (row): CatalogueEntry => ({
      course: summaryOf(row),
      bytes: weights.get(row.currentVersionId ?? '') ?? {},
      rating: ratingOf(row),
      standing: standingOf(mine.get(row.courseId)),
      asked: post?.asked.find((one) => one.courseId === row.courseId),
      needed: post && neededOf(row.competencies, post.needs),
    }),
  );
  return {
    query,
    facets,
    competencyNames: await namesOf(ctx, facets, query),
    entries,
    nextHref: next ? hrefOf({ ...query, after: next }) : undefined,
  };
}

type Progress = { lessonsMet: number; lessonsTotal: number; completedAt: Date | null };

function standingOf(enrolment: Progress | undefined): CatalogueEntry['standing'] {
  if (!enrolment) return undefined;
  const { lessonsMet, lessonsTotal, completedAt } = enrolment;
  const percent = lessonsTotal === 0 ? 0 : Math.floor((100 * lessonsMet) / lessonsTotal);
  return { percent, isCompleted: Boolean(completedAt) };
}

const names = new WeakMap<Facets, Partial<Record<Language, Map<string, string>>>>();

/** Counts are shared for some seconds, and what they call competencies with them. */
async function namesOf(ctx: Ctx, facets: Facets, query: CatalogueQuery): Promise<Map<string, string>> {
  const known = names.get(facets) ?? {};
  const kept = known[ctx.language];
  if (kept) return kept;
  const keys = facets.values.competency.map(({ value }) => value);
  const named = await namedTags(ctx, query.competency ? [query.competency, ...keys] : keys);
  const found = new Map(named.map(({ key, name }) => [key, pick(name, ctx.language)]));
  names.set(facets, { ...known, [ctx.language]: found });
  return found;
}

/** The address of a search; what is undefined is left out, and so is the usual order. */
export function hrefOf(query: CatalogueQuery): string {
  const given = Object.entries(query).flatMap(([name, value]) => {
    const isUsual = name === 'sort' && value === 'relevance';
    return value === undefined || value === '' || isUsual ? [] : [[name, String(value)]];
  });
  const text = new URLSearchParams(given).toString();
  return text ? `/courses?${text}` : '/courses';
}

/** The filters that are chosen; a level is taken away with its competency. */
export function chosenFilters(query: CatalogueQuery): (typeof facetNames)[number][] {
  return facetNames.filter((name) => query[name]);
}
