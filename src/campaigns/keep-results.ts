import { masksForOutsiders } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { forgetKept } from './kept-for-a-second.ts';
import { lastDay, liveFigures, nothing } from './league.ts';
import { type Campaign, campaignById } from './stores/campaigns.ts';
import {
  campaignsToKeep,
  insertResults,
  markKept,
  officesBelow,
  type PlacedOffice,
} from './stores/league.ts';

const officesAtOnce = 1000;

/**
 * Keeps the figures of every office as they stand when a campaign has ended, once and for good: with where it stands and
 * whether the summaries hide it, so that the kept league hides the same for ever.
 */
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
    const masks = await masksForOutsiders(ctx, { path: campaign.path, asOf: lastDay(ctx, campaign) });
    for (let after: string | null = null; ; ) {
      const offices: PlacedOffice[] = await officesBelow(ctx.db.read, campaign.officeId, {
        after,
        most: officesAtOnce,
      });
      const ids = offices.map((office) => office.officeId);
      const figures = await liveFigures(ctx, campaign, ids);
      await insertResults(
        tx,
        campaign.campaignId,
        offices.map(({ officeId, parentId }) => ({
          ...{ officeId, parentId, isHidden: masks({ officeId }).has('activity') },
          ...(figures.get(officeId) ?? nothing),
        })),
      );
      after = ids.at(-1) ?? null;
      if (ids.length < officesAtOnce) return;
    }
  });
}
