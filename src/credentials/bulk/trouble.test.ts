import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { runJobsOnce } from '../../../test/run-jobs.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld, type World } from '../../../test/world.ts';
import { ctxOf } from '../../kernel/feature.ts';
import { runJobs } from '../../kernel/jobs.ts';
import { insertCompletion, insertCourse } from '../test-completion.ts';
import { askBatch, batchJobKey, batchOf, previewBatch } from './ask-batch.ts';
import { keepBatchesJob } from './keep-batches.ts';
import { batchJob } from './run-batch.ts';

let world: World;
const input = { officeCode: 'SW-BBK' };
const many = 150;

before(async () => {
  world = await openWorld();
  const courseId = await insertCourse(world, { code: 'MANY', hi: 'साइबर स्वच्छता', en: null });
  await world.runtime.db.transaction((tx) =>
    sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id)
      select ${world.personId('sunita')}, gen_random_uuid(), ${courseId}, date '2025-01-01' + n, '2026-11-20T05:00:00Z',
        'daksh', 95, ${world.officeId('SW-BBK')} from generate_series(1, ${many}) n`.execute(tx),
  );
});
after(() => world.close());

/** A worker process of its own that does one certificate a step. */
const worker = `
  import { openDb } from './src/kernel/db.ts';
  import { runJobs } from './src/kernel/jobs.ts';
  import { ctxOf } from './src/kernel/feature.ts';
  import { systemActor } from './src/kernel/context.ts';
  import { prepareSigningKeys } from './src/credentials/signing-keys.ts';
  import { batchJob } from './src/credentials/bulk/run-batch.ts';
  const db = openDb(process.env.BATCH_URL, { poolSize: 4 });
  const clock = { now: () => new Date('2026-11-22T06:00:00Z') };
  const runtime = { db, clock, secret: process.env.BATCH_SECRET, config: { baseUrl: 'http://localhost:3000', defaultLanguage: 'hi' } };
  await prepareSigningKeys(runtime);
  const ctx = () => ctxOf(runtime, systemActor('job'));
  await runJobs(db, { 'credentials:batch': batchJob(undefined, 1) }, { crontab: [], ctxOf: ctx, log: () => undefined });
`;

test('a batch whose worker is killed in the middle goes on where it was, and makes none twice', async () => {
  const ramesh = world.as('ramesh');
  const id = await askBatch(ramesh, { ...input, kind: 'issue' });
  const env = { ...process.env, BATCH_URL: world.runtime.db.url, BATCH_SECRET: world.runtime.secret };
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', worker], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stateOf = async () => batchOf(ramesh, id);
  for (let turn = 0; turn < 3000 && (await stateOf()).done < 3; turn += 1) await wait(10);
  child.kill('SIGKILL');
  await ended;
  const killed = await stateOf();
  assert.deepEqual([killed.state, killed.done > 0 && killed.done < many], ['running', true]);
  const running = await runJobs(
    world.runtime.db,
    { 'credentials:batch': batchJob(world.runtime.storage) },
    {
      crontab: [],
      ctxOf: () => ctxOf(world.runtime, world.system.actor),
      log: () => undefined,
      lostAfterMs: 200,
    },
  );
  try {
    for (let turn = 0; turn < 300 && (await stateOf()).state !== 'done'; turn += 1) await wait(100);
  } finally {
    await running.stop();
  }
  const done = await stateOf();
  assert.deepEqual([done.state, done.done, done.leftOut], ['done', many, 0]);
  const made = await sql<{ count: number; distinct: number }>`select count(*) as count,
    count(distinct completion_id) as distinct from certificate`.execute(world.system.db.read);
  assert.deepEqual(made.rows[0], { count: many, distinct: many });
});

test('a batch that fails at its last try says why, and is tried again from its page', async () => {
  const ramesh = world.as('ramesh');
  const id = await askBatch(ramesh, { ...input, kind: 'download' });
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const job = batchJob({ ...world.runtime.storage, make: () => Promise.reject(full) });
  const payload = { batchId: id, actor: ramesh.actor, requestId: 'r', ip: null };
  await assert.rejects(job(world.system, payload, { isLast: false }));
  assert.equal((await batchOf(ramesh, id)).state, 'running', 'it is tried again');
  await assert.rejects(job(world.system, payload, { isLast: true }));
  const failed = await batchOf(ramesh, id);
  assert.deepEqual([failed.state, failed.failure], ['failed', 'no_space']);
  const app = await world.app();
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const address = `/office/certificate-batches/${id}`;
  const page = (await app.inject({ url: address, headers })).body;
  assert.match(page, /काम पूरा नहीं हो सका[\s\S]*जगह नहीं बची[\s\S]*फिर कोशिश करें/);
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const again = {
    method: 'POST',
    url: `${address}/restart`,
    headers: form,
    payload: `_csrf=${csrf}`,
  } as const;
  assert.equal((await app.inject(again)).statusCode, 303);
  await runJobsOnce(world);
  assert.equal((await batchOf(ramesh, id)).state, 'done');
  assert.equal((await app.inject(again)).statusCode, 409, 'what is done is not begun again');
});

test('a batch whose job was given up without a word is found to have been interrupted', async () => {
  const ramesh = world.as('ramesh');
  const id = await askBatch(ramesh, { ...input, kind: 'download' });
  const keep = keepBatchesJob(world.runtime.storage);
  await keep(world.system, {});
  assert.equal((await batchOf(ramesh, id)).state, 'waiting', 'its job still waits');
  await world.runtime.db.transaction((tx) =>
    sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${batchJobKey(id)}`.execute(
      tx,
    ),
  );
  await keep(world.system, {});
  const batch = await batchOf(ramesh, id);
  assert.deepEqual([batch.state, batch.failure], ['failed', 'interrupted']);
});

test('the file lies for its days, which its page states, and is gone afterwards', async () => {
  const ramesh = world.as('ramesh');
  const id = await askBatch(ramesh, { ...input, kind: 'download' });
  await runJobsOnce(world);
  const { storageKey, fileUntil } = await batchOf(ramesh, id);
  assert.equal(fileUntil, '2026-11-29');
  const app = await world.app();
  const show = async () =>
    (
      await app.inject({
        url: `/office/certificate-batches/${id}`,
        headers: (await signedIn(world, 'ramesh')).headers,
      })
    ).body;
  assert.match(await show(), /29 नवंबर 2026 तक यहाँ मिलेगी/);
  const keep = keepBatchesJob(world.runtime.storage);
  world.clock.set('2026-11-29T12:00:00Z');
  await keep(world.system, {});
  assert.ok((await world.runtime.storage.size(storageKey ?? '')) > 0);
  world.clock.set('2026-11-30T12:00:00Z');
  await keep(world.system, {});
  await assert.rejects(world.runtime.storage.size(storageKey ?? ''));
  assert.equal((await batchOf(ramesh, id)).storageKey, null);
  assert.match(await show(), /7 दिन रखी जाती है/);
  world.clock.set('2026-11-22T06:00:00Z');
});

test('those who left still count, those transferred keep what they earned here, and who is left out is said', async () => {
  const ramesh = world.as('ramesh');
  const courseId = await insertCourse(world, { code: 'GONE', hi: 'पुराना कोर्स', en: null });
  await insertCompletion(world, 'sunita', { courseId });
  await insertCompletion(world, 'imran', { courseId });
  await insertCompletion(world, 'ramesh', { courseId, source: 'import' });
  const ask = { ...input, courseCode: 'GONE' };
  assert.equal((await previewBatch(ramesh, { ...ask, kind: 'issue' })).count, 2);
  await world.runtime.db.transaction(async (tx) => {
    await sql`update posting set ends_on = '2026-11-21' where voided_at is null and person_id in
      (${world.personId('imran')}, ${world.personId('sunita')})`.execute(tx);
    await sql`insert into posting (person_id, posting_id, office_id, starts_on, is_primary)
      values (${world.personId('sunita')}, gen_random_uuid(), ${world.officeId('HF-BBK')}, '2026-11-22', true)`.execute(
      tx,
    );
  });
  const seen = await previewBatch(ramesh, { ...ask, kind: 'issue' });
  assert.deepEqual([seen.count, seen.leftOut], [2, [{ reason: 'imported', count: 1 }]]);
  await askBatch(ramesh, { ...ask, kind: 'issue' });
  await runJobsOnce(world);
  const file = await previewBatch(ramesh, { ...ask, kind: 'download' });
  assert.deepEqual([file.count, file.leftOut], [1, [{ reason: 'moved', count: 1 }]]);
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const url = '/office/certificate-batches/left-out.csv?kind=download&officeCode=SW-BBK&courseCode=GONE';
  const csv = (await app.inject({ url, headers })).body;
  assert.match(csv, /अब दूसरे कार्यालय में[^\n]*DK26-[^\n]*GONE/);
  assert.ok(!csv.includes('वर्मा'), 'no name of who answers to another office now');
});

test('programs ask for batches and templates by the API; who may not is refused', async () => {
  const app = await world.app();
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const send = { ...headers, 'x-csrf-token': csrf };
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
    app.inject({ method, url: `/api/v1${path}`, headers: send, ...(payload ? { payload } : {}) });
  const preview = await call('GET', '/certificate-batches/preview?kind=download&officeCode=SW-BBK');
  assert.equal(preview.statusCode, 200, preview.body);
  assert.ok(preview.json().count > 0);
  const made = await call('POST', '/certificate-batches', { kind: 'download', officeCode: 'SW-BBK' });
  assert.equal(made.statusCode, 201, made.body);
  await runJobsOnce(world);
  const batch = (await call('GET', `/certificate-batches/${made.json().id}`)).json();
  assert.deepEqual([batch.state, batch.file.until], ['done', '2026-11-29']);
  assert.equal(
    (await app.inject({ url: batch.file.url, headers })).rawPayload.toString('latin1', 0, 2),
    'PK',
  );
  assert.equal((await call('POST', `/certificate-batches/${batch.id}/restart`)).statusCode, 409);
  assert.equal((await call('GET', '/certificate-batches')).json().items[0].id, batch.id);
  const address = '/offices/SW-BBK/certificate-template';
  const look = { form: 1, languages: 'hi', third: null, issuer: { hi: 'ज़िला कार्यालय', en: null } };
  const rest = {
    issuerThird: null,
    title: { hi: null, en: null },
    titleThird: null,
    logo: null,
    signatories: [],
  };
  const kept = await call('PUT', `${address}/draft`, { ...look, ...rest });
  assert.equal(kept.statusCode, 200, kept.body);
  assert.deepEqual([kept.json().draft.look.issuer.hi, kept.json().inForce], ['ज़िला कार्यालय', null]);
  const foreign = await call('PUT', `${address}/draft`, { ...look, ...rest, logo: 'a'.repeat(64) });
  assert.equal(foreign.statusCode, 422, 'no picture is borrowed by its name');
  assert.equal((await call('GET', `${address}/sample`)).rawPayload.toString('latin1', 0, 4), '%PDF');
  assert.equal((await call('POST', `${address}/publication`)).json().inForce.isOwn, true);
  assert.equal((await call('DELETE', `${address}/draft`)).statusCode, 409);
  assert.equal((await call('POST', `${address}/ending`)).json().inForce, null);
  const learner = (await signedIn(world, 'sunita')).headers;
  for (const path of ['/certificate-batches', `${address}`]) {
    assert.equal((await app.inject({ url: `/api/v1${path}`, headers: learner })).statusCode, 403);
    assert.equal((await app.inject({ url: `/api/v1${path}` })).statusCode, 401);
  }
  assert.equal((await call('GET', '/offices/SW/certificate-template')).statusCode, 404);
});
