import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchWorld } from './bench-world.ts';
import { activityOf, bareDatabase, emptyRoute } from './limits.ts';
import { type LoadPlan, type LoadResult, runLoad } from './load.ts';
import { statusOf } from './own-server.ts';
import { type BenchResult, resultOf } from './result.ts';
import { settle } from './settle.ts';

export type Benchmark = {
  name: string;
  what: string;
  run(world: BenchWorld): Promise<BenchResult>;
};

type Wish = {
  name: string;
  what: string;
  clients: number;
  next: LoadPlan['next'];
  expect?: number;
  kind: 'reads' | 'grouped writes' | 'transactions' | 'mixed';
};

/** A load, what it asked of the database a request, and the same amount asked of the bare database. */
export async function measure(world: BenchWorld, wish: Wish): Promise<BenchResult & { load: LoadResult }> {
  await settle(world.ctx);
  const before = await activityOf(world.ctx.db);
  const load = await runLoad({
    port: world.port,
    clients: wish.clients,
    seconds: world.seconds,
    next: wish.next,
    expect: wish.expect ?? 200,
  });
  const after = await activityOf(world.ctx.db);
  const requests = Math.max(1, load.total);
  const statements = (after.transactions - before.transactions) / requests;
  const rows = (after.rows - before.rows) / requests;
  const bytesEach = (what: 'wal' | 'size') => Math.round((after[what] - before[what]) / requests);
  const empty = { name: 'empty route', perSecond: await emptyRoute(world, wish.clients) };
  const asked = { statements, rows };
  const bare = [await bareLimit(world, wish, asked)];
  if (wish.kind === 'mixed') bare.push(await bareLimit(world, { ...wish, kind: 'transactions' }, asked));
  const notes = [
    `${load.bytesEach} bytes a reply`,
    `${round(statements)} transactions, ${round(rows)} rows written a request`,
    ...(rows > 0.5 ? [`${bytesEach('wal')} bytes of log, ${bytesEach('size')} on disk a request`] : []),
  ];
  for (const [kind, times] of load.byKind)
    notes.push(
      `${kind}: ${times.count} answered, median ${round(times.median)} ms, p99 ${round(times.p99)} ms`,
    );
  if (load.failed > 0) notes.push(`statuses ${load.statuses}`);
  const limits = [empty, ...bare];
  return { ...resultOf({ ...load, ...wish, limits, notes }), load };
}

async function bareLimit(world: BenchWorld, wish: Wish, asked: { statements: number; rows: number }) {
  const rows = Math.max(1, Math.round(asked.rows));
  if (wish.kind === 'reads' || wish.kind === 'mixed') {
    const each = Math.max(1, Math.round(asked.statements));
    const perSecond = await bareDatabase(world, { kind: 'selects', each, clients: wish.clients });
    return { name: `bare pipelined selects, ${each} a request`, perSecond };
  }
  if (wish.kind === 'transactions') {
    const perSecond = await bareDatabase(world, { kind: 'transactions', each: rows, clients: wish.clients });
    return { name: `bare pipelined transactions of ${rows} inserts`, perSecond };
  }
  // Two statements under way a process, as the server groups them.
  const group = Math.max(1, Math.round(wish.clients / world.processes / 2));
  const statements = await bareDatabase(world, {
    kind: 'rows',
    each: group * rows,
    clients: 2 * world.processes,
  });
  return { name: `bare inserts of ${group} × ${rows} rows a statement`, perSecond: statements * group };
}

/** Stops with a sentence where the measured page is not there or not open, before any load is sent. */
export async function requireStatus(
  world: BenchWorld,
  path: string,
  headers: Record<string, string>,
): Promise<void> {
  let status = await statusOf(world.port, path, headers);
  // A server that has just started may be busy with itself.
  for (let attempt = 1; status === 503 && attempt < 10; attempt += 1) {
    await sleep(500);
    status = await statusOf(world.port, path, headers);
  }
  if (status !== 200) throw new Error(`GET ${path} answers ${status}, so it cannot be measured.`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
