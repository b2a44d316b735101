import { setTimeout as rest } from 'node:timers/promises';

import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { FactsObserver } from '../kernel/facts.ts';
import type { Runtime } from '../kernel/feature.ts';
import { keepTaking } from '../kernel/keep-taking.ts';
import * as store from './stores/digests.ts';

const most = { atOnce: 2000, built: 20_000 };

/** Whoever's facts changed is noted with the change, and taken up afterwards. */
export const noteTouched: FactsObserver = {
  async before() {
    return undefined;
  },
  async after(tx, scope) {
    if ('hint' in scope && scope.hint?.kind === 'paper') return;
    await store.writeTouched(tx, scope);
  },
};

/** Takes up all that waits; others at it are waited for. */
export async function takeUpDigests({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<void> {
  const today = todayInIndia(clock);
  while (await store.isAnythingOpen(db.read, today)) {
    const { isBusy } = await store.takeSome(db, today, most);
    if (isBusy) await rest(100);
  }
}

/**
 * Takes up whatever waits, until the database is closed. Rests twice as long as it works: reports read the facts of
 * whoever waits, so there is no hurry, and imports of lakhs go first.
 */
export function keepDigests({ db, clock, log }: Pick<Runtime, 'db' | 'clock' | 'log'>): { stop(): void } {
  return keepTaking({ db, log }, 'reports.digests', async () => {
    const today = todayInIndia(clock);
    while (await store.isAnythingOpen(db.read, today)) {
      const began = performance.now();
      const { persons, isBusy } = await store.takeSome(db, today, most);
      if (isBusy || persons === 0) return;
      await rest((performance.now() - began) * 2, undefined, { ref: false });
    }
  });
}
