import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { runJobsOnce } from '../../../test/run-jobs.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { features } from '../../features.ts';
import { translator } from '../../kernel/i18n.ts';
import { addJob, type Jobs } from '../../kernel/jobs.ts';
import { ownFamilies, textOf } from '../../kernel/metrics/registry.ts';
import { noteStatement, slowStatementsIn } from '../../kernel/metrics/slow-statements.ts';
import { findingsOf } from '../doctor/run-doctor.ts';
import { checkWords, spanText, taskWords } from './words.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const app = await world.app();
const operator = await signedIn(world, 'operator');
const form = { ...operator.headers, 'content-type': 'application/x-www-form-urlencoded' };

/** Jobs of a task that have used up all their tries. */
async function giveUp(task: string, count: number): Promise<void> {
  await db.transaction(async (tx) => {
    for (let turn = 0; turn < count; turn += 1) await addJob(tx, task);
  });
  await db.pool.query('update graphile_worker._private_jobs set attempts = max_attempts');
}

async function jobsLeft(): Promise<number> {
  return (await db.pool.query('select from graphile_worker._private_jobs')).rowCount ?? 0;
}

async function acts(): Promise<unknown[]> {
  const found = await sql<{
    action: string;
    subject: string;
    count: number;
  }>`select action, subject_id as subject,
    (detail ->> 'count')::int as count from audit_event where action like 'jobs.%' order by audit_event_id`.execute(
    db.read,
  );
  return found.rows;
}

function post(path: string, task: string) {
  const payload = new URLSearchParams({ task, _csrf: operator.csrf }).toString();
  return app.inject({ method: 'POST', url: `/office/system/${path}`, headers: form, payload });
}

test('the operator sees what needs him, the queue in words, and how full the disk is', async () => {
  await giveUp('seal_audit', 2);
  const page = await app.inject({ url: '/office/system', headers: operator.headers });
  assert.equal(page.statusCode, 200);
  for (const words of [
    'लेखा-परीक्षा पंक्तियों पर मुहर लगाना',
    'DAKSH_SECRET',
    'openssl rand',
    'खाली जगह',
    'PostgreSQL',
  ])
    assert.ok(page.body.includes(words), words);
  assert.doesNotMatch(page.body, /http-equiv="refresh"/);
  assert.ok(page.body.includes('चल रहे'));
  const followed = await app.inject({ url: '/office/system?follow=1', headers: operator.headers });
  assert.match(followed.body, /http-equiv="refresh" content="30"/);
});

test('jobs that gave up run again when the operator says so, and it is audited', async () => {
  const answer = await post('retries', 'seal_audit');
  assert.equal(answer.statusCode, 303);
  await runJobsOnce(world);
  // The worker notes how jobs ended after it has said that it is done.
  for (let turn = 0; turn < 100 && (await jobsLeft()) > 0; turn += 1) await sleep(20);
  assert.equal(await jobsLeft(), 0);
  assert.deepEqual(await acts(), [{ action: 'jobs.retried', subject: 'seal_audit', count: 2 }]);
  assert.equal((await post('retries', 'seal_audit')).statusCode, 404, 'none is left');
});

test('jobs are given up only after a question, and it is audited', async () => {
  await giveUp('seal_audit', 3);
  const question = await app.inject({
    url: '/office/system/removal?task=seal_audit',
    headers: operator.headers,
  });
  assert.match(question.body, /कार्य: 3।/);
  assert.equal((await post('removals', 'seal_audit')).statusCode, 303);
  assert.equal(await jobsLeft(), 0);
  assert.deepEqual((await acts()).at(-1), { action: 'jobs.dropped', subject: 'seal_audit', count: 3 });
  assert.equal((await post('removals', 'seal_audit')).statusCode, 404);
  assert.equal((await post('removals', '')).statusCode, 422);
});

test('nobody else opens the page or settles jobs', async () => {
  const { headers, csrf } = await signedIn(world, 'anita');
  assert.equal((await app.inject({ url: '/office/system', headers })).statusCode, 403);
  const payload = new URLSearchParams({ task: 'seal_audit', _csrf: csrf }).toString();
  const sent = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  for (const act of ['retries', 'removals']) {
    const url = `/office/system/${act}`;
    const answer = await app.inject({ method: 'POST', url, headers: sent, payload });
    assert.equal(answer.statusCode, 403, act);
  }
  const question = await app.inject({ url: '/office/system/removal?task=seal_audit', headers });
  assert.equal(question.statusCode, 403);
  assert.equal((await app.inject({ url: '/office/system' })).statusCode, 401);
});

test('every task and every check has words (messages/*/operation.json)', async () => {
  const jobs: Jobs = Object.assign({}, ...features.map((feature) => feature.jobs?.(world.runtime) ?? {}));
  const t = translator('hi');
  assert.deepEqual(
    Object.keys(jobs).filter((task) => taskWords(task, t) === task),
    [],
  );
  const found = await findingsOf(world.runtime, { asksNetwork: false });
  const isSetting = (check: string) => /^[A-Z]+_[A-Z]+/.test(check) || check === 'PostgreSQL';
  assert.deepEqual(
    found.map(({ check }) => check).filter((check) => !isSetting(check) && checkWords(check, t) === check),
    [],
  );
  assert.equal(spanText(119, t), '119 सेकंड');
  assert.equal(spanText(7200, t), '2 घंटे');
});

test('whichever way a statement is asked, a slow one is noted', async () => {
  await Promise.all([
    db.pool.query(`select pg_sleep(0.25) as "by pool"`),
    db.bulk.query(`select pg_sleep(0.25) as "by bulk"`),
    sql`select pg_sleep(0.25) as "by read"`.execute(db.read),
    db.transaction((tx) => sql`select pg_sleep(0.25) as "by transaction"`.execute(tx)),
  ]);
  const found = slowStatementsIn(ownFamilies()).map(({ text }) => text);
  const ways = ['pool', 'bulk', 'read', 'transaction'];
  assert.deepEqual(
    ways.filter((way) => !found.includes(`select pg_sleep(0.25) as "by ${way}"`)),
    [],
  );
});

test('a slow statement is kept without the values in it, for the page and not for Prometheus', () => {
  noteStatement(`select 1 /* it's hot */ where name = 'Sunita'`, 900);
  noteStatement(`select 3 where name = 'Sunita -- Verma' -- it's she`, 300);
  noteStatement('select 2', 20);
  const found = slowStatementsIn(ownFamilies());
  assert.deepEqual(
    found.filter(({ text }) => text.startsWith('select 1 where') || text === 'select 2'),
    [{ text: `select 1 where name = '…'`, calls: 1, seconds: 0.9 }],
  );
  assert.ok(found.some(({ text }) => text === `select 3 where name = '…'`));
  assert.doesNotMatch(textOf(ownFamilies()), /select 1/);
});
