import type { Ctx } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { isDrawn, withBlueprints } from './blueprint-facts.ts';
import { type CourseFilters, type CourseSort, type Facets, ratingsForAverage } from './course-filters.ts';
import {
  type CourseRow,
  courseByCode,
  type LessonRow,
  lessonsOf,
  type VersionRow,
  versionById,
  versionsOf,
} from './course-store.ts';
import { mayReadDraft } from './policy.ts';
import { type FoundCourse, fewFinds, searchCourses } from './stores/course-search.ts';
import { facetsOf } from './stores/facets.ts';

export type CourseSummary = {
  code: string;
  title: { hi: string | null; en: string | null };
  summary: { hi: string | null; en: string | null };
  provider: string | null;
  tags: string[];
  competencies: string[];
  languages: string[];
  durationMinutes: number;
  state: 'draft' | 'published' | 'retired';
  isPlayable: boolean;
};

export function summaryOf(course: CourseRow): CourseSummary {
  return {
    code: course.code,
    title: { hi: course.titleHi, en: course.titleEn },
    summary: { hi: course.summaryHi, en: course.summaryEn },
    provider: course.provider,
    tags: course.tags,
    competencies: course.competencies,
    languages: course.languages,
    durationMinutes: course.durationMinutes ?? 0,
    state: course.state,
    isPlayable: course.isPlayable,
  };
}

export type CourseSearch = CourseFilters & {
  q?: string;
  sort?: CourseSort;
  limit: number;
  after?: string;
};

export type ListedCourse = CourseSummary & { rating: CourseRating | null };
/** Null stands for "fewer ratings than an average needs". */
export type CourseRating = { average: number; count: number };

export async function listCourses(
  ctx: Ctx,
  search: CourseSearch,
): Promise<{ items: ListedCourse[]; next: string | null }> {
  const { rows, next } = await searchCourses(ctx, search);
  return { items: rows.map((row) => ({ ...summaryOf(row), rating: ratingOf(row) })), next };
}

/** The average to one decimal place, from as many ratings on as it needs. */
export function ratingOf({ ratings, stars }: Pick<FoundCourse, 'ratings' | 'stars'>): CourseRating | null {
  if (ratings < ratingsForAverage) return null;
  return { average: Math.round((10 * stars) / ratings) / 10, count: ratings };
}

/** The counts beside a list: of every further choice, and of all that was found. */
export async function courseFacets(ctx: Ctx, search: Omit<CourseSearch, 'limit'>): Promise<Facets> {
  const { way } = await searchCourses(ctx, {
    ...search,
    sort: 'relevance',
    after: undefined,
    limit: fewFinds,
  });
  return facetsOf(ctx, { ...search, limit: 1 }, way);
}

/** A course with its lessons: the published version, or for its authors the draft. Not visible means not found. */
export async function courseOf(ctx: Ctx, code: string) {
  const { course, version, lessons } = await visibleCourse(ctx, code);
  return {
    ...summaryOf(course),
    durationMinutes: version.durationMinutes,
    version: version.number,
    lessons: lessons.map((lesson) => ({
      code: lesson.code,
      kind: lesson.kind,
      title: { hi: lesson.titleHi, en: lesson.titleEn },
      durationMinutes: lesson.durationMinutes,
      minimumSeconds: lesson.minimumSeconds,
    })),
  };
}

export type VisibleCourse = {
  course: CourseRow;
  version: VersionRow;
  lessons: LessonRow[];
  isAuthor: boolean;
};

export async function visibleCourse(ctx: Ctx, code: string): Promise<VisibleCourse> {
  const course = await courseByCode(ctx.db, code);
  if (!course) throw notFound();
  const isAuthor = mayReadDraft(ctx, course);
  if (course.state === 'draft' && !isAuthor) throw notFound();
  // What is published is read once a process; only a course that never was has to be looked up.
  if (course.currentVersionId)
    return { course, ...(await playableVersion(ctx, course.currentVersionId)), isAuthor };
  const versions = await versionsOf(ctx.db, course.courseId);
  const shown = versions.at(-1);
  if (!shown) throw notFound();
  return { course, version: shown, lessons: await lessonsOf(ctx.db, shown.courseVersionId), isAuthor };
}

/** A published version with its lessons never changes, so it is read once a process. */
const playable = new Map<string, Promise<{ version: VersionRow; lessons: LessonRow[] }>>();

export function playableVersion(
  ctx: Pick<Ctx, 'db'>,
  courseVersionId: string,
): Promise<{ version: VersionRow; lessons: LessonRow[] }> {
  const known = playable.get(courseVersionId);
  if (known) return known;
  const loading = loadVersion(ctx, courseVersionId);
  if (playable.size > 2000) playable.clear();
  playable.set(courseVersionId, loading);
  loading.then(
    ({ version, lessons }) => {
      if (version.state === 'draft' || version.state === 'in_review') playable.delete(courseVersionId);
      // The rules of a drawn test may change beside the course.
      else if (lessons.some(isDrawn)) forgetIn(30_000, courseVersionId);
      // Lighter copies of a recording and the pages of a PDF are made after it was published.
      else if (lessons.some(hasFile)) forgetIn(60_000, courseVersionId);
    },
    () => playable.delete(courseVersionId),
  );
  return loading;
}

function forgetIn(ms: number, courseVersionId: string): void {
  setTimeout(() => playable.delete(courseVersionId), ms).unref();
}

function hasFile({ contents }: LessonRow): boolean {
  return contents.some((content) => content.fileId !== null);
}

async function loadVersion(ctx: Pick<Ctx, 'db'>, courseVersionId: string) {
  const version = await versionById(ctx.db, courseVersionId);
  if (!version) throw notFound();
  return { version, lessons: await withBlueprints(ctx.db, await lessonsOf(ctx.db, courseVersionId)) };
}
