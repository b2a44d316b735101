import { type CourseRow, courseByCode, mayReadDraft } from '../catalogue/index.ts';
import { type Ctx, scopesOf } from '../kernel/context.ts';
import { addMonths, type Day, endOfMonth, startOfMonth, todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { type OfficeRow, type Role, rolesSeeingFigures } from '../organisations/index.ts';
import { isSmallCount } from './hidden-in-tree.ts';
import { seesExactly } from './office-summary.ts';
import { ownOffices } from './own-offices.ts';
import { activityByMonth, countedAsOf } from './stores/counters.ts';
import { type CourseAtOffice, completedWithin, courseBelow, openEnrolments } from './stores/courses.ts';
import { rootOffices } from './stores/offices.ts';
import { nothingCounted } from './vector.ts';

/** Who may have the figures of some course; of which one, the course decides. */
export const rolesReadingCourses: readonly Role[] = [
  ...new Set<Role>([...rolesSeeingFigures, 'author', 'reviewer', 'publisher']),
];

export type CourseMonth = {
  /** Its first day. */
  period: Day;
  completions: number;
  renewals: number;
  minutes: number;
  isUnfinished: boolean;
};

export type CourseFigures = {
  course: CourseRow;
  asOf: Day;
  /** Not started + in progress + completed; null, as the others, where it is masked. */
  enrolled: number | null;
  notStarted: number | null;
  inProgress: number | null;
  completed: number | null;
  renewals: number | null;
  learningMinutes: number | null;
  /** Whether any of these is. */
  masked: boolean;
  /** The last twelve; none where one of them is masked. */
  months: CourseMonth[];
  /** The reader's own office, and the completions of its people, by the offices right below it. */
  office: OfficeRow | null;
  below: CourseAtOffice[];
};

/**
 * What a course has come to, everywhere and by month, from its counters; live. For whoever works on it, and of a
 * published one for whoever reads figures; who does not read those of everybody gets no counts of 1 to 4.
 */
export async function courseFigures(ctx: Ctx, code: string): Promise<CourseFigures> {
  const course = await courseByCode(ctx.db, code);
  if (!course || !mayReadCourse(ctx, course)) throw notFound();
  // All enrolments of a course are looked through: where nobody else waits behind them.
  return ctx.db.aside((db) => figuresOf({ ...ctx, db }, course));
}

async function figuresOf(ctx: Ctx, course: CourseRow): Promise<CourseFigures> {
  const { courseId } = course;
  const asOf = todayInIndia(ctx.clock);
  const [[counted = nothingCounted], open, months, own, isExact] = await Promise.all([
    countedAsOf(ctx.db.read, [courseId], [asOf]),
    openEnrolments(ctx.db.read, { courseId, asOf }),
    monthsOf(ctx, courseId, asOf),
    ownOffices(ctx),
    seesEverybody(ctx),
  ]);
  const [office = null] = own;
  const officeIds = own.map(({ officeId }) => officeId);
  const [below, inOwn] = await Promise.all([
    office ? courseBelow(ctx.db.read, { courseId, officeId: office.officeId, asOf }) : [],
    office && !isExact ? completedWithin(ctx.db.read, { courseId, officeIds, asOf }) : 0,
  ]);
  const counts = { ...open, completed: counted.activity_completions, renewals: counted.activity_renewals };
  const hidden = isExact ? nothingHidden : hiddenOf(counts, { office, inOwn, months });
  const shown = (isHidden: boolean, value: number) => (isHidden ? null : value);
  return {
    ...{ course, asOf, office, below },
    masked: Object.values(hidden).some(Boolean),
    enrolled: shown(hidden.enrolled, counts.notStarted + counts.inProgress + counts.completed),
    notStarted: shown(hidden.notStarted, counts.notStarted),
    inProgress: shown(hidden.inProgress, counts.inProgress),
    completed: shown(hidden.completed, counts.completed),
    renewals: shown(hidden.renewals, counts.renewals),
    learningMinutes: shown(hidden.completed, counted.activity_minutes),
    months: hidden.months ? [] : months,
  };
}

type Counts = { notStarted: number; inProgress: number; completed: number; renewals: number };
type Beside = Pick<CourseFigures, 'office' | 'months'> & { inOwn: number };
type Hidden = Record<keyof Counts | 'enrolled' | 'months', boolean>;

const nothingHidden: Hidden = {
  ...{ notStarted: false, inProgress: false, completed: false, renewals: false },
  ...{ enrolled: false, months: false },
};

/**
 * Small counts, and what would tell them: the enrolled less the other two; and the whole less what is `inOwn`, one's
 * own offices, which one sees exactly, month by month too.
 */
function hiddenOf(counts: Counts, { office, inOwn, months }: Beside): Hidden {
  const [notStarted, inProgress] = [isSmallCount(counts.notStarted), isSmallCount(counts.inProgress)];
  const completed = isSmallCount(counts.completed) || isSmallCount(counts.completed - inOwn);
  return {
    ...{ notStarted, inProgress, completed },
    enrolled: notStarted || inProgress || completed,
    renewals: completed || isSmallCount(counts.renewals) || (office !== null && counts.renewals > 0),
    months: completed || office !== null || tellSmall(counts, months),
  };
}

/** Whether a month has a small count, or what there was before all of them, by subtraction. */
function tellSmall({ completed, renewals }: Counts, months: readonly CourseMonth[]): boolean {
  const before = { completions: completed, renewals };
  for (const month of months) {
    before.completions -= month.completions;
    before.renewals -= month.renewals;
  }
  return [before, ...months].some((one) => isSmallCount(one.completions) || isSmallCount(one.renewals));
}

export function mayReadCourse(ctx: Ctx, course: CourseRow): boolean {
  const readsFigures = ctx.actor.kind === 'system' || scopesOf(ctx.actor, rolesSeeingFigures).length > 0;
  return mayReadDraft(ctx, course) || (course.state !== 'draft' && readsFigures);
}

/** Whether the figures of every government are the actor's to see exactly. */
async function seesEverybody(ctx: Ctx): Promise<boolean> {
  return (await rootOffices(ctx.db.read)).every((root) => seesExactly(ctx, root));
}

async function monthsOf(ctx: Ctx, courseId: string, asOf: Day): Promise<CourseMonth[]> {
  const first = addMonths(startOfMonth(asOf), -11);
  const found = await activityByMonth(ctx.db.read, courseId, { from: first, to: asOf });
  const byMonth = new Map(found.map((row) => [row.month, row]));
  return Array.from({ length: 12 }, (_, index) => {
    const period = addMonths(first, index);
    const { completions = 0, renewals = 0, minutes = 0 } = byMonth.get(period) ?? {};
    return { period, completions, renewals, minutes, isUnfinished: endOfMonth(period) > asOf };
  });
}
