import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { lockedLessonsOf } from '../course-store.ts';
import { requireReader } from '../policy.ts';
import { tellCourseEvent } from './events.ts';
import { lockOpen, type OpenCourse, reviewHref } from './open-course.ts';
import { actOf } from './send-to-review.ts';
import { commentsOf, insertComment, setResolved, writersOf } from './store.ts';

export type CommentInput = {
  text: string;
  /** The lesson's code; without it, about the whole course. */
  lesson?: string;
  /** The comment that this one answers. */
  thread?: string;
};

/** Says something about a lesson of the open draft, or answers what was said; an answer opens a resolved thread again. */
export async function writeComment(
  ctx: Ctx,
  code: string,
  input: CommentInput,
): Promise<{ commentId: string }> {
  return ctx.db.transaction(async (tx) => {
    const open = await lockOpen(tx, code, (course) => requireReader(ctx, course));
    const about = await placeOf(tx, open, input);
    const commentId = newId();
    await insertComment(tx, {
      commentId,
      courseId: open.course.courseId,
      versionNumber: open.version.number,
      ...about,
      text: input.text,
      now: ctx.clock.now(),
      by: personIdOf(ctx.actor) ?? null,
    });
    if (about.threadId) await setResolved(tx, { commentId: about.threadId, at: null, by: null });
    await audit(tx, ctx, actOf(open, 'course.commented', { comment: commentId }));
    const me = personIdOf(ctx.actor);
    const personIds = (await writersOf(tx, open.version.courseVersionId)).filter((id) => id !== me);
    await tellCourseEvent(tx, ctx, {
      ...{ kind: 'course_commented', personIds, course: open.course },
      href: reviewHref(code),
    });
    return { commentId };
  });
}

/** A thread is done, or open again; it stays readable either way. */
export async function resolveComment(
  ctx: Ctx,
  code: string,
  { commentId, state }: { commentId: string; state: 'resolved' | 'open' },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = await lockOpen(tx, code, (course) => requireReader(ctx, course));
    const comments = await commentsOf(tx, open.course.courseId);
    const first = comments.find((one) => one.commentId === commentId && one.threadId === null);
    if (!first) throw notFound();
    if ((first.resolvedAt !== null) === (state === 'resolved')) return;
    const isResolved = state === 'resolved';
    const by = isResolved ? (personIdOf(ctx.actor) ?? null) : null;
    await setResolved(tx, { commentId, at: isResolved ? ctx.clock.now() : null, by });
    await audit(tx, ctx, actOf(open, `course.comment_${state}`, { comment: commentId }));
  });
}

async function placeOf(tx: Tx, { course, version }: OpenCourse, input: CommentInput) {
  if (input.thread) {
    const comments = await commentsOf(tx, course.courseId);
    const first = comments.find((one) => one.commentId === input.thread && one.threadId === null);
    if (!first) throw notFound();
    return { threadId: first.commentId, lessonCode: first.lessonCode };
  }
  if (!input.lesson) return { threadId: null, lessonCode: null };
  const lessons = await lockedLessonsOf(tx, version.courseVersionId);
  if (!lessons.some((lesson) => lesson.code === input.lesson)) throw notFound();
  return { threadId: null, lessonCode: input.lesson };
}
