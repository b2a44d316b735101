import { sql } from 'kysely';
import type { LessonRow, VersionRow } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
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
    record(tx, completion, enrolment.enrolmentId),
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

/** An imported completion of the same day gives way to the one that Daksh saw itself. */
async function record(tx: Tx, completion: DecidedCompletion, enrolmentId: string): Promise<void> {
  await sql`update completion set voided_at = ${completion.completedAt}, void_reason = 'decided here on the same day'
    where person_id = ${completion.personId} and course_id = ${completion.courseId}
      and completed_day = ${completion.completedDay} and voided_at is null`.execute(tx);
  await sql`insert into completion (person_id, completion_id, course_id, course_version_id, completed_day, completed_at, source,
      enrolment_id, minutes, office_id, area_id, service_group, engagement)
    select ${completion.personId}::uuid, ${completion.completionId}::uuid, ${completion.courseId}::uuid, ${completion.courseVersionId}::uuid,
      ${completion.completedDay}::date, ${completion.completedAt}::timestamptz, 'daksh', ${enrolmentId}::uuid, ${completion.minutes}::int,
      f.office_id, f.area_id, f.service_group, f.engagement
    from (select 1) one left join lateral (
      select p.office_id, o.area_id, p.service_group, p.engagement from posting p join office o using (office_id)
      where p.person_id = ${completion.personId} and p.voided_at is null
      order by (p.starts_on <= ${completion.completedDay}::date and (p.ends_on is null or p.ends_on >= ${completion.completedDay}::date)) desc,
        p.is_primary desc, p.starts_on <= ${completion.completedDay}::date desc,
        abs(p.starts_on - ${completion.completedDay}::date), p.posting_id limit 1) f on true`.execute(tx);
  await sql`update enrolment set completed_at = ${completion.completedAt} where person_id = ${completion.personId}
    and enrolment_id = ${enrolmentId}`.execute(tx);
}
