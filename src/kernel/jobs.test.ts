import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openWorld } from '../../test/world.ts';
import { databaseUrl } from './database-url.ts';
import { ctxOf } from './feature.ts';
import { addJob, type Jobs, lasting, runJobs } from './jobs.ts';

const timeout = 30_000;
const world = await openWorld();
const { db } = world.runtime;
const name = new URL(db.url).pathname.slice(1);
const admin = new pg.Client({ connectionString: databaseUrl(db.url, 'postgres') });
await admin.connect();
after(async () => {
  await openDatabase();
  await admin.end();
  await world.close();
});

/** Whoever is in the database is thrown out, and nobody comes in until it is opened again. */
async function closeDatabase(): Promise<void> {
  await admin.query(`alter database ${name} allow_connections false`);
  const ours =
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = current_user';
  await admin.query(ours, [name]);
}

async function openDatabase(): Promise<void> {
  await admin.query(`alter database ${name} allow_connections true`);
}

const said: unknown[] = [];

function begin(jobs: Jobs) {
  const log = ({ job, error }: { job: string; error?: unknown }) =>
    job === 'worker' ? said.push(error) : undefined;
  return runJobs(db, jobs, { crontab: [], ctxOf: () => ctxOf(world.runtime, world.system.actor), log });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    if (await holds().catch(() => false)) return;
    await sleep(100);
  }
  assert.fail('waited ten seconds in vain');
}

test('a database away while jobs end does not end the program; how they ended is noted once it is back', {
  timeout,
}, async () => {
  const cut = Promise.withResolvers<void>();
  let taken = 0;
  const running = await begin({
    'test:fails': async () => {
      taken += 1;
      await cut.promise;
      throw new Error('cut\0');
    },
    'test:succeeds': async () => {
      taken += 1;
      await cut.promise;
    },
  });
  try {
    await db.transaction(async (tx) => {
      await addJob(tx, 'test:fails', {}, { maxAttempts: 1 });
      await addJob(tx, 'test:succeeds');
    });
    await until(async () => taken === 2);
    await closeDatabase();
    cut.resolve();
    await until(async () => said.length > 0);
    await openDatabase();
    await until(async () => {
      const found = await db.bulk.query('select last_error, locked_by from graphile_worker._private_jobs');
      return (
        found.rows.length === 1 && found.rows[0].last_error === 'cut' && found.rows[0].locked_by === null
      );
    });
  } finally {
    await running.stop();
  }
  await db.bulk.query('delete from graphile_worker._private_jobs');
});

test('a worker that ended by itself is begun again, and takes the next job', { timeout }, async () => {
  let done = 0;
  const { exitCode } = process;
  const running = await begin({
    'test:counts': async () => {
      done += 1;
    },
  });
  try {
    const listens = `select from pg_stat_activity where datname = $1 and query like 'LISTEN%'`;
    await until(async () => (await admin.query(listens, [name])).rowCount === 1);
    // What graphile-worker is told when a newer version of it changes its tables; it then stops.
    await db.bulk.query(`select pg_notify('worker:migrate', '{"breaking": true, "migrationNumber": 0}')`);
    await until(async () => said.some((error) => /begun again/.test(String(error))));
    await db.transaction((tx) => addJob(tx, 'test:counts'));
    await until(async () => done === 1);
  } finally {
    // graphile-worker sets it for a program that is to be begun anew.
    process.exitCode = exitCode;
    await running.stop();
  }
});

test('a worker is stopped at once where there is no database to say so to', { timeout }, async () => {
  const running = await begin({});
  await closeDatabase();
  const began = performance.now();
  await running.stop();
  assert.ok(performance.now() - began < 5000);
  await openDatabase();
});

test('what is soon done does not wait behind what lasts', { timeout }, async () => {
  const end = Promise.withResolvers<void>();
  let [begun, done] = [0, 0];
  const running = await begin({
    'test:lasts': lasting(async () => {
      begun += 1;
      await end.promise;
    }),
    'test:soon': async () => {
      done += 1;
    },
  });
  await db.transaction(async (tx) => {
    for (let n = 0; n < 4; n += 1) await addJob(tx, 'test:lasts');
  });
  await until(async () => begun === 2);
  await db.transaction((tx) => addJob(tx, 'test:soon'));
  await until(async () => done === 1);
  assert.equal(begun, 2);
  end.resolve();
  await until(async () => begun === 4);
  await running.stop();
});

test('a line of the crontab for a job that is not there is an error', async () => {
  const options = { ctxOf: () => ctxOf(world.runtime, world.system.actor), log: () => undefined };
  const jobs = { 'test:soon': async () => undefined };
  await assert.rejects(runJobs(db, jobs, { ...options, crontab: ['* * * * * test:son ?max=1'] }), /test:son/);
});
