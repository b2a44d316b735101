import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { attachScan, openScan } from '../src/mandates/attach-scan.ts';
import { commitMandate } from '../src/mandates/import-mandate.ts';
import { readOrder } from '../src/mandates/rules/order-file.ts';
import { askRun, takeRun } from '../src/reports/ask-run.ts';
import { keepFilesJob } from '../src/reports/keep-files.ts';
import { fileJob } from '../src/reports/make-file.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
const { storage, db } = world.runtime;
const anita = world.as('anita');

async function takenReport(name: string): Promise<{ runId: string; storageKey: string; bytes: Buffer }> {
  const definition = { subject: 'people' as const, office: 'SW', groups: ['band'], measures: ['registered'] };
  const runId = await askRun(anita, { definition, name, format: 'pdf', language: 'hi' });
  const payload = { runId, actor: anita.actor, requestId: 'r', ip: null };
  await fileJob(storage)(world.system, payload, { isLast: false });
  const { storageKey, body } = await takeRun(anita, storage, runId);
  return { runId, storageKey: storageKey ?? '', bytes: await buffer(body) };
}

async function attached(number: string, bytes: Buffer): Promise<() => Promise<number>> {
  const parts = { order: { number, date: '2025-04-01', issuer: 'x' }, title: { hi: 'आदेश', en: 'Order' } };
  const window = { from: '2025-04-01', to: '2026-12-31' };
  const said = { ...parts, scope: { offices: ['SW'] }, window, condition: { courses: { atLeast: 1 } } };
  const { id: mandateId } = await commitMandate(world.system, readOrder(said));
  await attachScan(anita, storage, { mandateId, source: Readable.from([bytes]) });
  return async () => (await buffer((await openScan(anita, storage, { mandateId })).source)).length;
}

const isGone = (key: string) =>
  storage.size(key).then(
    () => false,
    () => true,
  );

test('a report that goes after its days takes nothing with it that somebody attached to an order', async () => {
  const report = await takenReport('सूची');
  const scan = await attached('O/1', report.bytes);
  const other = await takenReport('पुरानी');
  const oldScan = await attached('O/2', other.bytes);
  // As before made files had names of their own.
  const { key } = await storage.put(Readable.from([other.bytes]), { maxBytes: 1e9 });
  await sql`update report_run set storage_key = ${key} where run_id = ${other.runId}`.execute(db.read);
  const lonely = await takenReport('अकेली');
  const alone = await storage.put(Readable.from(['names']), { maxBytes: 1e9 });
  await sql`update report_run set storage_key = ${alone.key} where run_id = ${lonely.runId}`.execute(db.read);
  world.clock.set('2026-12-05T06:00:00Z');
  await keepFilesJob(storage)(world.system, {});
  assert.deepEqual([await scan(), await oldScan()], [report.bytes.length, other.bytes.length]);
  assert.equal(await isGone(report.storageKey), true, 'the report itself is gone');
  assert.equal(await isGone(alone.key), true, 'and one of before that nobody else names');
});
