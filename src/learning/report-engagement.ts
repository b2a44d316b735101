import { type LessonRow, playableVersion } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { TimeResult } from './decide-by-time.ts';
import type { Report } from './engagement-store.ts';
import { enrolmentOf } from './enrolment-store.ts';
import { floodsOf } from './floods.ts';
import { reviewClaims } from './review-cases/open-review-case.ts';
import { isMetByTime } from './rules.ts';
import { partOfPage, type Segment, segmentsText } from './segments.ts';
import { type Recording, type TakenLesson, taken } from './taken-lesson.ts';

export type EngagementInput = {
  enrolmentId: string;
  lessonId: string;
  seconds: number;
  position?: number;
  /** Which parts of a recording were seen in these seconds. */
  segments?: Segment[];
  /** Which pages of a PDF were read in these seconds. */
  pages?: number[];
};
export type EngagementResult = {
  creditedSeconds: number;
  totalSeconds: number;
  /** What counts towards `requiredSeconds`: of a recording the seconds seen, else the total. */
  doneSeconds: number;
  requiredSeconds: number;
  lessonMet: boolean;
  courseCompleted: boolean;
};

/**
 * Takes a learner's report of seconds spent in a lesson. Most reports only add credit; the one that meets the
 * lesson is decided with the completion it may bring. Answered after the commit either way.
 */
export async function reportEngagement(ctx: Ctx, input: EngagementInput): Promise<EngagementResult> {
  const personId = requirePerson(ctx);
  const { lesson: expected, known } = await lessonOf(ctx, personId, input);
  const before = taken(expected, known.language);
  const report: Report = {
    personId,
    enrolmentId: input.enrolmentId,
    lessonId: input.lessonId,
    seconds: input.seconds,
    position: input.position ?? null,
    engagementId: newId(),
    meetsAt: expected.kind === 'quiz' ? null : before.minimumSeconds,
    recording: before.recording?.language ?? null,
    segments: before.recording ? partsIn(input, before.recording) : null,
  };
  const credited = await floodsOf(ctx.db).report(report);
  if (!credited.found) throw notFound();
  await reviewClaims(ctx, { ...input, ...credited });
  // The language may have been changed since, also by another process: what the database says decides.
  known.language = credited.language ?? known.language;
  const lesson = taken(expected, known.language);
  const isMet = metLessonsSeen.has(key(report));
  const isOverlooked = !isMet && isMetByTime(lesson, credited.done);
  if (!credited.wouldMeet && !isOverlooked)
    return resultOf(lesson, { credited, lessonMet: isMet, courseCompleted: false });
  const result = await floodsOf(ctx.db).reachTime({
    ctx,
    personId,
    lesson,
    report: { ...report, meetsAt: null },
    credited: credited.wouldMeet ? undefined : credited,
  });
  await reviewClaims(ctx, { ...input, ...result.credited });
  if (result.lessonMet) remember(metLessonsSeen, key(report), true);
  return resultOf(lesson, result);
}

/** A page is a part of the PDF as it is counted: so many seconds each, one after the other. */
function partsIn({ segments, pages }: EngagementInput, recording: Recording): string | null {
  const { pageSeconds = 0 } = recording;
  const parts = pages ? pages.map((page) => partOfPage(page, pageSeconds)) : segments;
  return parts ? segmentsText(parts, recording.seconds) : null;
}

function resultOf(lesson: TakenLesson, { credited, ...more }: TimeResult): EngagementResult {
  return {
    creditedSeconds: credited.credited,
    totalSeconds: credited.total,
    doneSeconds: Math.floor(credited.done),
    requiredSeconds: lesson.minimumSeconds,
    ...more,
  };
}

function key(report: Pick<Report, 'enrolmentId' | 'lessonId'>): string {
  return `${report.enrolmentId}:${report.lessonId}`;
}

// Remembered a process: whose enrolment it is, of which version and last in which language; which lessons are met.
const metLessonsSeen = new Map<string, boolean>();
type Known = { personId: string; versionId: string; language: string };
const versionByEnrolment = new Map<string, Known>();

async function lessonOf(
  ctx: Ctx,
  personId: string,
  input: EngagementInput,
): Promise<{ lesson: LessonRow; known: Known }> {
  let known = versionByEnrolment.get(input.enrolmentId);
  if (!known) {
    const enrolment = await enrolmentOf(ctx.db.read, personId, input.enrolmentId);
    if (!enrolment) throw notFound();
    known = { personId, versionId: enrolment.courseVersionId, language: enrolment.language };
    remember(versionByEnrolment, input.enrolmentId, known);
  }
  if (known.personId !== personId) throw notFound();
  const { lessons } = await playableVersion(ctx, known.versionId);
  const lesson = lessons.find((candidate) => candidate.lessonId === input.lessonId);
  if (!lesson) throw notFound();
  return { lesson, known };
}

/** The next report is read in the language of the enrolment as it is now. */
export function forgetLanguage(enrolmentId: string): void {
  versionByEnrolment.delete(enrolmentId);
}

function remember<V>(map: Map<string, V>, at: string, value: V): void {
  if (map.size > 200_000) map.clear();
  map.set(at, value);
}
