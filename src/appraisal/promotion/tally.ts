import type { Ctx } from '../../kernel/context.ts';
import { addJob, type JobHandler } from '../../kernel/jobs.ts';
import { addToTally, beginTally, lockedTally, promotionCounts } from '../stores/promotion.ts';
import { ruleById } from '../stores/promotion-rules.ts';
import { type ListFace, scopeOf } from './list.ts';
import type { PromotionRule } from './rule.ts';

const portionSize = 5000;

type Of = { ruleId: string; officeId: string; asOf: string };

/** Has a large list counted by the worker; asking twice counts once. */
export async function askTally(ctx: Ctx, { rule, office, asOf }: ListFace): Promise<void> {
  if (!rule || !office) return;
  const of: Of = { ruleId: rule.ruleId, officeId: office.officeId, asOf };
  await ctx.db.transaction(async (tx) => {
    if (await beginTally(tx, of, ctx.clock.now()))
      await addJob(tx, 'appraisal:promotion-tally', of, { key: `promotion ${Object.values(of).join(' ')}` });
  });
}

/** Portion by portion, each whole with its place: killed, it goes on where it was. */
export const tallyJob: JobHandler = async (ctx, payload) => {
  const of = payload as Of;
  const rule = await ruleById(ctx.db.read, of.ruleId);
  if (rule) while (await step(ctx, of, rule));
};

async function step(ctx: Ctx, of: Of, rule: PromotionRule): Promise<boolean> {
  const scope = await scopeOf(ctx, { rule, asOf: of.asOf, officeId: of.officeId });
  return ctx.db.transaction(async (tx) => {
    const tally = await lockedTally(tx, of);
    if (!tally || tally.state === 'done') return false;
    const portion = { after: tally.afterPersonId ?? undefined, size: portionSize };
    const counts = await promotionCounts(tx, scope, portion);
    const isLast = counts.looked < portionSize;
    await addToTally(tx, of, { ...counts, countedAt: isLast ? ctx.clock.now() : null });
    return !isLast;
  });
}
