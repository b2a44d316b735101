import type { Ctx } from '../../kernel/context.ts';
import { lessonsOf } from '../course-store.ts';
import { redoPreview, redoProgress } from '../redo.ts';
import { wantsSecondPerson } from '../review/store.ts';
import { lessonChanges } from '../version-difference.ts';
import type { CourseDesk } from './course-desk.ts';

/** What a publisher should know before he decides: whose word is needed, what changes, and for whom. */
export async function publicationFacts(ctx: Ctx, desk: CourseDesk) {
  const { course } = desk;
  const isNext = desk.hasDraft && course.currentVersionId !== null;
  const [secondPersonWanted, preview, progress, before] = await Promise.all([
    wantsSecondPerson(ctx.db.read, course.officePath),
    isNext ? redoPreview(ctx, course) : undefined,
    redoProgress(ctx, course.courseId),
    isNext && course.currentVersionId ? lessonsOf(ctx.db, course.currentVersionId) : undefined,
  ]);
  const changes = before ? lessonChanges(before, desk.lessons) : [];
  return { secondPersonWanted, preview, progress, changes };
}
