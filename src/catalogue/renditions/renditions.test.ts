import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { publishCourse } from '../publish-course.ts';
import { createCourse } from '../save-course.ts';
import { saveFile } from '../save-file.ts';
import { courseInput } from '../schema.ts';
import { ffmpegPath, kindsFor } from './kinds.ts';
import { makeRenditions } from './make-renditions.ts';
import { playableFiles, usualFile } from './played-file.ts';
import { renditionsOf } from './rendition-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'daksh-'));
const world = await openWorld();
after(() => world.close());
after(() => rmSync(folder, { recursive: true, force: true }));
const { storage } = world.runtime;
const ffmpeg = ffmpegPath();
const skip = ffmpeg ? false : 'this machine has no ffmpeg';
const none = { skip };

function film(): string {
  const path = join(folder, 'film.mp4');
  const sources = ['-f', 'lavfi', '-i', 'testsrc2=s=640x480:r=25:d=2', '-f', 'lavfi', '-i', 'sine=440:d=2'];
  const made = spawnSync(ffmpeg ?? '', [
    '-v',
    'error',
    '-y',
    ...sources,
    '-c:v',
    'libx264',
    '-crf',
    '10',
    '-c:a',
    'aac',
    path,
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  return path;
}

const keep = () => saveFile(world.system, storage, { source: createReadStream(film()), name: 'फ़िल्म.mp4' });

test(
  'a film gets two lighter films and its sound, which whoever may see the film may open',
  none,
  async () => {
    const { fileId } = await keep();
    const waiting = await renditionsOf(world.system, [fileId]);
    assert.deepEqual(
      waiting.map((one) => one.state),
      ['waiting', 'waiting', 'waiting'],
    );
    await makeRenditions(world.system, { storage }, fileId);
    const made = await renditionsOf(world.system, [fileId]);
    assert.deepEqual(
      made.map((one) => [one.kind, one.state]),
      [
        ['video360', 'made'],
        ['video144', 'made'],
        ['audio', 'made'],
      ],
    );
    const asset = { fileId, altText: 'क', transcript: 'क' };
    const lesson = { code: 'l1', kind: 'video', title: 'देखें', asset };
    await createCourse(world.system, courseInput.parse({ code: 'film', title: 'फ़िल्म', lessons: [lesson] }));
    const { headers } = await signedIn(world, 'sunita');
    const app = await world.app();
    const { rows } = await world.runtime.db.read
      .selectFrom('file_rendition')
      .select('made_file_id as id')
      .where('file_id', '=', fileId)
      .execute()
      .then((found) => ({ rows: found }));
    const statusOf = async (id: string) =>
      (await app.inject({ method: 'GET', url: `/media/${id}`, headers })).statusCode;
    for (const row of rows) assert.equal(await statusOf(row.id ?? ''), 404, 'a draft shows nothing');
    await publishCourse(world.system, 'film');
    for (const row of rows) assert.equal(await statusOf(row.id ?? ''), 200);
    const payload = { courseCode: 'film', language: 'hi' };
    const enrolled = await app.inject({ method: 'POST', url: '/api/v1/enrolments', headers, payload });
    assert.equal(enrolled.statusCode, 201, enrolled.body);
    const pageOf = async (more: string) =>
      (await app.inject({ method: 'GET', url: `/courses/film/lessons/l1${more}`, headers })).body;
    assert.match(await pageOf(''), /aria-current="true">360p/);
    assert.match(await pageOf('?as=audio'), /aria-current="true">केवल ऑडियो · [\d.]+ /);
  },
);

test('a program that fails is noted, and the next try goes on with it', none, async () => {
  const { fileId } = await keep();
  const broken = join(folder, 'ffmpeg');
  writeFileSync(broken, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const states = async () => (await renditionsOf(world.system, [fileId])).map((one) => one.state);
  await makeRenditions(world.system, { storage, ffmpeg: broken }, fileId);
  assert.deepEqual(await states(), ['failed', 'failed', 'failed']);
  await makeRenditions(world.system, { storage }, fileId);
  assert.deepEqual(await states(), ['made', 'made', 'made']);
});

test('speech that is light already is not made anew; a film plays in its middle size', () => {
  const sound = { contentType: 'audio/mpeg', durationSeconds: 100 };
  assert.deepEqual(kindsFor({ ...sound, bytes: 400_000 }), []);
  assert.deepEqual(kindsFor({ ...sound, bytes: 1_600_000 }), ['audio']);
  assert.deepEqual(kindsFor({ ...sound, contentType: 'application/pdf', bytes: 1 }), []);
  const made = (kind: 'video360' | 'video144', bytes: number) => ({
    kind,
    fileId: kind,
    bytes,
    contentType: 'video/mp4',
  });
  const content = {
    fileId: 'film',
    fileBytes: 900,
    fileType: 'video/mp4',
    renditions: [made('video360', 300), made('video144', 100)],
  };
  assert.deepEqual(
    playableFiles(content).map((file) => file.kind),
    ['video144', 'video360', 'original'],
  );
  assert.equal(usualFile(content)?.kind, 'video360');
  assert.equal(usualFile({ ...content, renditions: [] })?.kind, 'original');
});
