import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import { requireReviewer } from '../policy.ts';
import { tellCourseEvent } from './events.ts';
import { lockOpen, type OpenCourse, reviewHref } from './open-course.ts';
import { actOf } from './send-to-review.ts';
import { closeReview, setVersionState, standingReview, writersOf } from './store.ts';

export type Decision = { decision: 'approved' | 'returned'; reason?: string };

/**
 * Approves the draft, or returns it with a reason. Nobody decides on what he wrote or sent himself (`own_text`);
 * what is approved stays as it is until it is published or taken back.
 */
export async function decideReview(ctx: Ctx, code: string, input: Decision): Promise<void> {
  if (input.decision === 'returned' && !input.reason) throw reasonNeeded();
  await ctx.db.transaction(async (tx) => {
    const open = await lockOpen(tx, code, (course) => requireReviewer(ctx, course));
    const review = await standingReview(tx, open.version.courseVersionId);
    if (review?.state !== 'open') throw notWaiting();
    const by = await secondPerson(tx, ctx, { open, sentBy: review.sentBy });
    const { decision, reason } = input;
    const now = ctx.clock.now();
    await closeReview(tx, { reviewId: review.reviewId, state: decision, reason, now, by });
    if (decision === 'returned') await setVersionState(tx, open.version.courseVersionId, 'draft');
    await audit(tx, ctx, actOf(open, `course.review_${decision}`, reason ? { reason } : {}));
    await tellCourseEvent(tx, ctx, {
      kind: `course_${decision}`,
      personIds: review.sentBy ? [review.sentBy] : [],
      course: open.course,
      href: reviewHref(code),
    });
  });
}

type Sent = { open: OpenCourse; sentBy: string | null };

async function secondPerson(tx: Tx, ctx: Ctx, { open, sentBy }: Sent): Promise<string> {
  const me = personIdOf(ctx.actor);
  if (!me) throw noName();
  const writers = await writersOf(tx, open.version.courseVersionId);
  if (me !== sentBy && !writers.includes(me)) return me;
  throw new Refusal(
    'conflict',
    {
      hi: 'इस प्रारूप पर आपने स्वयं काम किया है; इसका अनुमोदन कोई दूसरा करे।',
      en: 'You worked on this draft yourself; somebody else must review it.',
    },
    { reason: 'own_text' },
  );
}

/** The system, and a token of nobody's, are no second person. */
function noName(): Refusal {
  return new Refusal(
    'forbidden',
    {
      hi: 'अनुमोदन के नीचे किसी व्यक्ति का नाम चाहिए; यह टोकन किसी व्यक्ति का नहीं है।',
      en: 'An approval carries a person’s name; this token stands for no person.',
    },
    { reason: 'person_needed' },
  );
}

function notWaiting(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह प्रारूप अब अनुमोदन की प्रतीक्षा में नहीं है।',
      en: 'This draft is no longer waiting for a review.',
    },
    { reason: 'not_in_review' },
  );
}

function reasonNeeded(): Refusal {
  const text = { hi: 'लौटाने का कारण लिखें।', en: 'Write why it is returned.' };
  return invalid([{ path: 'reason', code: 'required', text }], text);
}
