import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { forgetKept } from './kept-for-a-second.ts';
import { requireCampaign } from './policy.ts';
import { stateOf } from './state.ts';
import { lockCampaign, markCancelled } from './stores/campaigns.ts';

/** Ends a campaign that has not ended, for good, with a reason that everybody reads. */
export async function cancelCampaign(ctx: Ctx, code: string, { reason }: { reason: string }): Promise<void> {
  const known = await requireCampaign(ctx, code);
  await ctx.db.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, known.campaignId);
    const state = campaign && stateOf(campaign, todayInIndia(ctx.clock));
    if (!campaign || state === 'cancelled' || state === 'ended') throw cannot();
    await markCancelled(tx, campaign.campaignId, { now: ctx.clock.now(), reason });
    await audit(tx, ctx, {
      action: 'campaign.cancelled',
      subjectKind: 'campaign',
      subjectId: campaign.campaignId,
      officeId: campaign.officeId,
      detail: { code: campaign.code, reason },
    });
  });
  forgetKept(ctx.db);
}

function cannot(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'जो सीखने का सप्ताह समाप्त या रद्द हो चुका है, वह रद्द नहीं होता।',
      en: 'A learning week that has ended or was cancelled cannot be cancelled.',
    },
    { reason: 'campaign_over' },
  );
}
