import { type LessonRow, playableVersion } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, type Refusal } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/group.ts';
import { type Meeting, meetLessons } from './complete-courses.ts';
import { type Credited, creditWithin, type Report } from './engagement-store.ts';
import { type OpenEnrolment, openEnrolments } from './enrolment-store.ts';
import { isMetByTime } from './rules.ts';

/** A report that meets its lesson by the time spent; `credited` where the report itself is written already. */
export type TimeReached = {
  ctx: Ctx;
  personId: string;
  report: Report;
  lesson: LessonRow;
  credited?: Credited;
};
export type TimeResult = { credited: Credited; lessonMet: boolean; courseCompleted: boolean };

/** Decides reports of different persons, whose locks the caller holds, with the completions that they bring. */
export async function decideByTime(tx: Tx, reached: TimeReached[]): Promise<Outcome<TimeResult>[]> {
  const now = reached[0]?.ctx.clock.now() ?? new Date();
  const judged = await judgeAll(tx, reached, now);
  const meetings = judged.flatMap((one) => ('meeting' in one && one.meeting ? [one.meeting] : []));
  const completed = await meetLessons(tx, meetings, now);
  return judged.map((one) => {
    if ('refusal' in one) return one;
    const { credited, meeting } = one;
    const courseCompleted = meeting !== undefined && completed.has(meeting.enrolment.enrolmentId);
    return { answer: { credited, lessonMet: meeting !== undefined, courseCompleted } };
  });
}

async function judgeAll(tx: Tx, reached: TimeReached[], now: Date) {
  const waiting = reached.filter((one) => !one.credited).map((one) => one.report);
  const written = waiting.length > 0 ? await creditWithin(tx, waiting, now) : new Map<string, Credited>();
  const enrolments = await openEnrolments(
    tx,
    reached.map((one) => one.report),
  );
  return Promise.all(
    reached.map((one) => {
      const credited = one.credited ?? written.get(one.report.personId);
      return judge(one, { credited, enrolment: enrolments.get(one.report.enrolmentId) });
    }),
  );
}

type Before = { credited: Credited | undefined; enrolment: OpenEnrolment | undefined };

type Judged = { credited: Credited; meeting?: Meeting } | { refusal: Refusal };

async function judge({ ctx, report, lesson }: TimeReached, { credited, enrolment }: Before): Promise<Judged> {
  if (!credited?.found || !enrolment) return { refusal: notFound() };
  if (!isMetByTime(lesson, credited.done)) return { credited };
  const standing = await playableVersion(ctx, enrolment.courseVersionId);
  return { credited, meeting: { ctx, enrolment, lessonId: report.lessonId, ...standing } };
}
