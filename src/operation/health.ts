import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { App, Runtime } from '../kernel/feature.ts';
import { requestMetrics } from '../kernel/http/request-metrics.ts';
import { newId } from '../kernel/ids.ts';

/** Liveness, readiness and figures for Prometheus; no personal data, open to whoever reaches the port. */
export function healthRoutes(app: App, runtime: Runtime): void {
  const config = { access: 'public' as const };
  const state = z.object({ status: z.string() });
  const tags = ['operation'];
  app.get(
    '/healthz',
    { config, schema: { tags, summary: 'Whether this process answers', response: { 200: state } } },
    async (_request, reply) => reply.send({ status: 'ok' }),
  );
  app.get(
    '/readyz',
    { config, schema: { tags, summary: 'Whether it can serve', response: { 200: state, 503: state } } },
    async (_request, reply) => {
      const trouble = await troubleOf(runtime);
      return reply.status(trouble ? 503 : 200).send({ status: trouble ?? 'ready' });
    },
  );
  app.get(
    '/metrics',
    { config, schema: { tags, summary: 'Figures for Prometheus, as text', response: { 200: z.string() } } },
    async (_request, reply) => {
      const text = [processMetrics(), requestMetrics(), await databaseMetrics(runtime)].join('');
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
    },
  );
}

async function troubleOf(runtime: Runtime): Promise<string | undefined> {
  if (!(await canRead(runtime))) return 'database unreachable';
  if (!(await canWriteUploads(runtime))) return 'upload folder not writable';
  return undefined;
}

const probeBytes = Buffer.alloc(4096, 1);

/** A block is really written: a full disk still makes empty files. */
async function canWriteUploads({ config }: Runtime): Promise<boolean> {
  const probe = join(config.dataDir, 'uploads', `ready-${process.pid}-${newId()}`);
  try {
    await mkdir(dirname(probe), { recursive: true, mode: 0o700 });
    await writeFile(probe, probeBytes, { mode: 0o600 });
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

async function canRead(runtime: Runtime): Promise<boolean> {
  try {
    await sql`select 1`.execute(runtime.db.read);
    return true;
  } catch {
    return false;
  }
}

function processMetrics(): string {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    '# HELP process_resident_memory_bytes Resident memory of this process.',
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${memory.rss}`,
    '# HELP process_cpu_seconds_total CPU time of this process.',
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`,
    '# HELP process_uptime_seconds Time since this process started.',
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${process.uptime()}`,
    '',
  ].join('\n');
}

type DatabaseFigures = { jobs: number; failed: number; deltas: number; oldest: number };

async function databaseMetrics(runtime: Runtime): Promise<string> {
  const found = await sql<DatabaseFigures>`select
    (select count(*) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts)::int as jobs,
    (select count(*) from graphile_worker.jobs where attempts >= max_attempts)::int as failed,
    (select count(*) from counter_delta)::int as deltas,
    coalesce((select extract(epoch from now() - min(run_at)) from graphile_worker.jobs
      where run_at <= now() and attempts < max_attempts), 0)::float8 as oldest`.execute(runtime.db.read);
  const row = found.rows[0] ?? { jobs: 0, failed: 0, deltas: 0, oldest: 0 };
  return [
    '# HELP daksh_jobs_waiting Jobs that are due.',
    '# TYPE daksh_jobs_waiting gauge',
    `daksh_jobs_waiting ${row.jobs}`,
    '# HELP daksh_jobs_failed Jobs that gave up.',
    '# TYPE daksh_jobs_failed gauge',
    `daksh_jobs_failed ${row.failed}`,
    '# HELP daksh_jobs_oldest_seconds How long the oldest due job has waited.',
    '# TYPE daksh_jobs_oldest_seconds gauge',
    `daksh_jobs_oldest_seconds ${row.oldest}`,
    '# HELP daksh_counter_deltas Deltas not yet folded into the counters.',
    '# TYPE daksh_counter_deltas gauge',
    `daksh_counter_deltas ${row.deltas}`,
    '',
  ].join('\n');
}
