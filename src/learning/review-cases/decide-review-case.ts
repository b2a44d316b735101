import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { isOver } from './answer-review-case.ts';
import { requireDecider, requireDeskCase } from './policy.ts';
import { type CaseKey, insertEvents, lockCase, writeDecision } from './store.ts';

export type DecisionInput = CaseKey & { decision: 'cleared' | 'upheld'; reason: string };

/** The nodal officer's word with its reason. Figures stay as they are: what was not credited was never counted. */
export async function decideReviewCase(ctx: Ctx, input: DecisionInput): Promise<void> {
  await requireDeskCase(ctx, input);
  const decidedBy = requireDecider(ctx);
  const { personId, reviewCaseId, decision, reason } = input;
  await ctx.db.transaction(async (tx) => {
    const found = await lockCase(tx, { personId, reviewCaseId });
    if (!found) throw notFound();
    if (found.state !== 'open') throw isOver();
    const now = ctx.clock.now();
    await writeDecision(tx, { personId, reviewCaseId, state: decision, reason, decidedBy, now });
    const event = { personId, reviewCaseId, kind: decision, text: reason, actorPersonId: decidedBy };
    await insertEvents(tx, [event], now);
    await audit(tx, ctx, {
      action: 'review_case.decided',
      subjectKind: 'review_case',
      subjectId: reviewCaseId,
      personId,
      detail: { decision },
    });
  });
}
