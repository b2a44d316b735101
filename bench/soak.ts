import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { todayInIndia } from '../src/kernel/dates.ts';
import { projectRoot } from '../src/kernel/project-root.ts';
import { enrolLearner } from '../src/learning/index.ts';
import { withMeasured } from '../src/operation/bench/report.ts';
import { machine } from '../src/operation/bench/result.ts';
import { makeToken } from '../src/people/index.ts';
import { freePort } from '../test/program.ts';
import { signedIn } from '../test/signed-in.ts';
import { openWorld } from '../test/world.ts';
import { judge, type Sample, type Verdict } from './soak-verdict.ts';

// Whether the server grows: a mixed light load for long on 127.0.0.1; memory, file handles and connections are
// looked at each ten seconds.
// node bin/run.mjs bench/soak.ts [MINUTES] [--write]      exit 1 where a request fails or something grows
// --write keeps the result in docs/benchmarks/soak.json and docs/benchmarks.md

const [minutesWanted = '30', ...flags] = process.argv.slice(2);
const minutes = Number(minutesWanted);
const mostAnHour = 24;
const clients = 8;
const thinkMs = 80;

const folder = mkdtempSync(join(tmpdir(), 'daksh-soak-'));
const world = await openWorld({ now: new Date().toISOString() });
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const learners = await Promise.all(['sunita', 'imran', 'pushpa', 'kamla'].map(learner));
const officer = (await signedIn(world, 'ramesh')).headers;
const leader = (await signedIn(world, 'secretary')).headers;
const certified = await holder();

type Ask = { path: string; headers?: Record<string, string>; body?: string; status?: number };

/** Mostly people who learn, now and then somebody who leads, desks or strangers. */
const asks: ((one: (typeof learners)[number]) => Ask)[] = [
  ({ headers }) => ({ path: '/', headers }),
  ({ headers, report }) => ({ path: '/api/v1/engagement', headers, body: report }),
  ({ headers }) => ({ path: '/courses?q=%E0%A4%B8%E0%A5%8B%E0%A4%95', headers }),
  ({ headers, report }) => ({ path: '/api/v1/engagement', headers, body: report }),
  ({ headers, code }) => ({ path: `/courses/${code}`, headers }),
  ({ headers }) => ({ path: '/profile', headers }),
  () => ({ path: '/office', headers: officer, status: 303 }),
  () => ({ path: '/office/offices/SW-BBK/training', headers: officer }),
  () => ({ path: '/office/persons', headers: officer }),
  () => ({ path: '/api/v1/offices/SW/summary', headers: leader }),
  () => ({ path: '/api/v1/review/SW', headers: leader }),
  () => ({ path: '/api/v1/reports/preview', headers: officer, body: report }),
  // Half as often as the rest: strangers from one address may check 300 certificates a minute.
  () => ({ path: Math.random() < 0.5 ? `/verify/${certified.number}` : '/sign-in' }),
  () => ({ path: `/certificates/${certified.number}.pdf`, headers: certified.headers }),
  () => ({ path: '/sign-in' }),
  () => ({ path: '/no-such-page', status: 404 }),
  () => ({ path: '/metrics' }),
];
const report = JSON.stringify({
  ...{ subject: 'people', groups: ['designation'], measures: ['registered'], office: 'SW-BBK' },
});

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
    WEB_PROCESSES: '1',
  },
});
const samples: Sample[] = [];
const failures = new Map<string, number>();
let answered = 0;

await untilReady();
const end = performance.now() + minutes * 60_000;
await Promise.all([...Array.from({ length: clients }, (_, n) => askOn(n)), watch()]);
server.kill('SIGTERM');
const [status] = await once(server, 'exit');
if (status !== 0) failed(`the server ended with ${status}`);
await world.close();
rmSync(folder, { recursive: true, force: true });
const found = {
  ...{ day: todayInIndia({ now: () => new Date() }), machine: machine(), minutes, clients },
  ...{ requests: answered, failures: Object.fromEntries(failures) },
  ...judge(samples, { failed: [...failures.values()].reduce((sum, n) => sum + n, 0), mostAnHour }),
};
say(JSON.stringify(found, null, 1));
if (flags.includes('--write')) keep(found);
process.exit(found.verdict === 'fails' || found.verdict === 'grows' ? 1 : 0);

/** In a course that nobody completes: reports go on being credited. */
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

/** Somebody with a certificate, by way of the API. */
async function holder() {
  const app = await world.app();
  const headers = { authorization: `Bearer ${await makeToken(world.system, { employeeCode: 'SW2001' })}` };
  const quiz = { questions: [{ code: 'q', kind: 'numeric', text: '1 + 1', answer: 2 }] };
  const lesson = { code: 'quiz', kind: 'quiz', title: 'प्रश्न', durationMinutes: 5, quiz };
  const title = { hi: 'प्रमाणपत्र', en: 'Certificate' };
  await createCourse(world.system, courseInput.parse({ code: 'SOAK-QUIZ', title, lessons: [lesson] }));
  await publishCourse(world.system, 'SOAK-QUIZ');
  const post = async (path: string, payload: object) =>
    (await app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })).json();
  const { id, lessons } = await post('/enrolments', { courseCode: 'SOAK-QUIZ' });
  await post('/engagement', { enrolmentId: id, lessonId: lessons[0].id, seconds: 0 });
  await post(`/enrolments/${id}/lessons/${lessons[0].id}/attempts`, { answers: { q: 2 } });
  const { items } = (await app.inject({ url: '/api/v1/me/certificates', headers })).json();
  return { headers, number: String(items[0].certificateNo) };
}

async function askOn(client: number): Promise<void> {
  for (let turn = client; performance.now() < end; turn += clients + 1) {
    const one = learners[turn % learners.length];
    const next = asks[Math.floor(turn / learners.length) % asks.length];
    if (!one || !next) throw new Error('nothing to ask');
    const wanted = next(one);
    const status = await ask(wanted).catch(() => 0);
    answered += 1;
    if (status !== (wanted.status ?? 200)) failed(`${wanted.path.split('?')[0]}: ${status}`);
    await rest(thinkMs * (0.5 + Math.random()));
  }
}

function failed(what: string): void {
  failures.set(what, (failures.get(what) ?? 0) + 1);
}

async function ask({ path, headers, body }: Ask): Promise<number> {
  const sent = body
    ? { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }
    : { headers };
  const signal = AbortSignal.timeout(30_000);
  const answer = await fetch(base + path, { ...sent, redirect: 'manual', signal });
  await answer.arrayBuffer();
  return answer.status;
}

async function watch(): Promise<void> {
  for (let next = performance.now(); performance.now() < end; ) {
    next += 10_000;
    await rest(Math.max(0, next - performance.now()));
    const sample = await look();
    samples.push(sample);
    if (samples.length % 6 === 0)
      say(
        `${samples.length / 6} min: ${sample.megabytes.toFixed(0)} MB, ${sample.handles} handles, ${sample.connections} connections, ${answered} answers`,
      );
  }
}

/** `bin/daksh` becomes the server: the process is that of the shell script. */
async function look(): Promise<Sample> {
  const process = `/proc/${server.pid}`;
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`${process}/status`, 'utf8'))?.[1];
  const found = await sql<{ count: number }>`select count(*) as count from pg_stat_activity
    where datname = current_database()`.execute(world.runtime.db.read);
  return {
    megabytes: Number(kilobytes) / 1000,
    handles: readdirSync(`${process}/fd`).length,
    connections: found.rows[0]?.count ?? 0,
  };
}

type Found = Verdict & { day: string; machine: string; minutes: number; requests: number };

function keep(result: Found): void {
  const docs = join(projectRoot(), 'docs');
  writeFileSync(join(docs, 'benchmarks/soak.json'), `${JSON.stringify(result, null, 1)}\n`);
  const { megabytes, handles, connections } = result;
  const line = [
    ...[result.day, result.machine, String(result.minutes), result.requests.toLocaleString('en-IN')],
    `${megabytes.warm} to ${megabytes.end} MB: ${megabytes.anHour} ± ${megabytes.giveOrTake} an hour`,
    `${handles.warm} to ${handles.end}, most ${handles.most}`,
    `${connections.warm} to ${connections.end}, most ${connections.most}`,
    [`**${result.verdict}**`, ...result.reasons].join('; '),
  ].join(' | ');
  const head =
    '| day | machine | minutes | requests | memory after warming up | file handles | connections | verdict |';
  const table = [head, '|---|---|---|---|---|---|---|---|', `| ${line} |`].join('\n');
  const path = join(docs, 'benchmarks.md');
  writeFileSync(path, withMeasured(readFileSync(path, 'utf8'), table, 'soak'));
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
