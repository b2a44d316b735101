import type { Ctx } from '../kernel/context.ts';
import { formatDay, startOfDay, todayInIndia } from '../kernel/dates.ts';
import type { HomeNotice } from '../learning/index.ts';
import { type OwnCampaign, ownCampaigns } from './own-campaigns.ts';
import { campaignHref, sayIn, titleOf } from './pages/words.ts';

/**
 * A line from the announcement until the first day, another on the first day. Both follow from the week itself: rows
 * for everybody would be crores on the very morning on which all come.
 */
export async function campaignNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const own = await ownCampaigns(ctx, personId);
  return own.flatMap((one) => noticeOf(ctx, one));
}

function noticeOf(ctx: Ctx, { campaign, state, path }: OwnCampaign): HomeNotice[] {
  if (path === null) return [];
  const isFirstDay = campaign.fromDay === todayInIndia(ctx.clock);
  if (state !== 'announced' && !isFirstDay) return [];
  const { t } = sayIn(ctx.language);
  const title = titleOf(campaign, ctx);
  const text = isFirstDay
    ? t('campaigns.noticeBegins', { title })
    : t('campaigns.noticeAnnounced', { title, day: formatDay(campaign.fromDay, ctx.language) });
  return [
    {
      key: `campaign-${campaign.code}-${isFirstDay ? 'begins' : 'announced'}`,
      text,
      href: campaignHref(campaign.code),
      madeAt: isFirstDay ? startOfDay(campaign.fromDay) : (campaign.announcedAt ?? campaign.enteredAt),
    },
  ];
}
