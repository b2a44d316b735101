import { bytesOf, contentIn, type LessonRow, newestCourses, playableVersion } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { fieldTagsOf } from './fields.ts';
import {
  certificateLinksOf,
  type HomeNotice,
  homeCardsOf,
  homeNoticesOf,
  type TestStanding,
  testStandingsOf,
} from './hooks.ts';
import { prerequisitesFor } from './prerequisites/save-prerequisites.ts';
import { requiredLessons } from './rules.ts';
import { type MyCompletion, type MyEnrolment, myEnrolments, newestCompletionsOf } from './stores/home.ts';
import { type AskedCourse, type NeededCompetency, postOf, type ShelvedCourse } from './stores/post.ts';

type Local = { titleHi: string | null; titleEn: string | null };

export type Continuation = Local & {
  courseCode: string;
  lesson: LessonRow;
  lessonNumber: number;
  minutesLeft: number;
  bytes: number;
  progressPercent: number;
  isBegun: boolean;
};

export type MyCourse = Local & {
  code: string;
  status: 'notStarted' | 'inProgress' | 'completed';
  lessonsMet: number;
  lessonsTotal: number;
  completedDay?: string;
  minutes?: number;
  certificateHref?: string;
  test?: TestStanding;
};

export type Suggestion = Local & {
  code: string;
  durationMinutes: number;
  languages: string[];
  tags: string[];
  reason:
    | { kind: 'post'; nameHi: string; nameEn: string }
    | { kind: 'new' }
    | { kind: 'tag' | 'field'; tag: string }
    | { kind: 'offered' };
};

export type Home = {
  /** A test whose clock runs stands before everything. */
  running?: TestStanding;
  /** What features above put first: what is due by an order. */
  cards: Awaited<ReturnType<typeof homeCardsOf>>;
  continuation?: Continuation;
  /** What a nodal officer asks and is not done. */
  asked: AskedCourse[];
  shelf: ShelvedCourse[];
  courses: MyCourse[];
  suggestions: Suggestion[];
  notices: HomeNotice[];
};

const coursesShown = 12;
const suggestionsShown = 3;
const askedShown = 6;
const shelfShown = 3;
const newForDays = 45;

/** All that a learner's first page says, in one round trip of statements that the homes of one moment share. */
export async function homeOf(ctx: Ctx): Promise<Home> {
  const personId = requirePerson(ctx);
  const [enrolments, completions, certificates, newest, notices, post, tests, cards] = await Promise.all([
    myEnrolments(ctx, personId),
    newestCompletionsOf(ctx, personId),
    certificateLinksOf(ctx, personId),
    newestCourses(ctx),
    homeNoticesOf(ctx, personId),
    postOf(ctx, personId),
    testStandingsOf(ctx, personId),
    homeCardsOf(ctx, personId),
  ]);
  const hrefs = new Map(certificates.map((one) => [one.courseId, one.href]));
  const known = new Set([...enrolments, ...completions, ...post.asked].map((row) => row.courseId));
  const mine = {
    field: new Set(fieldTagsOf(post.words)),
    needs: new Map(post.needs.map((need) => [need.key, need])),
    tags: new Set(enrolments.flatMap((row) => row.tags)),
    soon: ctx.clock.now().getTime() - newForDays * 86_400_000,
  };
  const suggestions = newest
    .filter((course) => !known.has(course.courseId))
    .map((course) => ({ ...course, reason: reasonFor(course, mine) }))
    .sort((a, b) => nearness(b.reason) - nearness(a.reason));
  const running = tests.find((one) => one.state === 'open');
  const current = enrolments.find((row) => !row.completedAt && row.courseId !== running?.courseId);
  return {
    running,
    cards,
    continuation: current && (await continuationOf(ctx, current)),
    asked: post.asked.slice(0, askedShown),
    shelf: post.shelf.filter((one) => !known.has(one.courseId)).slice(0, shelfShown),
    courses: withTests(myCourses(enrolments, completions, hrefs), tests).slice(0, coursesShown),
    suggestions: await openOnes(ctx, personId, suggestions),
    notices,
  };
}

/** The first suggestions in which one can enrol: what asks for another course first is left out. */
async function openOnes<S extends { courseId: string }>(
  ctx: Ctx,
  personId: string,
  suggestions: S[],
): Promise<S[]> {
  const near = suggestions.slice(0, 4 * suggestionsShown);
  const barred = await Promise.all(
    near.map(async ({ courseId }) => {
      const first = await prerequisitesFor(ctx, courseId, personId);
      return first.some((one) => one.isMust && !one.isDone);
    }),
  );
  return near.filter((_, index) => !barred[index]).slice(0, suggestionsShown);
}

/** A test that was tried says so, even where no lesson is met yet. */
function withTests(courses: MyCourse[], tests: TestStanding[]): MyCourse[] {
  const byCourse = new Map(tests.map((test) => [test.courseCode, test]));
  return courses.map((course) => {
    const test = course.status === 'completed' ? undefined : byCourse.get(course.code);
    return test ? { ...course, test, status: 'inProgress' } : course;
  });
}

/** What the post asks for stands first, then what is made for its field; else the newest. */
function nearness({ kind }: Suggestion['reason']): number {
  return kind === 'post' ? 2 : Number(kind === 'field');
}

type Mine = {
  needs: Map<string, NeededCompetency>;
  field: Set<string>;
  tags: Set<string>;
  soon: number;
};

function reasonFor(
  course: { publishedAt: Date; tags: string[]; competencies: string[] },
  mine: Mine,
): Suggestion['reason'] {
  const needed = course.competencies.map((tag) => mine.needs.get(tag.split(':')[0] ?? '')).find(Boolean);
  if (needed) return { kind: 'post', nameHi: needed.nameHi, nameEn: needed.nameEn };
  const field = course.tags.find((tag) => mine.field.has(tag));
  if (field) return { kind: 'field', tag: field };
  const shared = course.tags.find((tag) => mine.tags.has(tag));
  if (shared) return { kind: 'tag', tag: shared };
  return { kind: course.publishedAt.getTime() >= mine.soon ? 'new' : 'offered' };
}

/** Where the person left off: the lesson last opened if it is still open, else the first that is. */
export async function continuationOf(
  ctx: Pick<Ctx, 'db'>,
  row: MyEnrolment,
): Promise<Continuation | undefined> {
  const { version, lessons } = await playableVersion(ctx, row.courseVersionId);
  const progress = row.progress ?? [];
  const met = new Set(progress.filter((one) => one.isMet).map((one) => one.lessonId));
  const open = requiredLessons(version, lessons).filter((lesson) => !met.has(lesson.lessonId));
  const lastOpened = progress[0]?.lessonId;
  const lesson = open.find((one) => one.lessonId === lastOpened) ?? open[0];
  if (!lesson) return undefined;
  const seconds = progress.find((one) => one.lessonId === lesson.lessonId)?.doneSeconds ?? 0;
  return {
    titleHi: row.titleHi,
    titleEn: row.titleEn,
    courseCode: row.code,
    lesson,
    lessonNumber: lessons.indexOf(lesson) + 1,
    minutesLeft: Math.max(1, Math.ceil(lesson.durationMinutes - seconds / 60)),
    bytes: contentIn(lesson, row.language) ? bytesOf(lesson, row.language) : 0,
    progressPercent: row.lessonsTotal === 0 ? 0 : Math.floor((100 * row.lessonsMet) / row.lessonsTotal),
    isBegun: progress.length > 0,
  };
}

/** Enrolments first, then what was completed elsewhere and came by import. */
function myCourses(
  enrolments: MyEnrolment[],
  completions: MyCompletion[],
  hrefs: Map<string, string>,
): MyCourse[] {
  const byCourse = new Map(completions.map((row) => [row.courseId, row]));
  const enrolled = enrolments.map((row): MyCourse => {
    const done = byCourse.get(row.courseId);
    byCourse.delete(row.courseId);
    return {
      ...row,
      status: row.completedAt ? 'completed' : row.progress ? 'inProgress' : 'notStarted',
      completedDay: row.completedAt ? done?.completedDay : undefined,
      minutes: done?.minutes,
      certificateHref: hrefs.get(row.courseId),
    };
  });
  const elsewhere = [...byCourse.values()].map(
    (row): MyCourse => ({
      ...row,
      status: 'completed',
      lessonsMet: 0,
      lessonsTotal: 0,
      certificateHref: hrefs.get(row.courseId),
    }),
  );
  return [...enrolled, ...elsewhere];
}
