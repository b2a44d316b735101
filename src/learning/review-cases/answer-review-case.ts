import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { insertEvents, lockCase, writeAnswer } from './store.ts';

/** The learner says how it came about; more than once if he likes, as long as it is open. */
export async function answerReviewCase(
  ctx: Ctx,
  input: { reviewCaseId: string; text: string },
): Promise<void> {
  const key = { personId: requirePerson(ctx), reviewCaseId: input.reviewCaseId };
  await ctx.db.transaction(async (tx) => {
    const found = await lockCase(tx, key);
    if (!found) throw notFound();
    if (found.state !== 'open') throw isOver();
    const now = ctx.clock.now();
    await writeAnswer(tx, { ...key, text: input.text, now });
    await insertEvents(
      tx,
      [{ ...key, kind: 'answered', text: input.text, actorPersonId: key.personId }],
      now,
    );
    await audit(tx, ctx, {
      action: 'review_case.answered',
      subjectKind: 'review_case',
      subjectId: key.reviewCaseId,
      personId: key.personId,
    });
  });
}

export function isOver(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'यह प्रकरण समाप्त हो चुका है।', en: 'This case is over.' },
    { reason: 'case_over' },
  );
}
