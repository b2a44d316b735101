import type { Ctx } from '../kernel/context.ts';
import { addDays, todayInIndia } from '../kernel/dates.ts';
import { keptForASecond } from './kept-for-a-second.ts';
import { toldAfterDays } from './state.ts';
import { type Campaign, livingCampaigns } from './stores/campaigns.ts';

/**
 * The campaigns that concern anybody now: announced, running, or just ended. The same few for everybody, so they are
 * read once a second and not for every home; without any, a home asks nothing.
 */
export function living(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<Campaign[]> {
  const today = todayInIndia(ctx.clock);
  return keptForASecond(ctx.db, `living ${today}`, () =>
    livingCampaigns(ctx.db.read, addDays(today, -toldAfterDays)),
  );
}
