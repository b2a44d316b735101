import { setTimeout as rest } from 'node:timers/promises';
import type { Ctx } from '../kernel/context.ts';
import { changeFacts } from '../kernel/facts.ts';
import { gatherNext, isSeenByAll, markCounted, uncountedCampaigns } from './stores/counting.ts';

const peopleAtOnce = 2000;
const restMs = 300;

type Counting = Pick<Ctx, 'db' | 'clock'>;

/**
 * Counts what was completed in the days of campaigns before they were announced. Whoever completes something
 * meanwhile counts himself; everybody's progress is computed from the events under his lock, so nothing counts twice,
 * and whoever is killed begins anew.
 */
export async function countCampaigns(ctx: Counting): Promise<void> {
  for (const campaignId of await uncountedCampaigns(ctx.db.read)) await countOne(ctx, campaignId);
}

async function countOne(ctx: Counting, campaignId: string): Promise<void> {
  while (!(await ctx.db.transaction((tx) => isSeenByAll(tx, campaignId)))) await rest(restMs);
  for (let after: string | null = null; ; ) {
    const last = await countPortion(ctx, campaignId, after);
    if (last === null) break;
    after = last;
  }
  await ctx.db.transaction((tx) => markCounted(tx, campaignId, ctx.clock.now()));
}

function countPortion(ctx: Counting, campaignId: string, after: string | null): Promise<string | null> {
  return ctx.db.longTransaction(async (tx) => {
    const last = await gatherNext(tx, campaignId, { after, most: peopleAtOnce });
    // Nothing is changed: the observers of facts compute their people again.
    if (last) await changeFacts(tx, { table: 'campaign_person' }, async () => undefined);
    return last;
  });
}
