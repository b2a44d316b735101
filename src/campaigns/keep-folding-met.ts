import type { Runtime } from '../kernel/feature.ts';
import { keepTaking } from '../kernel/keep-taking.ts';
import { foldMet, hasMetWaiting } from './stores/progress.ts';

const most = 20_000;

/** Adds the waiting deltas to the counters, until the database is closed. */
export function keepFoldingMet(runtime: Pick<Runtime, 'db' | 'log'>): void {
  keepTaking(runtime, 'campaigns.fold', async () => {
    if (await hasMetWaiting(runtime.db.read)) await foldAllMet(runtime);
  });
}

export async function foldAllMet({ db }: Pick<Runtime, 'db'>): Promise<void> {
  for (;;) {
    const taken = await db.transaction((tx) => foldMet(tx, most));
    if (taken === undefined || taken < most) return;
  }
}
