import cluster from 'node:cluster';
import { addedUp, type Family, ownFamilies } from './registry.ts';

/**
 * Several web processes share one port, and whoever is asked for figures is one of them: the first process
 * collects everybody's. What an ended process had counted stays in the sum, which so never falls.
 */
type Told = { metrics: 'wanted' | 'give' | 'given' | 'all'; asked: number; families?: Family[] };

const patienceMs = 1000;
let asks = 0;

/** The figures of all processes of this program, as seen from any of them. */
export async function familiesOfAll(): Promise<Family[]> {
  if (cluster.isPrimary || !process.send) return ownFamilies();
  asks += 1;
  const wanted: Told = { metrics: 'wanted', asked: asks };
  return new Promise((resolve) => {
    const late = setTimeout(() => finish(ownFamilies()), patienceMs * 2);
    const finish = (families: Family[]) => {
      clearTimeout(late);
      process.off('message', hear);
      resolve(families);
    };
    const hear = (told: unknown) => {
      if (isTold(told) && told.metrics === 'all' && told.asked === wanted.asked) finish(told.families ?? []);
    };
    process.on('message', hear);
    process.send?.(wanted);
  });
}

/** A web process tells its figures whenever the first process asks. */
export function tellFigures(): void {
  process.on('message', (told) => {
    if (isTold(told) && told.metrics === 'give')
      process.send?.({ metrics: 'given', asked: told.asked, families: ownFamilies() } satisfies Told);
  });
}

/** In the first process of several: asks all, answers the one who wanted it. */
export function collectFigures(): void {
  const latest = new Map<number, Family[]>();
  let ended: Family[] = [];
  let round = 0;
  let waiting: { round: number; heard(id: number): void } | undefined;
  const collect = async (): Promise<Family[]> => {
    round += 1;
    await new Promise<void>((resolve) => {
      const missing = new Set(livingWorkers().map(({ id }) => id));
      const late = setTimeout(resolve, patienceMs);
      const heard = (id: number) => {
        missing.delete(id);
        if (missing.size > 0) return;
        clearTimeout(late);
        resolve();
      };
      waiting = { round, heard };
      for (const worker of livingWorkers())
        worker.send({ metrics: 'give', asked: round } satisfies Told, () => undefined);
      if (missing.size === 0) heard(0);
    });
    return addedUp([ownFamilies(), ended, ...latest.values()]);
  };
  let underWay: Promise<Family[]> | undefined;
  cluster.on('message', (worker, told: unknown) => {
    if (!isTold(told)) return;
    if (told.metrics === 'given') {
      latest.set(worker.id, told.families ?? []);
      if (told.asked === waiting?.round) waiting.heard(worker.id);
    }
    if (told.metrics !== 'wanted') return;
    underWay ??= collect().finally(() => {
      underWay = undefined;
    });
    void underWay.then((families) =>
      worker.send({ metrics: 'all', asked: told.asked, families } satisfies Told, () => undefined),
    );
  });
  cluster.on('exit', (worker) => {
    const counted = (latest.get(worker.id) ?? []).filter(({ kind }) => kind !== 'gauge');
    latest.delete(worker.id);
    ended = addedUp([ended, counted]);
  });
}

function livingWorkers() {
  return Object.values(cluster.workers ?? {}).flatMap((worker) => (worker?.isConnected() ? [worker] : []));
}

function isTold(told: unknown): told is Told {
  return typeof told === 'object' && told !== null && 'metrics' in told && 'asked' in told;
}
