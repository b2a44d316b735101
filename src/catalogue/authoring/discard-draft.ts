import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { lockCourse, lockedVersionsOf } from '../course-store.ts';
import { refuseInReview, requireAuthor } from '../policy.ts';
import { deleteDraft } from './stores/lessons.ts';

/** Throws a published course's waiting draft away; the published version stays. A first draft is all there is. */
export async function discardDraft(ctx: Ctx, code: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requireAuthor(ctx, course);
    const versions = await lockedVersionsOf(tx, course.courseId);
    refuseInReview(versions);
    const draft = versions.find((version) => version.state === 'draft');
    if (!draft) return;
    if (versions.length === 1) throw onlyDraft();
    await deleteDraft(tx, draft.courseVersionId);
    await audit(tx, ctx, {
      action: 'course.draft_discarded',
      subjectKind: 'course',
      subjectId: code,
      officeId: course.officeId ?? undefined,
      detail: { version: draft.number },
    });
  });
}

function onlyDraft(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह कोर्स कभी प्रकाशित नहीं हुआ; इसका पहला प्रारूप हटाया नहीं जाता।',
      en: 'This course was never published; its first draft cannot be thrown away.',
    },
    { reason: 'only_draft' },
  );
}
