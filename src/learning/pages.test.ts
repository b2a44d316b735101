import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { createCourse, loadDemonstrationCourses, publishCourse } from '../catalogue/index.ts';
import { courseInput } from '../catalogue/schema.ts';
import { enrolLearner } from './enrol-learner.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
await loadDemonstrationCourses(world.system, world.runtime);
let now = Date.parse('2026-11-22T06:00:00Z');
function advance(seconds: number) {
  now += seconds * 1000;
  world.clock.set(new Date(now));
}

async function browser(key: string) {
  const { headers, csrf } = await signedIn(world, key);
  const get = (url: string) => app.inject({ method: 'GET', url, headers });
  const post = (url: string, fields: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...fields, _csrf: csrf }).toString(),
    });
  return { get, post, headers };
}

async function smallCourse(code: string) {
  const question = { kind: 'numeric', text: 'हेल्पलाइन?', answer: 1930, explanation: 'राष्ट्रीय हेल्पलाइन 1930 है' };
  const order = ['पहला', 'दूसरा', 'तीसरा'].map((text, at) => ({ code: `c${at}`, text }));
  await createCourse(
    world.system,
    courseInput.parse({
      code,
      title: { hi: `छोटा कोर्स ${code}`, en: `Small course ${code}` },
      lessons: [
        {
          code: 'l1',
          kind: 'text',
          title: { hi: 'पढ़ें', en: 'Read' },
          body: { hi: 'हिन्दी पाठ', en: 'English text' },
          minimumSeconds: 60,
        },
        {
          code: 'quiz',
          kind: 'quiz',
          title: { hi: 'जाँच', en: 'Test' },
          quiz: {
            passShare: 1,
            attempts: 3,
            questions: [question, { kind: 'ordering', text: 'क्रम?', items: order }],
          },
        },
      ],
    }),
  );
  await publishCourse(world.system, code);
}

test('the front door is open in Hindi, and home greets the signed-in', async () => {
  const front = await app.inject({ method: 'GET', url: '/' });
  assert.equal(front.statusCode, 200);
  assert.match(front.body, /<html lang="hi"/);
  const { get } = await browser('ramesh');
  const home = await get('/');
  assert.match(home.body, /नमस्ते, रमेश जी/);
  assert.match(home.body, /आपने अभी कोई कोर्स नहीं चुना है/);
  assert.ok(home.body.length < 15_000, `${home.body.length} characters`);
});

test('the catalogue finds in either script, narrows, pages by key, and advises where nothing is found', async () => {
  const search = async (query: string) =>
    (await app.inject({ method: 'GET', url: `/courses?${query}` })).body;
  assert.match(await search('q=sikayat'), /cyber-first-response/);
  assert.doesNotMatch(await search('tag=health'), /href="\/courses\/gem-procurement"/);
  assert.match(await search('q=zzzzqqq'), /कम शब्द लिखें/);
  assert.match(await search('language=xx&after=%00bad'), /उपलब्ध कोर्स/);
});

test('a page of the list goes on where the one before ended, without a gap or a repeat', async () => {
  const seen: string[] = [];
  let after = '';
  do {
    const page = (
      await app.inject({ method: 'GET', url: `/api/v1/courses?limit=3&after=${encodeURIComponent(after)}` })
    ).json();
    seen.push(...page.items.map((item: { code: string }) => item.code));
    after = page.next ?? '';
  } while (after);
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length >= 8);
});

test('a course is taken without script, honestly: only time that passed is counted, and what is left is said', async () => {
  await smallCourse('no-script');
  const { get, post } = await browser('imran');
  const lesson = '/courses/no-script/lessons/l1';
  assert.equal((await get(lesson)).headers.location, '/courses/no-script');
  assert.equal(
    (await post('/courses/no-script/enrolment', { language: 'hi' })).headers.location,
    '/courses/no-script',
  );
  assert.equal((await post(`${lesson}/opening`)).headers.location, lesson);
  const shownAt = String(now);
  advance(20);
  const early = await post(`${lesson}/report`, { shownAt });
  assert.equal(early.headers.location, lesson);
  const told = await app.inject({
    method: 'GET',
    url: lesson,
    headers: { cookie: `${(await browser('imran')).headers['cookie']}; flash=${flashOf(early)}` },
  });
  assert.match(told.body, /20 सेकंड गिने गए। अभी 40 सेकंड और शेष/);
  assert.match((await get('/courses/no-script')).body, /कम से कम 1 मिनट पढ़ें: 20 सेकंड हुए/);
  const forged = await post(`${lesson}/report`, { shownAt: '0' });
  assert.match((await get(lesson)).body, /1 मिनट में से 20 सेकंड/, `${forged.statusCode}`);
  advance(41);
  await post(`${lesson}/report`, { shownAt: String(now - 41_000) });
  assert.match((await get(lesson)).body, /यह पाठ पूरा हो गया/);
  const done = await pass(await browser('imran'), 'no-script');
  assert.match(done, /कोर्स पूरा हुआ/);
  assert.match(done, /\/certificates\/[\w-]+\.pdf/);
  assert.match((await get('/')).body, /\/certificates\//);
});

function flashOf(response: { cookies: { name: string; value: string }[] }): string {
  return response.cookies.find((cookie) => cookie.name === 'flash')?.value ?? '';
}

/** Reads the shuffled order from the page, as a person would, and gives the right one. */
async function pass({ get, post }: Awaited<ReturnType<typeof browser>>, code: string): Promise<string> {
  const page = (await get(`/courses/${code}/lessons/quiz`)).body;
  const labels = [...page.matchAll(/<label for="(q1-\d)"[^>]*>(पहला|दूसरा|तीसरा)/g)];
  const places = { पहला: '1', दूसरा: '2', तीसरा: '3' } as Record<string, string>;
  const order = Object.fromEntries(labels.map((match) => [match[1] ?? '', places[match[2] ?? ''] ?? '']));
  const number = /name="number" value="(\d+)"/.exec(page)?.[1] ?? '1';
  const sent = await post(`/courses/${code}/lessons/quiz/attempts`, { number, q0: '1930', ...order });
  assert.equal(sent.statusCode, 303);
  return (await get(String(sent.headers.location))).body;
}

test('a quiz page holds no key; what was answered stays when something is missing, and costs no attempt', async () => {
  await smallCourse('quiz-page');
  const { get, post } = await browser('kamla');
  await post('/courses/quiz-page/enrolment');
  const url = '/courses/quiz-page/lessons/quiz';
  const page = await get(url);
  // As a number of its own: ids and instants on the page may have these digits in them.
  assert.doesNotMatch(page.body, /(?<![\w.-])1930(?![\w.-])/);
  assert.match(page.body, /प्रयास 1, इसके बाद 2 और/);
  const partly = await post(`${url}/attempts`, { number: '1', q0: 'बीस', 'q1-0': '2', 'q1-1': '2' });
  assert.equal(partly.statusCode, 422);
  assert.match(partly.body, /value="बीस"/);
  assert.match(partly.body, /प्रश्न 1 का उत्तर अंकों में लिखें/);
  assert.match(partly.body, /प्रश्न 2 में हर क्रमांक एक ही बार चुनें/);
  assert.match(partly.body, /प्रयास 1, इसके बाद 2 और/);
  const wrong = await post(`${url}/attempts`, {
    number: '1',
    q0: '100',
    'q1-0': '1',
    'q1-1': '2',
    'q1-2': '3',
  });
  const result = await get(String(wrong.headers.location));
  assert.match(result.body, /अभी उत्तीर्ण नहीं/);
  assert.match(result.body, /राष्ट्रीय हेल्पलाइन 1930 है/);
  const again = await post(`${url}/attempts`, {
    number: '1',
    q0: '1930',
    'q1-0': '1',
    'q1-1': '2',
    'q1-2': '3',
  });
  assert.equal(again.headers.location, `${url}/attempts/1`, 'the same form sent twice is one attempt');
  assert.match(await pass(await browser('kamla'), 'quiz-page'), /उत्तीर्ण/);
});

test('changing the language keeps the progress; withdrawing asks first', async () => {
  await smallCourse('bilingual');
  const { get, post } = await browser('pushpa');
  await post('/courses/bilingual/enrolment', { language: 'hi' });
  const lesson = '/courses/bilingual/lessons/l1';
  await post(`${lesson}/opening`);
  const shownAt = String(now);
  advance(30);
  await post(`${lesson}/report`, { shownAt });
  assert.match((await get(lesson)).body, /हिन्दी पाठ/);
  const changed = await post('/courses/bilingual/enrolment/language', { language: 'en', lesson: 'l1' });
  assert.equal(changed.headers.location, lesson);
  const page = (await get(lesson)).body;
  assert.match(page, /English text/);
  assert.match(page, /1 मिनट में से 30 सेकंड/);
  assert.match((await get('/courses/bilingual/withdrawal')).body, /छोड़ने पर क्या होगा/);
  await post('/courses/bilingual/withdrawal');
  assert.match((await get('/courses/bilingual')).body, /इस कोर्स में नामांकन करें/);
});

test('pages of a person ask for a sign-in, and unknown courses and lessons are not found', async () => {
  for (const url of ['/courses/cyber-hygiene/lessons/l1', '/courses/cyber-hygiene/withdrawal'])
    assert.equal((await app.inject({ method: 'GET', url })).statusCode, 401, url);
  const open = await app.inject({ method: 'GET', url: '/courses/cyber-hygiene' });
  assert.match(open.body, /साइन-इन करके शुरू करें/);
  const { get, post } = await browser('ramesh');
  assert.equal((await get('/courses/nothing')).statusCode, 404);
  assert.equal((await get('/courses/cyber-hygiene/lessons/nothing')).statusCode, 404);
  assert.equal((await post('/courses/nothing/enrolment')).statusCode, 404);
});

test('the API: engagement needs a person, valid numbers and an enrolment of one’s own', async () => {
  await smallCourse('api');
  const { headers } = await browser('sunita');
  const { enrolment } = await enrolLearner(world.as('sunita'), { courseCode: 'api' });
  const [first, quiz] = enrolment.lessons;
  const body = { enrolmentId: enrolment.id, lessonId: first?.id, seconds: 0 };
  const report = (payload: object, as: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/api/v1/engagement', headers: as, payload });
  assert.equal((await report(body, {})).statusCode, 401);
  assert.equal((await report({ ...body, seconds: -1 }, headers)).statusCode, 422);
  assert.equal((await report({ ...body, lessonId: 'x' }, headers)).statusCode, 422);
  assert.equal((await report(body, (await browser('imran')).headers)).statusCode, 404);
  assert.deepEqual((await report(body, headers)).json().creditedSeconds, 0);
  const lesson = (id: string | undefined, as: Record<string, string>) =>
    app.inject({ method: 'GET', url: `/api/v1/enrolments/${enrolment.id}/lessons/${id}`, headers: as });
  const content = (await lesson(first?.id, headers)).json();
  assert.match(content.contents[0].html, /हिन्दी पाठ/);
  const paper = await lesson(quiz?.id, headers);
  assert.equal(paper.json().quiz.questions.length, 2);
  assert.doesNotMatch(paper.body, /1930|"answer"|"correct"|explanation/);
  assert.equal((await lesson(quiz?.id, (await browser('imran')).headers)).statusCode, 404);
  const list = await app.inject({ method: 'GET', url: '/api/v1/enrolments?limit=1', headers });
  assert.deepEqual(
    [list.json().items[0].courseCode, list.json().items[0].status, list.json().next],
    ['api', 'inProgress', null],
  );
});
