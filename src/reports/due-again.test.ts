import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { ctxOf } from '../kernel/feature.ts';
import { runJobs } from '../kernel/jobs.ts';
import { reports } from './index.ts';
import { saveReport, setSchedule } from './keep-report.ts';
import { runDue } from './schedule.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const anita = world.as('anita');

type Job = { attempts: number; most: number; waits: boolean };

async function jobOf(name: string): Promise<Job | undefined> {
  const found =
    await sql<Job>`select attempts, max_attempts as most, run_at > now() and locked_at is null as waits
    from graphile_worker.jobs where task_identifier = ${name}`.execute(db.read);
  return found.rows[0];
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 150; turn += 1) {
    if (await holds()) return;
    await sleep(100);
  }
  assert.fail('waited in vain');
}

test('the morning that a server missed is made up for, and tried again where it failed', async () => {
  const definition = { subject: 'people' as const, office: 'SW', groups: ['band'], measures: ['registered'] };
  const reportId = await saveReport(anita, { name: 'रोज़', definition });
  await setSchedule(anita, reportId, { schedule: 'daily', format: 'csv', language: 'hi', isMailed: false });
  await sql`update report set next_on = '2026-11-22', definition = definition || '{"subject": "gone"}'`.execute(
    db.read,
  );
  await sql`insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    values ('reports:due', now() - interval '9 days', now() - interval '30 hours')`.execute(db.read);
  const running = await runJobs(
    db,
    { 'reports:due': runDue },
    {
      crontab: (reports.crontab ?? []).filter((line) => line.includes('reports:due')),
      ctxOf: () => ctxOf(world.runtime, world.system.actor),
      log: () => undefined,
    },
  );
  try {
    await until(async () => (await jobOf('reports:due'))?.waits === true);
    assert.deepEqual(await jobOf('reports:due'), { attempts: 1, most: 10, waits: true });
    await sql`update report set definition = definition || '{"subject": "people"}'`.execute(db.read);
    await sql`update graphile_worker._private_jobs set run_at = now()`.execute(db.read);
    await until(async () => (await jobOf('reports:due')) === undefined);
  } finally {
    await running.stop();
  }
  const made = await sql<{ day: string }>`select scheduled_on as day from report_run
    where report_id = ${reportId}`.execute(db.read);
  assert.deepEqual(made.rows, [{ day: '2026-11-22' }]);
});
