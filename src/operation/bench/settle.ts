import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { foldCounters } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { takeUpDigests } from '../../reports/index.ts';

const longestWaitMs = 30_000;

/**
 * Waits until what was made before leaves no work behind it, so that no benchmark pays for another or for the
 * start: deltas are folded, digests taken up, jobs are done, statistics are fresh and everything is on disk.
 */
export async function settle(ctx: Ctx): Promise<void> {
  await foldCounters(ctx);
  await takeUpDigests(ctx);
  const until = performance.now() + longestWaitMs;
  while ((await jobsDue(ctx)) > 0 && performance.now() < until) await sleep(200);
  await ctx.db.pool.query('vacuum (analyze)');
  await ctx.db.pool.query('checkpoint').catch(() => undefined); // not every role may
  await reportActivity(ctx);
}

/**
 * An idle session tells what it wrote up to ten seconds late, when it would be counted to the benchmark that
 * runs then: ours tell it now.
 */
async function reportActivity(ctx: Ctx): Promise<void> {
  const report = 'select pg_stat_force_next_flush()';
  const { pool } = ctx.db;
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  for (const client of clients) {
    await client.query(report);
    client.release();
  }
  for (let turn = 0; turn < sharedClients * 2; turn += 1) await sql.raw(report).execute(ctx.db.read);
}

const sharedClients = 2;

async function jobsDue(ctx: Ctx): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from graphile_worker.jobs
    where run_at <= now() and attempts < max_attempts`.execute(ctx.db.read);
  return found.rows[0]?.count ?? 0;
}
