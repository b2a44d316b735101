import type { Tx } from '../kernel/db.ts';
import type { FactsObserver, FactsScope } from '../kernel/facts.ts';
import {
  campaignsAtCompletions,
  countingCampaigns,
  settleFew,
  settleMany,
  sourceOfTable,
  writeMet,
} from './stores/progress.ts';

/**
 * Keeps what each person has done of the announced campaigns, in the transaction of the change itself. Where nothing
 * is announced, or nothing runs on the day of a completion, that is one look at a small table.
 */
export const followCompletions: FactsObserver = {
  async before(tx, scope) {
    if (!('table' in scope)) return;
    // The tree may be another one afterwards: whoever met a target is taken off where he counts now.
    const campaignIds = await countingCampaigns(tx);
    if (campaignIds.length > 0) await writeMet(tx, sourceOfTable(scope.table), { campaignIds, sign: -1 });
  },
  async after(tx, scope) {
    if (!('table' in scope)) return settleOfFew(tx, scope);
    const campaignIds = await countingCampaigns(tx);
    if (campaignIds.length === 0) return;
    await settleMany(tx, sourceOfTable(scope.table), campaignIds);
    await writeMet(tx, sourceOfTable(scope.table), { campaignIds, sign: 1 });
  },
};

type Few = Extract<FactsScope, { ids: string[] }>;

async function settleOfFew(tx: Tx, { ids, hint }: Few): Promise<void> {
  if (['enrolled', 'signed-in', 'paper'].includes(hint?.kind ?? '')) return;
  const completionIds = hint?.kind === 'completed' ? hint['completionIds'] : undefined;
  const campaignIds = Array.isArray(completionIds)
    ? await campaignsAtCompletions(tx, { personIds: ids, completionIds })
    : await countingCampaigns(tx);
  if (campaignIds.length > 0) await settleFew(tx, ids, campaignIds);
}
