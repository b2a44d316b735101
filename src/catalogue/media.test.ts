import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import type { Ctx } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { rangeOf } from './media-range.ts';
import { publishCourse } from './publish-course.ts';
import { createCourse } from './save-course.ts';
import { saveFile } from './save-file.ts';
import { courseInput } from './schema.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(991, 'x')]);

async function fileOf(code: string) {
  const { fileId } = await saveFile(world.system, world.runtime.storage, {
    source: Readable.from([bytes]),
    name: 'परिपत्र "12".pdf',
  });
  const lesson = { code: 'l1', kind: 'pdf', title: 'पढ़ें', asset: { fileId, altText: 'परिपत्र' } };
  await createCourse(world.system, courseInput.parse({ code, title: code, lessons: [lesson] }));
  return `/media/${fileId}`;
}

test('a file of a published course comes whole or in part, and never changes under its address', async () => {
  const url = await fileOf('with-file');
  const { headers } = await signedIn(world, 'sunita');
  const get = (more: Record<string, string> = {}) =>
    app.inject({ method: 'GET', url, headers: { ...headers, ...more } });
  assert.equal((await get()).statusCode, 404, 'a draft shows nothing to a learner');
  await publishCourse(world.system, 'with-file');
  const whole = await get();
  assert.equal(whole.statusCode, 200);
  assert.equal(whole.rawPayload.length, 1000);
  assert.equal(whole.headers['content-type'], 'application/pdf');
  assert.equal(whole.headers['x-content-type-options'], 'nosniff');
  assert.match(String(whole.headers['cache-control']), /private.*immutable/);
  assert.match(
    String(whole.headers['content-disposition']),
    /^inline; filename="[ -~]+"; filename\*=UTF-8''%E0/,
  );
  const part = await get({ range: 'bytes=0-8' });
  assert.deepEqual([part.statusCode, part.headers['content-range']], [206, 'bytes 0-8/1000']);
  assert.equal(part.body, '%PDF-1.4\n');
  const beyond = await get({ range: 'bytes=1000-' });
  assert.deepEqual([beyond.statusCode, beyond.headers['content-range']], [416, 'bytes */1000']);
  assert.equal((await get({ 'if-none-match': String(whole.headers.etag) })).statusCode, 304);
  assert.equal((await get({ range: 'bytes=0-8', 'if-range': '"other"' })).statusCode, 200);
  assert.equal((await app.inject({ method: 'GET', url })).statusCode, 401);
});

test('a picture in a text comes to whoever may read the text; a stranger address is left out', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
    'base64',
  );
  const keep = () =>
    saveFile(world.system, world.runtime.storage, { source: Readable.from([png]), name: 'नक्शा.png' });
  const [{ fileId }, unused] = [await keep(), await keep()];
  const body = `![नक्शा](/media/${fileId}) ![बाहर](https://x.example/a.png)`;
  const lesson = { code: 'l1', kind: 'text', title: 'पढ़ें', body };
  await createCourse(world.system, courseInput.parse({ code: 'pictures', title: 'चित्र', lessons: [lesson] }));
  const { headers } = await signedIn(world, 'sunita');
  const statusOf = async (id: string) =>
    (await app.inject({ method: 'GET', url: `/media/${id}`, headers })).statusCode;
  assert.equal(await statusOf(fileId), 404, 'a draft shows nothing to a learner');
  await publishCourse(world.system, 'pictures');
  assert.deepEqual([await statusOf(fileId), await statusOf(unused.fileId)], [200, 404]);
});

test('another office’s unpublished file is not shown by naming it in a draft of one’s own', async () => {
  const of = (office: string): Ctx => {
    const ctx = world.as('author');
    const grants = [{ role: 'publisher', scopeId: world.officeId(office) }];
    return ctx.actor.kind === 'person' ? { ...ctx, actor: { ...ctx.actor, grants, personId: newId() } } : ctx;
  };
  const upload = { source: Readable.from([bytes]), name: 'कल का परिपत्र.pdf' };
  const { fileId } = await saveFile(of('SW'), world.runtime.storage, upload);
  const lesson = { code: 'l1', kind: 'pdf', title: 'पढ़ें', asset: { fileId, altText: 'परिपत्र' } };
  const kept = async (ctx: Ctx, code: string) => {
    await createCourse(ctx, courseInput.parse({ code, title: code, lessons: [lesson] }));
    const found = await sql<{ id: string | null }>`select k.file_id as id from lesson_content k
      join lesson l using (lesson_id) join course_version v using (course_version_id)
      join course c using (course_id) where c.code = ${code}`.execute(world.runtime.db.read);
    return found.rows[0]?.id;
  };
  assert.equal(await kept(of('HF'), 'borrowed'), null);
  assert.equal(await kept(of('SW'), 'shared-in-office'), fileId);
  await publishCourse(of('SW'), 'shared-in-office');
  assert.equal(await kept(of('HF'), 'after-publication'), fileId, 'what everybody may open is free to use');
});

test('what is no lesson is refused by its content: SVG, HTML, programs, whatever their names say', async () => {
  const contents = [
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    '<!doctype html><script>alert(1)</script>',
    'MZ\x90\0\x03',
    '#!/bin/sh\nid',
  ];
  for (const content of contents) {
    const upload = { source: Readable.from([Buffer.from(content)]), name: 'picture.png' };
    await assert.rejects(saveFile(world.system, world.runtime.storage, upload), { code: 'unsupported_type' });
  }
  const named = { source: Readable.from([bytes]), name: '../a/b\u202Efdp.exe' };
  assert.equal((await saveFile(world.system, world.runtime.storage, named)).name, 'bfdp.exe');
});

test('ranges are read as RFC 9110 says', () => {
  assert.deepEqual(rangeOf('bytes=-100', 1000), { start: 900, end: 999 });
  assert.deepEqual(rangeOf('bytes=990-5000', 1000), { start: 990, end: 999 });
  assert.deepEqual(rangeOf('bytes=5-', 1000), { start: 5, end: 999 });
  for (const whole of [undefined, 'bytes=1-2,4-5', 'lines=1-2', 'bytes=9-2', 'bytes=-'])
    assert.equal(rangeOf(whole, 1000), undefined, whole);
  for (const beyond of ['bytes=1000-', 'bytes=-0'])
    assert.equal(rangeOf(beyond, 1000), 'unsatisfiable', beyond);
});
