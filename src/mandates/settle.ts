import type { Ctx } from '../kernel/context.ts';
import { type Db, isLockTimeout, type Tx } from '../kernel/db.ts';
import type { FactsHint, FactsObserver, FactsScope } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { runBuilds } from './builds/run-builds.ts';
import { insertBuild, nextBuild, noteForBuilds, postsMany, wakeRecount } from './stores/builds.ts';
import { bindingOrders, markCounted } from './stores/orders.ts';
import { settleOrder, sumAgain } from './stores/standings.ts';
import {
  isRecountingSince,
  planForMany,
  takeAllTouched,
  takeRecounts,
  takeTouched,
  takeTouchedOf,
  theseOf,
  waitForSettling,
  waitToPublish,
  whatWaits,
  writeTouched,
} from './stores/touched.ts';

const batch = 5000;
/** From so many changed persons on, everybody is computed at once. */
export const manyTouched = 100_000;
/** Where no more are posted, everybody is counted in one transaction. */
const fewPosted = 50_000;

// An enrolment or a sign-in moves no order.
const idleHints = new Set(['enrolled', 'signed-in']);

/** Notes whose facts changed, in the same transaction; where they stand is computed soon after. */
export const noteTouched: FactsObserver = {
  before: async () => undefined,
  after: async (tx, scope) => {
    if (!idleHints.has(hintOf(scope)?.kind ?? '')) await writeTouched(tx, scope);
  },
};

function hintOf(scope: FactsScope): FactsHint | undefined {
  return 'ids' in scope ? scope.hint : undefined;
}

/**
 * Brings every standing and counter up to date with the facts: before figures are read by the command line. What is
 * in the making is ended, by whoever is at it or here; where a lock takes long, the figures of before are read.
 */
export async function settleMandates(ctx: Ctx): Promise<void> {
  await runBuilds(ctx);
  if (await recountWhereAsked(ctx)) await runBuilds(ctx);
  await settleChanged(ctx.db);
}

/**
 * The same before an act that is none of a publication's: what is in the making is left to the worker, as is a
 * recount of many people, and changes nothing that is in force till then.
 */
export async function settleInForce(ctx: Ctx): Promise<void> {
  await recountWhereAsked(ctx);
  await settleChanged(ctx.db);
}

const longestRecountMs = 3 * 3_600_000;

/**
 * Settles as `settleInForce` does, and tells whether what is in force may be relied on by whoever tells people of it:
 * false while everybody is counted again, but not for longer than three hours, as a recount may fail again and again.
 */
export async function settleToTell(ctx: Ctx): Promise<boolean> {
  await settleInForce(ctx);
  const since = new Date(ctx.clock.now().getTime() - longestRecountMs);
  return !(await isRecountingSince(ctx.db.read, since));
}

async function recountWhereAsked(ctx: Ctx): Promise<boolean> {
  const waits = await whatWaits(ctx.db.read, manyTouched);
  const isAsked = waits.recounts || waits.many;
  if (isAsked) await recountAll(ctx);
  return isAsked;
}

/** Only the changed persons: quick enough to be done before a page is shown. */
export async function settleChanged(db: Db): Promise<void> {
  const waits = await whatWaits(db.read, manyTouched);
  if (!waits.touched || waits.many) return;
  try {
    while ((await settleSome(db)) === batch);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
  }
}

/** One portion; returns how many were taken. */
async function settleSome(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    await waitForSettling(tx);
    const { personIds, taken } = await takeTouched(tx, batch);
    if (personIds.length === 0) return taken;
    await noteForBuilds(tx, personIds);
    const source = theseOf(personIds);
    for (const order of await bindingOrders(tx)) await settleOrder(tx, order, source);
    return taken;
  });
}

/** These persons within the caller's own transaction: what it reads then agrees with the facts that it sees. */
export async function settleThese(tx: Tx, personIds: string[]): Promise<void> {
  await waitForSettling(tx);
  // Whose facts are those of before is counted rightly on new sheets too: a freeze settles everybody in a recount.
  await noteForBuilds(tx, await takeTouchedOf(tx, personIds));
  for (const order of await bindingOrders(tx)) await settleOrder(tx, order, theseOf(personIds));
}

/**
 * Everybody under every order, after a change of tags or of the tree of offices: at once where not many are
 * posted; else new sheets are entered, to be made beside those in use. What is in the making goes before.
 */
export async function recountAll(ctx: Pick<Ctx, 'db' | 'clock'>, few = fewPosted): Promise<void> {
  await ctx.db.longTransaction(async (tx) => {
    // Whoever freezes statements finds the recount waiting or done, and never that it was done meanwhile.
    await waitToPublish(tx);
    if (await nextBuild(tx)) return;
    // Taken first: what comes later is seen by a later turn.
    const { moved } = await takeRecounts(tx);
    const { many } = await whatWaits(tx, manyTouched);
    const isLarge = await postsMany(tx, few);
    if (many || !isLarge) await takeAllTouched(tx);
    if (isLarge && (await wakeRecount(tx))) return;
    if (isLarge)
      return insertBuild(tx, { buildId: newId(), mandateId: null, now: ctx.clock.now(), by: null });
    await planForMany(tx);
    for (const order of await bindingOrders(tx)) {
      await settleOrder(tx, order);
      if (moved) await sumAgain(tx, order);
      await markCounted(tx, order.mandateId, ctx.clock.now());
    }
  });
}
