import { setTimeout as rest } from 'node:timers/promises';
import type { Ctx } from '../kernel/context.ts';
import { formatTime } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { lockGroup } from '../kernel/facts.ts';
import { addJob } from '../kernel/jobs.ts';
import {
  type Awaited,
  awaitedBy,
  isSeenByAll,
  markCounted,
  nextPersons,
  uncountedCampaigns,
} from './stores/counting.ts';
import { settleFew } from './stores/progress.ts';

const peopleAtOnce = 500;
const restMs = 200;
const usualPatienceMs = 120_000;
const laterMs = 10_000;

type Counting = Pick<Ctx, 'db' | 'clock'>;

/**
 * Counts what was completed in the days of campaigns before they were announced. Whoever completes something
 * meanwhile counts himself; everybody's progress is computed from the events under his lock, so nothing counts twice,
 * and whoever is killed begins anew. Refuses where a change that may not have seen an announcement takes too long.
 */
export async function countCampaigns(ctx: Counting, patienceMs = usualPatienceMs): Promise<void> {
  const end = performance.now() + patienceMs;
  for (const campaignId of await uncountedCampaigns(ctx.db.read)) {
    while (!(await isSeen(ctx, campaignId))) {
      if (performance.now() > end) throw notYetCounted(await awaitedBy(ctx.db.read, campaignId));
      await rest(restMs);
    }
    await countOne(ctx, campaignId);
  }
}

function notYetCounted({ code, since }: Awaited): Refusal {
  const time = since ? formatTime(since) : '?';
  return new Refusal(
    'conflict',
    {
      hi: `सप्ताह “${code}” अभी गिना नहीं जा सका: डेटाबेस में ${time} से एक काम (जैसे कोई आयात) चल रहा है। उसके पूरा होने पर फिर करें।`,
      en: `The week “${code}” could not be counted yet: a change in the database (an import, say) has been under way since ${time}. Try again once it has ended.`,
    },
    { reason: 'week_not_counted' },
  );
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
