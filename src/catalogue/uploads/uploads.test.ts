import assert from 'node:assert/strict';
import { existsSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { fileDetails } from '../read-file.ts';
import { beginResumable } from './begin-upload.ts';
import { continueUpload } from './continue-upload.ts';
import { discardExpired, discardUpload } from './discard-uploads.ts';
import { finishUpload } from './finish-upload.ts';
import { uploadProgress } from './own-upload.ts';
import { partialPath } from './partial-files.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const publisher = 'author';
const { headers: session } = await signedIn(world, publisher);
const tus = { ...session, 'tus-resumable': '1.0.0' };
const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(20_000, 'x')]);

const begin = (bytes: number, headers: Record<string, string> = tus) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: {
      ...headers,
      'upload-length': String(bytes),
      'upload-metadata': `filename ${Buffer.from('आदेश.pdf').toString('base64')}`,
    },
  });

const send = (url: string, piece: { offset: number; body: Buffer }, headers: Record<string, string> = tus) =>
  app.inject({
    method: 'PATCH',
    url,
    headers: {
      ...headers,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(piece.offset),
    },
    payload: piece.body,
  });

const offsetOf = async (url: string) =>
  Number((await app.inject({ method: 'HEAD', url, headers: tus })).headers['upload-offset']);
const finish = (url: string) => app.inject({ method: 'POST', url: `${url}/file`, headers: session });

async function begun(bytes = pdf.length): Promise<string> {
  const answer = await begin(bytes);
  assert.equal(answer.statusCode, 201, answer.body);
  return String(answer.headers.location);
}

test('a file that comes in pieces is kept as one that came at once, and asked twice is the same', async () => {
  const url = await begun();
  assert.equal(await offsetOf(url), 0);
  const first = await send(url, { offset: 0, body: pdf.subarray(0, 9000) });
  assert.deepEqual([first.statusCode, first.headers['upload-offset']], [204, '9000']);
  assert.equal((await finish(url)).json().code, 'unfinished');
  const again = await send(url, { offset: 0, body: pdf.subarray(0, 9000) });
  assert.deepEqual([again.statusCode, again.json().code], [409, 'wrong_offset']);
  const rest = await send(url, { offset: 9000, body: pdf.subarray(9000) });
  assert.equal(rest.headers['upload-offset'], String(pdf.length));
  const kept = await finish(url);
  assert.equal(kept.statusCode, 201, kept.body);
  assert.equal(kept.json().name, 'आदेश.pdf');
  assert.equal((await finish(url)).json().fileId, kept.json().fileId);
  const file = await fileDetails(world.as(publisher), kept.json().fileId);
  assert.deepEqual([file.bytes, file.contentType], [pdf.length, 'application/pdf']);
  assert.equal((await send(url, { offset: pdf.length, body: Buffer.from('x') })).statusCode, 409);
});

test('of two who ask for the file at once, one file is made', async () => {
  const url = await begun();
  await send(url, { offset: 0, body: pdf });
  const answers = await Promise.all([finish(url), finish(url), finish(url)]);
  const made = answers.filter((answer) => answer.statusCode === 201).map((answer) => answer.json().fileId);
  assert.equal(new Set(made).size, 1);
  for (const answer of answers) if (answer.statusCode !== 201) assert.equal(answer.json().code, 'finishing');
});

test('what came before the line broke is kept', async () => {
  const ctx = world.as(publisher);
  const url = await begun();
  const id = url.split('/').at(-1) ?? '';
  const breaks = async function* () {
    yield pdf.subarray(0, 5000);
    await new Promise((done) => setTimeout(done, 50));
    throw new Error('the line broke');
  };
  const broken = { offset: 0, source: Readable.from(breaks(), { objectMode: false }) };
  await assert.rejects(continueUpload(ctx, id, broken), { reason: 'broken_line' });
  assert.equal((await uploadProgress(ctx, id)).offset, 5000);
  await send(url, { offset: 5000, body: pdf.subarray(5000) });
  assert.equal((await finish(url)).statusCode, 201);
});

test('more than was said, too much, nothing, and what no lesson is made of are refused', async () => {
  const url = await begun(10_000);
  assert.equal((await send(url, { offset: 0, body: pdf })).statusCode, 413);
  assert.equal((await begin(300_000_000)).statusCode, 413);
  assert.equal((await begin(0)).statusCode, 422);
  const program = await begun(10_000);
  const stranger = await send(program, { offset: 0, body: Buffer.alloc(8000, 'MZ') });
  assert.deepEqual([stranger.statusCode, stranger.json().code], [415, 'unsupported_type']);
  assert.equal((await app.inject({ method: 'HEAD', url: program, headers: tus })).statusCode, 404);
});

test("an upload is nobody else's, and a foreign page cannot write into it", async () => {
  const url = await begun();
  const id = url.split('/').at(-1) ?? '';
  const other = world.system;
  await assert.rejects(uploadProgress(other, id), { code: 'not_found' });
  const piece = { offset: 0, source: Readable.from([pdf]) };
  await assert.rejects(continueUpload(other, id, piece), { code: 'not_found' });
  await assert.rejects(finishUpload(other, world.runtime.storage, id), { code: 'not_found' });
  await assert.rejects(discardUpload(other, id), { code: 'not_found' });
  const learner = (await signedIn(world, 'sunita')).headers;
  assert.equal((await begin(100, learner)).statusCode, 403);
  assert.equal((await begin(100, {})).statusCode, 401);
  const { 'x-csrf-token': _, ...noToken } = tus as Record<string, string>;
  assert.equal((await send(url, { offset: 0, body: pdf }, noToken)).statusCode, 403);
  const foreign = { ...tus, 'sec-fetch-site': 'cross-site' };
  assert.equal((await send(url, { offset: 0, body: pdf }, foreign)).statusCode, 403);
  const { 'tus-resumable': __, ...noVersion } = tus as Record<string, string>;
  assert.equal((await send(url, { offset: 0, body: pdf }, noVersion)).statusCode, 412);
  assert.equal(await offsetOf(url), 0);
});

test('what nobody goes on with is removed after ten days; what is thrown away, at once', async () => {
  const [kept, thrown] = [await begun(), await begun()];
  const pathOf = (url: string) => partialPath(world.runtime.config, url.split('/').at(-1) ?? '');
  assert.equal((await app.inject({ method: 'DELETE', url: thrown, headers: session })).statusCode, 204);
  assert.equal(existsSync(pathOf(thrown)), false);
  const start = world.clock.now();
  world.clock.set(new Date(start.getTime() + 9 * 86_400_000));
  await discardExpired(world.system);
  assert.equal(existsSync(pathOf(kept)), true);
  world.clock.set(new Date(start.getTime() + 11 * 86_400_000));
  assert.ok((await discardExpired(world.system)) > 0);
  assert.equal(existsSync(pathOf(kept)), false);
  world.clock.set(start);
});

test('nobody fills the disk with beginnings', async () => {
  const big = () => beginResumable(world.system, { name: 'film.mp4', bytes: 190_000_000 });
  for (let i = 0; i < 5; i += 1) await big();
  await assert.rejects(big(), { code: 'too_many' });
});

test('a full disk is told as one, nothing that came is lost, and it goes on once there is room', async () => {
  const url = await begun();
  await send(url, { offset: 0, body: pdf.subarray(0, 5000) });
  const path = partialPath(world.runtime.config, url.split('/').at(-1) ?? '');
  renameSync(path, `${path}.kept`);
  symlinkSync('/dev/full', path);
  const none = await send(url, { offset: 0, body: pdf.subarray(0, 5000) });
  assert.deepEqual([none.statusCode, none.json().code], [507, 'no_room'], none.body);
  assert.match(none.json().title, /डिस्क भर गई/);
  renameSync(`${path}.kept`, path);
  assert.equal(await offsetOf(url), 5000);
  assert.equal((await send(url, { offset: 5000, body: pdf.subarray(5000) })).statusCode, 204);
  assert.equal((await finish(url)).statusCode, 201);
});

test('readiness says when the folder of uploads cannot be written', async () => {
  const ready = () => app.inject({ method: 'GET', url: '/readyz' });
  assert.equal((await ready()).statusCode, 200);
  const folder = join(world.runtime.config.dataDir, 'uploads');
  renameSync(folder, `${folder}.kept`);
  writeFileSync(folder, '');
  const answer = await ready();
  assert.deepEqual([answer.statusCode, answer.json()], [503, { status: 'upload folder not writable' }]);
  rmSync(folder);
  renameSync(`${folder}.kept`, folder);
  assert.equal((await ready()).statusCode, 200);
});
