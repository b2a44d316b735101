import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { keptExports } from '../../test/kept-exports.ts';
import { runJobsOnce } from '../../test/run-jobs.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { commitMandate } from '../mandates/import-mandate.ts';
import { readOrder } from '../mandates/rules/order-file.ts';
import { askFile, fileOf, stopFile, takeFile } from './files/ask-files.ts';
import type { StatementContent } from './index.ts';
import { decideObjection } from './objections/decide-objection.ts';
import { raiseObjection } from './objections/raise-objection.ts';
import { previewStatement } from './statements/preview.ts';
import { checkStatement, chooseVisibility } from './statements/read-statement.ts';
import { recomputeStatement } from './statements/recompute.ts';
import { askStatements, runStatements } from './statements/run-job.ts';
import { verifyStatements } from './statements/verify.ts';
import { jobById } from './stores/jobs.ts';
import { officerIn } from './test-officer.ts';
import { progressLines } from './words.ts';

const world = await openWorld();
const officer = officerIn(world);
const db = world.runtime.db.read;
after(() => world.close());

const year = '2025-26';
const courseId = newId();

async function change(key: string, work: (tx: Tx) => Promise<void>): Promise<void> {
  await world.runtime.db.transaction((tx) => changeFacts(tx, { ids: [world.personId(key)] }, () => work(tx)));
}

async function complete(key: string, day: string): Promise<void> {
  await change(key, async (tx) => {
    await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
      values (${world.personId(key)}, ${newId()}, ${courseId}, ${day}, 'igot', 90)`.execute(tx);
  });
}

async function standing(key: string) {
  const found = await sql<{ no: string; content: string }>`select statement_no as no, content from statement
    where person_id = ${world.personId(key)} and year = ${year} and replaced_by_no is null`.execute(db);
  const [row] = found.rows;
  assert.ok(row, `${key} has a statement`);
  return { no: row.no, content: JSON.parse(row.content) as StatementContent };
}

before(async () => {
  await sql`insert into course (course_id, code, title_hi, title_en, state, provider)
    values (${courseId}, 'ST-ONE', 'एक कोर्स', 'One course', 'published', 'iGOT')`.execute(db);
  const order = {
    order: { number: 'GO/S-1', date: '2025-04-01', issuer: 'शासन' },
    title: { hi: 'वर्ष में एक कोर्स' },
    scope: { offices: ['SW'] },
    window: { from: '2025-04-01', to: '2026-03-31' },
    condition: { courses: { atLeast: 1 } },
  };
  await commitMandate(world.system, readOrder(order));
  // Of the year after: no matter of a statement of this one.
  const later = { from: '2026-04-01', to: '2027-03-31' };
  const number = { ...order.order, number: 'GO/S-2' };
  await commitMandate(world.system, readOrder({ ...order, order: number, window: later }));
});

const program = new URL('./statements/run-job.ts', import.meta.url).href;
const child = `
  const { openDb } = await import(${JSON.stringify(new URL('../kernel/db.ts', import.meta.url).href)});
  const { ctxOf } = await import(${JSON.stringify(new URL('../kernel/feature.ts', import.meta.url).href)});
  const { systemActor } = await import(${JSON.stringify(new URL('../kernel/context.ts', import.meta.url).href)});
  const { prepareSigningKeys } = await import(${JSON.stringify(new URL('../credentials/signing-keys.ts', import.meta.url).href)});
  const { runStatements } = await import(${JSON.stringify(program)});
  const db = openDb(process.env.FREEZE_URL, { poolSize: 4 });
  const clock = { now: () => new Date('2026-11-22T06:00:00Z') };
  const runtime = { db, clock, secret: process.env.FREEZE_SECRET, config: {} };
  await prepareSigningKeys(runtime);
  await runStatements(ctxOf(runtime, systemActor('job')), process.env.FREEZE_JOB, { portion: 1 });
`;

test('a freeze killed between portions goes on where it was; nobody has two, and it is told as one work', async () => {
  await complete('sunita', '2025-06-01');
  const { jobId } = await askStatements(officer(), { kind: 'freeze', year, officeCode: 'SW' });
  const env = { FREEZE_URL: world.runtime.db.url, FREEZE_SECRET: world.runtime.secret, FREEZE_JOB: jobId };
  const freezing = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', child], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(freezing, 'exit');
  const done = async () => (await jobById(db, jobId))?.done ?? 0;
  for (let turn = 0; turn < 3000 && (await done()) < 2; turn += 1) await wait(3);
  freezing.kill('SIGKILL');
  await ended;
  assert.ok((await done()) >= 2);
  const again = await askStatements(officer(), { kind: 'freeze', year, officeCode: 'SW' });
  await runStatements(officer(), again.jobId, { portion: 2 });
  const found = await sql<{ persons: number; rows: number }>`select count(distinct person_id)::int as persons,
    count(*)::int as rows from statement where year = ${year}`.execute(db);
  assert.equal(found.rows[0]?.rows, found.rows[0]?.persons);
  const job = await jobById(db, again.jobId);
  assert.deepEqual([job?.state, found.rows[0]?.persons], ['done', await countOfPosted()]);
  assert.equal((await recomputeStatement(world.system, (await standing('sunita')).no)).isEqual, true);
});

async function countOfPosted(): Promise<number> {
  const found = await sql<{ count: number }>`select count(distinct t.person_id)::int as count from posting t
    join office o using (office_id) where o.path @> array[${world.officeId('SW')}::uuid]
      and t.starts_on <= '2026-03-31' and (t.ends_on is null or t.ends_on >= '2025-04-01')`.execute(db);
  return found.rows[0]?.count ?? 0;
}

test('a statement has the table of orders, claims, attended days and exemptions; what counts twice counts once', async () => {
  const [personId, sessionId] = [world.personId('imran'), newId()];
  await change('imran', async (tx) => {
    await sql`insert into claim (person_id, claim_id, course_title, provider, minutes, completed_on, certificate_no, state,
        decided_by, decided_at) values (${personId}, ${newId()}, 'बाहरी कोर्स', 'NIELIT', 120, '2025-07-07', 'X-7',
        'accepted', ${world.personId('anita')}, '2025-07-09T06:00:00Z')`.execute(tx);
    await sql`insert into training_session (session_id, code, programme_code, title_hi, day, minutes, mode)
      values (${sessionId}, 'SES-1', 'P-1', 'कार्यशाला', '2025-09-10', 360, 'classroom')`.execute(tx);
    await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
      values (${personId}, ${newId()}, ${sessionId}, 300, 'present')`.execute(tx);
  });
  await change('ramesh', async (tx) => {
    await sql`insert into exemption (person_id, exemption_id, mandate_id, reason_class, reason, order_number, starts_on)
      values (${world.personId('ramesh')}, ${newId()}, (select mandate_id from mandate where number = 'GO/S-1'),
        'medical', 'गोपनीय कारण', 'EX/9', '2025-04-01')`.execute(tx);
  });
  // The facts have just changed: nobody has settled the orders, the preview does.
  const preview = await previewStatement(officer(), personId, year);
  const { content } = preview;
  assert.deepEqual(
    content.items.map((item) => [item.kind, item.mode, item.minutes, item.verified.how]),
    [
      ['claim', 'other', 120, 'claimed'],
      ['session', 'classroom', 300, 'attendance'],
    ],
  );
  assert.deepEqual([content.totals.minutes, content.totals.days, content.totals.courses], [420, 1, 1]);
  assert.deepEqual(
    content.mandates.map((line) => [line.number, line.status, line.reachedOn]),
    [['GO/S-1', 'met', '2025-07-07']],
  );
  const [progress] = progressLines(preview.progress, 'GO/S-1', 'hi');
  assert.match(progress ?? '', /1 में से 1/);
  assert.ok(!('progress' in content) && !('conditions' in (content.mandates[0] ?? {})));
  const exempt = await previewStatement(officer(), world.personId('ramesh'), year);
  assert.equal(exempt.content.mandates[0]?.status, 'exempt');
  assert.ok(!JSON.stringify(exempt.content).includes('गोपनीय'), 'no reason of an exemption in a statement');
});

test('a correction by order makes new statements for those whose records changed, once, and leaves disputed ones', async () => {
  const before = await standing('sunita');
  const old = await standing('imran');
  const { no } = await standing('ramesh');
  await chooseVisibility(world.as('imran'), old.no, 'totals');
  await raiseObjection(world.as('ramesh'), { number: no, body: 'छूट का उल्लेख नहीं है' });
  const input = {
    kind: 'correct',
    year,
    officeCode: 'SW',
    orderNumber: 'COR/1',
    reason: 'देर से आए अभिलेख',
  } as const;
  const run = async () => {
    const { jobId } = await askStatements(officer(), input);
    await runStatements(officer(), jobId);
    return (await jobById(db, jobId))?.made;
  };
  assert.equal(await run(), 1);
  const corrected = await standing('imran');
  assert.deepEqual(corrected.content.replaces, {
    ...{ number: old.no, reason: input.reason, orderNumber: 'COR/1' },
  });
  assert.equal(corrected.content.totals.days, 1);
  // The public check shows what the holder chose for the one before.
  assert.equal((await checkStatement(world.system, corrected.no))?.statement.visibility, 'totals');
  assert.equal((await standing('sunita')).no, before.no);
  assert.equal((await standing('ramesh')).no, no);
  assert.equal(await run(), 0);
  for (const one of [old.no, corrected.no])
    assert.equal((await recomputeStatement(world.system, one)).isEqual, true);
});

test('the last day for objections ends at midnight in India', async () => {
  const { no } = await standing('author');
  const until = '2026-12-07';
  await sql`update statement set objection_until = ${until} where statement_no = ${no}`.execute(db);
  const now = world.clock.now();
  const objection = { number: no, body: 'मेरा नाम गलत लिखा है' };
  world.clock.set('2026-12-07T18:30:00Z');
  await assert.rejects(raiseObjection(world.as('author'), objection), { reason: 'objection_time_over' });
  world.clock.set('2026-12-07T18:29:59Z');
  await raiseObjection(world.as('author'), objection);
  world.clock.set(now);
});

test('an appraisal officer does not decide on the statement of himself, nor finds another’s department', async () => {
  const { no } = await standing('anita');
  const objectionId = await raiseObjection(officer(), { number: no, body: 'मेरा एक कोर्स छूट गया है' });
  const decision = { objectionId, verdict: 'rejected', reason: 'अभिलेख सही हैं' } as const;
  await assert.rejects(decideObjection(officer(), decision), { reason: 'own_objection' });
  await assert.rejects(raiseObjection(world.as('cmo'), { number: no, body: 'किसी और का विवरण' }), {
    code: 'not_found',
  });
  assert.deepEqual(await decideObjection(officer('secretary'), decision), { correctedNo: null });
});

test('whoever changes content and digest together, or the figures beside them, is found out', async () => {
  const { no } = await standing('sunita');
  const faults = async () => (await verifyStatements(world.system, { officeIds: ['*'] })).faults;
  assert.deepEqual(await faults(), []);
  const kept = await sql<{
    content: string;
  }>`select content from statement where statement_no = ${no}`.execute(db);
  const forge = (content: string) =>
    sql`update statement set content = ${content}, digest = sha256(convert_to(${content}, 'UTF8'))
      where statement_no = ${no}`.execute(db);
  const content = kept.rows[0]?.content ?? '';
  await forge(content.replace('"minutes":90', '"minutes":900'));
  assert.deepEqual(await faults(), [{ statementNo: no, fault: 'signature' }]);
  await forge(content);
  await sql`update statement set minutes = 900 where statement_no = ${no}`.execute(db);
  assert.deepEqual(await faults(), [{ statementNo: no, fault: 'totals' }]);
  await sql`update statement set minutes = 90 where statement_no = ${no}`.execute(db);
  assert.deepEqual(await faults(), []);
});

test('the PDFs of an office come as one file, for whoever asked alone; the list as CSV and XLSX', async () => {
  const asked = { year, officeCode: 'SW-BBK', language: 'hi' } as const;
  const ramesh = world.as('ramesh');
  const batchId = await askFile(ramesh, asked);
  const stopped = await askFile(ramesh, asked);
  await stopFile(ramesh, stopped);
  await assert.rejects(askFile(ramesh, { ...asked, officeCode: 'SW' }), { code: 'not_found' });
  await assert.rejects(askFile(ramesh, { ...asked, year: '2019-20' }), { reason: 'nothing_to_do' });
  await assert.rejects(askFile(world.as('sunita'), asked), { code: 'forbidden' });
  await runJobsOnce(world);
  const file = await fileOf(ramesh, batchId);
  assert.deepEqual([file.state, file.done, file.fileUntil], ['done', file.total, '2026-11-29']);
  assert.equal((await fileOf(ramesh, stopped)).state, 'stopped');
  await assert.rejects(fileOf(world.as('anita'), batchId), { code: 'not_found' });
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const zip = await app.inject({ url: `/office/appraisal/files/${batchId}/file`, headers });
  assert.equal((zip.rawPayload.toString('latin1').match(/%PDF-/g) ?? []).length, file.total);
  assert.ok(zip.rawPayload.includes('SW1001-ST'));
  const kept = await keptExports(world, 'statement_files');
  assert.deepEqual(
    kept.map(({ office, detail }) => [office, detail['of'], detail.rows]),
    [['SW-BBK', batchId, file.total]],
  );
  const page = await app.inject({ url: `/office/appraisal/files/${batchId}`, headers });
  assert.match(page.body, /तैयार/);
  // Lost with a disk: told so, made again by one press, and not taken.
  await world.runtime.storage.remove(file.storageKey ?? '');
  const lost = await app.inject({ url: `/office/appraisal/files/${batchId}/file`, headers });
  assert.equal(lost.statusCode, 410);
  assert.equal((await keptExports(world, 'statement_files')).length, 1);
  const offered = await app.inject({ url: `/office/appraisal/files/${batchId}`, headers });
  assert.match(offered.body, /फ़ाइल अब नहीं रखी है.*फ़ाइल फिर से बनाएँ/s);
  assert.doesNotMatch(offered.body, new RegExp(`${batchId}/file`));
  const moved = world.as('ramesh');
  assert.ok(moved.actor.kind === 'person');
  const elsewhere = [{ role: 'nodal', scopeId: world.officeId('SW-JHS') }];
  const gone = { ...moved, actor: { ...moved.actor, grants: elsewhere } };
  await assert.rejects(takeFile(gone, world.runtime.storage, batchId), { code: 'not_found' });
  const query = `year=${year}&office=SW-BBK`;
  const csv = await app.inject({ url: `/office/appraisal/statements.csv?${query}`, headers });
  assert.match(csv.body, /Sunita Verma/);
  const wrong = await app.inject({ url: `/office/appraisal/statements.csv?${query}&state=away`, headers });
  assert.equal(wrong.statusCode, 422, 'a state that there is not is no list of all');
  const xlsx = await app.inject({ url: `/office/appraisal/statements.xlsx?${query}`, headers });
  assert.equal(xlsx.rawPayload.subarray(0, 2).toString(), 'PK');
});
