import {
  type CourseRow,
  type InSource,
  type LessonRow,
  type TranslatedCourse,
  translatedCourse,
  type VersionRow,
  visibleCourse,
} from '../catalogue/index.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { activeEnrolment } from './enrolment-store.ts';
import { type EnrolmentDetail, enrolmentDetail, type LessonView } from './enrolment-view.ts';
import { certificateLinksOf } from './hooks.ts';
import { requiredLessons } from './rules.ts';

export type LearnerCourse = {
  course: CourseRow;
  /** The version that the learner took up, else the one that is published now. */
  version: VersionRow;
  lessons: (LessonRow & { inSource?: InSource })[];
  /** As they were written, where `lessons` are translated. */
  written?: LessonRow[];
  /** Where it is taken, or looked at, in a language that it was translated into. */
  translated?: TranslatedCourse;
  detail?: EnrolmentDetail;
  certificate?: { href: string; certificateNo: string };
};

/** A course as this person stands in it; for somebody not enrolled, or not signed in, as it is offered. */
export async function learnerCourse(ctx: Ctx, code: string, shownIn?: string): Promise<LearnerCourse> {
  const { course, version, lessons } = await visibleCourse(ctx, code);
  const personId = personIdOf(ctx.actor);
  const enrolment = personId && (await activeEnrolment(ctx.db.read, personId, course.courseId));
  if (!personId || !enrolment) {
    const language = course.languages.find((one) => one === shownIn) ?? ctx.language;
    return inLanguage(ctx, { course, version, lessons }, language);
  }
  const [detail, links] = await Promise.all([
    enrolmentDetail(ctx, enrolment.enrolmentId),
    enrolment.completedAt ? certificateLinksOf(ctx, personId) : [],
  ]);
  const certificate = links.find((one) => one.courseId === course.courseId);
  const at = { course, version: detail.version, lessons: detail.lessons, detail, certificate };
  return inLanguage(ctx, at, enrolment.language);
}

async function inLanguage(ctx: Ctx, at: LearnerCourse, language: string): Promise<LearnerCourse> {
  const translated = await translatedCourse(ctx, at, language);
  if (!translated) return at;
  const lessons = at.lessons.map((lesson, index) => translated.lesson(lesson, at.lessons[index - 1]));
  return { ...at, translated, lessons, written: at.lessons };
}

export type LearnerLesson = LearnerCourse & {
  detail: EnrolmentDetail;
  lesson: LessonRow & { inSource?: InSource };
  view: LessonView;
  next?: LessonRow;
  previous?: LessonRow;
};

/** One lesson of a course that the person is enrolled in; `undefined` where not enrolled. */
export async function learnerLesson(
  ctx: Ctx,
  code: string,
  lessonCode: string,
): Promise<LearnerLesson | undefined> {
  const found = await learnerCourse(ctx, code);
  const at = found.lessons.findIndex((lesson) => lesson.code === lessonCode);
  const lesson = found.lessons[at];
  if (!lesson) throw notFound();
  const { detail } = found;
  const view = detail?.view.lessons[at];
  if (!detail || !view) return undefined;
  return { ...found, detail, lesson, view, next: found.lessons[at + 1], previous: found.lessons[at - 1] };
}

/** Percent of the lessons that completion asks for; whole only when the course is complete. */
export function progressPercent(at: LearnerCourse): number {
  if (!at.detail) return 0;
  return at.detail.enrolment.completedAt ? 100 : percentMet(at, (view) => view.met);
}

/** What the progress will be once this lesson is met too. */
export function percentWith(at: LearnerLesson): number {
  return percentMet(at, (view) => view.met || view.id === at.lesson.lessonId);
}

function percentMet({ detail, version, lessons }: LearnerCourse, isMet: (view: LessonView) => boolean) {
  const required = new Set(requiredLessons(version, lessons).map((lesson) => lesson.lessonId));
  const met = (detail?.view.lessons ?? []).filter((view) => required.has(view.id) && isMet(view)).length;
  return required.size === 0 ? 0 : Math.floor((100 * met) / required.size);
}

/** The lesson to go on with: of those that completion still asks for the one opened last, else the first. */
export function openLesson({ detail, version, lessons }: LearnerCourse): LessonRow | undefined {
  const met = new Set(detail?.view.lessons.filter((view) => view.met).map((view) => view.id));
  const open = requiredLessons(version, lessons).filter((lesson) => !met.has(lesson.lessonId));
  const openedAt = (lesson: LessonRow) => detail?.states.get(lesson.lessonId)?.openedAt?.getTime() ?? 0;
  return open.reduce<LessonRow | undefined>(
    (best, lesson) => (best && openedAt(best) >= openedAt(lesson) ? best : lesson),
    undefined,
  );
}
