import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { makeToken } from '../people/index.ts';

const world = await openWorld();
const app = await world.app();
after(() => world.close());

const tokens = {
  author: await makeToken(world.system, { officeCode: 'SW', role: 'author' }),
  reviewer: await makeToken(world.system, { officeCode: 'SW', role: 'reviewer' }),
  publisher: await makeToken(world.system, { officeCode: 'SW', role: 'publisher' }),
  elsewhere: await makeToken(world.system, { officeCode: 'HF', role: 'publisher' }),
  nodal: await makeToken(world.system, { officeCode: 'SW', role: 'nodal' }),
  learner: await makeToken(world.system, { employeeCode: 'SW1001' }),
  other: await makeToken(world.system, { employeeCode: 'SW2001' }),
};
type Who = keyof typeof tokens | 'nobody';
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function call(who: Who, line: `${Method} ${string}`, payload?: object, language = 'hi') {
  const [method, url] = line.split(' ') as [Method, string];
  const headers: Record<string, string> = { 'accept-language': language };
  if (who !== 'nobody') headers['authorization'] = `Bearer ${tokens[who]}`;
  const answer = await app.inject({ method, url: `/api/v1${url}`, headers, payload });
  return { status: answer.statusCode, json: answer.body ? answer.json() : undefined };
}

const text = { code: 'l1', kind: 'text', title: 'पहला पाठ', body: '## पाठ\nपढ़िए' };
function course(code: string, more: object = {}) {
  return { code, title: { hi: `पाठ्यक्रम ${code}` }, language: 'hi', tags: ['ai'], lessons: [text], ...more };
}

test('a course is made, published once, and answered 200 when published again', async () => {
  const made = await call('author', 'POST /courses', course('one', { completion: { lessons: ['l1'] } }));
  assert.equal(made.status, 201);
  assert.deepEqual([made.json.code, made.json.state, made.json.version], ['one', 'draft', 1]);
  assert.equal((await call('nobody', 'GET /courses/one')).status, 404);
  const first = await call('publisher', 'POST /courses/one/publication');
  assert.deepEqual([first.status, first.json], [201, { code: 'one', version: 1, state: 'published' }]);
  assert.equal((await call('publisher', 'POST /courses/one/publication')).status, 200);
  assert.equal((await call('nobody', 'GET /courses/one')).status, 200);
});

test('a code that is taken is refused, also when two come at once', async () => {
  const both = await Promise.all([1, 2].map(() => call('author', 'POST /courses', course('twice'))));
  assert.deepEqual(both.map((one) => one.status).sort(), [201, 409]);
  const again = await call('author', 'POST /courses', course('twice'), 'en');
  assert.equal(again.json.code, 'course_code_taken');
  assert.match(again.json.errors[0].text, /taken/);
});

test('wrong fields are named, in the language asked for', async () => {
  const wrong = { code: ' bad code!', title: {}, lessons: [{ code: 'x', kind: 'film', title: 'क' }] };
  for (const [language, words] of [
    ['hi', /कोड अक्षर या अंक से शुरू/],
    ['en', /A code begins with/],
  ] as const) {
    const { status, json } = await call('author', 'POST /courses', wrong, language);
    assert.equal(status, 422);
    const paths = json.errors.map((error: { path: string }) => error.path);
    assert.deepEqual(paths.sort(), ['code', 'lessons.0.kind', 'title']);
    assert.match(json.errors.find((error: { path: string }) => error.path === 'code').text, words);
  }
  assert.equal((await call('author', 'POST /courses', course('rep', { lessons: [text, text] }))).status, 422);
  const link = { sources: [{ title: 'स्रोत', url: 'javascript:alert(1)' }] };
  assert.equal((await call('author', 'POST /courses', course('src', link))).status, 422);
});

test('only who may makes, publishes and retires; another office finds nothing', async () => {
  const roles: [Who, number][] = [
    ['nobody', 401],
    ['learner', 403],
    ['nodal', 403],
    ['reviewer', 403],
  ];
  for (const [who, status] of roles)
    assert.equal((await call(who, 'POST /courses', course('roles'))).status, status, who);
  const outside = await call('author', 'POST /courses', course('roles', { officeCode: 'HF' }));
  assert.equal(outside.status, 404);
  assert.equal(
    (await call('author', 'POST /courses', course('roles', { officeCode: 'SW-BBK' }))).status,
    201,
  );
  const publication: [Who, number][] = [
    ['nobody', 401],
    ['learner', 403],
    ['author', 403],
    ['reviewer', 403],
    ['elsewhere', 404],
    ['publisher', 201],
  ];
  for (const [who, status] of publication)
    assert.equal((await call(who, 'POST /courses/roles/publication')).status, status, who);
  assert.equal((await call('elsewhere', 'PUT /courses/roles', course('roles'))).status, 404);
  assert.equal((await call('author', 'DELETE /courses/roles/publication')).status, 403);
  assert.equal((await call('publisher', 'DELETE /courses/roles/publication')).status, 204);
  assert.equal((await call('publisher', 'POST /courses/no-such/publication')).status, 404);
});

test('a completion rule that Daksh does not know is refused, in words; "all" may be said in several', async () => {
  const ruled = (code: string, completion: unknown) =>
    call('author', 'POST /courses', course(code, { completion }));
  for (const completion of [{ minimumScore: 80 }, { lessons: ['l1'], quizPassed: true }, { rule: 'any' }]) {
    const { status, json } = await ruled('ruled', completion);
    assert.deepEqual([status, json.errors?.[0]?.code], [422, 'unknown_completion_rule']);
    assert.match(json.errors[0].text, /lessons/);
  }
  const understood = [{}, 'all', ['l1'], { rule: 'allLessons' }, { allLessons: true }, { required: ['l1'] }];
  for (const [index, completion] of understood.entries())
    assert.equal((await ruled(`ruled-${index}`, completion)).status, 201, JSON.stringify(completion));
});

test('publication refuses with the whole list of what is missing', async () => {
  const lessons = [
    { code: 'v', kind: 'video', title: 'वीडियो', asset: 'film.mp4' },
    { code: 'p', kind: 'pdf', title: 'पुस्तिका', asset: { fileId: 'book.pdf', altText: 'पुस्तिका' } },
    { code: 't', kind: 'text', title: 'पाठ' },
    { code: 'i', kind: 'text', title: 'चित्र', body: '![](/media/x.png)' },
    { code: 'q', kind: 'quiz', title: 'जाँच', quiz: { questions: [{ text: '?', options: ['क', 'ख'] }] } },
  ];
  await call(
    'author',
    'POST /courses',
    course('gaps', { language: 'en', lessons, completion: { lessons: ['zz'] } }),
  );
  const { status, json } = await call('publisher', 'POST /courses/gaps/publication', undefined, 'en');
  assert.deepEqual([status, json.code], [422, 'not_ready_for_publication']);
  const found = json.missing.map((one: { code: string; lesson?: string }) =>
    `${one.code} ${one.lesson ?? ''}`.trim(),
  );
  assert.deepEqual(found.sort(), [
    'alt_text i',
    'asset p',
    'asset v',
    'captions_or_transcript v',
    'completion_lessons',
    'content t',
    'question_without_right_answer q',
    'title',
  ]);
  assert.ok(json.missing.every((one: { text: string }) => /^[\x20-\x7e]+$/.test(one.text)));
});

async function quizOf(code: string) {
  const found = await sql<{ quiz: { passShare: number; attempts: number | null; questions: object[] } }>`
    select quiz from lesson join course_version using (course_version_id) join course using (course_id)
    where course.code = ${code} and kind = 'quiz'`.execute(world.runtime.db.read);
  return found.rows[0]?.quiz;
}

test('a quiz of every kind is kept as it is meant, in its own words and in other usual ones', async () => {
  const own = {
    passShare: 0.75,
    attempts: 3,
    questions: [
      {
        kind: 'single',
        text: { hi: 'एक?', en: 'One?' },
        options: [{ text: 'हाँ', correct: true }, { text: 'नहीं' }],
      },
      {
        kind: 'multiple',
        text: 'दो?',
        options: [{ text: 'क', correct: true }, { text: 'ख' }, { text: 'ग', correct: true }],
      },
      { kind: 'numeric', text: 'हेल्पलाइन?', answer: 1930 },
      { kind: 'ordering', text: 'क्रम?', items: [{ text: 'पहले' }, { text: 'फिर' }] },
    ],
  };
  const variant = {
    passMark: 75,
    maxAttempts: 3,
    questions: [
      { type: 'single_choice', question: { hi: 'एक?', en: 'One?' }, choices: ['हाँ', 'नहीं'], answer: 0 },
      { type: 'multiple-choice', prompt: 'दो?', choices: ['क', 'ख', 'ग'], answers: ['a', 'ग'] },
      { question: 'हेल्पलाइन?', answer: 1930 },
      {
        type: 'order',
        text: 'क्रम?',
        choices: ['फिर', 'पहले'],
        answer: ['पहले', 'फिर'],
      },
    ],
  };
  const lesson = { code: 'q', title: 'जाँच' };
  const first = course('quiz-own', { lessons: [{ ...lesson, kind: 'quiz', quiz: own }] });
  const second = course('quiz-variant', { lessons: [{ ...lesson, type: 'test', ...variant }] });
  for (const one of [first, second]) {
    assert.equal((await call('author', 'POST /courses', one)).status, 201);
    assert.equal((await call('publisher', `POST /courses/${one.code}/publication`)).status, 201);
  }
  assert.deepEqual(await quizOf('quiz-variant'), await quizOf('quiz-own'));
  assert.equal((await quizOf('quiz-own'))?.questions.length, 4);
});

test('true or false, an index, a text and a code all name the right option', async () => {
  const questions = [
    { type: 'true_false', question: 'सही?', answer: false },
    { question: 'अंक?', choices: ['10', '20'], answer: '20' },
    {
      question: 'कोड?',
      options: [
        { id: 'x', label: 'क' },
        { id: 'y', label: 'ख', isCorrect: true },
      ],
    },
    {
      question: 'एक?',
      options: [
        { hi: 'क', en: 'A' },
        { hi: 'ख', en: 'B' },
      ],
      correctAnswer: 'B',
    },
  ];
  const quiz = [{ code: 'q', title: 'जाँच', quiz: questions }];
  assert.equal((await call('author', 'POST /courses', course('right', { lessons: quiz }))).status, 201);
  const kept = (await quizOf('right'))?.questions as { options: { correct: boolean }[] }[];
  assert.deepEqual(
    kept.map((one) => one.options.findIndex((option) => option.correct)),
    [1, 1, 1, 1],
  );
  assert.equal((await call('publisher', 'POST /courses/right/publication')).status, 201);
});

test('files come by id, by name, as objects and by language', async () => {
  const id = (await upload('author', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'book.pdf')).json.fileId;
  const lessons = [
    { code: 'a', kind: 'pdf', title: 'क', asset: id, altText: 'पुस्तिका' },
    { code: 'b', kind: 'pdf', title: 'ख', asset: { fileId: id, altText: 'पुस्तिका' } },
    {
      code: 'c',
      kind: 'pdf',
      title: { hi: 'ग', en: 'C' },
      asset: { hi: { fileId: id, altText: 'क' }, en: { fileId: id, transcript: 'x' } },
    },
  ];
  await call('author', 'POST /courses', course('files', { lessons }));
  assert.equal((await call('publisher', 'POST /courses/files/publication')).status, 201);
  const unknown = [{ code: 'a', kind: 'pdf', title: 'क', asset: { fileId: tokensId(), altText: 'है' } }];
  await call('author', 'POST /courses', course('unknown', { lessons: unknown }));
  const { json } = await call('publisher', 'POST /courses/unknown/publication');
  assert.deepEqual(
    json.missing.map((one: { code: string }) => one.code),
    ['lesson', 'asset'],
  );
});

function tokensId() {
  return '01890000-0000-7000-8000-000000000000';
}

test('saving a published course makes its next version; who is enrolled stays, others see it once published', async () => {
  await call('author', 'POST /courses', course('versions'));
  await call('publisher', 'POST /courses/versions/publication');
  const before = await call('learner', 'POST /enrolments', { courseCode: 'versions' });
  const changed = course('versions', {
    title: { hi: 'नया नाम', en: 'New name' },
    lessons: [text, { ...text, code: 'l2', title: { hi: 'दूसरा', en: 'Second' } }],
  });
  const saved = await call('author', 'PUT /courses/versions', changed);
  assert.deepEqual([saved.status, saved.json.version, saved.json.state], [200, 2, 'draft']);
  const shown = (await call('nobody', 'GET /courses/versions')).json;
  assert.deepEqual([shown.version, shown.title.hi, shown.languages], [1, 'पाठ्यक्रम versions', ['hi']]);
  assert.equal((await call('publisher', 'POST /courses/versions/publication')).json.version, 2);
  const now = (await call('nobody', 'GET /courses/versions')).json;
  assert.deepEqual([now.version, now.title.hi, now.languages], [2, 'नया नाम', ['hi', 'en']]);
  const stays = await call('learner', `GET /enrolments/${before.json.id}`);
  assert.equal(stays.json.lessons.length, 1);
  const joins = await call('other', 'POST /enrolments', { courseCode: 'versions' });
  assert.equal(joins.json.lessons.length, 2);
  assert.equal((await call('nobody', 'GET /courses?q=new%20name')).json.items[0].code, 'versions');
});

test('a retired course leaves the catalogue and comes back when published again', async () => {
  await call('author', 'POST /courses', course('retired'));
  assert.equal((await call('publisher', 'DELETE /courses/retired/publication')).status, 409);
  await call('publisher', 'POST /courses/retired/publication');
  await call('publisher', 'DELETE /courses/retired/publication');
  const listed = async () => (await call('nobody', 'GET /courses?q=retired')).json.items;
  assert.deepEqual(await listed(), []);
  assert.equal((await call('publisher', 'POST /courses/retired/publication')).status, 201);
  assert.deepEqual(
    (await listed()).map((one: { code: string }) => one.code),
    ['retired'],
  );
});

async function upload(who: Who, content: string | Buffer, name: string, type = 'application/octet-stream') {
  const headers: Record<string, string> = { 'content-type': type };
  if (who !== 'nobody') headers['authorization'] = `Bearer ${tokens[who]}`;
  const url = `/api/v1/files?name=${encodeURIComponent(name)}`;
  const answer = await app.inject({ method: 'POST', url, headers, payload: content });
  return { status: answer.statusCode, json: answer.json() };
}

test('a file is known by its content, told about to its authors, and written down', async () => {
  const saved = await upload(
    'author',
    'WEBVTT\n\n00:01.000 --> 00:02.000\nनमस्ते\n',
    '../क.vtt',
    'application/json',
  );
  assert.deepEqual([saved.status, saved.json.contentType, saved.json.name], [201, 'text/vtt', 'क.vtt']);
  const told = await call('reviewer', `GET /files/${saved.json.fileId}`);
  assert.deepEqual([told.status, told.json.bytes, told.json.usedBy], [200, saved.json.bytes, []]);
  assert.equal((await call('elsewhere', `GET /files/${saved.json.fileId}`)).status, 404);
  assert.equal((await call('nobody', `GET /files/${saved.json.fileId}`)).status, 401);
  assert.equal((await call('learner', `GET /files/${saved.json.fileId}`)).status, 403);
  const audited =
    await sql`select 1 from audit_event where action = 'file.saved' and subject_id = ${saved.json.fileId}`.execute(
      world.runtime.db.read,
    );
  assert.equal(audited.rows.length, 1);
});

test('a file of a wrong kind, an empty one, broken captions and too large ones are refused', async () => {
  assert.equal((await upload('author', '<html><script>', 'a.pdf', 'application/pdf')).status, 415);
  assert.equal((await upload('author', '', 'a.pdf')).status, 422);
  const broken = await upload('author', 'WEBVTT\n\n00:05.000 --> 00:02.000\nउलटा\n', 'a.vtt');
  assert.deepEqual([broken.status, broken.json.errors[0].code], [422, 'bad_captions']);
  const large = Buffer.concat([Buffer.from('WEBVTT\n\n'), Buffer.alloc(2_000_001, 'x')]);
  assert.equal((await upload('author', large, 'a.vtt')).status, 413);
  assert.equal((await upload('reviewer', '%PDF-1.7', 'a.pdf')).status, 403);
  assert.equal((await upload('nobody', '%PDF-1.7', 'a.pdf')).status, 401);
});

test('a multipart form may carry the file as well', async () => {
  const body =
    '--b\r\ncontent-disposition: form-data; name="file"; filename="b.pdf"\r\n\r\n%PDF-1.7\n1 0 obj\r\n--b--\r\n';
  const { status, json } = await upload('author', body, '', 'multipart/form-data; boundary=b');
  assert.deepEqual([status, json.contentType], [201, 'application/pdf']);
});

test('the contract describes what is accepted', async () => {
  const contract = (await app.inject('/api/v1/openapi.json')).json();
  const post = contract.paths['/api/v1/courses'].post;
  assert.match(JSON.stringify(post.requestBody), /passShare/);
  assert.match(post.description, /passMark/);
  assert.ok(contract.paths['/api/v1/files/{id}'].get.responses['200']);
});
