import type { Ctx } from '../kernel/context.ts';
import { formatDay, startOfDay, todayInIndia } from '../kernel/dates.ts';
import { pick, translator } from '../kernel/i18n.ts';
import type { HomeNotice } from '../learning/index.ts';
import { type OwnCampaign, ownCampaigns } from './own-campaigns.ts';

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
  const t = translator(ctx.language);
  const title = pick({ hi: campaign.titleHi, en: campaign.titleEn }, ctx.language);
  const text = isFirstDay
    ? t('campaigns.noticeBegins', { title })
    : t('campaigns.noticeAnnounced', { title, day: formatDay(campaign.fromDay, ctx.language) });
  return [
    {
      key: `campaign-${campaign.code}-${isFirstDay ? 'begins' : 'announced'}`,
      text,
      href: `/campaigns/${encodeURIComponent(campaign.code)}`,
      madeAt: isFirstDay ? startOfDay(campaign.fromDay) : (campaign.announcedAt ?? campaign.enteredAt),
    },
  ];
}
