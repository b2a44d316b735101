import { type LessonRow, playableVersion, type VersionRow } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { type EnrolmentRow, enrolmentOf, type LessonStanding, progressOf } from './enrolment-store.ts';
import { type Condition, conditionsOf, type LessonState, untouched } from './rules.ts';
import { type TakenLesson, taken } from './taken-lesson.ts';

export type EnrolmentStatus = 'notStarted' | 'inProgress' | 'completed';

export type LessonView = {
  id: string;
  code: string;
  kind: LessonRow['kind'];
  title: { hi: string | null; en: string | null };
  conditions: Condition[];
  met: boolean;
};

/** The body that INTERFACES promises for an enrolment. */
export type EnrolmentView = {
  id: string;
  courseCode: string;
  status: EnrolmentStatus;
  lessons: LessonView[];
};

export type EnrolmentDetail = {
  enrolment: EnrolmentRow;
  version: VersionRow;
  lessons: TakenLesson[];
  states: Map<string, LessonStanding>;
  view: EnrolmentView;
};

/** The person's own enrolment with every condition, or not found. */
export async function enrolmentDetail(ctx: Ctx, enrolmentId: string): Promise<EnrolmentDetail> {
  const personId = requirePerson(ctx);
  const [enrolment, states] = await Promise.all([
    enrolmentOf(ctx.db.read, personId, enrolmentId),
    progressOf(ctx.db.read, personId, enrolmentId),
  ]);
  if (!enrolment || enrolment.withdrawnAt) throw notFound();
  const { version, lessons: all } = await playableVersion(ctx, enrolment.courseVersionId);
  // A recording's length and minimum are those of the language in which the course is taken.
  const lessons = all.map((lesson) => taken(lesson, enrolment.language));
  return { enrolment, version, lessons, states, view: viewOf(enrolment, lessons, states) };
}

export function viewOf(
  enrolment: EnrolmentRow,
  lessons: TakenLesson[],
  states: Map<string, LessonState>,
): EnrolmentView {
  const views = lessons.map((lesson) => lessonView(lesson, states.get(lesson.lessonId) ?? untouched));
  return {
    id: enrolment.enrolmentId,
    courseCode: enrolment.courseCode,
    status: statusOf(enrolment, states),
    lessons: views,
  };
}

function lessonView(lesson: TakenLesson, state: LessonState): LessonView {
  const conditions = conditionsOf(lesson, state);
  return {
    id: lesson.lessonId,
    code: lesson.code,
    kind: lesson.kind,
    title: { hi: lesson.titleHi, en: lesson.titleEn },
    conditions,
    met: conditions.every((condition) => condition.met),
  };
}

function statusOf(enrolment: EnrolmentRow, states: Map<string, LessonState>): EnrolmentStatus {
  if (enrolment.completedAt) return 'completed';
  return states.size > 0 ? 'inProgress' : 'notStarted';
}
