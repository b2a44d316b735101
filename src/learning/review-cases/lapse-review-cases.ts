import { auditAll } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { insertEvents, lapseCases } from './store.ts';

/** Ends, in the learner's favour, what nobody has decided in time. */
export async function lapseReviewCases(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const lapsed = await lapseCases(tx, { today: todayInIndia(ctx.clock), now });
    if (lapsed.length === 0) return 0;
    const events = lapsed.map((key) => ({
      ...key,
      kind: 'lapsed' as const,
      text: null,
      actorPersonId: null,
    }));
    await insertEvents(tx, events, now);
    const acts = lapsed.map(({ personId, reviewCaseId }) => ({
      ctx,
      entry: {
        ...{ action: 'review_case.lapsed', subjectKind: 'review_case', subjectId: reviewCaseId, personId },
      },
    }));
    await auditAll(tx, acts);
    return lapsed.length;
  });
}
