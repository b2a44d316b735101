import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesPlanning } from '../policy.ts';
import { lockedPlan, planOf, removeDraft } from '../stores/plans.ts';
import type { PlanKey } from './save-plan.ts';

/** Throws the draft of an amendment away: the approved plan stands as if it had never been begun. */
export async function discardPlanDraft(ctx: Ctx, { officeCode, year }: PlanKey): Promise<void> {
  const office = await requireOffice(ctx, officeCode, rolesPlanning);
  const plan = await planOf(ctx.db.read, office.officeId, year);
  if (!plan) throw notFound();
  const { planId } = plan;
  await ctx.db.transaction(async (tx) => {
    await lockedPlan(tx, { planId, officeId: office.officeId, year, now: ctx.clock.now() });
    if (!(await removeDraft(tx, planId))) throw notFound();
    await audit(tx, ctx, {
      action: 'plan.draft_deleted',
      subjectKind: 'plan',
      subjectId: `${office.code}/${year}`,
      officeId: office.officeId,
    });
  });
}
