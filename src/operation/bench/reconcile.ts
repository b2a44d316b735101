import { sql } from 'kysely';
import { reconcileCounters } from '../../insight/index.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';
import { settle } from './settle.ts';
import { summarise } from './statistics.ts';

const rounds = 2;
/** A nation is proved once. */
const longMs = 180_000;

export const reconcile: Benchmark = {
  name: 'reconcile',
  what: 'completions from which `daksh reconcile` computes every counter anew and compares',
  async run({ ctx }) {
    await settle(ctx);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const { ok, differences } = await reconcileCounters(ctx);
      times.push(performance.now() - began);
      if (!ok) throw new Error(`${differences.length} counters differ from the events.`);
      if ((times[0] ?? 0) > longMs) break;
    }
    const { median, p99 } = summarise(times);
    const counted = await sql<{
      rows: number;
    }>`select count(*) as rows from completion where voided_at is null`.execute(ctx.db.read);
    const rows = counted.rows[0]?.rows ?? 0;
    const perSecond = (rows * 1000) / median;
    const limits = [
      {
        name: 'the same completions grouped by person and course',
        perSecond: (rows * 1000) / (await bareMs(ctx)),
      },
    ];
    return resultOf({
      ...reconcile,
      clients: 1,
      median,
      p99,
      perSecond,
      failed: 0,
      limits,
      notes: [`${rows} completions`],
    });
  },
};

/** Reading and grouping the events once is the least that such a proof can do. */
async function bareMs({ db }: { db: { bulk: { query(text: string): Promise<unknown> } } }): Promise<number> {
  const began = performance.now();
  await db.bulk.query(`select count(*), max(first) from (
    select person_id, course_id, min(completed_day) as first from completion where voided_at is null group by 1, 2) firsts`);
  return performance.now() - began;
}
