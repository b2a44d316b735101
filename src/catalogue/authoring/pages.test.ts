import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';

const world = await openWorld();
const app = await world.app();
after(() => world.close());
const author = await signedIn(world, 'author');
const learner = await signedIn(world, 'sunita');

type Fields = Record<string, string>;
const base = '/office/courses';

async function open(url: string, who = author) {
  const answer = await app.inject({ url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, html: answer.body };
}

async function send(url: string, fields: Fields, who = author) {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: who.csrf, ...fields }).toString(),
  });
  return { status: answer.statusCode, html: answer.body, to: String(answer.headers['location'] ?? '') };
}

/** The stamp that a page's form carries. */
async function stampOn(url: string): Promise<string> {
  const { html } = await open(url);
  return /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
}

const details = { titleHi: 'साइबर की पहली बातें', language: 'hi', tagCyber: 'yes' };

async function newCourse(code: string, more: Fields = {}) {
  const made = await send(base, { ...details, code, ...more });
  assert.equal(made.status, 303, made.html);
  return `${base}/${code}`;
}

async function newLesson(course: string, kind: string, titleHi: string) {
  const made = await send(`${course}/lessons`, { kind, titleHi });
  assert.equal(made.status, 303, made.html);
  return made.to;
}

test('an author goes from a new course over lesson and quiz to publication, without script', async () => {
  const course = await newCourse('whole', { titleEn: 'First things', tags: 'OTP; यूपीआई' });
  const lesson = await newLesson(course, 'text', 'पासवर्ड');
  const texts = {
    titleHi: 'पासवर्ड',
    titleEn: 'Passwords',
    bodyHi: '## लंबा रखें\nशब्द '.repeat(40),
    bodyEn: '',
    durationMinutes: '',
    minimumSeconds: '४५',
  };
  const saved = await send(lesson, { ...texts, revision: await stampOn(lesson), action: 'save' });
  assert.equal(saved.status, 303, saved.html);
  const quiz = await newLesson(course, 'quiz', 'जाँच');
  const early = await send(`${course}/publication`, {});
  assert.equal(early.status, 422);
  assert.match(early.html, /प्रश्नोत्तरी में प्रश्न नहीं हैं/);
  const question = {
    textHi: 'OTP किसे बताएँ?',
    'option-1-hi': 'किसी को नहीं',
    'option-2-hi': 'सबको',
    points: '1',
  };
  const wrong = await send(`${quiz}/questions/new?kind=single`, { ...question, revision: '1' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /एक सही विकल्प चुनें/);
  assert.match(wrong.html, /value="किसी को नहीं"/);
  const right = await send(`${quiz}/questions/new?kind=single`, { ...question, right: '1', revision: '1' });
  assert.equal(right.to, `${quiz}#questions`);
  assert.match((await open(`${course}/publication`)).html, /संस्करण 1 प्रकाशित करें/);
  assert.equal((await send(`${course}/publication`, {})).status, 303);
  const shown = (await app.inject('/api/v1/courses/whole')).json();
  assert.deepEqual([shown.version, shown.lessons.length, shown.languages], [1, 2, ['hi', 'en']]);
  assert.deepEqual(shown.tags, ['cyber', 'otp', 'यूपीआई']);
  assert.equal(shown.lessons[0].minimumSeconds, 45);
});

test('a thin course is published, but not without a word', async () => {
  const course = await newCourse('thin');
  const lesson = await newLesson(course, 'text', 'टिप्पणी');
  const texts = {
    titleHi: 'टिप्पणी',
    titleEn: '',
    bodyHi: 'शब्द '.repeat(400),
    bodyEn: '',
    durationMinutes: '',
  };
  const revision = await stampOn(lesson);
  const low = await send(lesson, { ...texts, minimumSeconds: '5', revision, action: 'save' });
  assert.equal(low.status, 422, 'half of a fifth of the reading time is the floor');
  assert.match(low.html, /कम से कम 18 सेकंड/);
  const saved = await send(lesson, { ...texts, minimumSeconds: '18', revision, action: 'save' });
  assert.equal(saved.status, 303, saved.html);
  const { html } = await open(`${course}/publication`);
  for (const warning of [
    'बहुत छोटा',
    'न्यूनतम समय 18 सेकंड',
    'स्रोत नहीं',
    'किनके लिए',
    'अंग्रेज़ी शीर्षक',
    'कोई प्रश्नोत्तरी नहीं',
  ])
    assert.match(html, new RegExp(warning));
  assert.equal((await send(`${course}/publication`, {})).status, 303);
});

test('an author’s list begins with what is being written, and says how many there are', async () => {
  await newCourse('zz-last-by-code');
  const { html } = await open(base);
  const codes = [...html.matchAll(/\/office\/courses\/([\w-]+)\/edit/g)].map((found) => found[1]);
  const drafts = codes.indexOf('zz-last-by-code');
  assert.ok(drafts >= 0);
  assert.ok(codes.slice(0, drafts).every((code) => code !== undefined && code < 'zz-last-by-code'));
});

test('the pages are for authors, reviewers and publishers only', async () => {
  const course = await newCourse('closed');
  for (const url of [base, `${course}/edit`, `${base}/new`, `${course}/publication`])
    assert.equal((await open(url, learner)).status, 403, url);
  assert.equal((await app.inject(base)).statusCode, 401);
  assert.equal((await send(base, { ...details, code: 'no' }, learner)).status, 403);
  assert.equal((await open(`${base}/no-such/edit`)).status, 404);
  for (const url of [
    base,
    `${course}/edit`,
    `${course}/details`,
    `${course}/completion`,
    `${course}/sources`,
    `${course}/preview`,
  ])
    assert.equal((await open(url)).status, 200, url);
});

test('a wrong form comes back with what was typed, a taken code too', async () => {
  const blank = await send(base, { code: 'bad code', titleEn: 'Only English', language: 'hi' });
  assert.equal(blank.status, 422);
  assert.match(blank.html, /value="Only English"/);
  assert.match(blank.html, /मुख्य भाषा में शीर्षक/);
  await newCourse('taken');
  const taken = await send(base, { ...details, code: 'taken' });
  assert.equal(taken.status, 409);
  assert.match(taken.html, /value="साइबर की पहली बातें"/);
});

test("a save over somebody else's is refused with both texts, and can then be made knowingly", async () => {
  const course = await newCourse('stale');
  const lesson = await newLesson(course, 'text', 'पाठ');
  const stamp = await stampOn(lesson);
  const mine = { titleHi: 'पाठ', bodyHi: 'मेरा पाठ', action: 'save' };
  assert.equal((await send(lesson, { ...mine, bodyHi: 'उनका पाठ', revision: stamp })).status, 303);
  const refused = await send(lesson, { ...mine, revision: stamp });
  assert.equal(refused.status, 409);
  assert.match(refused.html, /आपने इसे दूसरी जगह भी बदला है/);
  assert.match(refused.html, /उनका पाठ/);
  assert.match(refused.html, /मेरा पाठ/);
  const next = /name="revision" value="(\d+)"/.exec(refused.html)?.[1] ?? '';
  assert.equal((await send(lesson, { ...mine, revision: next })).status, 303);
  assert.match((await open(lesson)).html, /मेरा पाठ/);
  const old = { ...details, revision: '1' };
  assert.equal((await send(`${course}/details`, { ...old, titleHi: 'एक' })).status, 303);
  assert.equal((await send(`${course}/details`, { ...old, titleHi: 'दो' })).status, 409);
});

test('a preview or a mended error keeps the stamp that the form was opened with', async () => {
  const course = await newCourse('kept-stamp');
  const lesson = await newLesson(course, 'text', 'पाठ');
  assert.equal(
    (await send(lesson, { titleHi: 'पाठ', bodyHi: 'उनका', revision: '1', action: 'save' })).status,
    303,
  );
  const mine = { titleHi: 'पाठ', bodyHi: 'मेरा', revision: '1' };
  const shown = [
    await send(lesson, { ...mine, action: 'preview' }),
    await send(lesson, { ...mine, titleHi: '', action: 'save' }),
    await send(`${course}/details`, { titleHi: '', language: 'hi', revision: '1' }),
  ];
  for (const { html } of shown) assert.match(html, /name="revision" value="1"/);
});

test('two lessons added at the same moment both stand in the draft', async () => {
  const course = await newCourse('both');
  const made = await Promise.all(['क', 'ख', 'ग'].map((title) => newLesson(course, 'text', title)));
  assert.equal(new Set(made).size, 3);
});

test('what an author writes is never markup or script of a page', async () => {
  const evil = '<script>alert(1)</script>';
  const course = await newCourse('evil', { titleHi: evil, summaryHi: '"><img src=x onerror=alert(1)>' });
  const lesson = await newLesson(course, 'text', `${evil}पाठ`);
  const bodyHi = [
    evil,
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '[b](JaVaScRiPt&colon;alert(1))',
    '[c](data:text/html,x)',
    '![d](javascript:alert(1))',
    '![e](data:image/svg+xml;base64,PHN2Zz4=)',
    '[f](vbscript:x)',
    '<javascript:alert(1)>',
    '[g]: javascript:alert(1)\n\n[g]',
    '[h](https://example.in "x\\" onmouseover=alert(1)")',
  ].join('\n\n');
  const preview = await send(lesson, { titleHi: 'पाठ', bodyHi, action: 'preview', revision: '1' });
  await send(lesson, { titleHi: `${evil}पाठ`, bodyHi, action: 'save', revision: '1' });
  const pages = [preview.html];
  for (const url of [
    `${course}/edit`,
    lesson,
    `${lesson}/preview?language=hi`,
    base,
    `${course}/details`,
    `${course}/publication`,
  ])
    pages.push((await open(url)).html);
  for (const html of pages) {
    assert.doesNotMatch(html, /<script>alert/);
    assert.doesNotMatch(html, /<img[^>]+(onerror|javascript:|data:)/i);
    assert.doesNotMatch(html, /<(a|iframe)[^>]+(href|src)="\s*(javascript|data|vbscript):/i);
    assert.doesNotMatch(html.replaceAll(/"[^"]*"/g, '""'), /<[^>]*\son\w+=/i);
  }
  assert.match((await open(`${lesson}/preview?language=hi`)).html, /&lt;script&gt;/);
});

test('lessons are ordered, removed after a question, and leave the completion rule', async () => {
  const course = await newCourse('order');
  const lessons = [];
  for (const title of ['क', 'ख', 'ग']) lessons.push(await newLesson(course, 'text', title));
  const [first = '', , third = ''] = lessons;
  assert.equal((await send(`${third}/position`, { step: 'up' })).status, 303);
  assert.equal((await send(`${first}/position`, { place: '३' })).status, 303);
  const order = async () =>
    (await app.inject({ url: '/api/v1/courses/order', headers: author.headers })).json();
  assert.deepEqual(
    (await order()).lessons.map((one: { code: string }) => one.code),
    ['l3', 'l2', 'l1'],
  );
  const chosen = { rule: 'chosen', 'need:l1': 'yes', 'need:l2': 'yes' };
  assert.equal((await send(`${course}/completion`, { rule: 'chosen', revision: '1' })).status, 422);
  assert.equal((await send(`${course}/completion`, { ...chosen, revision: '1' })).status, 303);
  assert.match((await open(`${first}/removal`)).html, /पाठ हटाएँ/);
  assert.equal((await send(`${first}/removal`, { revision: '9' })).status, 409);
  assert.equal((await send(`${first}/removal`, { revision: '1' })).status, 303);
  const rule = await sql<{
    rule: object;
  }>`select completion_rule as rule from course_version join course using (course_id)
    where code = 'order'`.execute(world.runtime.db.read);
  assert.deepEqual(rule.rows[0]?.rule, { lessons: ['l2'] });
});

async function upload(
  lesson: string,
  { slot, content, name, fields = {} }: { slot: string; content: string; name: string; fields?: Fields },
) {
  const texts = { titleHi: 'पुस्तिका', revision: await stampOn(lesson), ...fields, action: `upload-${slot}` };
  const parts = Object.entries(texts).map(
    ([key, value]) => `--b\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  const file = `--b\r\ncontent-disposition: form-data; name="${slot}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n${content}\r\n--b--\r\n`;
  const answer = await app.inject({
    method: 'POST',
    url: `${lesson}?_csrf=${author.csrf}`,
    headers: { cookie: author.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    payload: parts.join('') + file,
  });
  return { status: answer.statusCode, html: answer.body };
}

test('a picture is put at the end of the text it is sent with; what is no picture is refused there', async () => {
  const course = await newCourse('with-picture');
  const lesson = await newLesson(course, 'text', 'चित्र वाला पाठ');
  const fields = { titleHi: 'चित्र वाला पाठ', bodyHi: 'पहले पाठ।' };
  const page = await upload(lesson, { slot: 'image-hi', content: '<svg/>', name: 'a.png', fields });
  assert.equal(page.status, 415);
  assert.match(page.html, /यहाँ चित्र चुनें/);
  assert.match(page.html, /पहले पाठ।/, 'what was typed is kept');
  const webp = 'RIFF\x14\0\0\0WEBPVP8L\x08\0\0\0/\0\0\0\0\0\0\0';
  assert.equal(
    (await upload(lesson, { slot: 'image-hi', content: webp, name: 'नक्शा.webp', fields })).status,
    303,
  );
  assert.match((await open(lesson)).html, /पहले पाठ।\s+!\[नक्शा\]\(\/media\/[0-9a-f-]{36}\)/);
});

test('files are attached by what they are, shown with their weight, and taken off again', async () => {
  const course = await newCourse('files');
  const lesson = await newLesson(course, 'pdf', 'पुस्तिका');
  const page = await upload(lesson, { slot: 'file-hi', content: '<html>', name: 'a.pdf' });
  assert.equal(page.status, 415);
  assert.match(page.html, /यहाँ PDF चुनें/);
  const captions = 'WEBVTT\n\n00:01.000 --> 00:02.000\nक\n';
  assert.equal((await upload(lesson, { slot: 'file-hi', content: captions, name: 'a.vtt' })).status, 415);
  const pdf = `%PDF-1.7\n${'x'.repeat(1_200_000)}`;
  assert.equal((await upload(lesson, { slot: 'file-hi', content: pdf, name: 'a.pdf' })).status, 303);
  const shown = (await open(lesson)).html;
  assert.match(shown, /a\.pdf/);
  assert.match(shown, /यह फ़ाइल 1\.2 MB की है/);
  const missing = await send(`${course}/publication`, {});
  assert.match(missing.html, /वैकल्पिक विवरण नहीं है/);
  await send(lesson, {
    titleHi: 'पुस्तिका',
    altHi: 'विभाग की पुस्तिका',
    revision: await stampOn(lesson),
    action: 'save',
  });
  assert.equal((await send(`${course}/publication`, {})).status, 303);
  const removal = async () =>
    send(lesson, { titleHi: 'पुस्तिका', revision: await stampOn(lesson), action: 'detach-file-hi' });
  assert.equal((await removal()).status, 409);
  await send(`${course}/draft`, {});
  assert.equal((await removal()).status, 303);
  assert.doesNotMatch((await open(lesson)).html, /a\.pdf/);
});

test('what is typed in a lesson survives an upload, a refused one too', async () => {
  const course = await newCourse('kept');
  const lesson = await newLesson(course, 'audio', 'सुनिए');
  const fields = { titleHi: 'सुनिए और समझिए', transcriptHi: 'जो बोला गया', bodyHi: 'टिप्पणी' };
  const wrong = await upload(lesson, { slot: 'file-hi', content: '%PDF-1.7\nx', name: 'a.pdf', fields });
  assert.equal(wrong.status, 415);
  assert.match(wrong.html, /यहाँ ऑडियो चुनें \(MP3, M4A या OGG\)/);
  for (const text of Object.values(fields)) assert.match(wrong.html, new RegExp(`[>"]${text}[<"]`));
  const blank = await upload(lesson, { slot: 'file-hi', content: '', name: '', fields });
  assert.equal(blank.status, 422);
  assert.match(blank.html, /पहले फ़ाइल चुनें/);
  assert.match(blank.html, />जो बोला गया</);
  assert.doesNotMatch((await open(lesson)).html, />जो बोला गया</);
  const sound = `RIFF$\x0f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\x0f\0\0${'\0'.repeat(3840)}`;
  const good = await upload(lesson, { slot: 'file-hi', content: sound, name: 'a.wav', fields });
  assert.equal(good.status, 303, good.html);
  const { html } = await open(lesson);
  for (const text of [...Object.values(fields), 'a.wav']) assert.match(html, new RegExp(`[>"]${text}[<"]`));
});

test('a new course without a code gets one of its title, and all that is wrong is said at once', async () => {
  const made = await send(base, { ...details, code: '', titleHi: 'सूचना का अधिकार', competencies: '' });
  assert.match(made.to, /\/suchana-ka-adhikar\/edit$/);
  const again = await send(base, { ...details, code: '', titleHi: 'सूचना का अधिकार', competencies: '' });
  assert.match(again.to, /\/suchana-ka-adhikar-2\/edit$/);
  const wrong = await send(base, { ...details, code: 'मेरा कोर्स', competencies: 'ऐसी कोई नहीं' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /href="#code"[\s\S]*href="#competencies"/);
});

test('an empty new course names every missing field at once; an empty question speaks of a quiz', async () => {
  const blank = await send(base, { language: 'hi' });
  assert.equal(blank.status, 422);
  assert.match(blank.html, /href="#titleHi">शीर्षक \(हिन्दी\): शीर्षक लिखें/);
  const course = await newCourse('asks');
  assert.doesNotMatch((await open(`${course}/edit`)).html, /किनके लिए/);
  const quiz = await newLesson(course, 'quiz', 'जाँच');
  const question = await send(`${quiz}/questions/new?kind=single`, { revision: '1' });
  assert.equal(question.status, 422);
  assert.match(question.html, /प्रश्न लिखें: हिन्दी में/);
  assert.doesNotMatch(question.html, /अपनी समस्या/);
});

test('a published course is edited as its next version, which may be thrown away', async () => {
  const course = await newCourse('next');
  const lesson = await newLesson(course, 'text', 'पाठ');
  await send(lesson, { titleHi: 'पाठ', bodyHi: 'पहला', revision: '1', action: 'save' });
  await send(`${course}/publication`, {});
  const typed = { titleHi: 'पाठ', bodyHi: 'दूसरा', action: 'save' };
  const closed = await send(lesson, { ...typed, revision: '2' });
  assert.equal(closed.status, 409);
  assert.match(closed.html, /दूसरा/);
  assert.equal((await send(`${course}/draft`, {})).status, 303);
  assert.equal((await send(lesson, { ...typed, revision: '2' })).status, 303);
  await send(`${course}/details`, { ...details, titleHi: 'नया शीर्षक', revision: '1' });
  const shown = async () => (await app.inject('/api/v1/courses/next')).json();
  assert.equal((await shown()).title.hi, details.titleHi);
  assert.equal((await send(`${course}/draft/removal`, {})).status, 303);
  assert.match((await open(lesson)).html, /पहला/);
  await send(`${course}/draft`, {});
  await send(`${course}/details`, { ...details, titleHi: 'नया शीर्षक', revision: '1' });
  assert.equal((await send(`${course}/publication`, {})).status, 303);
  assert.deepEqual([(await shown()).title.hi, (await shown()).version], ['नया शीर्षक', 2]);
  assert.equal((await app.inject('/api/v1/courses?q=naya%20shirshak')).json().items[0]?.code, 'next');
  assert.equal((await send(`${course}/retirement`, {})).status, 303);
  assert.match((await open(`${course}/publication`)).html, /सूची में लौट आएगा/);
});

test('every kind of question is written, shown with its key, ordered and removed', async () => {
  const course = await newCourse('quiz');
  const quiz = await newLesson(course, 'quiz', 'जाँच');
  const ask = async (kind: string, fields: Fields) =>
    (await send(`${quiz}/questions/new?kind=${kind}`, { points: '1', revision: '1', ...fields })).status;
  const rows = { 'option-1-hi': 'क', 'option-2-en': 'B', 'option-4-hi': 'घ' };
  assert.equal(await ask('multiple', { textHi: 'कौन?', ...rows, 'right-1': 'yes', 'right-4': 'yes' }), 303);
  assert.equal(await ask('multiple', { textHi: 'कौन?', ...rows, 'right-3': 'yes' }), 422);
  assert.equal(await ask('numeric', { textHi: 'कितने?', answer: '१९३०', tolerance: '' }), 303);
  assert.equal(await ask('numeric', { textHi: 'कितने?', answer: 'बहुत' }), 422);
  assert.equal(
    await ask('ordering', { textHi: 'क्रम?', ...rows, 'option-1-place': '3', 'option-4-place': '1' }),
    303,
  );
  assert.equal(await ask('ordering', { textHi: 'क्रम?', 'option-1-hi': 'एक' }), 422);
  const more = await send(`${quiz}/questions/new?kind=single`, {
    textHi: 'अधूरा',
    ...rows,
    'option-3-hi': '',
    action: 'more',
  });
  assert.equal(more.status, 200);
  assert.match(more.html, /अधूरा/);
  assert.match(more.html, /option-5-hi/);
  await send(`${quiz}/questions/q3/position`, { step: 'up' });
  const rules = { passPercent: '75', attempts: '3', revision: await stampOn(quiz) };
  assert.equal((await send(`${quiz}/rules`, rules)).status, 303);
  assert.equal((await send(`${quiz}/rules`, { ...rules, passPercent: '101' })).status, 422);
  const found = await sql<{
    quiz: { passShare: number; attempts: number; questions: { code: string; items?: { text: object }[] }[] };
  }>`
    select quiz from lesson join course_version using (course_version_id) join course using (course_id) where course.code = 'quiz'`.execute(
    world.runtime.db.read,
  );
  const kept = found.rows[0]?.quiz;
  assert.deepEqual(
    [kept?.passShare, kept?.attempts, kept?.questions.map((one) => one.code)],
    [0.75, 3, ['q1', 'q3', 'q2']],
  );
  assert.deepEqual(
    kept?.questions[1]?.items?.map((item) => item.text),
    [{ hi: 'घ' }, { en: 'B' }, { hi: 'क' }],
  );
  assert.match((await open(`${quiz}/preview?language=hi`)).html, /1930/);
  const edited = { textHi: 'कितने नंबर?', answer: '112', points: '2', revision: await stampOn(quiz) };
  assert.equal((await send(`${quiz}/questions/q2`, { ...edited, revision: '1' })).status, 409);
  assert.equal((await send(`${quiz}/questions/q2`, edited)).status, 303);
  assert.equal((await send(`${quiz}/questions/q2/removal`, { revision: await stampOn(quiz) })).status, 303);
  assert.doesNotMatch((await open(quiz)).html, /कितने नंबर/);
});
