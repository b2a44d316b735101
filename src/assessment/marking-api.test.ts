import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { enrolLearner } from '../learning/index.ts';
import { beginPaper } from './begin-paper.ts';
import { saveAnswer } from './save-answer.ts';
import { submitPaper } from './submit-paper.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const author = await signedIn(world, 'author');
const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
  const reply = await app.inject({ method, url, headers: author.headers, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.body === '' ? null : reply.json() };
};

const rubric = [
  { code: 'a', text: 'पहला बिंदु', share: 0.5 },
  { code: 'b', text: 'दूसरा बिंदु', share: 0.5 },
];
const written = { code: 'why', kind: 'short', text: 'क्यों?', points: 4, rubric };

async function handedIn(key: string): Promise<string> {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'api-written' });
  const at = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id ?? '' };
  const { paperId } = await beginPaper(ctx, at);
  await saveAnswer(ctx, { paperId, place: 0, answer: 'क्योंकि यह आवश्यक है' });
  await submitPaper(ctx, paperId);
  return paperId;
}

test('a program makes a bank, renames it, takes a question out and back, and makes a blueprint', async () => {
  assert.equal((await call('POST', '/api/v1/banks', { code: 'api-bank', title: 'बैंक' })).status, 201);
  const named = await call('PUT', '/api/v1/banks/api-bank', { title: { hi: 'नया नाम' }, revision: 1 });
  assert.deepEqual([named.status, named.body.title.hi, named.body.revision], [200, 'नया नाम', 2]);
  assert.equal((await call('PUT', '/api/v1/banks/api-bank', { title: 'पुराना', revision: 1 })).status, 409);
  const url = '/api/v1/banks/api-bank/questions';
  assert.equal((await call('POST', url, { questions: [written] })).status, 201);
  assert.equal((await call('DELETE', `${url}/why`)).status, 204);
  assert.deepEqual((await call('GET', url)).body.items, []);
  assert.equal((await call('GET', `${url}?state=retired`)).body.items.length, 1);
  assert.equal((await call('POST', `${url}/why/restoration`)).body.isRetired, false);
  assert.equal((await call('POST', `${url}/nothing/restoration`)).status, 404);
  const rules = { sections: [{ parts: [{ bank: 'api-bank', count: 1 }] }], passShare: 0.5 };
  assert.equal(
    (await call('POST', '/api/v1/blueprints', { code: 'api-test', title: 'परीक्षा', rules })).status,
    201,
  );
  const lessons = [{ code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: 'api-test' } }];
  await createCourse(
    world.as('author'),
    courseInput.parse({ code: 'api-written', title: 'लिखित', language: 'hi', lessons }),
  );
  await publishCourse(world.as('author'), 'api-written');
});

test('a marker’s program sees no name, marks once, corrects with a reason; nobody marks his own', async () => {
  const [paperId, own] = [await handedIn('sunita'), await handedIn('author')];
  const desk = await call('GET', '/api/v1/marking');
  assert.deepEqual(
    desk.body.items.map((one: { paperId: string }) => one.paperId),
    [paperId],
  );
  for (const word of ['सुनीता', world.personId('sunita')])
    assert.ok(!JSON.stringify(desk.body).includes(word));
  const url = `/api/v1/papers/${paperId}/answers/0`;
  const mark = { criteria: ['a'], note: 'दूसरा बिंदु छूटा' };
  assert.equal((await call('POST', `/api/v1/papers/${own}/answers/0/mark`, mark)).status, 404);
  assert.equal((await call('GET', `/api/v1/papers/${own}/answers/0/mark`)).status, 404);
  assert.equal((await call('POST', `${url}/correction`, { ...mark, reason: 'अभी जाँचा नहीं' })).status, 404);
  assert.deepEqual([(await call('POST', `${url}/mark`, mark)).body.share], [0.5]);
  assert.equal((await call('POST', `${url}/mark`, mark)).status, 409);
  assert.equal((await call('POST', `${url}/correction`, mark)).status, 422);
  const learner = await signedIn(world, 'sunita');
  const asLearner = await app.inject({ method: 'GET', url: '/api/v1/marking', headers: learner.headers });
  assert.equal(asLearner.statusCode, 403);
  assert.equal((await app.inject({ method: 'GET', url: '/api/v1/marking' })).statusCode, 401);
});

test('a nodal officer’s program gives more time with its basis; the trail says who and how much, not why', async () => {
  const nodal = await signedIn(world, 'ramesh');
  const url = `/api/v1/persons/${world.personId('sunita')}/extra-time`;
  const put = (payload: object, headers = nodal.headers) =>
    app.inject({ method: 'PUT', url, headers, payload });
  assert.equal((await put({ percent: 50 })).statusCode, 422);
  assert.equal((await put({ percent: 50, reason: 'आदेश 12' }, author.headers)).statusCode, 403);
  const given = await put({ percent: 50, reason: 'आदेश 12/2026' });
  assert.deepEqual(given.json(), { percent: 50, untilDay: null, reason: 'आदेश 12/2026' });
  const own = `/api/v1/persons/${world.personId('ramesh')}/extra-time`;
  assert.equal((await app.inject({ method: 'GET', url: own, headers: nodal.headers })).statusCode, 404);
  assert.equal((await put({ percent: 0, reason: 'अवधि पूरी' })).json().percent, 0);
  const acts = await sql<{ action: string; detail: object }>`select action, detail from audit_event
    where action like 'extra_time.%' order by 1 desc`.execute(world.runtime.db.read);
  assert.deepEqual(
    acts.rows.map((row) => row.action),
    ['extra_time.set', 'extra_time.ended'],
  );
  assert.ok(!JSON.stringify(acts.rows).includes('आदेश'));
});
