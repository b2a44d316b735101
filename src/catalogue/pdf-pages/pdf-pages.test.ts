import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { plainPdf } from '../../../test/pdf.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { workName } from '../../kernel/left-behind.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { renderPdf } from '../../kernel/typst.ts';
import { publishCourse } from '../publish-course.ts';
import { createCourse } from '../save-course.ts';
import { saveFile } from '../save-file.ts';
import { courseInput } from '../schema.ts';
import { removeLeftFolders } from '../work-folders.ts';
import { drawPages } from './draw-pages.ts';

const world = await openWorld();
after(() => world.close());
const { storage } = world.runtime;
const app = await world.app();

const keep = (pdf: Buffer) =>
  saveFile(world.system, storage, { source: Readable.from([pdf]), name: 'n.pdf' });

async function published(code: string, pdf: Buffer, more: object = {}): Promise<string> {
  const { fileId } = await keep(pdf);
  await drawPages(world.system, storage, fileId);
  const asset = { fileId, altText: 'नियम' };
  const lesson = { code: 'l1', kind: 'pdf', title: 'नियम', asset, ...more };
  await createCourse(world.system, courseInput.parse({ code, title: 'नियम', lessons: [lesson] }));
  await publishCourse(world.system, code);
  return fileId;
}

test('pages are counted at upload, packed object streams included; what is no PDF inside is said', async () => {
  assert.equal((await keep(plainPdf(5))).pageCount, 5);
  const packed = await renderPdf('#set document(title: "t")\nएक\n#pagebreak()\nदो\n#pagebreak()\nतीन', {});
  assert.equal((await keep(packed)).pageCount, 3);
  const { rows } = await world.runtime.db.read
    .selectFrom('file')
    .select('pages_fault')
    .where('file_id', '=', (await keep(Buffer.from('%PDF-1.4\nnothing'))).fileId)
    .execute()
    .then((rows) => ({ rows }));
  assert.equal(rows[0]?.pages_fault, 'unreadable');
});

test('pages are pictures for whoever may open the PDF; without script they are turned and counted', async () => {
  const fileId = await published('rules', plainPdf(3), { durationMinutes: 1.25 });
  const { headers } = await signedIn(world, 'sunita');
  const picture = await app.inject({ url: `/media/${fileId}/pages/2`, headers });
  assert.equal(picture.statusCode, 200);
  assert.match(gunzipSync(picture.rawPayload).toString(), /^<svg/);
  assert.equal((await app.inject({ url: `/media/${fileId}/pages/4`, headers })).statusCode, 404);
  const payload = { courseCode: 'rules', language: 'hi' };
  const enrolled = await app.inject({ method: 'POST', url: '/api/v1/enrolments', headers, payload });
  const { pages } = enrolled.json().lessons[0].conditions[0];
  assert.deepEqual(pages, { count: 3, required: 3, done: 0 });
  const url = '/courses/rules/lessons/l1';
  const read = async (page: number, seconds: number) => {
    const shownAt = world.clock.now().getTime();
    world.clock.set(new Date(shownAt + seconds * 1000));
    const form = { shownAt, page, to: Math.min(3, page + 1) };
    return app.inject({ method: 'POST', url: `${url}/pages`, headers, payload: form });
  };
  await app.inject({ method: 'POST', url: `${url}/opening`, headers });
  assert.equal((await read(1, 6)).headers.location, `${url}?page=2`);
  await read(2, 1);
  const half = (await app.inject({ url: `${url}?page=3`, headers })).body;
  assert.match(half, /3 में से 1 पृष्ठ हुए/);
  assert.match(half, /पृष्ठ 3 \/ 3/);
  assert.match(half, /<a href="\?page=2">2–3<\/a>/);
  await read(2, 6);
  const last = await read(3, 6);
  assert.equal(last.headers.location, '/courses/rules');
});

test('pages that are claimed faster than the clock allows earn what the clock allows', async () => {
  await published('fast', plainPdf(10), { durationMinutes: 10, seenShare: 0.5 });
  const { headers } = await signedIn(world, 'imran');
  const payload = { courseCode: 'fast', language: 'hi' };
  const enrolled = await app.inject({ method: 'POST', url: '/api/v1/enrolments', headers, payload });
  const at = { enrolmentId: enrolled.json().id, lessonId: enrolled.json().lessons[0].id };
  assert.equal(enrolled.json().lessons[0].conditions[0].pages.required, 5);
  const report = async (seconds: number, pages: number[]) =>
    (
      await app.inject({
        ...{ method: 'POST', url: '/api/v1/engagement', headers },
        payload: { ...at, seconds, pages },
      })
    ).json();
  await report(0, []);
  world.clock.set(new Date(world.clock.now().getTime() + 12_000));
  const claimed = await report(300, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.ok(claimed.doneSeconds <= 24 && !claimed.lessonMet, JSON.stringify(claimed));
});

const isLinux = existsSync('/proc/self/cmdline');
test('a drawer ends with the server that was killed, and the folder it worked in is swept', {
  skip: isLinux ? false : 'not run: processes are looked up as Linux lists them',
}, async () => {
  const { dataDir } = world.runtime.config;
  // Reading it waits for a writer who never comes.
  const endless = join(dataDir, 'endless.pdf');
  execFileSync('mkfifo', [endless]);
  const program = `import { runDrawer } from '${join(projectRoot(), 'src/catalogue/pdf-pages/run-drawer.ts')}';
    for await (const line of runDrawer(['count', '${endless}'], 600_000)) console.log(line);`;
  const words = ['--import', 'tsx', '--input-type=module', '-e', program];
  const server = spawn(process.execPath, words, { stdio: 'ignore' });
  await until(() => linesOf(endless).some((line) => line.includes('pdf-pages/drawer.ts\0count')));
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
  await until(() => linesOf(endless).length === 0);

  const left = join(dataDir, 'uploads', workName('pages').replace(`-${process.pid}-`, `-${server.pid}-`));
  mkdirSync(left, { recursive: true });
  assert.equal(await removeLeftFolders(world.runtime.config), 1);
  assert.equal(existsSync(left), false);
});

/** Command lines of the processes that name a file. */
function linesOf(file: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine)
    .filter((line) => line.includes(file));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It has ended meanwhile.
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let n = 0; n < 300 && !isTrue(); n += 1) await setTimeout(50);
  assert.ok(isTrue());
}
