import { playableVersion, type VersionRow } from '../catalogue/index.ts';
import { auditAll } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import type { Outcome } from '../kernel/group.ts';
import type { ContentLanguage } from '../kernel/languages.ts';
import { completeStanding } from './complete-courses.ts';
import {
  carryOver,
  insertEnrolments,
  type Known,
  knownEnrolments,
  openEnrolments,
} from './enrolment-store.ts';
import { carryExtraAttempts } from './extra-attempts/store.ts';
import { tellResumed } from './hooks.ts';
import { isComplete } from './rules.ts';

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
/** `isResumed`: what was done before the course was left counts on. */
export type Enrolled = { enrolmentId: string; now: Date; isResumed: boolean };

/**
 * Enrols different persons, whose locks the caller holds, by half a dozen statements for all. Whoever is enrolled
 * in the course already gets the enrolment that is there; who left it goes on where he was.
 */
export async function decideEnrolments(tx: Tx, asked: Enrolling[]): Promise<Outcome<Enrolled>[]> {
  const now = asked[0]?.ctx.clock.now() ?? new Date();
  const known = await knownEnrolments(tx, asked.map(placeOf));
  const fresh = asked.filter((_, index) => !known[index]?.live);
  const before = new Map(asked.map((one, index) => [one, known[index]]));
  if (fresh.length > 0) await enrol(tx, fresh, now);
  const resumed = await resume(tx, fresh, { before, now });
  return asked.map((one, index) => ({
    answer: { enrolmentId: known[index]?.live ?? one.enrolmentId, now, isResumed: resumed.has(one) },
  }));
}

function placeOf({ personId, course, version }: Enrolling) {
  return { personId, courseId: course.courseId, courseVersionId: version.courseVersionId };
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

type Before = { before: ReadonlyMap<Enrolling, Known | undefined>; now: Date };

/** Of the newly enrolled those who had left this version: their progress follows, and what is whole is completed. */
async function resume(tx: Tx, fresh: Enrolling[], { before, now }: Before): Promise<ReadonlySet<Enrolling>> {
  const left = fresh.flatMap((one) => {
    const known = before.get(one);
    const { personId, enrolmentId } = one;
    return known?.left ? [{ one, known, pair: { personId, enrolmentId, left: known.left } }] : [];
  });
  if (left.length === 0) return new Set();
  const same = left.filter(({ known }) => known.isSameVersion);
  if (same.length > 0)
    await carryOver(
      tx,
      same.map(({ pair }) => pair),
    );
  const pairs = left.map(({ pair }) => pair);
  await carryExtraAttempts(tx, pairs);
  await tellResumed(tx, pairs);
  await completeWhole(
    tx,
    same.map(({ one }) => one),
    now,
  );
  return new Set(same.map(({ one }) => one));
}

/** A test that was marked after its course was left may have been the last thing open. */
async function completeWhole(tx: Tx, resumed: Enrolling[], now: Date): Promise<void> {
  const enrolments = await openEnrolments(tx, resumed);
  const standing = await Promise.all(
    resumed.map(async ({ ctx, enrolmentId, version }) => {
      const enrolment = enrolments.get(enrolmentId);
      const { lessons } = await playableVersion(ctx, version.courseVersionId);
      const isWhole = enrolment && isComplete(version, lessons, new Set(enrolment.metLessonIds));
      return isWhole ? [{ ctx, enrolment, version, lessons }] : [];
    }),
  );
  await completeStanding(tx, standing.flat(), now);
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
