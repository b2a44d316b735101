import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { passbookOfPerson } from '../competencies/index.ts';
import { enrolLearner, enrolmentDetail } from '../learning/index.ts';
import { beginPaper } from './begin-paper.ts';
import { itemAnalysis, verdictOf } from './item-analysis.ts';
import { loadDemonstrationBank } from './load-demonstration.ts';
import { correctMark, markAnswer, markingDesk } from './mark-answer.ts';
import { paperView, resultView } from './paper-view.ts';
import { visibleBank } from './queries.ts';
import { saveAnswer } from './save-answer.ts';
import { createBank } from './save-bank.ts';
import { addQuestions } from './save-bank-question.ts';
import { createBlueprint } from './save-blueprint.ts';
import { bankInput, blueprintInput } from './schema.ts';
import { setExtraTime } from './set-extra-time.ts';
import { submitPaper } from './submit-paper.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');
const app = await world.app();
const { headers } = await signedIn(world, 'author');
const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
const get = (url: string) => app.inject({ method: 'GET', url, headers });
const post = (url: string, values: Record<string, string>) =>
  app.inject({ method: 'POST', url, headers: form, payload: new URLSearchParams(values).toString() });

test('an author makes a bank, writes a question of every kind, and a blueprint that is checked and tried, without script', async () => {
  const made = await post('/office/banks', { code: 'desk', titleHi: 'डेस्क' });
  assert.equal(made.headers.location, '/office/banks/desk');
  const rows = { 'option-1-hi': 'एक', 'option-2-hi': 'दो' };
  const kinds: Record<string, Record<string, string>> = {
    single: { ...rows, right: '1' },
    multiple: { ...rows, 'right-1': 'yes', 'right-2': 'yes' },
    truth: { answer: 'false' },
    numeric: { answer: '१२', tolerance: '1', unitHi: 'किमी' },
    ordering: { ...rows, 'option-1-place': '2', 'option-2-place': '1' },
    matching: { ...rows, 'option-1-match-hi': 'क', 'option-2-match-hi': 'ख', 'option-3-match-hi': 'ग' },
    fill: { accepted: 'फ़िशिंग\nphishing', anyScript: 'yes' },
    short: { 'option-1-hi': 'बिंदु', 'option-1-share': '100', maxWords: '40' },
  };
  for (const [kind, values] of Object.entries(kinds)) {
    const url = `/office/banks/desk/questions/new?kind=${kind}`;
    assert.equal((await get(url)).statusCode, 200, kind);
    const saved = await post(url, {
      textHi: `प्रश्न ${kind}`,
      points: '1',
      tags: 'otp; PIN',
      difficulty: '1',
      ...values,
    });
    assert.equal(saved.statusCode, 303, `${kind}: ${saved.body.match(/error[^<]*</g)?.join()}`);
  }
  const wrong = await post('/office/banks/desk/questions/new?kind=single', { textHi: 'प्रश्न', ...rows });
  assert.equal(wrong.statusCode, 422);
  const page = await get('/office/banks/desk?tag=pin');
  for (const kind of Object.keys(kinds)) assert.match(page.body, new RegExp(`प्रश्न ${kind}`));
  const rules = { code: 'desk-test', titleHi: 'परीक्षा', pass: '50', minutes: '10', feedback: 'score' };
  const short = { 's1-p1-bank': 'desk', 's1-p1-count': '9' };
  assert.equal((await post('/office/blueprints', { ...rules, ...short })).statusCode, 303);
  assert.match((await get('/office/blueprints/desk-test')).body, /पर्याप्त नहीं/);
  const enough = { titleHi: 'परीक्षा', revision: '1', 's1-p1-bank': 'desk', 's1-p1-count': '8', pass: '50' };
  assert.equal((await post('/office/blueprints/desk-test/edit', enough)).statusCode, 303);
  assert.equal((await post('/office/blueprints/desk-test/edit', enough)).statusCode, 409);
  assert.match((await get('/office/blueprints/desk-test')).body, /हर प्रश्नपत्र में 8/);
  const trial = await get('/office/blueprints/desk-test/trial?seed=x');
  assert.equal(trial.statusCode, 200);
  const scored = await post('/office/blueprints/desk-test/trial', { seed: 'x' });
  assert.match(scored.body, /सही उत्तर/);
});

test('a twin that has not followed is marked, until it is mended or said to agree', async () => {
  const values = { points: '1', tags: 'x', difficulty: '2', answer: 'true' };
  await post('/office/banks/desk/questions/new?kind=truth', {
    ...values,
    textHi: 'कथन',
    textEn: 'Statement',
  });
  const found = await sql<{
    code: string;
  }>`select code from bank_question order by code desc limit 1`.execute(world.runtime.db.read);
  const url = `/office/banks/desk/questions/${found.rows[0]?.code}`;
  const edit = (revision: number, more: Record<string, string>) =>
    post(url, { ...values, textHi: 'कथन', textEn: 'Statement', revision: String(revision), ...more });
  await edit(1, { textHi: 'बदला कथन' });
  assert.match((await get(url)).body, /अंग्रेज़ी पाठ पुराना/);
  await edit(2, { textHi: 'बदला कथन', textEn: 'Changed' });
  assert.doesNotMatch((await get(url)).body, /पाठ पुराना/);
  await edit(3, { textHi: 'और बदला', textEn: 'Changed', twinsAgree: 'yes' });
  assert.doesNotMatch((await get(url)).body, /पाठ पुराना/);
  assert.equal((await edit(1, { textHi: 'पुराना' })).statusCode, 409);
});

test('a bank of another office is not found, and a reader without the right to write is refused', async () => {
  await assert.rejects(visibleBank(world.as('sunita'), 'desk'), { code: 'forbidden' });
  const learner = await signedIn(world, 'sunita');
  const page = await app.inject({ method: 'GET', url: '/office/banks/desk', headers: learner.headers });
  assert.equal(page.statusCode, 403);
  await createBank(world.system, bankInput.parse({ code: 'elsewhere', title: 'अन्य', officeCode: 'HF' }));
  await assert.rejects(visibleBank(author, 'elsewhere'), { code: 'not_found' });
});

test('a file is looked at before its questions come in, over the page and the API', async () => {
  const gift = '::एक:: OTP किसे बताएँ? {=किसी को नहीं ~बैंक को}\n\nविवरण बिना उत्तर\n';
  const url = '/api/v1/banks/desk/imports';
  const payload = { format: 'gift', language: 'hi', content: gift };
  const look = await app.inject({ method: 'POST', url, headers, payload });
  assert.deepEqual([look.json().committed, look.json().taken, look.json().notTaken.length], [false, 1, 1]);
  const brought = await app.inject({ method: 'POST', url: `${url}?commit=true`, headers, payload });
  assert.equal(brought.json().taken, 1);
  const again = await app.inject({ method: 'POST', url, headers, payload });
  assert.deepEqual([again.json().taken, again.json().notTaken.length], [0, 2]);
  const boundary = 'x-part';
  const parts = [
    `--${boundary}`,
    'content-disposition: form-data; name="file"; filename="q.txt"',
    'content-type: text/plain',
    '',
    gift.replace('एक', 'दो'),
    `--${boundary}--`,
    '',
  ];
  const page = await app.inject({
    method: 'POST',
    url: `/office/banks/desk/exchange?_csrf=${headers['x-csrf-token']}`,
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: parts.join('\r\n'),
  });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /1 प्रश्न लिए जा सकते हैं/);
  const content = /name="content" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  assert.equal(
    (await post('/office/banks/desk/import', { format: 'gift', language: 'hi', content })).statusCode,
    303,
  );
  for (const format of ['gift', 'qti']) {
    const file = await get(`/office/banks/desk/export?format=${format}&language=hi`);
    assert.equal(file.statusCode, 200);
    assert.match(String(file.headers['content-disposition']), /attachment/);
  }
});

test('a file of the second language gives questions their twins by code, and tells which it cannot', async () => {
  await createBank(author, bankInput.parse({ code: 'twins', title: 'जोड़ी' }));
  const questions = [
    { code: 't1', kind: 'single', text: 'एक?', options: [{ text: 'क', correct: true }, { text: 'ख' }] },
    {
      code: 't2',
      kind: 'matching',
      text: 'मिलाएँ',
      pairs: [
        { text: 'क', match: 'ख' },
        { text: 'ग', match: 'घ' },
      ],
    },
    { code: 't3', kind: 'truth', text: 'ठीक?', answer: true },
    { code: 't4', kind: 'fill', text: 'भरें', accepted: ['फ़िशिंग'] },
    { code: 't5', kind: 'ordering', text: 'क्रम', items: [{ text: 'पहला' }, { text: 'दूसरा' }] },
  ];
  const url = '/api/v1/banks/twins/questions';
  const made = await app.inject({ method: 'POST', url, headers, payload: { questions } });
  assert.equal(made.statusCode, 201, made.body);
  const gift = [
    '::t1:: One? {=A ~B}',
    '::t2:: Match {=a -> b =c -> d}',
    '::t3:: Right? {F}',
    '::t4:: Fill {=phishing}',
    '::t9:: New? {T}',
  ].join('\n\n');
  const bring = (language: string) =>
    app.inject({
      ...{ method: 'POST' as const, url: '/api/v1/banks/twins/imports?commit=true', headers },
      payload: { format: 'gift', language, content: gift },
    });
  const { taken, twins, notTaken } = (await bring('en')).json();
  assert.deepEqual([taken, twins], [1, 3]);
  assert.deepEqual(
    notTaken.map((one: { place: string }) => one.place),
    ['t3'],
  );
  const { items } = (await get(url)).json();
  const [one, two, , four, five] = items;
  assert.deepEqual(one.content.text, { hi: 'एक?', en: 'One?' });
  assert.deepEqual(
    one.content.options.map((option: { text: unknown; correct: boolean }) => [option.text, option.correct]),
    [
      [{ hi: 'क', en: 'A' }, true],
      [{ hi: 'ख', en: 'B' }, false],
    ],
  );
  assert.deepEqual(two.content.pairs[1].match.text, { hi: 'घ', en: 'd' });
  assert.deepEqual(four.content.accepted, ['फ़िशिंग', 'phishing']);
  assert.deepEqual([one.revision, one.staleLanguage, five.revision], [2, null, 1]);
  // Taken once: the second time the bank has them all.
  assert.deepEqual([(await bring('en')).json().taken, (await bring('en')).json().twins], [0, 0]);
  // The package of one language completes the same bank in the other, options and order included.
  const file = (await get('/api/v1/banks/twins/export?format=qti&language=en')).json();
  assert.deepEqual(
    file.notTaken.map((left: { place: string }) => left.place),
    ['t3', 't5'],
  );
  const other = await app.inject({
    ...{ method: 'POST' as const, url: '/api/v1/banks/twins/imports', headers },
    payload: { format: 'qti', language: 'hi', content: file.content },
  });
  assert.deepEqual(
    [other.json().taken, other.json().twins],
    [0, 1],
    'the new one gets Hindi, the others have it',
  );
  assert.match((await get('/office/banks/twins/exchange')).body, /2 में इस भाषा का पाठ नहीं/);
});

async function shortTest() {
  await createBank(author, bankInput.parse({ code: 'written', title: 'लिखित' }));
  const rubric = ['a', 'b'].map((code) => ({ code, text: { hi: `बिंदु ${code}` }, share: 0.5 }));
  const content = {
    code: 'q',
    kind: 'short' as const,
    text: { hi: 'क्यों?' },
    points: 4,
    rubric,
    maxWords: 50,
  };
  await addQuestions(author, 'written', [{ tags: [], difficulty: 2, content }]);
  const rules = { sections: [{ parts: [{ bank: 'written', count: 1 }] }], passShare: 0.5 };
  await createBlueprint(author, blueprintInput.parse({ code: 'written', title: 'लिखित', rules }));
  await createCourse(
    author,
    courseInput.parse({
      ...{ code: 'written', title: 'लिखित', language: 'hi' },
      lessons: [{ code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: 'written' } }],
    }),
  );
  await publishCourse(author, 'written');
}

test('a short answer waits for its marker, who never marks his own; the mark completes the course', async () => {
  await shortTest();
  const begin = async (key: string) => {
    const ctx = world.as(key);
    const { enrolment } = await enrolLearner(ctx, { courseCode: 'written' });
    const { paperId } = await beginPaper(ctx, {
      enrolmentId: enrolment.id,
      lessonId: enrolment.lessons[0]?.id ?? '',
    });
    await saveAnswer(ctx, { paperId, place: 0, answer: 'क्योंकि यह आवश्यक है' });
    await submitPaper(ctx, paperId);
    return { ctx, paperId, enrolmentId: enrolment.id };
  };
  const { ctx, paperId, enrolmentId } = await begin('sunita');
  const own = await begin('author');
  assert.equal((await resultView(ctx, paperId)).paper.isPassed, null);
  assert.deepEqual(
    (await markingDesk(author, 'waiting')).map((row) => row.paperId),
    [paperId],
  );
  await assert.rejects(
    markAnswer(author, { paperId: own.paperId, place: 0 }, { criteria: ['a'], note: null }),
    {
      code: 'not_found',
    },
  );
  const desk = await get('/office/marking');
  assert.doesNotMatch(desk.body, /सुनीता/);
  assert.equal((await get(`/office/marking/${paperId}/1`)).statusCode, 200);
  const marked = await post(`/office/marking/${paperId}/1`, { criteria: 'a', note: 'दूसरा बिंदु छूटा' });
  assert.equal(marked.statusCode, 303);
  await assert.rejects(markAnswer(author, { paperId, place: 0 }, { criteria: ['a', 'b'], note: null }), {
    reason: 'already_marked',
  });
  const { paper } = await resultView(ctx, paperId);
  assert.deepEqual([paper.score, paper.maxScore, paper.isPassed], [2, 4, true]);
  assert.equal((await enrolmentDetail(ctx, enrolmentId)).view.status, 'completed');
});

test('extra time lengthens tests begun from then on; given by a nodal officer of the subtree, never to himself', async () => {
  await loadDemonstrationBank(world.system);
  const personId = world.personId('sunita');
  const past = { percent: 50, untilDay: '2026-11-21', reason: 'आदेश 12/2026' };
  await assert.rejects(setExtraTime(world.as('ramesh'), personId, past), { code: 'invalid' });
  await setExtraTime(world.as('ramesh'), personId, { ...past, untilDay: null });
  await assert.rejects(
    setExtraTime(world.as('ramesh'), world.personId('ramesh'), {
      percent: 50,
      untilDay: null,
      reason: 'आदेश 12/2026',
    }),
    {
      code: 'not_found',
    },
  );
  await assert.rejects(
    setExtraTime(author, personId, { percent: 50, untilDay: null, reason: 'आदेश 12/2026' }),
    {
      code: 'forbidden',
    },
  );
  const ctx = world.as('sunita');
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'cyber-safe-office' });
  const lessonId = enrolment.lessons[3]?.id ?? '';
  const { paperId } = await beginPaper(ctx, { enrolmentId: enrolment.id, lessonId });
  const { paper, questions } = await paperView(ctx, paperId);
  assert.equal(questions.length, 12);
  assert.equal((paper.dueAt?.getTime() ?? 0) - paper.startedAt.getTime(), 20 * 1.5 * 60_000);
  const nodal = await signedIn(world, 'ramesh');
  const page = await app.inject({
    method: 'GET',
    url: `/office/persons/${personId}`,
    headers: nodal.headers,
  });
  assert.match(page.body, /50% अतिरिक्त समय/);
  const url = `/office/persons/${personId}/extra-time`;
  const own = await app.inject({ method: 'GET', url, headers: nodal.headers });
  assert.match(own.body, /सुनीता/);
  const formHeaders = { ...nodal.headers, 'content-type': 'application/x-www-form-urlencoded' };
  const bare = await app.inject({ method: 'POST', url, headers: formHeaders, payload: 'percent=25' });
  assert.equal(bare.statusCode, 422, 'more time needs its basis');
  await setExtraTime(world.as('ramesh'), personId, { percent: 0, untilDay: null, reason: 'आदेश 12/2026' });
});

test('the analysis counts papers handed in, and says which numbers are small', async () => {
  const { items } = await itemAnalysis(author, 'written');
  assert.deepEqual(
    items.map(({ attempts, facility, verdict }) => [attempts, facility, verdict]),
    [[1, 0.5, 'few']],
  );
  assert.equal((await get('/office/banks/written/analysis')).statusCode, 200);
  assert.match((await get('/office/banks/written/analysis')).body, /संख्या अभी कम/);
  const many = { attempts: 100, facility: 0.5, discrimination: 0.4 };
  assert.equal(verdictOf(many), 'good');
  assert.equal(verdictOf({ ...many, discrimination: -0.1 }), 'checkKey');
  assert.equal(verdictOf({ ...many, facility: 0.99 }), 'tooEasy');
  assert.equal(verdictOf({ ...many, facility: 0.1 }), 'tooHard');
  assert.equal(verdictOf({ ...many, discrimination: 0.05 }), 'weak');
});

test('a passed paper shows its course’s competencies in the passbook before the course is completed, and once after', async () => {
  const lessons = [
    { code: 'read', kind: 'text', title: 'पढ़ें', body: 'पाठ', minimumSeconds: 60 },
    { code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: 'written' } },
  ];
  const given = { code: 'shown', title: 'कोर्स', language: 'hi', competencies: ['communication:2'], lessons };
  await createCourse(author, courseInput.parse(given));
  await publishCourse(author, 'shown');
  const ctx = world.as('imran');
  const personId = world.personId('imran');
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'shown' });
  const lessonId = enrolment.lessons[1]?.id ?? '';
  const take = async (criteria: string[]) => {
    const { paperId } = await beginPaper(ctx, { enrolmentId: enrolment.id, lessonId });
    await saveAnswer(ctx, { paperId, place: 0, answer: 'क्योंकि' });
    await submitPaper(ctx, paperId);
    assert.deepEqual(await linesOf(personId), [], 'an unmarked or failed paper shows nothing');
    await markAnswer(author, { paperId, place: 0 }, { criteria, note: null });
  };
  await take([]);
  await take(['a']);
  assert.deepEqual(await linesOf(personId), [['communication', 2, 'assessed', 0.5]]);
});

async function linesOf(personId: string) {
  const { entries } = await passbookOfPerson(world.system, personId);
  return entries.flatMap(({ competency, evidence }) =>
    evidence
      .filter((line) => line.course.code === 'shown')
      .map((line) => [competency.key, line.level, line.strength, line.score]),
  );
}

test('a course is not published while its blueprint is unknown or its banks are too small', async () => {
  const lessons = [{ code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: 'nowhere' } }];
  await createCourse(author, courseInput.parse({ code: 'unready', title: 'कोर्स', language: 'hi', lessons }));
  await assert.rejects(
    publishCourse(author, 'unready'),
    (error: { details?: { missing?: { code: string }[] } }) => {
      assert.ok(error.details?.missing?.some((one) => one.code === 'unknown_blueprint'));
      return true;
    },
  );
});

test('a blueprint of another office is unknown to a course, whoever names it', async () => {
  const lesson = { code: 'test', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: 'cyber-hygiene-final' } };
  const publish = async (office: string, code: string) => {
    const grants = [{ role: 'publisher', scopeId: world.officeId(office) }];
    const { actor } = author;
    const ctx = { ...author, actor: actor.kind === 'person' ? { ...actor, grants } : actor };
    await createCourse(ctx, courseInput.parse({ code, title: code, lessons: [lesson] }));
    return publishCourse(ctx, code);
  };
  const unknown = (error: { details?: { missing?: { code: string }[] } }) =>
    error.details?.missing?.map((one) => one.code).join() === 'unknown_blueprint';
  await assert.rejects(publish('HF', 'borrowed-test'), unknown);
  await assert.rejects(publish('SW-BBK', 'below-test'), unknown);
  await publish('SW', 'own-test');
});

test('a quiz’s page offers the author’s blueprints by name; a stale form or one not offered puts none to it', async () => {
  const question = { kind: 'truth', text: 'ठीक है?', answer: true };
  const lessons = [{ code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { questions: [question] } }];
  await createCourse(author, courseInput.parse({ code: 'picked', title: 'कोर्स', language: 'hi', lessons }));
  const url = '/office/courses/picked/lessons/t';
  const page = (await get(url)).body;
  assert.match(page, /<option value="written"/);
  assert.match(page, /अपने प्रश्न \(1\) हट जाएँगे/);
  const revision = /action="[^"]*\/blueprint"[\s\S]*?name="revision" value="(\d+)"/.exec(page)?.[1] ?? '';
  const send = (values: Record<string, string>) => post(`${url}/blueprint`, { revision, ...values });
  assert.equal((await send({ blueprint: '' })).statusCode, 422);
  assert.equal((await send({ blueprint: 'nowhere' })).statusCode, 422);
  assert.equal((await send({ blueprint: 'written', revision: '999' })).statusCode, 409);
  assert.equal((await send({ blueprint: 'written' })).headers.location, `${url}#questions`);
  assert.match((await get(url)).body, /<option value="written" selected/);
  assert.match((await get('/office/blueprints/written')).body, new RegExp(`href="${url}"`));
});

test('a blueprint made from a lesson is put to it at once, and its author is back at the lesson', async () => {
  const lessons = [{ code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { questions: [] } }];
  await createCourse(author, courseInput.parse({ code: 'direct', title: 'कोर्स', language: 'hi', lessons }));
  const url = '/office/courses/direct/lessons/t';
  const href = /href="(\/office\/blueprints\/new[^"]*)"/.exec((await get(url)).body)?.[1] ?? '';
  const page = (await get(href.replaceAll('&amp;', '&'))).body;
  assert.match(page, /name="course" value="direct"/);
  const from = { course: 'direct', lesson: 't' };
  const values = { ...from, code: 'direct', titleHi: 'परीक्षा', pass: '50', 's1-p1-bank': 'written' };
  const gap = await post('/office/blueprints', values);
  assert.equal(gap.statusCode, 422);
  assert.match(gap.body, /name="lesson" value="t"/);
  const made = await post('/office/blueprints', { ...values, 's1-p1-count': '1' });
  assert.equal(made.headers.location, `${url}#questions`);
  assert.match((await get(url)).body, /<option value="direct" selected/);
});

test('a mark is corrected with a reason that the trail keeps, and the result follows, until a certificate stands', async () => {
  const lessons = [
    { code: 'read', kind: 'text', title: 'पढ़ें', body: 'पाठ', minimumSeconds: 60 },
    { code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: 'written' } },
  ];
  await createCourse(author, courseInput.parse({ code: 'mended', title: 'कोर्स', language: 'hi', lessons }));
  await publishCourse(author, 'mended');
  const ctx = world.as('imran');
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'mended' });
  const lessonId = enrolment.lessons[1]?.id ?? '';
  const { paperId } = await beginPaper(ctx, { enrolmentId: enrolment.id, lessonId });
  await saveAnswer(ctx, { paperId, place: 0, answer: 'क्योंकि' });
  await submitPaper(ctx, paperId);
  const standing = async () => {
    const { view } = await enrolmentDetail(ctx, enrolment.id);
    return [(await resultView(ctx, paperId)).paper.isPassed, view.lessons[1]?.conditions[0]?.met];
  };
  const url = `/office/marking/${paperId}/1`;
  const asked = await post(url, { note: 'लिखा हुआ' });
  assert.equal(asked.statusCode, 422, 'nothing ticked: asked first, nothing marked');
  assert.match(asked.body, /name="zero" value="yes"[\s\S]*लिखा हुआ/);
  await post(url, { criteria: 'a', note: '' });
  assert.deepEqual(await standing(), [true, true]);
  assert.equal((await post(`${url}/correction`, { reason: '' })).statusCode, 422);
  assert.equal((await post(`${url}/correction`, { reason: 'बिंदु नहीं था' })).statusCode, 303);
  assert.deepEqual(await standing(), [false, false]);
  assert.equal((await post(`${url}/correction`, { criteria: 'a', reason: 'बिंदु मिला' })).statusCode, 303);
  assert.deepEqual(await standing(), [true, true]);
  const acts = await sql<{ reason: string }>`select detail->>'reason' as reason from audit_event
    where action = 'paper.answer_corrected' order by audit_event_id`.execute(world.runtime.db.read);
  assert.deepEqual(
    acts.rows.map((row) => row.reason),
    ['बिंदु नहीं था', 'बिंदु मिला'],
  );
  const certified = (await markingDesk(author, 'marked')).find(
    (row) => row.personId === world.personId('sunita'),
  );
  assert.ok(certified);
  const at = { paperId: certified.paperId, place: 0 };
  await assert.rejects(correctMark(author, at, { criteria: [], note: null, reason: 'भूल' }), {
    reason: 'certificate_issued',
  });
});
