import {
  type CourseSummary,
  catalogueTags,
  searchCourses,
  summaryOf,
  weightsOf,
} from '../catalogue/index.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { myEnrolments } from './stores/home.ts';

export type CatalogueQuery = { q?: string; tag?: string; language?: 'hi' | 'en'; after?: string };
export type CatalogueEntry = {
  course: CourseSummary;
  /** What the whole course fetches, by language. */
  bytes: Record<string, number>;
  standing?: { percent: number; isCompleted: boolean };
};
export type CatalogueView = {
  query: CatalogueQuery;
  tags: string[];
  entries: CatalogueEntry[];
  nextHref?: string;
  firstHref?: string;
};

const perPage = 20;

/** A page of the catalogue as this person sees it: what is found, how heavy it is, how far one is. */
export async function catalogueView(ctx: Ctx, query: CatalogueQuery): Promise<CatalogueView> {
  const personId = personIdOf(ctx.actor);
  const [{ rows, next }, tags, enrolments] = await Promise.all([
    searchCourses(ctx, { ...query, limit: perPage }),
    catalogueTags(ctx),
    personId ? myEnrolments(ctx, personId) : [],
  ]);
  const weights = await weightsOf(
    ctx,
    rows.flatMap((row) => (row.isPlayable && row.currentVersionId ? [row.currentVersionId] : [])),
  );
  const mine = new Map(enrolments.map((row) => [row.courseId, row]));
  const entries = rows.map((row): CatalogueEntry => {
    const enrolment = mine.get(row.courseId);
    return {
      course: summaryOf(row),
      bytes: weights.get(row.currentVersionId ?? '') ?? {},
      standing: enrolment && {
        percent:
          enrolment.lessonsTotal === 0
            ? 0
            : Math.floor((100 * enrolment.lessonsMet) / enrolment.lessonsTotal),
        isCompleted: Boolean(enrolment.completedAt),
      },
    };
  });
  return {
    query,
    tags,
    entries,
    nextHref: next ? hrefOf({ ...query, after: next }) : undefined,
    firstHref: query.after ? hrefOf({ ...query, after: undefined }) : undefined,
  };
}

function hrefOf(query: CatalogueQuery): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(given).toString();
  return text ? `/courses?${text}` : '/courses';
}
