import {
  type CourseRow,
  lessonPairs,
  playableVersion,
  type Redo,
  type RedoPreview,
  type VersionRow,
} from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { indiaDay, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { addJob } from '../../kernel/jobs.ts';
import { rolesSeeingFigures } from '../../organisations/index.ts';
import { completeStanding } from '../complete-courses.ts';
import { openEnrolments } from '../enrolment-store.ts';
import { requiredLessons } from '../rules.ts';
import {
  addDone,
  batchResult,
  countByOffice,
  countEnrolled,
  insertRedo,
  keepUnchanged,
  moveUnfinished,
  type RedoRow,
  redoById,
  reopenCompleted,
  takeBatch,
} from './redo-store.ts';

const batchSize = 2000;

/** Whom a new version would concern: all in numbers, and by office where this actor sees figures. */
export async function previewRedo(ctx: Ctx, course: CourseRow): Promise<RedoPreview> {
  const scopes = scopesOf(ctx.actor, rolesSeeingFigures).filter((scope) => scope !== '*');
  const { courseId } = course;
  const [all, offices] = await Promise.all([
    countEnrolled(ctx.db, courseId),
    scopes.length > 0 ? countByOffice(ctx.db, { courseId, scopes, today: todayInIndia(ctx.clock) }) : [],
  ]);
  return { ...all, offices };
}

/** In the publication's transaction: what has to follow is noted, and a job begins with it. */
export async function beginFollowing(
  tx: Tx,
  ctx: Ctx,
  { course, version, redo }: { course: CourseRow; version: VersionRow; redo: Redo },
): Promise<void> {
  const { courseVersionId } = version;
  await insertRedo(tx, { courseId: course.courseId, courseVersionId, redo, now: ctx.clock.now() });
  await addJob(tx, 'learning:follow-version', { courseVersionId }, { key: `follow:${courseVersionId}` });
}

/**
 * Lets the enrolments of older versions follow, some thousand a transaction, so that nobody waits long for his
 * row. What is done is done: a job that was killed goes on where it was.
 */
export async function followVersion(ctx: Ctx, courseVersionId: string): Promise<void> {
  const redo = await redoById(ctx.db, courseVersionId);
  if (!redo) return;
  const standing = await playableVersion(ctx, courseVersionId);
  const pairs = await lessonPairs(ctx, courseVersionId);
  while ((await followSome(ctx, redo, { standing, pairs })) > 0);
}

type Plan = {
  standing: Awaited<ReturnType<typeof playableVersion>>;
  pairs: { from: string; to: string }[];
};

async function followSome(ctx: Ctx, redo: RedoRow, { standing, pairs }: Plan): Promise<number> {
  const now = ctx.clock.now();
  const { courseVersionId } = redo;
  const requiredIds = requiredLessons(standing.version, standing.lessons).map((lesson) => lesson.lessonId);
  return ctx.db.transaction(async (tx) => {
    const taken = await takeBatch(tx, redo, batchSize);
    if (taken === 0) {
      await addDone(tx, { courseVersionId, done: 0, finishedAt: now });
      return 0;
    }
    const version = { courseVersionId, requiredIds, now, day: indiaDay(now) };
    await changeFacts(tx, { table: 'follow_batch' }, async () => {
      await keepUnchanged(tx);
      await moveUnfinished(tx, pairs, version);
      await reopenCompleted(tx, version);
    });
    const { moved, reopened, reached } = await batchResult(tx);
    const complete = await openEnrolments(tx, reached);
    await completeStanding(
      tx,
      [...complete.values()].map((enrolment) => ({ ctx, enrolment, ...standing })),
      now,
    );
    await addDone(tx, { courseVersionId, done: moved + reopened, finishedAt: null });
    await audit(tx, ctx, {
      action: 'enrolments.followed',
      subjectKind: 'course_version',
      subjectId: courseVersionId,
      detail: { moved, reopened },
    });
    return taken;
  });
}
