import type { VersionRow } from '../catalogue/index.ts';
import { auditAll } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import type { Outcome } from '../kernel/group.ts';
import type { ContentLanguage } from '../kernel/languages.ts';
import { activeEnrolmentIds, insertEnrolments } from './enrolment-store.ts';

/** Somebody who wants to take a course; the id is given before. */
export type Enrolling = {
  ctx: Ctx;
  personId: string;
  enrolmentId: string;
  course: { courseId: string; code: string };
  version: VersionRow;
  language: ContentLanguage;
  lessonsTotal: number;
};
export type Enrolled = { enrolmentId: string; now: Date };

/**
 * Enrols different persons, whose locks the caller holds, by half a dozen statements for all. Whoever is enrolled
 * in the course already gets the enrolment that is there.
 */
export async function decideEnrolments(tx: Tx, asked: Enrolling[]): Promise<Outcome<Enrolled>[]> {
  const now = asked[0]?.ctx.clock.now() ?? new Date();
  const known = await activeEnrolmentIds(
    tx,
    asked.map((one) => ({ personId: one.personId, courseId: one.course.courseId })),
  );
  const fresh = asked.filter((_, index) => !known[index]);
  if (fresh.length > 0) await enrol(tx, fresh, now);
  return asked.map((one, index) => ({ answer: { enrolmentId: known[index] ?? one.enrolmentId, now } }));
}

async function enrol(tx: Tx, fresh: Enrolling[], now: Date): Promise<void> {
  const hint = { kind: 'enrolled', enrolmentIds: fresh.map((one) => one.enrolmentId) };
  const rows = fresh.map(({ course, version, ...one }) => ({
    ...{ personId: one.personId, enrolmentId: one.enrolmentId, courseId: course.courseId },
    ...{ courseVersionId: version.courseVersionId, language: one.language, lessonsTotal: one.lessonsTotal },
  }));
  await changeFacts(tx, { ids: fresh.map((one) => one.personId), hint }, () =>
    insertEnrolments(tx, rows, { now, day: indiaDay(now) }),
  );
  await auditAll(tx, fresh.map(enrolmentAct));
}

function enrolmentAct({ ctx, personId, enrolmentId, course }: Enrolling) {
  const entry = {
    action: 'enrolment.made',
    subjectKind: 'enrolment',
    subjectId: enrolmentId,
    personId,
    detail: { course: course.code },
  };
  return { ctx, entry };
}
