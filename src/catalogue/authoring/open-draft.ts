import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { detailsOfCourse } from '../course-face.ts';
import {
  insertLesson,
  insertVersion,
  lockCourse,
  lockedLessonsOf,
  lockedVersionsOf,
  openVersion,
  type VersionRow,
} from '../course-store.ts';
import { requireAuthor } from '../policy.ts';
import { stampOf } from '../save-course.ts';

/** Begins the next version of a published course as a copy of the current one; an open draft stays as it is. */
export async function openDraft(ctx: Ctx, code: string): Promise<{ version: number; isNew: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requireAuthor(ctx, course);
    const versions = await lockedVersionsOf(tx, course.courseId);
    const open = openVersion(versions);
    if (open) return { version: open.number, isNew: false };
    const current = versions.find((version) => version.courseVersionId === course.currentVersionId);
    if (!current) throw notFound();
    const draft: VersionRow = {
      ...current,
      courseVersionId: newId(),
      number: (versions.at(-1)?.number ?? 0) + 1,
      state: 'draft',
      details: detailsOfCourse(course),
      revision: 1,
    };
    // Who begins it has written nothing yet.
    await insertVersion(tx, draft, { ...stampOf(ctx), writer: null });
    for (const lesson of await lockedLessonsOf(tx, current.courseVersionId))
      await insertLesson(tx, { ...lesson, lessonId: newId(), courseVersionId: draft.courseVersionId });
    await audit(tx, ctx, {
      action: 'course.draft_opened',
      subjectKind: 'course',
      subjectId: code,
      officeId: course.officeId ?? undefined,
      detail: { version: draft.number },
    });
    return { version: draft.number, isNew: true };
  });
}
