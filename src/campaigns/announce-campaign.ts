import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { addJob } from '../kernel/jobs.ts';
import { forgetKept } from './kept-for-a-second.ts';
import { requireCampaign } from './policy.ts';
import { announced } from './save-campaign.ts';
import { lockCampaign, markAnnounced } from './stores/campaigns.ts';

/** From now on everybody below the office sees the campaign and what he does in its days is counted. */
export async function announceCampaign(ctx: Ctx, code: string): Promise<void> {
  const known = await requireCampaign(ctx, code);
  await ctx.db.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, known.campaignId);
    if (campaign?.announcedAt !== null || campaign.cancelledAt) throw announced();
    if (campaign.toDay < todayInIndia(ctx.clock)) throw over();
    await markAnnounced(tx, campaign.campaignId, ctx.clock.now());
    await addJob(tx, 'campaigns:count', {}, { key: 'campaigns:count' });
    await audit(tx, ctx, {
      action: 'campaign.announced',
      subjectKind: 'campaign',
      subjectId: campaign.campaignId,
      officeId: campaign.officeId,
      detail: { code: campaign.code, from: campaign.fromDay, to: campaign.toDay },
    });
  });
  forgetKept(ctx.db);
}

function over(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'सीखने के सप्ताह का अंतिम दिन बीत चुका है। तिथियाँ बदलकर घोषित करें।',
      en: 'The last day is over. Change the days, then announce it.',
    },
    { reason: 'campaign_over' },
  );
}
