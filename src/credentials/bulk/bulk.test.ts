import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { keptExports } from '../../../test/kept-exports.ts';
import { runJobsOnce } from '../../../test/run-jobs.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld, type World } from '../../../test/world.ts';
import type { App } from '../../kernel/feature.ts';
import { putTemplateIntoForce, saveTemplateDraft } from '../templates/change-template.ts';
import { plainLook } from '../templates/look.ts';
import { insertCompletion, insertCourse } from '../test-completion.ts';
import { askBatch, batchOf, previewBatch, stopBatch } from './ask-batch.ts';

let world: World;
let app: App;

before(async () => {
  world = await openWorld();
  app = await world.app();
  for (const [at, who] of ['sunita', 'imran', 'ramesh'].entries()) {
    const courseId = await insertCourse(world, { code: `BULK-${at}`, hi: 'साइबर स्वच्छता', en: null });
    await insertCompletion(world, who, { courseId });
  }
});
after(() => world.close());

const input = { officeCode: 'SW-BBK' };

test('missing certificates of an office are counted, issued by the worker, and never twice', async () => {
  const ramesh = world.as('ramesh');
  assert.equal((await previewBatch(ramesh, { ...input, kind: 'issue' })).count, 3);
  assert.equal((await previewBatch(ramesh, { ...input, kind: 'issue', courseCode: 'BULK-1' })).count, 1);
  const ids = [
    await askBatch(ramesh, { ...input, kind: 'issue' }),
    await askBatch(ramesh, { ...input, kind: 'issue' }),
  ];
  await runJobsOnce(world);
  const batches = await Promise.all(ids.map((id) => batchOf(ramesh, id)));
  assert.deepEqual(
    batches.map((one) => one.state),
    ['done', 'done'],
  );
  assert.equal(
    batches.reduce((sum, one) => sum + one.done, 0),
    3,
  );
  await assert.rejects(askBatch(ramesh, { ...input, kind: 'issue' }), { reason: 'nothing_to_do' });
});

test('a new template counts what does not bear it, and issues that anew with its class of reason', async () => {
  const anita = world.as('anita');
  assert.equal((await previewBatch(anita, { officeCode: 'SW', kind: 'reissue' })).count, 0);
  await saveTemplateDraft(anita, { officeCode: 'SW', look: { ...plainLook, languages: 'hi' }, pictures: [] });
  await putTemplateIntoForce(anita, 'SW');
  assert.equal((await previewBatch(anita, { officeCode: 'SW', kind: 'reissue' })).count, 3);
  const id = await askBatch(anita, { officeCode: 'SW', kind: 'reissue' });
  await runJobsOnce(world);
  const batch = await batchOf(anita, id);
  assert.deepEqual([batch.state, batch.done, batch.leftOut], ['done', 3, 0]);
  const classes = await sql<{
    c: string;
  }>`select replaced_class as c from certificate where replaced_by_no is not null`.execute(
    world.system.db.read,
  );
  assert.deepEqual(
    classes.rows.map((row) => row.c),
    ['template', 'template', 'template'],
  );
  assert.equal((await previewBatch(anita, { officeCode: 'SW', kind: 'reissue' })).count, 0);
});

test('the file of all PDFs is for him who asked for it alone', async () => {
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const seen = await app.inject({
    url: '/office/certificate-batches?kind=download&officeQuery=SW-BBK',
    headers,
  });
  assert.match(seen.body, /फ़ाइल में 3 प्रमाणपत्र होंगे/);
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ _csrf: csrf, kind: 'download', ...input }).toString();
  const asked = await app.inject({
    method: 'POST',
    url: '/office/certificate-batches',
    headers: form,
    payload,
  });
  const address = String(asked.headers.location);
  assert.match((await app.inject({ url: address, headers })).body, /काम चल रहा है/);
  await runJobsOnce(world);
  const file = await app.inject({ url: `${address}/file`, headers });
  assert.equal(file.rawPayload.subarray(0, 2).toString(), 'PK');
  assert.equal((file.rawPayload.toString('latin1').match(/%PDF-/g) ?? []).length, 3);
  const other = (await signedIn(world, 'anita')).headers;
  assert.equal((await app.inject({ url: `${address}/file`, headers: other })).statusCode, 404);
  const kept = await keptExports(world, 'certificates');
  assert.deepEqual(
    kept.map(({ office, detail }) => [office, detail.rows]),
    [['SW-BBK', 3]],
  );
  // Lost with a disk: told so, offered no more, and not taken.
  const batch = await batchOf(world.as('ramesh'), address.split('/').at(-1) ?? '');
  await world.runtime.storage.remove(batch.storageKey ?? '');
  assert.equal((await app.inject({ url: `${address}/file`, headers })).statusCode, 410);
  assert.equal((await keptExports(world, 'certificates')).length, 1);
  const page = (await app.inject({ url: address, headers })).body;
  assert.match(page, /फ़ाइल अब नहीं रखी है/);
  assert.doesNotMatch(page, /\/file"/);
});

test('a stopped batch does nothing more; an office beyond one’s own is not found', async () => {
  const anita = world.as('anita');
  const id = await askBatch(anita, { officeCode: 'SW', kind: 'download' });
  await stopBatch(anita, id);
  await runJobsOnce(world);
  const batch = await batchOf(anita, id);
  assert.deepEqual([batch.state, batch.storageKey], ['stopped', null]);
  await assert.rejects(previewBatch(world.as('ramesh'), { officeCode: 'SW', kind: 'download' }), {
    code: 'not_found',
  });
  await assert.rejects(previewBatch(world.as('sunita'), { ...input, kind: 'issue' }), { code: 'forbidden' });
});
