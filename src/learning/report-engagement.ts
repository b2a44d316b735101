import { type LessonRow, playableVersion } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { decideCompletion } from './complete-course.ts';
import type { EngagementBatcher } from './engagement-batcher.ts';
import { type Credited, creditOne, lockPerson, type Report } from './engagement-store.ts';
import { enrolmentOf, markLessonMet } from './enrolment-store.ts';
import { isMetByTime } from './rules.ts';

export type EngagementInput = { enrolmentId: string; lessonId: string; seconds: number; position?: number };
export type EngagementResult = {
  creditedSeconds: number;
  totalSeconds: number;
  requiredSeconds: number;
  lessonMet: boolean;
  courseCompleted: boolean;
};

/**
 * Takes a learner's report of seconds spent in a lesson. Most reports only add credit and go through the
 * batch; the one that meets the lesson is decided in a transaction of its own, with the completion it may
 * bring. Answered after the commit either way.
 */
export async function reportEngagement(
  ctx: Ctx,
  batcher: EngagementBatcher,
  input: EngagementInput,
): Promise<EngagementResult> {
  const personId = requirePerson(ctx);
  const { lesson, versionId } = await lessonOf(ctx, personId, input);
  const report: Report = {
    personId,
    enrolmentId: input.enrolmentId,
    lessonId: input.lessonId,
    seconds: Math.floor(input.seconds),
    position: input.position ?? null,
    engagementId: newId(),
    meetsAt: lesson.kind === 'quiz' ? null : lesson.minimumSeconds,
  };
  const credited = await batcher.credit(report);
  if (!credited.found) throw notFound();
  const overlooked =
    lesson.kind !== 'quiz' && credited.total >= lesson.minimumSeconds && !metLessonsSeen.has(key(report));
  if (!credited.wouldMeet && !overlooked)
    return resultOf(lesson, credited, { lessonMet: metLessonsSeen.has(key(report)), courseCompleted: false });
  return decide(ctx, {
    report: { ...report, meetsAt: null, seconds: credited.wouldMeet ? report.seconds : 0 },
    lesson,
    versionId,
    before: credited,
  });
}

type Decision = { report: Report; lesson: LessonRow; versionId: string; before: Credited };

/** The person's lock comes first, so that a quiz, a report and an import of one person wait in one order. */
async function decide(ctx: Ctx, { report, lesson, versionId, before }: Decision): Promise<EngagementResult> {
  const standing = await playableVersion(ctx, versionId);
  const result = await ctx.db.transaction(async (tx) => {
    await lockPerson(tx, report.personId);
    const credited = before.wouldMeet ? await creditOne(tx, report, ctx.clock.now()) : before;
    const enrolment = await enrolmentOf(tx, report.personId, report.enrolmentId);
    if (!credited?.found || !enrolment) throw notFound();
    if (!isMetByTime(lesson, credited.total))
      return resultOf(lesson, credited, { lessonMet: false, courseCompleted: false });
    await markLessonMet(tx, {
      personId: report.personId,
      enrolmentId: report.enrolmentId,
      lessonId: report.lessonId,
      now: ctx.clock.now(),
    });
    const courseCompleted = await decideCompletion(tx, ctx, { enrolment, ...standing });
    return resultOf(lesson, credited, { lessonMet: true, courseCompleted });
  });
  if (result.lessonMet) remember(metLessonsSeen, key(report), true);
  return result;
}

function resultOf(
  lesson: LessonRow,
  credited: Credited,
  more: { lessonMet: boolean; courseCompleted: boolean },
): EngagementResult {
  return {
    creditedSeconds: credited.credited,
    totalSeconds: credited.total,
    requiredSeconds: lesson.minimumSeconds,
    ...more,
  };
}

function key(report: Pick<Report, 'enrolmentId' | 'lessonId'>): string {
  return `${report.enrolmentId}:${report.lessonId}`;
}

// What never changes is remembered a process: whose enrolment it is and of which version; which lessons are met.
const metLessonsSeen = new Map<string, boolean>();
const versionByEnrolment = new Map<string, { personId: string; versionId: string }>();

async function lessonOf(
  ctx: Ctx,
  personId: string,
  input: EngagementInput,
): Promise<{ lesson: LessonRow; versionId: string }> {
  let known = versionByEnrolment.get(input.enrolmentId);
  if (!known) {
    const enrolment = await enrolmentOf(ctx.db.read, personId, input.enrolmentId);
    if (!enrolment) throw notFound();
    known = { personId, versionId: enrolment.courseVersionId };
    remember(versionByEnrolment, input.enrolmentId, known);
  }
  if (known.personId !== personId) throw notFound();
  const { lessons } = await playableVersion(ctx, known.versionId);
  const lesson = lessons.find((candidate) => candidate.lessonId === input.lessonId);
  if (!lesson) throw notFound();
  return { lesson, versionId: known.versionId };
}

function remember<V>(map: Map<string, V>, at: string, value: V): void {
  if (map.size > 200_000) map.clear();
  map.set(at, value);
}
