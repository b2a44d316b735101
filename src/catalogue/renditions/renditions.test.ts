import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { publishCourse } from '../publish-course.ts';
import { createCourse } from '../save-course.ts';
import { saveFile } from '../save-file.ts';
import { courseInput } from '../schema.ts';
import { makeWorkFolder, removeLeftFolders } from '../work-folders.ts';
import { renditionCommands } from './commands.ts';
import { ffmpegPath, kindsFor } from './kinds.ts';
import { makeRenditions } from './make-renditions.ts';
import { planMissingRenditions, retryRenditions } from './plan-renditions.ts';
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

test(
  'an author tries again what failed, on record; another office, a learner and a whole copy cannot',
  none,
  async () => {
    const { fileId } = await keep();
    const broken = join(folder, 'ffmpeg');
    writeFileSync(broken, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const states = async () => (await renditionsOf(world.system, [fileId])).map((one) => one.state);
    const retry = (key: string) => retryRenditions(world.as(key), fileId);
    await assert.rejects(retry('operator'), { code: 'not_found' }, 'nothing has failed yet');
    await makeRenditions(world.system, { storage, ffmpeg: broken }, fileId);
    await assert.rejects(retry('sunita'), { code: 'forbidden' });
    await retry('operator');
    assert.deepEqual(await states(), ['waiting', 'waiting', 'waiting']);
    const { rows } = await sql<{ id: string }>`select subject_id as id from audit_event
    where action = 'file.renditions_retried'`.execute(world.runtime.db.read);
    assert.deepEqual(rows, [{ id: fileId }]);
    await assert.rejects(retry('operator'), { code: 'not_found' }, 'they wait again already');
  },
);

test(
  'the walker queues recordings kept before ffmpeg was there, and the command says how many',
  none,
  async () => {
    const { fileId } = await keep();
    await sql`delete from file_rendition where file_id = ${fileId}`.execute(world.runtime.db.read);
    await sql`update file set renditions_planned_at = null where file_id = ${fileId}`.execute(
      world.runtime.db.read,
    );
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const line = { args: [], flags: { json: true as const }, print: say, printError: say };
    const [command] = renditionCommands;
    assert.equal(await command?.run(world.system, line, world.runtime), 0);
    const told = JSON.parse(said.join(''));
    assert.equal(told.planned, 1);
    assert.ok(told.waiting >= 3, said.join(''));
    assert.equal((await renditionsOf(world.system, [fileId])).length, 3);
    assert.equal(await planMissingRenditions(world.system), 0, 'asked again, nothing is left to queue');
  },
);

test(
  'the program dies with the process that began it, and its folder goes at the next start',
  none,
  async () => {
    const { fileId } = await keep();
    const slow = join(folder, 'slow');
    const noted = join(folder, 'pid');
    writeFileSync(slow, `#!/bin/sh\necho $$ > ${noted}\nexec sleep 600\n`, { mode: 0o755 });
    const { dataDir } = world.runtime.config;
    const program = `import { runProgram } from '${join(projectRoot(), 'src/catalogue/renditions/make-renditions.ts')}';
    await runProgram('${slow}', { kind: 'audio', from: '/dev/null', to: '/dev/null' }, async () => undefined);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: 'ignore',
    });
    const isAlive = (pid: number) =>
      existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`).length > 0;
    const until = async (isTrue: () => boolean) => {
      for (let n = 0; n < 200 && !isTrue(); n += 1) await setTimeout(50);
      assert.ok(isTrue());
    };
    await until(() => existsSync(noted) && readFileSync(noted, 'utf8').trim() !== '');
    const pid = Number(readFileSync(noted, 'utf8'));
    // Between two programs of one process its command line is empty for a moment.
    await until(() => isAlive(pid));
    child.kill('SIGKILL');
    await until(() => !isAlive(pid));
    assert.ok(fileId);

    const left = join(dataDir, 'uploads', `rendition-${hostname()}-${child.pid}-abcdef`);
    mkdirSync(left, { recursive: true });
    const own = await makeWorkFolder(world.runtime.config, 'rendition');
    assert.equal(await removeLeftFolders(world.runtime.config), 1);
    assert.deepEqual([existsSync(left), existsSync(own)], [false, true]);
    rmSync(own, { recursive: true });
  },
);
