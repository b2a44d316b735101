import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';

const world = await openWorld();
const app = await world.app();
after(() => world.close());
const author = await signedIn(world, 'author');
const base = '/office/courses';
const text = 'पहला\n\nदूसरा\n\nतीसरा';

type Answered = { status: number; html: string; to: string; json(): Record<string, never> };

async function send(url: string, fields: Record<string, string>): Promise<Answered> {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { cookie: author.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: author.csrf, ...fields }).toString(),
  });
  return {
    status: answer.statusCode,
    html: answer.body,
    to: String(answer.headers.location ?? ''),
    json: () => answer.json(),
  };
}

async function autosave(lesson: string, payload: object, csrf = author.csrf) {
  const answer = await app.inject({
    method: 'POST',
    url: `${lesson}/autosave`,
    headers: { cookie: author.cookie, accept: 'application/json', 'x-csrf-token': csrf },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** A lesson with three paragraphs, at stamp 2. */
async function newLesson(code: string): Promise<string> {
  const made = await send(base, { titleHi: 'कोर्स', language: 'hi', code });
  assert.equal(made.status, 303, made.html);
  const lesson = (await send(`${base}/${code}/lessons`, { kind: 'text', titleHi: 'पाठ' })).to;
  const saved = await send(lesson, { titleHi: 'पाठ', bodyHi: text, revision: '1', action: 'save' });
  assert.equal(saved.status, 303, saved.html);
  return lesson;
}

async function bodyOf(lesson: string): Promise<string> {
  const { body } = await app.inject({ url: lesson, headers: { cookie: author.cookie } });
  return /<textarea[^>]*name="bodyHi"[^>]*>([^<]*)</.exec(body)?.[1] ?? '';
}

test('a stale form whose changes do not collide is saved with what others saved meanwhile', async () => {
  const lesson = await newLesson('merge-form');
  const form = (bodyHi: string) => send(lesson, { titleHi: 'पाठ', bodyHi, revision: '2', action: 'save' });
  assert.equal((await form(text.replace('पहला', 'पहला बदला'))).status, 303);
  assert.equal((await form(text.replace('तीसरा', 'तीसरा बदला'))).status, 303);
  assert.equal(await bodyOf(lesson), 'पहला बदला\n\nदूसरा\n\nतीसरा बदला');
});

test('an autosave answers with the merged text, its document and the time', async () => {
  const lesson = await newLesson('merge-auto');
  const values = { titleHi: 'पाठ', titleEn: '', bodyHi: text };
  const first = await autosave(lesson, {
    revision: 2,
    base: values,
    values: { ...values, bodyHi: text.replace('दूसरा', 'दूसरा नया') },
  });
  assert.deepEqual(
    [first.status, first.body.revision, first.body.isMerged, first.body.savedAt],
    [200, 3, false, '11:30'],
  );
  const second = await autosave(lesson, {
    revision: 2,
    base: values,
    values: { ...values, titleEn: 'Lesson' },
  });
  assert.deepEqual([second.body.revision, second.body.isMerged], [4, true]);
  // Both saves are one person's: no other author is spoken of.
  assert.equal(second.body.isByOthers, false);
  assert.equal(second.body.values.bodyHi, 'पहला\n\nदूसरा नया\n\nतीसरा');
  assert.equal(second.body.documents.bodyHi.content.length, 3);
});

test('an editor that brings nothing sees what others saved and saves nothing', async () => {
  const lesson = await newLesson('merge-look');
  const values = { titleHi: 'पाठ', bodyHi: text };
  await autosave(lesson, { revision: 2, base: values, values: { ...values, bodyHi: `${text}\n\nचौथा` } });
  const looked = await autosave(lesson, { revision: 2, base: values, values });
  assert.deepEqual([looked.body.revision, looked.body.isMerged], [3, true]);
  assert.match(looked.body.values.bodyHi, /चौथा/);
});

test('what another person saved is told as his', async () => {
  const lesson = await newLesson('merge-other');
  const values = { titleHi: 'पाठ', titleEn: '', bodyHi: text };
  await autosave(lesson, { revision: 2, base: values, values: { ...values, bodyHi: `${text}\n\nचौथा` } });
  await sql`update lesson_revision set saved_by = ${world.personId('ramesh')} where revision = 3
    and lesson_id in (select lesson_id from lesson join course_version using (course_version_id)
      join course using (course_id) where course.code = 'merge-other')`.execute(world.runtime.db.read);
  const mine = await autosave(lesson, {
    revision: 2,
    base: values,
    values: { ...values, titleEn: 'Lesson' },
  });
  assert.deepEqual([mine.body.isMerged, mine.body.isByOthers], [true, true]);
});

test('where both changed one passage, the later text is refused, kept aside and shown beside the other', async () => {
  const lesson = await newLesson('merge-collides');
  const values = { titleHi: 'पाठ', bodyHi: text };
  await autosave(lesson, {
    revision: 2,
    base: values,
    values: { ...values, bodyHi: text.replace('दूसरा', 'उनका') },
  });
  const mine = { ...values, bodyHi: text.replace('दूसरा', 'मेरा').replace('तीसरा', 'तीसरा मेरा') };
  const refused = await autosave(lesson, { revision: 2, base: values, values: mine });
  assert.deepEqual([refused.status, refused.body.code], [409, 'stale']);
  const aside = await sql<{ body: string }>`select snapshot->'contents'->0->>'bodyMarkdown' as body
    from lesson_revision where action = 'aside'`.execute(world.runtime.db.read);
  assert.deepEqual(aside.rows, [{ body: mine.bodyHi }]);
  const shown = await send(lesson, { ...mine, revision: '2', action: 'save' });
  assert.equal(shown.status, 409);
  assert.match(shown.html, /<mark>मेरा<\/mark>[\s\S]*<mark>उनका<\/mark>/);
  assert.match(shown.html, /मेरा\n\nतीसरा मेरा</);
  const ways = [...shown.html.matchAll(/type="hidden" name="bodyHi" value="([^"]*)"/g)].map((one) => one[1]);
  const rest = '\n\nतीसरा मेरा';
  assert.deepEqual(
    ways.map((one) => one?.replace('पहला\n\n', '')),
    [`उनका\n\nमेरा${rest}`, `मेरा${rest}`, `उनका${rest}`],
  );
});

test('who else has the lesson open is told by name', async () => {
  const lesson = await newLesson('present');
  await sql`insert into lesson_presence (person_id, lesson_id, seen_at)
    select ${world.personId('ramesh')}, lesson_id, ${world.clock.now()} from lesson
    join course_version using (course_version_id) join course using (course_id)
    where course.code = 'present'`.execute(world.runtime.db.read);
  const answer = await autosave(lesson, { revision: 2 });
  assert.equal(answer.body.others.length, 1);
});

test('an autosave needs the form token, a title and a draft that its author may edit', async () => {
  const lesson = await newLesson('guarded');
  assert.equal((await autosave(lesson, { revision: 2 }, 'wrong')).status, 403);
  const untitled = await autosave(lesson, { revision: 2, base: {}, values: { titleHi: ' ', titleEn: '' } });
  assert.deepEqual([untitled.status, untitled.body.errors[0].path], [422, 'titleHi']);
  assert.equal((await autosave(`${base}/guarded/lessons/none`, { revision: 2 })).status, 404);
  assert.equal(
    (await app.inject({ method: 'POST', url: `${lesson}/autosave`, payload: { revision: 2 } })).statusCode,
    401,
  );
});

test('every state stands in the history with its difference and can come back', async () => {
  const lesson = await newLesson('history');
  await send(lesson, {
    titleHi: 'पाठ',
    bodyHi: text.replace('दूसरा', 'बिगड़ा'),
    revision: '2',
    action: 'save',
  });
  const get = async (url: string) => (await app.inject({ url, headers: { cookie: author.cookie } })).body;
  const list = await get(`${lesson}/history`);
  const ids = [...list.matchAll(/history\/([0-9a-f-]{36})"/g)].map((match) => match[1]);
  assert.equal(ids.length, 3);
  const difference = await get(`${lesson}/history/${ids[0]}`);
  assert.match(difference, /<del>दूसरा<\/del><ins>बिगड़ा<\/ins>/);
  assert.equal((await send(`${lesson}/history/${ids[1]}/restoration`, {})).to, lesson);
  assert.equal(await bodyOf(lesson), text);
});

test('a lesson that was taken out comes back in its place with its text', async () => {
  const lesson = await newLesson('undo');
  const course = `${base}/undo`;
  await send(`${course}/lessons`, { kind: 'text', titleHi: 'दूसरा पाठ' });
  await send(`${lesson}/removal`, { revision: '2' });
  const { body } = await app.inject({ url: `${course}/edit`, headers: { cookie: author.cookie } });
  const action = /action="([^"]*\/restoration)"/.exec(body)?.[1] ?? '';
  assert.equal((await send(action, {})).status, 303);
  assert.equal(await bodyOf(lesson), text);
  const shown = await app.inject({ url: `${course}/edit`, headers: { cookie: author.cookie } });
  assert.ok(shown.body.indexOf('lessons/l1') < shown.body.indexOf('lessons/l2'));
});

test('lessons stand under the heading of their module, and a lesson that is moved joins the one it comes to', async () => {
  await newLesson('modules');
  const course = `${base}/modules`;
  for (const titleHi of ['ख', 'ग']) await send(`${course}/lessons`, { kind: 'text', titleHi });
  assert.equal((await send(`${course}/lessons/l2/module`, { moduleHi: 'पहला खंड' })).status, 303);
  const headings = async () => {
    const found = await sql<{ module: string | null }>`select l.module_hi as module from lesson l
      join course_version using (course_version_id) join course c using (course_id)
      where c.code = 'modules' order by ordinal`.execute(world.runtime.db.read);
    return found.rows.map((row) => row.module);
  };
  assert.deepEqual(await headings(), [null, 'पहला खंड', 'पहला खंड']);
  await send(`${course}/lessons/l1/position`, { place: '3' });
  assert.deepEqual(await headings(), ['पहला खंड', 'पहला खंड', 'पहला खंड']);
  const { body } = await app.inject({ url: `${course}/edit`, headers: { cookie: author.cookie } });
  assert.match(body, /<caption[^>]*>पहला खंड/);
});
