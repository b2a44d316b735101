import type { Ctx } from '../kernel/context.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { postingsNowhere } from './stores/postings-nowhere.ts';

const most = 1000;

/**
 * People posted at an office that is not there are in no roster and no figure. Where they belong no program knows, so
 * nothing repairs it: they are named until somebody ends the posting or brings the office back.
 */
export async function reconcilePostings(ctx: Ctx): Promise<ReconciledDifference[]> {
  const found = await postingsNowhere(ctx.db.read, most);
  return found.map(({ officeId, count }) => ({
    officeCode: officeId,
    grain: 'd',
    day: '-',
    metric: 'postings without an office',
    counted: count,
    expected: 0,
  }));
}
