import { type Ctx, requirePerson } from '../kernel/context.ts';
import type { LearnerCourse } from './course-view.ts';
import { type TestStanding, testStandingsOf } from './hooks.ts';
import { attemptsLeft, attemptsMade } from './stores/attempts.ts';

/** How one stands before the quizzes and tests of a course that are not met, by the codes of their lessons. */
export type LessonTests = ReadonlyMap<string, Pick<TestStanding, 'state' | 'until'>>;
export type TestsBeside = { notes: LessonTests; running: TestStanding | undefined };

export async function testsBeside(ctx: Ctx, at: LearnerCourse): Promise<TestsBeside> {
  if (!at.detail || at.detail.enrolment.completedAt) return { notes: new Map(), running: undefined };
  const { detail, lessons } = at;
  const isOpen = new Set(detail.view.lessons.filter((view) => !view.met).map((view) => view.id));
  const open = lessons.filter((lesson) => lesson.quiz && isOpen.has(lesson.lessonId));
  const isDrawn = open.some((lesson) => lesson.quiz?.blueprint);
  const [standings, closed] = await Promise.all([
    isDrawn ? testStandingsOf(ctx, requirePerson(ctx)) : [],
    closedQuizzes(
      ctx,
      at,
      open.filter((lesson) => !lesson.quiz?.blueprint && lesson.quiz?.attempts !== null),
    ),
  ]);
  const here = standings.filter((one) => one.courseCode === at.course.code);
  const notes = new Map(here.map((one) => [one.lessonCode, { state: one.state, until: one.until }]));
  for (const code of closed) notes.set(code, { state: 'used', until: null });
  return { notes, running: here.find((one) => one.state === 'open') };
}

/** The quizzes at which no attempt is left. */
async function closedQuizzes(
  ctx: Ctx,
  { detail }: LearnerCourse,
  quizzes: LearnerCourse['lessons'],
): Promise<string[]> {
  const enrolmentId = detail?.enrolment.enrolmentId;
  if (!enrolmentId || quizzes.length === 0) return [];
  const personId = requirePerson(ctx);
  const keys = quizzes.map(({ lessonId }) => ({ personId, enrolmentId, lessonId }));
  const counts = await attemptsMade(ctx.db.read, keys);
  return quizzes.flatMap((lesson, index) => {
    const count = counts[index] ?? { made: 0, extra: 0 };
    return attemptsLeft(lesson.quiz?.attempts ?? null, count) === 0 ? [lesson.code] : [];
  });
}
