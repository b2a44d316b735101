import type { Runtime } from '../kernel/feature.ts';
import { keepTaking } from '../kernel/keep-taking.ts';
import { foldSome, hasDeltas } from './stores/counters.ts';

/** Small at first, so that one turn is short; what an import of lakhs leaves goes in larger pieces. */
const batches = { least: 5000, most: 100_000 };

/** Adds all waiting deltas to the counters; returns how many it took. Another process may be at it: then none. */
export async function foldCounters(runtime: Pick<Runtime, 'db'>): Promise<number> {
  let taken = 0;
  let batch = batches.least;
  for (;;) {
    const some = await foldSome(runtime.db, batch);
    taken += some ?? 0;
    if (some === undefined || some < batch) return taken;
    batch = Math.min(batch * 2, batches.most);
  }
}

/**
 * Folds whenever deltas wait, until the database is closed. Any number of processes may run it: a lock lets
 * one work at a time, and a killed one leaves its deltas where they were.
 */
export function keepFolding(runtime: Pick<Runtime, 'db' | 'log'>): { stop(): void } {
  return keepTaking(runtime, 'insight.fold', async () => {
    if (await hasDeltas(runtime.db.read)) await foldCounters(runtime);
  });
}
