import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { importJobs, workOn } from '../../src/imports/jobs.ts';
import { reconcileCounters } from '../../src/insight/index.ts';
import { type ImportRow, importById } from '../../src/kernel/imports/index.ts';
import { startProgram } from '../program.ts';
import { runJobsOnce } from '../run-jobs.ts';
import { signedIn } from '../signed-in.ts';
import { openWorld, type World } from '../world.ts';
import { csv, receive } from './files.ts';

let world: World;
const folder = mkdtempSync(join(tmpdir(), 'daksh-kill-'));
before(async () => {
  world = await openWorld();
});
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = 20_400;
const roster = (prefix: string) =>
  csv(
    'employee_code,name_hi,office_code,posted_on',
    ...Array.from({ length: rows }, (_, n) => `${prefix}${n},कार्मिक ${n},SW-BBK,2024-04-01`),
  );

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function rowOf(importId: string): Promise<ImportRow> {
  const row = await importById(world.runtime.db.read, importId);
  assert.ok(row);
  return row;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 4000; tries += 1) {
    if (await holds()) return;
    await wait(10);
  }
  assert.fail(`waited in vain until ${what}`);
}

const personsOf = async (prefix: string): Promise<number> => {
  const found = await sql<{
    count: number;
  }>`select count(*) as count from posting p join person using (person_id)
    where employee_code like ${`${prefix}%`} and p.voided_at is null`.execute(world.runtime.db.read);
  return found.rows[0]?.count ?? 0;
};

/** Whether somebody holds the import's lock: its commit has begun. */
async function isWorkedOn(importId: string): Promise<boolean> {
  const found = await sql<{ held: boolean }>`select exists (select 1 from pg_locks l
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.database = (select oid from pg_database where datname = current_database())
        and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(${importId}, 8102032)) as held`.execute(
    world.runtime.db.read,
  );
  return found.rows[0]?.held ?? false;
}

/** As if a minute had passed: whoever was killed is believed dead only then. */
async function aMinuteLater(importId: string): Promise<void> {
  const { pool } = world.runtime.db;
  await pool.query(`update import set changed_at = changed_at - interval '1 minute' where import_id = $1`, [
    importId,
  ]);
  await pool.query(`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'
    where locked_at is not null`);
  await importJobs()['imports:resume']?.(world.system, {});
}

async function killDuringCommit(importId: string, afterMs: number): Promise<void> {
  const child = startProgram(world, { folder });
  try {
    await until('the commit began', () => isWorkedOn(importId));
    await wait(afterMs);
  } finally {
    await killed(child);
  }
  await until('the database let go of the dead', async () => !(await isWorkedOn(importId)));
}

for (const [prefix, afterMs] of [
  ['KA', 0],
  ['KB', 500],
  ['KC', Math.floor(Math.random() * 2500)],
] as const)
  test(`a commit of 20,400 rows killed after ${afterMs} ms is there whole or not at all, and is taken up again`, async () => {
    const importId = await receive(world.system, 'roster', roster(prefix));
    await workOn(world.system, { importId, act: 'commit', rows });
    await killDuringCommit(importId, afterMs);
    const state = (await rowOf(importId)).state;
    assert.equal(await personsOf(prefix), state === 'committed' ? rows : 0);
    if (state !== 'committed') {
      assert.equal(state, 'committing');
      await importJobs()['imports:resume']?.(world.system, {});
      assert.equal((await rowOf(importId)).tries, 1, 'whoever may be alive is left alone');
      await aMinuteLater(importId);
      assert.equal((await rowOf(importId)).tries, 2);
      await runJobsOnce(world);
    }
    const done = await rowOf(importId);
    assert.deepEqual([done.state, done.result?.added, done.problem], ['committed', rows, null]);
    assert.equal(await personsOf(prefix), rows);
    assert.deepEqual((await reconcileCounters(world.system)).differences, []);
  });

test('a page tells of the work that was begun again, and offers to try once more what failed three times', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'anita');
  const anita = world.as('anita');
  const importId = await receive(anita, 'roster', roster('KD'));
  await workOn(anita, { importId, act: 'commit', rows });
  // The worker took the job and died with it, each time.
  const die = () =>
    world.runtime.db.pool.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead', attempts = 1 where key = $1`,
      [`import:${importId}`],
    );
  const page = async (language: string) =>
    (
      await app.inject({
        url: `/office/imports/${importId}`,
        headers: { ...headers, cookie: `${headers.cookie}; daksh_language=${language}` },
      })
    ).body;
  await die();
  await aMinuteLater(importId);
  assert.match(await page('hi'), /सर्वर ने उसे अपने-आप फिर से आरंभ किया है/);
  for (const _ of [2, 3]) {
    await die();
    await aMinuteLater(importId);
  }
  assert.equal((await rowOf(importId)).state, 'failed');
  const failed = await page('hi');
  assert.match(failed, /काम बीच में रुक गया; कुछ भी लागू नहीं हुआ/);
  assert.match(failed, /फिर से प्रयास करें/);
  assert.match(failed, new RegExp(`/office/imports/${importId}/commitment`));
  assert.equal(await personsOf('KD'), 0);
  const again = await app.inject({
    method: 'POST',
    url: `/office/imports/${importId}/commitment`,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: '',
  });
  assert.equal(again.statusCode, 303);
  assert.equal((await rowOf(importId)).state, 'committing');
  await runJobsOnce(world);
  assert.equal((await rowOf(importId)).state, 'committed');
  assert.equal(await personsOf('KD'), rows);
});

test('a file whose sender died on the way is told to have failed; a check that nobody made can be asked for again', async () => {
  const importId = await receive(
    world.system,
    'roster',
    csv('employee_code,name_hi,office_code', 'KE1,क,SW-BBK'),
  );
  const { pool } = world.runtime.db;
  await pool.query(`update import set changed_at = now() - interval '11 minutes' where import_id = $1`, [
    importId,
  ]);
  await importJobs()['imports:resume']?.(world.system, {});
  assert.equal((await rowOf(importId)).problem?.code, 'interrupted');
  await workOn(world.system, { importId, act: 'check', rows: 1 });
  assert.equal((await rowOf(importId)).state, 'checked');
  await pool.query(
    `update import set state = 'receiving', changed_at = now() - interval '11 minutes' where import_id = $1`,
    [importId],
  );
  await importJobs()['imports:resume']?.(world.system, {});
  assert.equal((await rowOf(importId)).problem?.code, 'cut_off');
});
