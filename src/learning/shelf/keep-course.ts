import { courseByCode } from '../../catalogue/index.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { postOf, type ShelvedCourse } from '../stores/post.ts';
import { putItem, takeItem } from './store.ts';

// A private list of no consequence to anybody else: it changes no fact and leaves no line in the audit.

/** Puts a published course aside for later. Repeated: nothing more. */
export async function keepCourse(ctx: Ctx, courseCode: string): Promise<void> {
  const personId = requirePerson(ctx);
  const course = await courseByCode(ctx.db, courseCode);
  if (course?.state !== 'published') throw notFound();
  await ctx.db.transaction((tx) => putItem(tx, { personId, courseId: course.courseId }, ctx.clock.now()));
}

/** Takes a course off one's list, whatever became of it. */
export async function dropCourse(ctx: Ctx, courseCode: string): Promise<void> {
  const personId = requirePerson(ctx);
  const course = await courseByCode(ctx.db, courseCode);
  if (!course || course.state === 'draft') throw notFound();
  await ctx.db.transaction((tx) => takeItem(tx, { personId, courseId: course.courseId }));
}

export async function ownShelf(ctx: Ctx): Promise<ShelvedCourse[]> {
  return (await postOf(ctx, requirePerson(ctx))).shelf;
}
