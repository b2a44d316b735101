import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { type Day, todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { settleChanged } from '../mandates/index.ts';
import { sendableChannels } from './sendable.ts';
import { dropStale, gatherPortion, openRun, type Run, writeProgress } from './stores/collect.ts';
import { dropNoLongerDue, insertDigests, nextRecipients } from './stores/digests.ts';
import { inheritRules, ruleOnNow, rulesOn } from './stores/rules.ts';
import { goesOn, type Turn } from './turn.ts';

const portion = { persons: 20_000, recipients: 1000 };

/** Gathers who reached a step today, order by order; what a killed run left is gone on with. */
export async function gatherSteps(ctx: Ctx, turn: Turn): Promise<void> {
  const day = todayInIndia(ctx.clock);
  await ctx.db.transaction((tx) => dropStale(tx, day));
  await ctx.db.transaction((tx) => goOnWithLadders(tx, ctx, day));
  for (const { mandateId } of await rulesOn(ctx.db.read))
    while (goesOn(ctx, turn) && (await gatherSome(ctx, { mandateId, day })));
}

/** An amendment is reminded of as the order was whose place it took, until somebody changes that. */
async function goOnWithLadders(tx: Tx, ctx: Ctx, day: Day): Promise<void> {
  for (const { mandateId, officeId, from } of await inheritRules(tx, { day, now: ctx.clock.now() }))
    await audit(tx, ctx, {
      ...{ action: 'reminder.inherited', subjectKind: 'mandate', subjectId: mandateId, officeId },
      detail: { from },
    });
}

/** One portion of one order's people, by key; false where all were gone through. */
async function gatherSome(ctx: Ctx, run: Run): Promise<boolean> {
  return ctx.db.longTransaction(async (tx) => {
    const { mandateId, day } = run;
    // Read here and held: whoever changes the ladder waits for the portion, and then has it gathered anew.
    const rule = await ruleOnNow(tx, mandateId);
    if (!rule) return false;
    const open = await openRun(tx, run);
    if (!open) return false;
    const { lastPersonId, found } = await gatherPortion(tx, {
      ...{ rule, day, afterPersonId: open.afterPersonId, size: portion.persons },
    });
    const finishedAt = lastPersonId ? null : ctx.clock.now();
    await writeProgress(tx, { ...run, lastPersonId, found, finishedAt });
    return lastPersonId !== null;
  });
}

/**
 * Makes the day's digests of what was gathered: one a person, in the inbox at once and waiting for mail and SMS.
 * Who has done it since, or had a digest today, gets none. Stops at closing time.
 */
export async function makeDigests(ctx: Ctx, turn: Turn): Promise<void> {
  while (goesOn(ctx, turn) && (await makeSome(ctx)));
}

async function makeSome(ctx: Ctx): Promise<boolean> {
  await settleChanged(ctx.db);
  return ctx.db.longTransaction(async (tx) => {
    const day = todayInIndia(ctx.clock);
    const recipientIds = await nextRecipients(tx, day, portion.recipients);
    if (recipientIds.length === 0) return false;
    await dropNoLongerDue(tx, day, recipientIds);
    await insertDigests(tx, {
      ...{ recipientIds, day, now: ctx.clock.now(), channels: sendableChannels(ctx.config) },
    });
    return true;
  });
}
