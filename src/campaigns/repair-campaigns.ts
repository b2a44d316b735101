import type { Ctx } from '../kernel/context.ts';
import { lockGroup } from '../kernel/facts.ts';
import { countCampaigns } from './count-campaigns.ts';
import { countingCampaigns, differingPersons, settleFew, settleSums } from './stores/progress.ts';

const peopleAtOnce = 500;

/** Brings who differs up to his events, under his lock, and then the counters up to everybody's progress. */
export async function repairCampaigns(ctx: Ctx): Promise<void> {
  await countCampaigns(ctx);
  const { campaignIds, personIds } = await ctx.db.longTransaction(async (tx) => {
    const campaignIds = await countingCampaigns(tx);
    return { campaignIds, personIds: await differingPersons(tx, campaignIds) };
  });
  for (let at = 0; at < personIds.length; at += peopleAtOnce) {
    const portion = personIds.slice(at, at + peopleAtOnce);
    await ctx.db.longTransaction(async (tx) => {
      await lockGroup(tx, portion, 'wait');
      await settleFew(tx, portion, campaignIds);
    });
  }
  await ctx.db.longTransaction((tx) => settleSums(tx, campaignIds));
}
