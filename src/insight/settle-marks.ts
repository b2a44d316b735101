import { setTimeout as rest } from 'node:timers/promises';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import type { Runtime } from '../kernel/feature.ts';
import { describeError } from '../kernel/log.ts';
import * as store from './stores/marks.ts';

/** Looked up by their keys, and counted while whoever completes something waits: a few hundredths of a second. */
const peopleAtOnce = 200;
/** Between two portions, for those who have waited. */
const breathMs = 30;
const restMs = 1500;

/**
 * Counts AI, cyber security and field cadres as the tags of courses and cadres are now. Some people are counted
 * again at a time, each time in one transaction that also notes how far it is: at every moment figures agree with
 * what is noted, and whoever is killed goes on from there.
 */
export async function settleMarks(ctx: Pick<Ctx, 'db'>, most = peopleAtOnce): Promise<void> {
  for (;;) {
    const open = await store.openMarks(ctx.db.read);
    if (open.length === 0) return;
    for (const mark of open) await settleOne(ctx, mark, most);
  }
}

async function settleOne(ctx: Pick<Ctx, 'db'>, mark: store.Mark, most: number): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const step = await ctx.db.transaction((tx) => moveOn(tx, mark, most)).catch(laterWhereBusy);
    if (step === 'done') return;
    // Whoever counts meanwhile goes first.
    await rest(step === 'busy' ? Math.min(50 * (turn + 1), 2000) : breathMs);
  }
}

type Step = 'done' | 'more' | 'busy';

async function moveOn(tx: Tx, mark: store.Mark, most: number): Promise<Step> {
  if (await store.isMoving(tx)) return 'busy';
  const upTo = await store.markedUpTo(tx, mark);
  const next = await store.gatherNext(tx, mark, { upTo, most });
  await changeFacts(tx, { table: 'mark_person' }, async () => {
    await store.holdMarks(tx);
    if (await store.hasNewcomers(tx, mark, { from: upTo, to: next })) throw new Newcomers();
    await store.moveMark(tx, mark, next);
  });
  return next === store.lastKey || next === store.firstKey ? 'done' : 'more';
}

class Newcomers extends Error {}

const lockNotAvailable = '55P03';
const deadlock = '40P01';

function laterWhereBusy(error: unknown): Step {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (error instanceof Newcomers || code === lockNotAvailable || code === deadlock) return 'busy';
  throw error;
}

/** Settles whatever tags were changed, until the database is closed. */
export function keepSettlingMarks(runtime: Pick<Runtime, 'db' | 'log'>): void {
  const turn = async () => {
    try {
      await settleMarks(runtime);
    } catch (error) {
      if (runtime.db.pool.ended) return;
      runtime.log({ job: 'insight.marks', ...describeError(error) });
    }
    setTimeout(() => void turn(), restMs).unref();
  };
  setTimeout(() => void turn(), restMs).unref();
}
