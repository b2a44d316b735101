import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../../catalogue/index.ts';
import { features } from '../../features.ts';
import { enrolLearner } from '../../learning/index.ts';
import { identify } from '../../people/index.ts';
import { renderProblem } from '../../shell/site/index.ts';
import { createApp } from './app.ts';
import { loadClassOf } from './load-classes.ts';
import { Places } from './places.ts';

const timeout = 20_000;
const world = await openWorld({ database: { poolSize: 4, patienceMs: 5000 } });
after(() => world.close());
world.runtime.config.reportsAtOnce = 2;
const { db } = world.runtime;
const app = await world.app();
const [learner, anita, ramesh] = await Promise.all(
  ['sunita', 'anita', 'ramesh'].map((key) => signedIn(world, key)),
);
const report = await engagementReport();

async function engagementReport() {
  const lesson = { code: 'text', kind: 'text', title: 'पाठ', body: '# पाठ', minimumSeconds: 86_400 };
  const title = { hi: 'भार', en: 'Load' };
  await createCourse(world.system, courseInput.parse({ code: 'LOAD', title, lessons: [lesson] }));
  await publishCourse(world.system, 'LOAD');
  const { enrolment } = await enrolLearner(world.as('sunita'), { courseCode: 'LOAD' });
  return { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id, seconds: 1 };
}

function engage() {
  return app.inject({
    method: 'POST',
    url: '/api/v1/engagement',
    headers: learner?.headers ?? {},
    payload: report,
  });
}

function home() {
  return app.inject({ url: '/', headers: learner?.headers ?? {} });
}

function preview(who = anita) {
  const payload = { subject: 'people', office: 'SW-BBK', groups: ['group'], measures: ['registered'] };
  return app.inject({ method: 'POST', url: '/api/v1/reports/preview', headers: who?.headers ?? {}, payload });
}

type Answers = Awaited<ReturnType<typeof app.inject>>[];

function withStatus(answers: Answers, status: number): number {
  return answers.filter((answer) => answer.statusCode === status).length;
}

/** All connections of a pool, so that whatever needs one hangs. */
async function holdAll(pool: typeof db.pool, also = 0) {
  const clients = await Promise.all(Array.from({ length: pool.options.max ?? 0 }, () => pool.connect()));
  const more = Array.from({ length: also }, async () => (await pool.connect()).release());
  return async () => {
    for (const client of clients) client.release();
    await Promise.all(more);
  };
}

test('a flood of reports takes the places of reports and no more: engagement and home are all answered', {
  timeout,
}, async () => {
  const free = await holdAll(db.bulk);
  const flood = Array.from({ length: 40 }, (_, index) => preview(index % 2 ? anita : ramesh));
  const [engaged, homes] = await Promise.all([
    Promise.all(Array.from({ length: 30 }, engage)),
    Promise.all(Array.from({ length: 10 }, home)),
  ]);
  await free();
  const answers = await Promise.all(flood);
  assert.equal(withStatus(engaged, 200), 30);
  assert.equal(withStatus(homes, 200), 10);
  assert.equal(withStatus(answers, 200), 10, 'two under way and eight in the queue');
  const refused = answers.filter((answer) => answer.statusCode === 503);
  assert.equal(refused.length, 30);
  assert.equal(refused[0]?.headers['retry-after'], '5');
  assert.equal(refused[0]?.json().code, 'busy');
  const { body } = await app.inject({ url: '/metrics' });
  assert.match(body, /^daksh_http_shed_total\{route="\/api\/v1\/reports\/preview",class="reports"\} 30$/m);
  assert.match(body, /^daksh_http_reports\{process="0",state="busy"\} 0$/m);
});

test('where people wait for connections, reports give way first, then the desk, learners never', {
  timeout,
}, async () => {
  const desk = () => app.inject({ url: '/office/help', headers: anita?.headers ?? {} });
  for (const { waiting, statuses } of [
    { waiting: 4, statuses: { reports: 503, desk: 200, learning: 200, health: 200 } },
    { waiting: 16, statuses: { reports: 503, desk: 503, learning: 200, health: 200 } },
  ]) {
    const free = await holdAll(db.pool, waiting);
    try {
      const found = {
        reports: (await preview()).statusCode,
        desk: (await desk()).statusCode,
        learning: (await home()).statusCode,
        health: (await app.inject({ url: '/healthz' })).statusCode,
      };
      assert.deepEqual(found, statuses, `${waiting} waiting`);
    } finally {
      await free();
    }
  }
  assert.equal((await preview()).statusCode, 200, 'over as soon as nobody waits');
});

test('the further the event loop is behind, the more give way; health is always told', {
  timeout,
}, async () => {
  let loopDelayMs = 0;
  const parts = { runtime: world.runtime, features, identify, renderProblem };
  const late = await createApp({ ...parts, loopDelayMs: () => loopDelayMs });
  const { headers } = anita ?? {};
  const asked = ['/office/persons/export.csv', '/office/help', '/', '/healthz'];
  const statuses = async (delay: number) => {
    loopDelayMs = delay;
    const answers = await Promise.all(asked.map((url) => late.inject({ url, headers: headers ?? {} })));
    return answers.map(({ statusCode }) => statusCode === 503);
  };
  assert.deepEqual(await statuses(200), [false, false, false, false]);
  assert.deepEqual(await statuses(300), [true, false, false, false]);
  assert.deepEqual(await statuses(1500), [true, true, false, false]);
  assert.deepEqual(await statuses(4000), [true, true, true, false]);
  await late.close();
});

test('whoever is turned away reads why in his language, and can try again', { timeout }, async () => {
  const free = await holdAll(db.pool, 16);
  const ask = (language: string) =>
    app.inject({
      url: '/office/persons/export.csv?q=1',
      headers: { ...anita?.headers, cookie: `${anita?.headers['cookie']}; language=${language}` },
    });
  const [hindi, english] = await Promise.all([ask('hi'), ask('en')]);
  await free();
  assert.equal(hindi.statusCode, 503);
  assert.equal(hindi.headers['retry-after'], '5');
  assert.match(
    hindi.body,
    /पहले सीखने वालों का काम[\s\S]*href="\/office\/persons\/export\.csv\?q=1"[\s\S]*फिर प्रयास करें/,
  );
  assert.match(english.body, /learners come first[\s\S]*Try again/);
});

test('nobody has more than half of the places, and the others pass him in the queue', {
  timeout,
}, async () => {
  const places = new Places({ most: 2, mostWaiting: 2, patienceMs: 10_000 });
  const stays = new AbortController().signal;
  assert.equal(await places.take('a', stays), true);
  const second = places.take('a', stays);
  assert.equal(await places.take('b', stays), true, 'while a waits');
  const third = places.take('c', stays);
  assert.equal(await places.take('d', stays), false, 'the queue is full');
  places.leave('b');
  assert.equal(await third, true, 'a has his half');
  places.leave('a');
  assert.equal(await second, true);
  assert.deepEqual([places.busy, places.queued], [2, 0]);
});

test('one person who asks again and again leaves others a free place, and half of the queue', {
  timeout,
}, async () => {
  const places = new Places({ most: 3, mostWaiting: 12, patienceMs: 10_000 });
  const [first, others] = [new AbortController(), new AbortController()];
  for (let asked = 0; asked < 14; asked += 1) void places.take('a', first.signal);
  assert.deepEqual([places.busy, places.queued], [2, 6]);
  assert.equal(await places.take('b', others.signal), true, 'a place is free');
  for (let asked = 0; asked < 14; asked += 1) void places.take('b', others.signal);
  assert.equal(places.queued, 12);
  first.abort();
  assert.equal(places.queued, 6);
  const third = places.take('c', others.signal);
  for (const owner of ['b', 'a', 'a']) places.leave(owner);
  assert.equal(await third, true, 'b has his half, and whoever stands behind him passes');
  others.abort();
});

test('whoever waits too long, or is gone, leaves the queue', { timeout }, async () => {
  const places = new Places({ most: 1, mostWaiting: 2, patienceMs: 50 });
  const gone = new AbortController();
  assert.equal(await places.take('a', gone.signal), true);
  assert.equal(await places.take('b', new AbortController().signal), false);
  const left = places.take('c', gone.signal);
  gone.abort();
  assert.equal(await left, false);
  assert.deepEqual([places.busy, places.queued], [1, 0]);
});

test('whoever is gone before it is known who asks keeps no place', { timeout }, async () => {
  const known = Promise.withResolvers<void>();
  const identifyOnceGone: typeof identify = async (asking, runtime) => {
    if (!client.destroyed) {
      client.destroy();
      await once(asking.raw.socket, 'close');
    }
    const found = await identify(asking, runtime);
    known.resolve();
    return found;
  };
  const parts = { runtime: world.runtime, features, identify: identifyOnceGone, renderProblem };
  const late = await createApp(parts);
  await late.listen({ port: 0, host: '127.0.0.1' });
  const { port } = late.server.address() as AddressInfo;
  const asked = { url: '/office/persons/export.csv', headers: anita?.headers ?? {} };
  const client = request({ port, path: asked.url, headers: asked.headers });
  client.on('error', () => undefined).end();
  try {
    await known.promise;
    assert.equal((await late.inject(asked)).statusCode, 200, 'the only place that one person gets');
  } finally {
    await late.close();
  }
});

test('a class is told by the address and by whom a route lets in', () => {
  const of = (url: string, config: Parameters<typeof loadClassOf>[0]['config']) =>
    loadClassOf({ url, config });
  const roles = { roles: ['nodal'] };
  assert.equal(of('/api/v1/engagement', { access: 'person' }), 'learning');
  assert.equal(of('/passbook.pdf', { access: 'person' }), 'learning');
  assert.equal(of('/api/v1/persons', { access: roles }), 'desk');
  assert.equal(of('/office', { access: 'signed-in' }), 'desk');
  assert.equal(of('/office/offices/:code/training.:format', { access: roles }), 'reports');
  assert.equal(of('/office/reports/new', { access: roles, load: 'reports' }), 'reports');
});
