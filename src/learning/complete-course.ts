import type { LessonRow, VersionRow } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { insertDecided } from './completion-store.ts';
import { countMet, type EnrolmentRow, metLessons } from './enrolment-store.ts';
import { isComplete, requiredLessons } from './rules.ts';

/** A completion that Daksh decided, as told to whoever has to act in the same transaction (certificates). */
export type DecidedCompletion = {
  personId: string;
  completionId: string;
  courseId: string;
  courseVersionId: string;
  completedDay: string;
  completedAt: Date;
  minutes: number;
};
type CompletionHandler = (tx: Tx, ctx: Ctx, completion: DecidedCompletion) => Promise<void>;
const handlers: CompletionHandler[] = [];

/** Runs `handler` in the transaction of every completion that Daksh decides. */
export function onCourseCompleted(handler: CompletionHandler): void {
  if (!handlers.includes(handler)) handlers.push(handler);
}

export type Standing = { enrolment: EnrolmentRow; version: VersionRow; lessons: LessonRow[] };

/**
 * After a lesson was met: counts what is met and, when nothing the rule asks for is open, completes the
 * course, in the caller's transaction. The caller holds the person's lock. Returns true on completion.
 */
export async function decideCompletion(tx: Tx, ctx: Ctx, standing: Standing): Promise<boolean> {
  const { enrolment, version, lessons } = standing;
  const now = ctx.clock.now();
  const met = await metLessons(tx, enrolment.personId, enrolment.enrolmentId);
  const required = requiredLessons(version, lessons);
  const count = required.filter((lesson) => met.has(lesson.lessonId)).length;
  await countMet(tx, { personId: enrolment.personId, enrolmentId: enrolment.enrolmentId, met: count, now });
  if (enrolment.completedAt || enrolment.withdrawnAt || !isComplete(version, lessons, met)) return false;
  const completion: DecidedCompletion = {
    personId: enrolment.personId,
    completionId: newId(),
    courseId: enrolment.courseId,
    courseVersionId: enrolment.courseVersionId,
    completedDay: indiaDay(now),
    completedAt: now,
    minutes: version.durationMinutes,
  };
  const hint = { ...completion, kind: 'completed' };
  await changeFacts(tx, { ids: [enrolment.personId], hint }, () =>
    insertDecided(tx, { ...completion, enrolmentId: enrolment.enrolmentId }),
  );
  await audit(tx, ctx, {
    action: 'course.completed',
    subjectKind: 'completion',
    subjectId: completion.completionId,
    personId: enrolment.personId,
    detail: { course: enrolment.courseCode, version: version.number },
  });
  for (const handler of handlers) await handler(tx, ctx, completion);
  return true;
}
