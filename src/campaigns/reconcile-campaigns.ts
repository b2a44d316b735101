import type { Ctx } from '../kernel/context.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { countCampaigns } from './count-campaigns.ts';
import { codesOf } from './stores/campaigns.ts';
import { countingCampaigns, metDifferences, progressDifferences } from './stores/progress.ts';

const most = 1000;

/** Computes everybody's progress in every campaign again from the events, and from it who met the target where. */
export async function reconcileCampaigns(ctx: Ctx): Promise<ReconciledDifference[]> {
  await countCampaigns(ctx);
  return ctx.db.longTransaction(async (tx) => {
    const campaignIds = await countingCampaigns(tx);
    if (campaignIds.length === 0) return [];
    const codes = await codesOf(tx, campaignIds);
    const persons = await progressDifferences(tx, campaignIds);
    const met = await metDifferences(tx, campaignIds, most);
    const at = { grain: 'd', day: '-' };
    return [
      ...persons.map((row) => ({
        ...{ ...at, officeCode: '-', metric: `${codes.get(row.campaignId)}: persons whose progress differs` },
        ...{ counted: row.persons, expected: 0 },
      })),
      ...met.map(({ campaignId, node, counted, expected }) => ({
        ...{ ...at, officeCode: node, metric: `${codes.get(campaignId)}: met`, counted, expected },
      })),
    ];
  });
}
