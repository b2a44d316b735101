import { type Ctx, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { blueprintParts } from '../blueprint-facts.ts';
import { draftDetails } from '../course-face.ts';
import {
  type CourseDetails,
  type CourseRow,
  courseByCode,
  type LessonRow,
  lessonsOf,
  openVersion,
  type VersionRow,
  versionsOf,
} from '../course-store.ts';
import { mayEdit, mayPublish, mayReadDraft, mayReview, readerRoles } from '../policy.ts';
import { type MissingPart, missingForPublication } from '../publication-gate.ts';
import { warningsForPublication } from '../publication-warnings.ts';
import { reviewsOf, standingReview } from '../review/store.ts';
import { translationWarnings } from '../translation/translation-warnings.ts';
import { type DeskLine, deskLines } from './desk-rows.ts';
import { countCourses, coursesOfScopes, type DeskRow, type DeskSearch, pageSize } from './stores/courses.ts';
import { type RemovedLesson, removedLessons } from './stores/revisions.ts';

/** The courses that this actor may look into: those being written first, then by code. */
export async function deskCourses(
  ctx: Ctx,
  search: DeskSearch,
): Promise<{ items: DeskRow[]; total: number; next: string | null }> {
  const scopes = requireRole(ctx, readerRoles);
  const [rows, total] = await Promise.all([
    coursesOfScopes(ctx, scopes, search),
    countCourses(ctx, scopes, search),
  ]);
  const items = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? items.at(-1) : undefined;
  return { items, total, next: last ? `${last.rank}.${last.code}` : null };
}

/** A course as its authors see it: the open draft, else the newest version, and what they may do. */
export type CourseDesk = {
  course: CourseRow;
  version: VersionRow;
  details: CourseDetails;
  lessons: LessonRow[];
  missing: MissingPart[];
  /** What a publisher should look at once more. */
  warnings: MissingPart[];
  hasDraft: boolean;
  /** Lessons taken out of the draft, which can come back. */
  removed: RemovedLesson[];
  /** The version in the catalogue now. */
  currentNumber: number | undefined;
  /** The draft is being reviewed: nobody changes it. */
  isInReview: boolean;
  /** A second person has approved it as it stands. */
  isApproved: boolean;
  /** The open draft came back from its last review, with this reason. */
  returned: { reason: string | null } | undefined;
  /** False while the draft is in review, too. */
  mayEdit: boolean;
  mayWrite: boolean;
  mayReview: boolean;
  mayPublish: boolean;
  /** What stands around the course: ratings, what comes first, collections. */
  around: DeskLine[];
};

export async function courseDesk(ctx: Ctx, code: string): Promise<CourseDesk> {
  requireRole(ctx, readerRoles);
  const course = await courseByCode(ctx.db, code);
  if (!course || !mayReadDraft(ctx, course)) throw notFound();
  const versions = await versionsOf(ctx.db, course.courseId);
  const current = versions.find((one) => one.courseVersionId === course.currentVersionId);
  const draft = openVersion(versions);
  const version = draft ?? current ?? versions.at(-1);
  if (!version) throw notFound();
  const [lessons, review, past] = await Promise.all([
    lessonsOf(ctx.db, version.courseVersionId),
    draft?.state === 'in_review' ? standingReview(ctx.db.read, draft.courseVersionId) : undefined,
    draft?.state === 'draft' ? reviewsOf(ctx.db.read, course.courseId) : [],
  ]);
  const last = past[0];
  const details = draftDetails(course, draft ?? { details: null });
  return {
    course,
    version,
    details,
    lessons,
    missing: [
      ...missingForPublication(details, version, lessons),
      ...(await blueprintParts(ctx, { course, lessons })),
    ],
    warnings: [
      ...warningsForPublication(details, version, lessons),
      ...(await translationWarnings(ctx, { course, version, details, lessons })),
    ],
    hasDraft: draft !== undefined,
    removed: draft ? await removedLessons(ctx, draft.courseVersionId) : [],
    currentNumber: current?.number,
    isInReview: draft?.state === 'in_review',
    isApproved: review?.state === 'approved',
    returned:
      last?.state === 'returned' && last.versionNumber === draft?.number
        ? { reason: last.reason }
        : undefined,
    mayEdit: mayEdit(ctx, course) && draft?.state !== 'in_review',
    mayReview: mayReview(ctx, course),
    mayWrite: mayEdit(ctx, course),
    mayPublish: mayPublish(ctx, course),
    around: await deskLines(ctx, course),
  };
}

export function lessonOf(desk: CourseDesk, code: string): LessonRow {
  const lesson = desk.lessons.find((one) => one.code === code);
  if (!lesson) throw notFound();
  return lesson;
}
