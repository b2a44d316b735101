import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { reportsOfTimeKept, thinReports } from '../../learning/index.ts';
import { sizeText } from '../backup/progress.ts';
import type { BenchWorld } from './bench-world.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';
import { settle } from './settle.ts';
import { summarise } from './statistics.ts';

const reports = 1_000_000;

export const thinning: Benchmark = {
  name: 'thinning',
  what: 'single reports of time that the worker makes into a row a person, lesson and day, resting half of the time',
  async run(world) {
    // Also where the installation keeps all of them.
    const ctx = { ...world.ctx, config: { ...world.ctx.config, timeReportDays: 35 } };
    await fillClosedTable(world);
    await settle(ctx);
    const before = await standingOf(ctx);
    const limits = [
      { name: 'the same reports grouped by one statement', perSecond: await bareGrouping(ctx) },
    ];
    const [log, began] = [await logPlace(ctx), performance.now()];
    const done = await thinReports(ctx);
    const ms = performance.now() - began;
    const after = await standingOf(ctx);
    if (after.single > 0 || after.seconds !== before.seconds || done.reports !== before.single)
      throw new Error(`${after.single} reports are left, ${before.seconds} s became ${after.seconds}.`);
    const { median, p99 } = summarise(done.portionMs);
    const notes = [
      `${done.reports} reports became ${after.days} rows in ${(ms / 1000).toFixed(1)} s, ${done.portionMs.length} portions (median and p99 are theirs)`,
      `disk of single reports ${sizeText(before.bytes)} before, ${sizeText(after.bytes)} after; of the rows a day ${sizeText(after.dayBytes)}`,
      `${(((await logPlace(ctx)) - log) / done.reports).toFixed(1)} bytes of log a report`,
    ];
    const perSecond = (done.reports * 1000) / ms;
    return resultOf({ ...thinning, clients: 1, median, p99, perSecond, failed: 0, limits, notes });
  },
};

/** As they come: one of each caller, then the next of each, so that nobody's lie together. Of some days, closed long ago. */
async function fillClosedTable({ ctx, callers, textCourse }: BenchWorld): Promise<void> {
  const people = callers.map(({ personId }) => personId);
  const lessonId = textCourse.lessonId;
  const each = Math.ceil(reports / people.length);
  await sql`update engagement_slot set state = 'empty', after_person_id = null, reports = 0, days = 0`.execute(
    ctx.db.read,
  );
  await sql`update engagement_slot set state = 'open', opened_at = now() where slot = 0`.execute(ctx.db.read);
  await sql`truncate engagement, engagement_day`.execute(ctx.db.read);
  await sql`insert into engagement (person_id, engagement_id, enrolment_id, lesson_id, happened_at, reported_seconds,
      credited_seconds, slot)
    select person, gen_random_uuid(), md5(person::text)::uuid, ${lessonId}::uuid,
      now() - interval '410 days' + n * interval '15 seconds' + n / 128 * interval '1 day', 15, 15, 1
    from generate_series(1, ${each}::int) n, unnest(${people}::uuid[]) person`.execute(ctx.db.read);
  await ctx.db.pool.query('vacuum analyze engagement');
  await sql`update engagement_slot set state = 'closed', closed_at = now() - interval '400 days'
    where slot = 1`.execute(ctx.db.read);
}

type Standing = { single: number; days: number; seconds: number; bytes: number; dayBytes: number };

async function standingOf(ctx: Ctx): Promise<Standing> {
  const found = await sql<Omit<Standing, 'bytes'>>`select (select count(*) from engagement)::float8 as single,
      (select count(*) from engagement_day)::float8 as days,
      (coalesce((select sum(credited_seconds) from engagement), 0)
        + coalesce((select sum(credited_seconds) from engagement_day), 0))::float8 as seconds,
      pg_total_relation_size('engagement_day')::float8 as "dayBytes"`.execute(ctx.db.read);
  const [row] = found.rows;
  if (!row) throw new Error('the database answered nothing');
  return { ...row, bytes: (await reportsOfTimeKept(ctx)).bytes };
}

async function logPlace({ db }: Ctx): Promise<number> {
  const found = await sql<{
    place: number;
  }>`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as place`.execute(db.read);
  return found.rows[0]?.place ?? 0;
}

async function bareGrouping({ db }: Ctx): Promise<number> {
  const began = performance.now();
  await db.bulk.query(`select count(*) from (select person_id, enrolment_id, lesson_id, happened_at::date, count(*),
    sum(reported_seconds), sum(credited_seconds) from engagement group by 1, 2, 3, 4) days`);
  return (reports * 1000) / (performance.now() - began);
}
