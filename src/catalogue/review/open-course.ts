import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import {
  type CourseRow,
  lockCourse,
  lockedVersionsOf,
  openVersion,
  type VersionRow,
} from '../course-store.ts';

export type OpenCourse = { course: CourseRow; version: VersionRow };

/** Locks a course with its open version, once the policy has let the actor in; `no_draft` where none is open. */
export async function lockOpen(
  tx: Tx,
  code: string,
  policy: (course: CourseRow) => void,
): Promise<OpenCourse> {
  const course = await lockCourse(tx, code);
  if (!course) throw notFound();
  policy(course);
  const version = openVersion(await lockedVersionsOf(tx, course.courseId));
  if (version) return { course, version };
  throw new Refusal(
    'conflict',
    { hi: 'इस कोर्स का कोई प्रारूप खुला नहीं है।', en: 'No draft of this course is open.' },
    { reason: 'no_draft' },
  );
}

export function reviewHref(code: string): string {
  return `/office/courses/${encodeURIComponent(code)}/review`;
}
