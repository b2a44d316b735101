import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { projectRoot } from '../src/kernel/project-root.ts';
import { enrolLearner } from '../src/learning/index.ts';
import { freePort } from '../test/program.ts';
import { signedIn } from '../test/signed-in.ts';
import { openWorld } from '../test/world.ts';

// Whether the server grows: a mixed light load for long, memory read each ten seconds. The least of each minute
// counts, since what lies above it is only what has not been collected yet; the first third is warming up.
// node --import tsx bench/soak.ts [MINUTES] [MOST_MB_AN_HOUR]      exit 1 where it grows by more

const [minutes = 30, mostAnHour = 24] = process.argv.slice(2).map(Number);
const clients = 8;
const thinkMs = 80;

const folder = mkdtempSync(join(tmpdir(), 'daksh-soak-'));
const world = await openWorld({ now: new Date().toISOString() });
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const learners = await Promise.all(['sunita', 'imran', 'pushpa', 'kamla'].map(learner));
const officer = (await signedIn(world, 'ramesh')).headers;
const leader = (await signedIn(world, 'secretary')).headers;

type Ask = { path: string; headers?: Record<string, string>; body?: string };

/** Mostly people who learn, now and then somebody who leads, desks or strangers. */
function nextAsk(turn: number): Ask {
  const one = learners[turn % learners.length];
  if (!one) throw new Error('nobody learns');
  const asks: Ask[] = [
    { path: '/', headers: one.headers },
    { path: '/api/v1/engagement', headers: one.headers, body: one.report },
    { path: '/courses?q=%E0%A4%B8%E0%A5%8B%E0%A4%95', headers: one.headers },
    { path: '/api/v1/engagement', headers: one.headers, body: one.report },
    { path: `/courses/${one.code}`, headers: one.headers },
    { path: '/profile', headers: one.headers },
    { path: '/office', headers: officer },
    { path: '/office/people', headers: officer },
    { path: '/api/v1/offices/SW/summary', headers: leader },
    { path: '/sign-in' },
    { path: '/no-such-page' },
    { path: '/metrics' },
  ];
  const ask = asks[Math.floor(turn / learners.length) % asks.length];
  if (!ask) throw new Error('nothing to ask');
  return ask;
}

const server = spawn(join(projectRoot(), 'bin', 'daksh'), ['serve'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    DATABASE_URL: world.runtime.config.databaseUrl,
    DAKSH_DATA_DIR: folder,
    DAKSH_SECRET: world.runtime.secret,
    HOST: '127.0.0.1',
    PORT: String(port),
    BASE_URL: base,
  },
});
const answers = new Map<number, number>();
const least: number[] = [];

await untilReady();
const end = performance.now() + minutes * 60_000;
await Promise.all([...Array.from({ length: clients }, (_, n) => askOn(n)), watch()]);
const anHour = growthAnHour(least.slice(Math.ceil(least.length / 3)));
say(`answers: ${JSON.stringify(Object.fromEntries(answers))}`);
say(`growth: ${anHour.toFixed(1)} MB an hour (at most ${mostAnHour})`);
server.kill('SIGTERM');
const [status] = await once(server, 'exit');
await world.close();
rmSync(folder, { recursive: true, force: true });
const hasErrors = [...answers.keys()].some((one) => one === 0 || one >= 500);
process.exit(status === 0 && !hasErrors && anHour <= mostAnHour ? 0 : 1);

async function learner(key: string) {
  const code = `SOAK-${key}`;
  const lesson = { code: 'text', kind: 'text', title: 'पाठ', body: '# पाठ', minimumSeconds: 86_400 };
  const title = { hi: `सोक ${key}`, en: `Soak ${key}` };
  await createCourse(world.system, courseInput.parse({ code, title, lessons: [lesson] }));
  await publishCourse(world.system, code);
  const { enrolment } = await enrolLearner(world.as(key), { courseCode: code });
  const { headers } = await signedIn(world, key);
  const report = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id, seconds: 1 };
  return { code, headers, report: JSON.stringify(report) };
}

async function askOn(client: number): Promise<void> {
  for (let turn = client; performance.now() < end; turn += clients + 1) {
    const status = await ask(nextAsk(turn)).catch(() => 0);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    await rest(thinkMs * (0.5 + Math.random()));
  }
}

async function ask({ path, headers, body }: Ask): Promise<number> {
  const sent = body
    ? { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }
    : { headers };
  const answer = await fetch(base + path, { ...sent, redirect: 'manual' });
  await answer.arrayBuffer();
  return answer.status;
}

async function watch(): Promise<void> {
  let ofMinute: number[] = [];
  for (let sample = 1; performance.now() < end; sample += 1) {
    await rest(10_000);
    ofMinute.push(await residentMegabytes());
    if (sample % 6 !== 0) continue;
    least.push(Math.min(...ofMinute));
    say(`${sample / 6} min: ${least.at(-1)?.toFixed(0)} MB`);
    ofMinute = [];
  }
}

async function residentMegabytes(): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text();
  const found = [...text.matchAll(/^process_resident_memory_bytes\{.*\} (\S+)$/gm)];
  return found.reduce((sum, [, bytes]) => sum + Number(bytes), 0) / 1e6;
}

/** The slope of the line through a value each minute. */
function growthAnHour(values: number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rise = values.reduce((sum, value, minute) => sum + (minute - middle) * (value - mean), 0);
  const run = values.reduce((sum, _, minute) => sum + (minute - middle) ** 2, 0);
  return run === 0 ? 0 : (rise / run) * 60;
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await fetch(`${base}/readyz`).catch(() => undefined))?.ok) return;
    await rest(200);
  }
  throw new Error('the server did not get ready');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
