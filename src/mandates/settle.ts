import { type Db, isLockTimeout } from '../kernel/db.ts';
import type { FactsHint, FactsObserver, FactsScope } from '../kernel/facts.ts';
import type { Runtime } from '../kernel/feature.ts';
import { describeError } from '../kernel/log.ts';
import { bindingOrders, markCounted } from './stores/orders.ts';
import { settleOrder } from './stores/standings.ts';
import {
  planForMany,
  takeAllTouched,
  takeRecounts,
  takeTouched,
  theseOf,
  tryToSettle,
  waitForSettling,
  whatWaits,
  writeTouched,
} from './stores/touched.ts';

const batch = 5000;
/** From so many changed persons on, everybody is computed at once. */
const manyTouched = 100_000;
const restMs = 400;

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

type With = Pick<Runtime, 'db' | 'clock'>;

/**
 * Brings every standing and counter up to date with the facts: before figures are read by the command line, and
 * by the worker all the time. Waits for whoever is at it; where that takes long, the figures of before are read.
 */
export async function settleMandates(runtime: With): Promise<void> {
  const waits = await whatWaits(runtime.db.read, manyTouched);
  if (waits.recounts || waits.many) return recountAll(runtime);
  if (waits.touched) await settleChanged(runtime.db);
}

/** Only the changed persons: quick enough to be done before a page is shown. */
export async function settleChanged(db: Db): Promise<void> {
  const waits = await whatWaits(db.read, manyTouched);
  if (!waits.touched || waits.many) return;
  try {
    while ((await settleSome(db, 'wait')) === batch);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
  }
}

/** One portion; returns how many were taken, none where somebody else is at it. */
async function settleSome(db: Db, patience: 'wait' | 'skip'): Promise<number> {
  return db.transaction(async (tx) => {
    if (patience === 'wait') await waitForSettling(tx);
    else if (!(await tryToSettle(tx))) return 0;
    const { personIds, taken } = await takeTouched(tx, batch);
    if (personIds.length === 0) return taken;
    const source = theseOf(personIds);
    for (const order of await bindingOrders(tx)) await settleOrder(tx, order, source);
    return taken;
  });
}

/** Everybody under every order, in one transaction: after a change of tags or of the tree of offices. */
export async function recountAll({ db, clock }: With): Promise<void> {
  await db.longTransaction(async (tx) => {
    await waitForSettling(tx);
    await planForMany(tx);
    // Taken first: what comes later is seen by a later turn.
    await takeRecounts(tx);
    await takeAllTouched(tx);
    for (const order of await bindingOrders(tx)) {
      await settleOrder(tx, order);
      await markCounted(tx, order.mandateId, clock.now());
    }
  });
}

/** The worker's loop: as long as the database is open, nobody waits longer than half a second. */
export function keepSettling(runtime: Pick<Runtime, 'db' | 'clock' | 'log'>): void {
  let pause = restMs;
  const turn = async () => {
    try {
      const waits = await whatWaits(runtime.db.read, manyTouched);
      if (waits.recounts || waits.many) await recountAll(runtime);
      else if (waits.touched) await settleAll(runtime.db);
      pause = restMs;
    } catch (error) {
      if (runtime.db.pool.ended) return;
      runtime.log({ job: 'mandates.settle', ...describeError(error) });
      pause = Math.min(pause * 2, 10_000);
    }
    setTimeout(() => void turn(), pause).unref();
  };
  setTimeout(() => void turn(), restMs).unref();
}

async function settleAll(db: Db): Promise<void> {
  while ((await settleSome(db, 'skip')) === batch);
}
