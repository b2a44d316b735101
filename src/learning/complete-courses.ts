import type { LessonRow, VersionRow } from '../catalogue/index.ts';
import { auditAll } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { type DecidedRow, decidedOnDay, insertDecided } from './completion-store.ts';
import { advanceEnrolments, markLessonsMet, type OpenEnrolment } from './enrolment-store.ts';
import { isComplete, requiredLessons } from './rules.ts';

/** A completion that Daksh decided, as told to whoever has to act in the same transaction (certificates). */
export type DecidedCompletion = DecidedRow & {
  /** Who acted, from where: each person's own. */
  ctx: Ctx;
};
type CompletionHandler = (tx: Tx, completions: DecidedCompletion[]) => Promise<void>;
const handlers: CompletionHandler[] = [];

/**
 * Runs `handler` in the transaction of completions that Daksh decides, several persons' together. Where it
 * throws, each person's is tried alone.
 */
export function onCoursesCompleted(handler: CompletionHandler): void {
  if (!handlers.includes(handler)) handlers.push(handler);
}

/** A lesson that one person has met just now, and where the enrolment stood before. */
export type Meeting = {
  ctx: Ctx;
  enrolment: OpenEnrolment;
  lessonId: string;
  version: VersionRow;
  lessons: LessonRow[];
};

/**
 * Marks lessons of different persons met and, where nothing the course's rule asks for is open, completes it,
 * in the caller's transaction. The caller holds the persons' locks. Returns the enrolments that this completed.
 */
export async function meetLessons(tx: Tx, meetings: Meeting[], now: Date): Promise<ReadonlySet<string>> {
  if (meetings.length === 0) return new Set();
  const reached = meetings.map(progressOf);
  await markLessonsMet(tx, reached, now);
  await advanceEnrolments(tx, reached, now);
  const completed = reached.filter((one) => one.isCompleted).map((one) => decided(one.meeting, now));
  if (completed.length > 0) await complete(tx, completed);
  return new Set(completed.map(({ row }) => row.enrolmentId));
}

/** Completes enrolments in which nothing is open any more, since a new version asks for less. */
export async function completeStanding(
  tx: Tx,
  standing: Omit<Meeting, 'lessonId'>[],
  now: Date,
): Promise<void> {
  if (standing.length === 0) return;
  const rows = standing.map(({ enrolment, version, lessons }) => ({
    ...{ personId: enrolment.personId, enrolmentId: enrolment.enrolmentId },
    met: requiredLessons(version, lessons).length,
    isCompleted: true,
  }));
  await advanceEnrolments(tx, rows, now);
  await complete(
    tx,
    standing.map((one) => decided({ ...one, lessonId: '' }, now)),
  );
}

function progressOf(meeting: Meeting) {
  const { enrolment, version, lessons, lessonId } = meeting;
  const { personId, enrolmentId, completedAt, withdrawnAt } = enrolment;
  const met = new Set([...enrolment.metLessonIds, lessonId]);
  const required = requiredLessons(version, lessons);
  const count = required.filter((lesson) => met.has(lesson.lessonId)).length;
  // A paper may be marked after its course was left: what it met counts for who takes it up again.
  const isCompleted = !completedAt && !withdrawnAt && isComplete(version, lessons, met);
  return { meeting, personId, enrolmentId, lessonId, met: count, isCompleted };
}

type Decided = { row: DecidedCompletion; meeting: Meeting };

function decided(meeting: Meeting, now: Date): Decided {
  const { ctx, enrolment, version } = meeting;
  const { personId, enrolmentId, courseId, courseVersionId } = enrolment;
  const row = {
    ...{ ctx, personId, enrolmentId, courseId, courseVersionId },
    completionId: newId(),
    completedDay: indiaDay(now),
    completedAt: now,
    minutes: version.durationMinutes,
  };
  return { row, meeting };
}

async function complete(tx: Tx, given: Decided[]): Promise<void> {
  const completed = await withoutSameDay(tx, given);
  if (completed.length === 0) return;
  const rows = completed.map(({ row }) => row);
  const hint = { kind: 'completed', completionIds: rows.map((row) => row.completionId) };
  await changeFacts(tx, { ids: rows.map((row) => row.personId), hint }, () => insertDecided(tx, rows));
  await auditAll(tx, completed.map(completionAct));
  for (const handler of handlers) await handler(tx, rows);
}

/** Who does a course again on the very day of completing it has nothing new: the day's completion stands. */
async function withoutSameDay(tx: Tx, completed: Decided[]): Promise<Decided[]> {
  const again = completed.filter(({ meeting }) => meeting.enrolment.redoOf);
  if (again.length === 0) return completed;
  const standing = await decidedOnDay(
    tx,
    again.map(({ row }) => row),
  );
  return completed.filter(({ row }) => !standing.has(row.enrolmentId));
}

function completionAct({ row, meeting }: Decided) {
  const entry = {
    action: 'course.completed',
    subjectKind: 'completion',
    subjectId: row.completionId,
    personId: row.personId,
    detail: { course: meeting.enrolment.courseCode, version: meeting.version.number },
  };
  return { ctx: row.ctx, entry };
}
