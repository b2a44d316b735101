import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Language } from '../../kernel/i18n.ts';
import { newId } from '../../kernel/ids.ts';
import { draftDetails } from '../course-face.ts';
import { lockedLessonsOf } from '../course-store.ts';
import { actorId, requireAuthor } from '../policy.ts';
import { missingForPublication } from '../publication-gate.ts';
import { notReady } from '../publish-course.ts';
import { tellCourseEvent } from './events.ts';
import { lockOpen, type OpenCourse, reviewHref } from './open-course.ts';
import { closeReview, insertReview, reviewersFor, setVersionState, standingReview } from './store.ts';

/**
 * Hands the draft to a second person. From now on nobody changes it, until it is decided on or taken back.
 * Refuses with `details.missing` while something is missing: what is sent could be published as it is.
 */
export async function sendToReview(ctx: Ctx, code: string, input: { note?: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = await lockOpen(tx, code, (course) => requireAuthor(ctx, course));
    if (open.version.state === 'in_review') return;
    await refuseUnready(tx, open, ctx.language);
    const { course, version } = open;
    const { courseId } = course;
    const by = actorId(ctx);
    await insertReview(tx, {
      reviewId: newId(),
      ...{ courseId, courseVersionId: version.courseVersionId, versionNumber: version.number },
      ...{ note: input.note ?? null, now: ctx.clock.now(), by },
    });
    await setVersionState(tx, version.courseVersionId, 'in_review');
    await audit(tx, ctx, actOf(open, 'course.sent_to_review'));
    const wish = { path: course.officePath ?? [], today: todayInIndia(ctx.clock) };
    const reviewers = await reviewersFor(tx, { ...wish, courseVersionId: version.courseVersionId });
    const others = reviewers.map((one) => one.personId).filter((id) => id !== by);
    await tellCourseEvent(tx, ctx, {
      ...{ kind: 'course_sent', personIds: others, course },
      href: reviewHref(code),
    });
  });
}

/** Takes the draft back, so that it can be changed; an approval ends with that. Repeated: nothing more. */
export async function withdrawFromReview(ctx: Ctx, code: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = await lockOpen(tx, code, (course) => requireAuthor(ctx, course));
    if (open.version.state === 'draft') return;
    const review = await standingReview(tx, open.version.courseVersionId);
    const now = ctx.clock.now();
    if (review)
      await closeReview(tx, { reviewId: review.reviewId, state: 'withdrawn', now, by: actorId(ctx) });
    await setVersionState(tx, open.version.courseVersionId, 'draft');
    await audit(tx, ctx, actOf(open, 'course.taken_from_review'));
  });
}

export function actOf({ course, version }: OpenCourse, action: string, detail: Record<string, unknown> = {}) {
  return {
    action,
    subjectKind: 'course',
    subjectId: course.code,
    officeId: course.officeId ?? undefined,
    detail: { version: version.number, ...detail },
  };
}

async function refuseUnready(tx: Tx, { course, version }: OpenCourse, language: Language): Promise<void> {
  const lessons = await lockedLessonsOf(tx, version.courseVersionId);
  const missing = missingForPublication(draftDetails(course, version), version, lessons);
  if (missing.length > 0) throw notReady(missing, language);
}
