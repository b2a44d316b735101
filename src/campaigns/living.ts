import type { Ctx } from '../kernel/context.ts';
import { addDays, todayInIndia } from '../kernel/dates.ts';
import type { Db } from '../kernel/db.ts';
import { type Campaign, livingCampaigns } from './stores/campaigns.ts';

const keptForMs = 1000;
/** So long a campaign's result is told of on the home. */
export const toldAfterDays = 7;

type Kept = { at: number; today: string; campaigns: Promise<Campaign[]> };
const kept = new WeakMap<Db, Kept>();

/**
 * The campaigns that concern anybody now: announced, running, or just ended. The same few for everybody, so they are
 * read once a second and not for every home; without any, a home asks nothing.
 */
export function living(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<Campaign[]> {
  const today = todayInIndia(ctx.clock);
  const known = kept.get(ctx.db);
  if (known?.today === today && performance.now() - known.at < keptForMs) return known.campaigns;
  const campaigns = livingCampaigns(ctx.db.read, addDays(today, -toldAfterDays));
  kept.set(ctx.db, { at: performance.now(), today, campaigns });
  campaigns.catch(() => kept.delete(ctx.db));
  return campaigns;
}

/** For the process that announced or cancelled one: its next page shows it. */
export function forgetLiving(db: Db): void {
  kept.delete(db);
}
