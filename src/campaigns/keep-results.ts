import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { forgetKept } from './kept-for-a-second.ts';
import { liveFigures } from './league.ts';
import { type Campaign, campaignById } from './stores/campaigns.ts';
import { campaignsToKeep, insertResults, markKept, officesBelow } from './stores/league.ts';

const officesAtOnce = 1000;

/** Keeps the figures of every office as they stand when a campaign has ended, once and for good. */
export async function keepResults(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<void> {
  for (const id of await campaignsToKeep(ctx.db.read, todayInIndia(ctx.clock))) {
    const campaign = await campaignById(ctx.db.read, id);
    if (campaign) await keepResult(ctx, campaign);
    forgetKept(ctx.db);
  }
}

async function keepResult(ctx: Pick<Ctx, 'db' | 'clock'>, campaign: Campaign): Promise<void> {
  await ctx.db.longTransaction(async (tx) => {
    if (!(await markKept(tx, campaign.campaignId, ctx.clock.now()))) return;
    for (let after: string | null = null; ; ) {
      const ids: string[] = await officesBelow(ctx.db.read, campaign.officeId, {
        after,
        most: officesAtOnce,
      });
      const figures = await liveFigures(ctx, campaign, ids);
      await insertResults(
        tx,
        campaign.campaignId,
        [...figures].map(([officeId, row]) => ({ officeId, ...row })),
      );
      after = ids.at(-1) ?? null;
      if (ids.length < officesAtOnce) return;
    }
  });
}
