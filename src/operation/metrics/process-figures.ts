import cluster from 'node:cluster';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type pg from 'pg';
import type { Runtime } from '../../kernel/feature.ts';
import { reading, type Value } from '../../kernel/metrics/registry.ts';

/** 0 is the first process, which runs the jobs; of several the others are numbered. */
const who = { process: String(cluster.worker?.id ?? 0) };
const one = (value: number): Value[] => [{ labels: who, value }];

/** Memory, time and connections of this process, for whoever asks for figures. */
export function tellProcessFigures({ db }: Pick<Runtime, 'db'>): void {
  reading({ name: 'process_resident_memory_bytes', help: 'Resident memory of a process.' }, () =>
    one(process.memoryUsage.rss()),
  );
  reading({ name: 'process_cpu_seconds_total', help: 'CPU time of a process.', kind: 'counter' }, () => {
    const { user, system } = process.cpuUsage();
    return one((user + system) / 1e6);
  });
  reading({ name: 'process_uptime_seconds', help: 'Time since a process started.' }, () =>
    one(process.uptime()),
  );
  tellEventLoopDelay();
  tellPools({ people: db.pool, bulk: db.bulk });
}

const resolution = 10;
const delay = monitorEventLoopDelay({ resolution });

/** Since the last time somebody asked: what a request waited for others' work before its own began. */
function tellEventLoopDelay(): void {
  delay.enable();
  reading(
    { name: 'daksh_event_loop_delay_seconds', help: 'Delay of the event loop since the last reading.' },
    () => {
      const at = (quantile: string, nanoseconds: number): Value => ({
        labels: { ...who, quantile },
        // What is measured is the time between two looks; what comes on top of their distance is delay.
        value: Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e9 - resolution / 1e3) : 0,
      });
      const values = [at('0.5', delay.percentile(50)), at('0.99', delay.percentile(99)), at('1', delay.max)];
      delay.reset();
      return values;
    },
  );
}

function tellPools(pools: Record<string, pg.Pool>): void {
  const each = (read: (pool: pg.Pool) => [string, number][]): Value[] =>
    Object.entries(pools).flatMap(([name, pool]) =>
      read(pool).map(([state, value]) => ({ labels: { ...who, pool: name, state }, value })),
    );
  reading(
    { name: 'daksh_pool_connections', help: 'Connections to the database, and who waits for one.' },
    () =>
      each((pool) => [
        ['busy', pool.totalCount - pool.idleCount],
        ['idle', pool.idleCount],
        ['waiting', pool.waitingCount],
        ['most', pool.options.max ?? 0],
      ]),
  );
}
