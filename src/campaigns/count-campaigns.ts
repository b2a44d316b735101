import { setTimeout as rest } from 'node:timers/promises';
import type { Ctx } from '../kernel/context.ts';
import { lockGroup } from '../kernel/facts.ts';
import { addJob } from '../kernel/jobs.ts';
import { isSeenByAll, markCounted, nextPersons, uncountedCampaigns } from './stores/counting.ts';
import { settleFew } from './stores/progress.ts';

const peopleAtOnce = 500;
const restMs = 200;
const laterMs = 10_000;

type Counting = Pick<Ctx, 'db' | 'clock'>;

/**
 * Counts what was completed in the days of campaigns before they were announced. Whoever completes something
 * meanwhile counts himself; everybody's progress is computed from the events under his lock, so nothing counts twice,
 * and whoever is killed begins anew.
 */
export async function countCampaigns(ctx: Counting): Promise<void> {
  for (const campaignId of await uncountedCampaigns(ctx.db.read)) {
    while (!(await isSeen(ctx, campaignId))) await rest(restMs);
    await countOne(ctx, campaignId);
  }
}

/** The same as a job: while an import runs that may not have seen the announcement, others work. */
export async function countOrLater(ctx: Counting): Promise<void> {
  for (const campaignId of await uncountedCampaigns(ctx.db.read)) {
    if (await isSeen(ctx, campaignId)) await countOne(ctx, campaignId);
    else
      await ctx.db.transaction((tx) =>
        addJob(tx, 'campaigns:count', {}, { key: 'campaigns:count', runAt: later() }),
      );
  }
}

function isSeen(ctx: Counting, campaignId: string): Promise<boolean> {
  return ctx.db.transaction((tx) => isSeenByAll(tx, campaignId));
}

// By the machine's clock, as the queue reads it.
function later(): Date {
  return new Date(Date.now() + laterMs);
}

async function countOne(ctx: Counting, campaignId: string): Promise<void> {
  for (let after: string | null = null; ; ) {
    const last = await countPortion(ctx, campaignId, after);
    if (last === null) break;
    after = last;
  }
  await ctx.db.transaction((tx) => markCounted(tx, campaignId, ctx.clock.now()));
}

/** Returns the last person of the portion, null where nobody is left. */
function countPortion({ db }: Counting, campaignId: string, after: string | null): Promise<string | null> {
  return db.longTransaction(async (tx) => {
    const personIds = await nextPersons(tx, campaignId, { after, most: peopleAtOnce });
    if (personIds.length > 0) {
      await lockGroup(tx, personIds, 'wait');
      await settleFew(tx, personIds, [campaignId]);
    }
    return personIds.at(-1) ?? null;
  });
}
