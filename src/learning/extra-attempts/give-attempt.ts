import { z } from 'zod';
import { type LessonRow, playableVersion } from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { forbidden, notFound, Refusal } from '../../kernel/errors.ts';
import { lockGroup } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { holdsRoleOver, type Role } from '../../organisations/index.ts';
import { deskOfPerson } from '../../people/index.ts';
import { attemptsLeft, attemptsMade } from '../stores/attempts.ts';
import { type GoingOn, goingOn, insertExtraAttempt } from './store.ts';

export const rolesGivingAttempts: readonly Role[] = ['nodal'];

/** A quiz or test at which all attempts are used and none passed: without help its course cannot be completed. */
export type ClosedDoor = Omit<GoingOn, 'metLessonIds' | 'courseVersionId'> & {
  lesson: LessonRow;
  made: number;
};

export const attemptInput = z.object({
  course: z.string().min(1).max(64).describe('The code of the course'),
  lesson: z.string().min(1).max(64).describe('The code of the quiz or test'),
  reason: z.string().trim().min(5, 'too_short').max(500).describe('The learner reads it too'),
});

/** Whether the actor is a nodal officer over where this person is posted; nobody gives himself anything. */
export async function mayGiveAttempt(ctx: Ctx, personId: string): Promise<boolean> {
  const actorId = personIdOf(ctx.actor);
  if (!actorId || actorId === personId) return false;
  const { office } = await deskOfPerson(ctx, personId);
  return office !== undefined && holdsRoleOver(ctx, rolesGivingAttempts, office.path);
}

/** The doors that stand closed before a person, for the nodal officer who may open one. */
export async function visibleDoors(ctx: Ctx, personId: string): Promise<ClosedDoor[]> {
  requireRole(ctx, rolesGivingAttempts);
  if (!(await mayGiveAttempt(ctx, personId))) throw notFound();
  return closedDoors(ctx, ctx.db.read, personId);
}

/** Gives one more attempt where all are used, with a reason that the learner reads and the trail keeps. */
export async function giveAttempt(
  ctx: Ctx,
  personId: string,
  given: z.output<typeof attemptInput>,
): Promise<void> {
  requireRole(ctx, rolesGivingAttempts);
  const by = personIdOf(ctx.actor);
  if (!by) throw forbidden();
  if (!(await mayGiveAttempt(ctx, personId))) throw notFound();
  await ctx.db.transaction(async (tx) => {
    await lockGroup(tx, [personId], 'wait');
    const doors = await closedDoors(ctx, tx, personId);
    const door = doors.find((one) => one.code === given.course && one.lesson.code === given.lesson);
    if (!door) throw notClosed();
    const extraAttemptId = newId();
    const { enrolmentId, lesson } = door;
    const row = { personId, extraAttemptId, enrolmentId, lessonCode: lesson.code };
    await insertExtraAttempt(tx, { ...row, reason: given.reason, now: ctx.clock.now(), by });
    await audit(tx, ctx, {
      action: 'attempt.given',
      subjectKind: 'enrolment',
      subjectId: enrolmentId,
      personId,
      detail: { course: given.course, lesson: given.lesson, made: door.made, reason: given.reason },
    });
  });
}

async function closedDoors(ctx: Ctx, read: Reads | Tx, personId: string): Promise<ClosedDoor[]> {
  const courses = await goingOn(read, personId);
  const tests = await Promise.all(courses.map((course) => testsIn(ctx, course)));
  const all = tests.flat();
  if (all.length === 0) return [];
  const counts = await attemptsMade(
    read,
    all.map(({ course, lesson }) => ({
      personId,
      enrolmentId: course.enrolmentId,
      lessonId: lesson.lessonId,
    })),
  );
  return all.flatMap(({ course, lesson }, index): ClosedDoor[] => {
    const count = counts[index] ?? { made: 0, extra: 0 };
    if (attemptsLeft(lesson.quiz?.attempts ?? null, count) !== 0) return [];
    const { enrolmentId, code, titleHi, titleEn } = course;
    return [{ enrolmentId, code, titleHi, titleEn, lesson, made: count.made }];
  });
}

async function testsIn(ctx: Ctx, course: GoingOn) {
  const { lessons } = await playableVersion(ctx, course.courseVersionId);
  return lessons
    .filter((lesson) => lesson.quiz && !course.metLessonIds.includes(lesson.lessonId))
    .map((lesson) => ({ course, lesson }));
}

function notClosed(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस परीक्षा में प्रयास अभी बाकी हैं, या यह पूरी हो चुकी है; और प्रयास देने की ज़रूरत नहीं है।',
      en: 'Attempts at this test are left, or it is passed: no more are needed.',
    },
    { reason: 'attempts_not_used' },
  );
}
