import assert from 'node:assert/strict';
import { buffer, text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import exceljs from 'exceljs';
import { sql } from 'kysely';
import { keptExports } from '../../test/kept-exports.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { Refusal } from '../kernel/errors.ts';
import { openTable } from '../kernel/tabular/index.ts';
import { askRun, ownRun, retryRun, stopRun, takeRun } from './ask-run.ts';
import type { Definition } from './definition.ts';
import { keepFilesJob } from './keep-files.ts';
import {
  copyReport,
  nextDay,
  saveReport,
  setSchedule,
  shareReport,
  visibleReport,
  visibleReports,
} from './keep-report.ts';
import { fileJob } from './make-file.ts';
import { resolveReport } from './resolve-report.ts';
import { mailReady, runDue } from './schedule.ts';
import { keepPart, partsOf, planParts } from './stores/runs.ts';
import { streamReport } from './stream-report.ts';
import { randomPeople } from './test-world.ts';

const world = await openWorld({ isDemonstration: true });
after(() => world.close());
await randomPeople(world, 7);
const { storage, db } = world.runtime;
const anita = world.as('anita');
const list: Definition = {
  subject: 'people',
  office: 'SW',
  columns: ['code', 'nameHi', 'office', 'completions'],
};
const figures: Definition = {
  subject: 'people',
  office: 'SW',
  groups: ['band'],
  measures: ['registered', 'reach'],
};
const attempt = { isLast: false };
const payloadOf = (runId: string) => ({ runId, actor: anita.actor, requestId: 'r', ip: null });
const askFile = (definition: Definition, format: 'csv' | 'xlsx' | 'pdf') =>
  askRun(anita, { definition, name: 'सूची', format, language: 'hi' });

async function streamed(): Promise<string> {
  return text(await streamReport(anita, await resolveReport(anita, list), new AbortController().signal));
}

const sorted = (csv: string) => csv.split('\r\n').toSorted();

test('a file that broke off goes on after its last portion, and has what the stream has', async () => {
  const runId = await askFile(list, 'csv');
  const found = await sql<{ id: string }>`select person_id as id from person order by 1`.execute(db.read);
  const [first, second] = [found.rows[10]?.id ?? null, found.rows[25]?.id ?? null];
  const ends = [first, second, null];
  const ranges = ends.map((untilId, at) => ({ afterId: at === 0 ? null : (ends[at - 1] ?? null), untilId }));
  await db.transaction((tx) => planParts(tx, runId, ranges));
  let puts = 0;
  const breaking: typeof storage = {
    ...storage,
    make: (source, limits) => {
      puts += 1;
      return puts === 2 ? Promise.reject(new Error('killed')) : storage.make(source, limits);
    },
  };
  await assert.rejects(fileJob(breaking)(world.system, payloadOf(runId), attempt), /killed/);
  assert.deepEqual(
    (await partsOf(db.read, runId)).map((part) => part.doneAt !== null),
    [true, false, false],
  );
  const kept = (await partsOf(db.read, runId))[0]?.doneAt;
  await fileJob(breaking)(world.system, payloadOf(runId), attempt);
  assert.deepEqual((await partsOf(db.read, runId))[0]?.doneAt, kept);
  const run = await takeRun(anita, storage, runId);
  const file = await text(run.body);
  assert.deepEqual(sorted(file), sorted(await streamed()));
  assert.equal(run.rows, file.split('\r\n').length - 2);
  assert.ok((await partsOf(db.read, runId)).every((part) => part.storageKey === null));
});

test('a workbook and paper hold the same rows; figures come with their total', async () => {
  const [sheet, paper, totals] = [
    await askFile(list, 'xlsx'),
    await askFile(list, 'pdf'),
    await askFile(figures, 'csv'),
  ];
  for (const runId of [sheet, paper, totals]) await fileJob(storage)(world.system, payloadOf(runId), attempt);
  const { body, rows } = await takeRun(anita, storage, sheet);
  const table = await openTable(body, { columns: [{ name: 'सूची' }] });
  let lines = 0;
  for await (const chunk of table.rows) lines += chunk.rows.length + chunk.faults.length;
  assert.ok(lines >= rows && rows > 5);
  const pdf = await buffer((await takeRun(anita, storage, paper)).body);
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  const csv = await text((await takeRun(anita, storage, totals)).body);
  assert.match(csv, /^\ufeff?[^\r]*,पंजीकृत,पहुँच \(%\)\r\n/);
  assert.match(csv, /\r\nकुल,\d+,/);
});

test('a file is for whoever asked alone, can be stopped, begun again after a failure, and goes after its days', async () => {
  const runId = await askFile(list, 'csv');
  await assert.rejects(ownRun(world.as('chief'), runId), Refusal);
  await stopRun(anita, runId);
  await fileJob(storage)(world.system, payloadOf(runId), attempt);
  assert.equal((await ownRun(anita, runId)).state, 'stopped');
  await assert.rejects(retryRun(anita, storage, runId), Refusal);
  const failing = await askFile(list, 'csv');
  const full = {
    ...storage,
    make: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
  };
  await assert.rejects(fileJob(full)(world.system, payloadOf(failing), { isLast: true }));
  assert.deepEqual(
    [(await ownRun(anita, failing)).state, (await ownRun(anita, failing)).failure],
    ['failed', 'no_space'],
  );
  await retryRun(anita, storage, failing);
  const acts = await sql<{
    action: string;
  }>`select action from audit_event where subject_id = ${failing}`.execute(db.read);
  assert.ok(acts.rows.some(({ action }) => action === 'report_file.restarted'));
  await fileJob(storage)(world.system, payloadOf(failing), attempt);
  const { storageKey } = await ownRun(anita, failing);
  world.clock.set('2026-12-01T06:00:00Z');
  await keepFilesJob(storage)(world.system, {});
  await assert.rejects(takeRun(anita, storage, failing), Refusal);
  await assert.rejects(storage.open(storageKey ?? ''));
  world.clock.set('2026-11-22T06:00:00Z');
});

test('a workbook has every row, whatever of it is empty, and each text as it is', async () => {
  const odd = "'=नाम";
  await sql`update person set name_en = ${odd}, email = null where employee_code = 'R3'`.execute(db.read);
  for (const columns of [['email'], ['nameEn'], ['joinedOn', 'completions', 'nameEn']]) {
    const runId = await askFile({ ...list, columns }, 'xlsx');
    await fileJob(storage)(world.system, payloadOf(runId), attempt);
    const { body, rows } = await takeRun(anita, storage, runId);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(new Uint8Array(await buffer(body)).buffer);
    const [sheet] = workbook.worksheets;
    // Four lines say what it is, one has the headings.
    assert.equal(sheet?.rowCount, rows + 5, columns.join());
    if (!columns.includes('nameEn')) continue;
    const names = sheet?.getColumn(columns.indexOf('nameEn') + 1).values ?? [];
    assert.ok(names.includes(odd), columns.join());
  }
});

test('one person has a few files under way at a time; what schedules make is not counted', async () => {
  const chief = world.as('chief');
  const ask = (name: string) =>
    askRun(chief, { definition: { ...figures, office: 'UP' }, name, format: 'csv', language: 'hi' });
  const asked = await Promise.all(['1', '2', '3', '4', '5'].map(ask));
  assert.equal(await ask('5'), asked[4]);
  await assert.rejects(ask('6'), { reason: 'too_many_files' });
  await stopRun(chief, asked[0] ?? '');
  await ask('6');
  const [failed] = asked.slice(1);
  await sql`update report_run set state = 'failed' where run_id = ${failed}`.execute(db.read);
  await ask('7');
  await assert.rejects(retryRun(chief, storage, failed ?? ''), { reason: 'too_many_files' });
  assert.equal((await ownRun(chief, failed ?? '')).state, 'failed');
  await sql`update report_run set scheduled_on = '2026-11-22' where run_id = ${failed}`.execute(db.read);
  await retryRun(chief, storage, failed ?? '');
});

test('asked for by two clicks a file is made once; after it has ended, anew', async () => {
  const [first, second] = await Promise.all([askFile(list, 'csv'), askFile(list, 'csv')]);
  assert.equal(first, second);
  assert.notEqual(await askFile(list, 'xlsx'), first);
  await stopRun(anita, first);
  assert.notEqual(await askFile(list, 'csv'), first);
});

test('a file that is made is taken though its order has ended since, by whoever still has the right', async () => {
  const runId = await askFile(list, 'csv');
  await fileJob(storage)(world.system, payloadOf(runId), attempt);
  await sql`update report_run set definition = definition || '{"subject": "orders", "order": "ENDED/1"}'
    where run_id = ${runId}`.execute(db.read);
  assert.ok((await text((await takeRun(anita, storage, runId)).body)).length > 0);
  await sql`update report_run set office_id = ${world.officeId('HF')} where run_id = ${runId}`.execute(
    db.read,
  );
  await assert.rejects(takeRun(anita, storage, runId), Refusal);
});

test('a file that went with the disk is told to be gone, nobody has taken it, and it is made again as of its day', async () => {
  const [app, { headers, csrf }] = [await world.app(), await signedIn(world, 'anita')];
  const runId = await askFile(list, 'csv');
  await fileJob(storage)(world.system, payloadOf(runId), attempt);
  const { storageKey, asOf } = await ownRun(anita, runId);
  await assert.rejects(retryRun(anita, storage, runId), { reason: 'not_failed' });
  const listed = async () =>
    new RegExp(`files/${runId}">[^<]*· ([^<·]*)<`).exec(
      (await app.inject({ url: '/office/reports', headers })).body,
    )?.[1];
  assert.equal(await listed(), 'तैयार');
  await storage.remove(storageKey ?? '');
  assert.equal(await listed(), 'यह फ़ाइल अब नहीं रखी है');
  const before = (await keptExports(world, 'report')).length;
  const [page, api] = [`/office/reports/files/${runId}`, `/api/v1/report-files/${runId}`];
  for (const at of [page, api]) {
    const content = await app.inject({ url: `${at}/content`, headers });
    assert.equal(content.statusCode, 410);
    assert.match(content.body, /फ़ाइल अब सर्वर पर नहीं है/);
  }
  assert.equal((await keptExports(world, 'report')).length, before);
  const shown = (await app.inject({ url: page, headers })).body;
  assert.doesNotMatch(shown, new RegExp(`${runId}/content`));
  assert.match(shown, /फिर से बनवाएँ/);
  assert.equal((await app.inject({ url: api, headers })).json<{ file: unknown }>().file, null);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const again = { method: 'POST', url: `${page}/retry`, payload: `_csrf=${csrf}` } as const;
  await app.inject({ ...again, headers: { ...headers, ...form } });
  assert.equal((await ownRun(anita, runId)).state, 'waiting');
  world.clock.set('2026-11-24T06:00:00Z');
  await fileJob(storage)(world.system, payloadOf(runId), attempt);
  world.clock.set('2026-11-22T06:00:00Z');
  const { body, ...run } = await takeRun(anita, storage, runId);
  assert.deepEqual([run.state, run.asOf, run.fileUntil], ['done', asOf, '2026-12-01']);
  assert.deepEqual(sorted(await text(body)), sorted(await streamed()));
});

test('a portion whose file is gone, as after a restore, is read again', async () => {
  const runId = await askFile(list, 'csv');
  const [range] = [{ afterId: null, untilId: null }];
  await db.transaction((tx) => planParts(tx, runId, [range]));
  const part = { part: 0, storageKey: null };
  await keepPart(db.read, runId, { part, rows: 3, storageKey: 'f'.repeat(32), at: world.clock.now() });
  await fileJob(storage)(world.system, payloadOf(runId), attempt);
  const { body } = await takeRun(anita, storage, runId);
  assert.deepEqual(sorted(await text(body)), sorted(await streamed()));
});

test('a failed file that is begun again after its portions were taken away has every row', async () => {
  const runId = await askFile(list, 'csv');
  const found = await sql<{ id: string }>`select person_id as id from person order by 1`.execute(db.read);
  const middle = found.rows[20]?.id ?? null;
  const ranges = [
    { afterId: null, untilId: middle },
    { afterId: middle, untilId: null },
  ];
  await db.transaction((tx) => planParts(tx, runId, ranges));
  let made = 0;
  const breaking: typeof storage = {
    ...storage,
    make: (source, limits) => {
      made += 1;
      return made === 2 ? Promise.reject(new Error('broken')) : storage.make(source, limits);
    },
  };
  await assert.rejects(fileJob(breaking)(world.system, payloadOf(runId), { isLast: true }), /broken/);
  world.clock.set('2026-12-01T06:00:00Z');
  await keepFilesJob(storage)(world.system, {});
  world.clock.set('2026-11-22T06:00:00Z');
  await retryRun(anita, storage, runId);
  await fileJob(storage)(world.system, payloadOf(runId), attempt);
  const { body } = await takeRun(anita, storage, runId);
  assert.deepEqual(sorted(await text(body)), sorted(await streamed()));
});

test('a shared report is seen at its office and copied; its rows are for who may read them', async () => {
  const reportId = await saveReport(anita, { name: 'सूची', definition: list });
  const secretary = world.as('secretary');
  await assert.rejects(visibleReport(secretary, reportId), Refusal);
  await shareReport(anita, reportId);
  assert.equal((await visibleReports(secretary)).length, 1);
  await assert.rejects(visibleReport(world.as('cmo'), reportId), Refusal);
  const copyId = await copyReport(secretary, reportId, 'प्रति');
  const copy = await visibleReport(secretary, copyId);
  await assert.rejects(resolveReport(secretary, copy.definition), Refusal);
});

test('a due report that cannot be asked for holds no other up', async () => {
  const weekly = { schedule: 'weekly', format: 'csv', language: 'hi', isMailed: false } as const;
  const broken = await saveReport(anita, { name: 'टूटी', definition: figures });
  const whole = await saveReport(anita, { name: 'पूरी', definition: figures });
  for (const reportId of [broken, whole]) await setSchedule(anita, reportId, weekly);
  await sql`update report set definition = definition || '{"subject": "gone"}', next_on = '2026-11-20'
    where report_id = ${broken}`.execute(db.read);
  await sql`update report set next_on = '2026-11-21' where report_id = ${whole}`.execute(db.read);
  await assert.rejects(runDue(world.system), (error) => !(error instanceof Refusal));
  const runs = await sql<{ id: string }>`select report_id as id from report_run
    where report_id in (${broken}, ${whole})`.execute(db.read);
  assert.deepEqual(runs.rows, [{ id: whole }]);
  await sql`update report set next_on = '2099-01-01' where report_id in (${broken}, ${whole})`.execute(
    db.read,
  );
});

test('a schedule makes one file on its day, mails a link without names, and pauses where the right is gone', async () => {
  const reportId = await saveReport(anita, { name: 'साप्ताहिक', definition: figures });
  await setSchedule(anita, reportId, { schedule: 'weekly', format: 'xlsx', language: 'hi', isMailed: true });
  assert.equal((await visibleReport(anita, reportId)).nextOn, '2026-11-23');
  world.clock.set('2026-11-23T02:00:00Z');
  await Promise.all([runDue(world.system), runDue(world.system)]);
  await runDue(world.system);
  const runs = await sql<{
    id: string;
  }>`select run_id as id from report_run where report_id = ${reportId}`.execute(db.read);
  assert.equal(runs.rows.length, 1);
  const runId = runs.rows[0]?.id ?? '';
  await fileJob(storage)(world.system, payloadOf(runId), attempt);
  await mailReady(world.system, runId);
  const mails = await sql<{ body: string }>`select body from local_message where channel = 'mail'`.execute(
    db.read,
  );
  assert.match(mails.rows[0]?.body ?? '', new RegExp(`/office/reports/files/${runId}`));
  assert.equal((await visibleReport(anita, reportId)).nextOn, '2026-11-30');
  await sql`update role_grant set ended_at = now() where person_id = ${world.personId('anita')}`.execute(
    db.read,
  );
  world.clock.set('2026-11-30T02:00:00Z');
  await runDue(world.system);
  const paused = await visibleReport(anita, reportId);
  assert.deepEqual([paused.schedule, paused.pauseReason, paused.nextOn], ['none', 'no_right', null]);
  assert.equal(nextDay('monthly', '2026-11-30'), '2026-12-01');
});
