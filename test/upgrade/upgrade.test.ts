import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import { demonstrationPassword } from '../../demo/cast.ts';
import { prepare } from '../../src/command-line.ts';
import { features } from '../../src/features.ts';
import { reconcileCounters } from '../../src/insight/index.ts';
import { systemActor } from '../../src/kernel/context.ts';
import { type App, ctxOf, type Runtime } from '../../src/kernel/feature.ts';
import { createApp } from '../../src/kernel/http/app.ts';
import { migrate } from '../../src/kernel/migrate.ts';
import { projectRoot } from '../../src/kernel/project-root.ts';
import { restoreBackup } from '../../src/operation/backup/restore-backup.ts';
import { writeBackup } from '../../src/operation/backup/write-backup.ts';
import { identify, makeToken } from '../../src/people/index.ts';
import { renderProblem } from '../../src/shell/site/index.ts';
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from '../database.ts';
import { runJobsOnce } from '../run-jobs.ts';
import { schemaDump } from '../schema.ts';
import { openDatabaseOfThen, type Release, releaseOf, runtimeOn } from './database-of-then.ts';

const beforeOrders = releaseOf('0050');
const withOrders = releaseOf('0101');

test('an upgrade of data from before orders that is killed between two migrations goes on and loses nothing', async () => {
  const database = await openDatabaseOfThen(beforeOrders);
  const { runtime, folder, close } = runtimeOn(database);
  try {
    await killedAt('0102', database, folder);
    assert.equal(await lastApplied(database), '0101-orders-before-builds.sql');
    const applied = await migrate(database.db);
    assert.equal(applied[0], '0102-field-cadres.sql');
    await assertWorksAsThen(runtime, beforeOrders);
  } finally {
    await database.close();
    close();
  }
});

test('a backup of data with an order, made by an earlier version, is restored and brought up to date', async () => {
  const database = await openDatabaseOfThen(withOrders);
  const target = await openTestDatabase();
  const [then, now] = [runtimeOn(database), runtimeOn(target)];
  try {
    const file = join(then.folder, 'then.zip');
    await writeBackup(then.runtime, file);
    const { upgradedBy } = await restoreBackup(now.runtime, file);
    assert.equal(upgradedBy[0], '0102-field-cadres.sql');
    const schema = readFileSync(join(projectRoot(), 'docs/schema.sql'), 'utf8');
    assert.equal(await schemaDump(target.db.pool), schema);
    await assertWorksAsThen(now.runtime, withOrders);
    await assert.rejects(restoreBackup(now.runtime, file), { reason: 'not_empty' });
  } finally {
    await database.close();
    await target.close();
    then.close();
    now.close();
  }
});

test('a program older than the database does not start, and says so in both languages', async () => {
  const database = await openEmptyDatabase();
  try {
    await sql`create table migration (name text, digest text)`.execute(database.db.read);
    await sql`insert into migration (name, digest) values ('9999-of-tomorrow.sql', '')`.execute(
      database.db.read,
    );
    await assert.rejects(migrate(database.db), /नए संस्करण का है \(9999[\s\S]*newer version of Daksh \(9999/);
  } finally {
    await database.close();
  }
});

/** Upgrades with the program itself, which is killed in the middle of the migration with this number. */
async function killedAt(number: string, { db, url }: TestDatabase, folder: string): Promise<void> {
  const holder = await db.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from cadre');
  const program = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'migrate'], {
    cwd: projectRoot(),
    stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: url, DAKSH_DATA_DIR: folder },
  });
  const ended = once(program, 'exit');
  for (let tries = 0; tries < 1000 && !(await waitsForLock(db)); tries += 1) await rest(20);
  program.kill('SIGKILL');
  assert.deepEqual(await ended, [null, 'SIGKILL'], `the migration ${number} waited for nobody`);
  await holder.query('rollback');
  holder.release();
}

async function waitsForLock(db: TestDatabase['db']): Promise<boolean> {
  const found = await sql`select 1 from pg_locks where not granted and relation = 'cadre'::regclass`.execute(
    db.read,
  );
  return found.rows.length > 0;
}

async function lastApplied({ db }: TestDatabase): Promise<string | undefined> {
  const found = await sql<{ name: string }>`select name from migration order by name desc limit 1`.execute(
    db.read,
  );
  return found.rows[0]?.name;
}

/** Nothing but what a start does by itself comes before: hooks of the features, and the jobs that wait. */
async function assertWorksAsThen(runtime: Runtime, release: Release): Promise<void> {
  await prepare(features, runtime);
  const app = await createApp({ runtime, features, identify, renderProblem });
  const system = ctxOf(runtime, systemActor('test'));
  try {
    await runJobsOnce({ runtime });
    assert.deepEqual((await reconcileCounters(system)).differences, []);
    await assertShownAsThen(app, release, await makeToken(system, { officeCode: 'UP', role: 'nodal' }));
    await assertSignsIn(app);
    await assertCertificatesHold(app, runtime);
  } finally {
    await app.close();
  }
}

async function assertShownAsThen(app: App, release: Release, token: string): Promise<void> {
  const shown = async (path: string) =>
    (await app.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${token}` } })).json();
  assert.deepEqual(subset(await shown('/offices/UP/summary'), release.figures), release.figures);
  if (!release.order) return;
  const number = encodeURIComponent('4/2026/उन्नयन');
  assert.deepEqual(
    subset(await shown(`/mandates/${number}/summary?office=UP`), release.order),
    release.order,
  );
}

/** Later versions show more. */
function subset(now: unknown, then: unknown): unknown {
  if (Array.isArray(then) && Array.isArray(now)) return now.map((one, at) => subset(one, then[at]));
  if (typeof then !== 'object' || then === null || typeof now !== 'object' || now === null) return now;
  const values = new Map(Object.entries(now));
  return Object.fromEntries(
    Object.entries(then).map(([key, value]) => [key, subset(values.get(key), value)]),
  );
}

async function assertSignsIn(app: App): Promise<void> {
  const reply = await app.inject({
    ...{ method: 'POST', url: '/sign-in' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ identifier: 'SW2001', password: demonstrationPassword }).toString(),
  });
  assert.equal(reply.statusCode, 303, reply.body);
  assert.match(String(reply.headers['set-cookie']), /session=[^;]+/);
}

async function assertCertificatesHold(app: App, { db }: Runtime): Promise<void> {
  const found = await sql<{ no: string }>`select certificate_no as no from certificate`.execute(db.read);
  assert.equal(found.rows.length, 3);
  for (const { no } of found.rows) {
    const reply = await app.inject({ url: `/verify/${no}`, headers: { accept: 'application/json' } });
    assert.equal(reply.json().valid, true, no);
  }
}
