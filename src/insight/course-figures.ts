import { type CourseRow, courseByCode, mayReadDraft } from '../catalogue/index.ts';
import { type Ctx, scopesOf } from '../kernel/context.ts';
import { addMonths, type Day, endOfMonth, startOfMonth, todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { type OfficeRow, type Role, rolesSeeingFigures } from '../organisations/index.ts';
import { isSmallCount } from './masking.ts';
import { seesExactly } from './office-summary.ts';
import { ownOffices } from './own-offices.ts';
import { activityByMonth, countedAsOf } from './stores/counters.ts';
import { type CourseAtOffice, courseBelow, openEnrolments } from './stores/courses.ts';
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
  /** Not started + in progress + completed; null, as the others, where a small count is masked. */
  enrolled: number | null;
  notStarted: number | null;
  inProgress: number | null;
  completed: number | null;
  renewals: number | null;
  learningMinutes: number | null;
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
  const { courseId } = course;
  const asOf = todayInIndia(ctx.clock);
  const [[counted = nothingCounted], open, months, office = null, isExact] = await Promise.all([
    countedAsOf(ctx.db.read, [courseId], [asOf]),
    openEnrolments(ctx.db.read, { courseId, asOf }),
    monthsOf(ctx, courseId, asOf),
    ownOffices(ctx).then(([own]) => own),
    seesEverybody(ctx),
  ]);
  const counts = { ...open, completed: counted.activity_completions, renewals: counted.activity_renewals };
  const masked = !isExact && Object.values(counts).some(isSmallCount);
  const areMonthsMasked = masked || (!isExact && months.some((month) => isSmallCount(month.completions)));
  const shown = (value: number) => (masked ? null : value);
  return {
    ...{ course, asOf, masked, office },
    enrolled: shown(counts.notStarted + counts.inProgress + counts.completed),
    notStarted: shown(counts.notStarted),
    inProgress: shown(counts.inProgress),
    completed: shown(counts.completed),
    renewals: shown(counts.renewals),
    learningMinutes: shown(counted.activity_minutes),
    months: areMonthsMasked ? [] : months,
    below: office ? await courseBelow(ctx.db.read, { courseId, officeId: office.officeId, asOf }) : [],
  };
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
