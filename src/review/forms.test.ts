import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { openTable } from '../kernel/tabular/index.ts';
import { sentencesOf } from './briefing/sentences.ts';
import { bareFactText } from './pages/notable-card.tsx';
import { sayIn } from './pages/words.ts';
import { reviewSheet } from './sheet/review-sheet.ts';
import type { Sheet } from './sheet/shape.ts';
import { asking, asOf, linesOf, openDepartment } from './test-department.ts';

const world = await openDepartment();
after(() => world.close());
const get = asking(world);

test('before the first figure stand two buttons, and all others behind one that needs no script', async () => {
  const { body } = await get(`/office/review/SW?asOf=${asOf}`, 'secretary');
  const [, buttons = ''] = /<div class="actions">(.*?)<div class="stat/.exec(body) ?? [];
  const [open = '', hidden = ''] = buttons.split('<details class="more-actions"');
  const links = (part: string) => [...part.matchAll(/href="\/office\/([^"?]*)/g)].map(([, href]) => href);
  assert.deepEqual(links(open), ['review/SW/presentation', 'review/SW/sheet.pdf']);
  assert.deepEqual(links(hidden), [
    ...['review/SW/briefing', 'review/SW/sheet.xlsx', 'review/SW/sheet.csv', 'review/SW/snapshots'],
    'offices/SW/training',
  ]);
});

test('a kept sheet says the same compressed or not, and goes to nobody who may not see it so', async () => {
  const url = `/api/v1/review/UP?asOf=${asOf}`;
  const plain = await get(url, 'chief');
  assert.equal(plain.headers['content-encoding'], undefined);
  for (const [form, open] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)
    for (let time = 0; time < 2; time += 1) {
      const answer = await get(url, 'chief', { 'accept-encoding': form });
      const { vary, 'content-encoding': encoding, 'content-type': type } = answer.headers;
      assert.deepEqual([vary, encoding, type], ['Accept-Encoding', form, plain.headers['content-type']]);
      assert.deepEqual(JSON.parse(open(answer.rawPayload).toString()), plain.json());
    }
  const others = await get(url, 'anita');
  assert.notDeepEqual(others.json(), plain.json(), 'masked for whoever sees one department');
  assert.equal((await get(url, 'sunita')).statusCode, 403);
  const state = `/api/v1/review/areas/state:9?asOf=${asOf}`;
  assert.equal((await get(state, 'chief')).statusCode, 200);
  assert.equal((await get(state, 'secretary')).statusCode, 404);
  assert.equal((await get(state)).statusCode, 401);
});

test('page, CSV and API give the same figures; PDF, briefing and presentation are made of them', async () => {
  const query = `asOf=${asOf}&compare=2025-03-31`;
  const api = (await get(`/api/v1/review/SW?${query}`, 'secretary')).json() as Sheet;
  assert.equal(api.figures.completions, 21_150);
  const page = await get(`/office/review/SW?${query}&rows=all`, 'secretary');
  for (const text of ['3,900', '2,759', '21,150', '3,900 का 70.7%', 'सिद्धार्थनगर'])
    assert.ok(page.body.includes(text), text);
  const csv = await get(`/office/review/SW/sheet.csv?${query}`, 'secretary');
  const names = ['कोड', 'पंजीकृत', 'पूरे किए गए कोर्स'].map((name) => ({ name }));
  const table = await openTable(Readable.from([csv.rawPayload]), { columns: names });
  const rows = [];
  for await (const chunk of table.rows) rows.push(...chunk.rows.map((row) => row.values));
  assert.deepEqual(rows[0], ['SW', '3900', '21150']);
  for (const line of linesOf(api, 'units'))
    assert.ok(
      rows.some((row) => row[0] === line.code && row[1] === String(line.figures.registered)),
      line.code,
    );
  for (const form of ['sheet.pdf', 'briefing.pdf'])
    assert.equal(
      (await get(`/office/review/SW/${form}?${query}`, 'secretary')).rawPayload.subarray(0, 5).toString(),
      '%PDF-',
    );
  assert.match((await get(`/office/review/SW/briefing?${query}`, 'secretary')).body, /3,900 कार्मिक पंजीकृत/);
  assert.match(
    (await get(`/office/review/SW/presentation?${query}`, 'secretary')).body,
    /class="slide-figure">2,759</,
  );
  const slides = (await get(`/office/review/UP/presentation?${query}`, 'chief')).body;
  for (const id of ['divisions-1', 'divisions-2', 'board', 'board-1', 'districts-best', 'divisions-worst'])
    assert.ok(slides.includes(`id="${id}"`), id);
  assert.match(slides, /src="\/assets\/presentation[\w-]*\.js"/);
});

test('the briefing gives every reason of the sheet, and the figure of the whole once of each measure', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf });
  for (const [language, whole] of [
    ['hi', 'पूरे में'],
    ['en', 'the whole'],
  ] as const) {
    const say = sayIn(language);
    const text = sentencesOf(sheet, language)
      .flatMap(({ sentences }) => sentences)
      .join(' ');
    const named = (sheet.ends ?? []).flatMap(({ best, worst }) => [...best, ...worst]);
    assert.ok(named.some(({ facts }) => facts.length > 1));
    for (const { facts } of named)
      for (const fact of facts) assert.ok(text.includes(bareFactText(fact, say)), bareFactText(fact, say));
    const measures = new Set(named.flatMap(({ facts }) => facts.map(({ metric }) => metric)));
    assert.equal(text.split(`(${whole} `).length - 1, measures.size, language);
  }
  const one = sentencesOf({ ...sheet, completionsOnDay: 1 }, 'en').flatMap(({ sentences }) => sentences);
  assert.ok(one.includes('Courses completed on this day: 1.'));
});

test('a day to come, and a day of comparison that is not before the sheet’s, are told and not passed over', async () => {
  const page = async (query: string) => (await get(`/office/review/SW?${query}`, 'secretary')).body;
  const [ahead, notBefore] = [/आगे की तिथि के आँकड़े नहीं होते/, /तुलना की तिथि \(1 नवंबर 2026\)/];
  assert.match(await page('asOf=2030-01-01'), ahead);
  assert.match(await page('asOf=01-10-2026&compare=2026-11-01'), notBefore);
  assert.match(await page('asOf=2026-11-01&compare=2026-11-01'), notBefore);
  const brief = await get('/office/review/SW/briefing?asOf=2030-01-01', 'secretary');
  assert.match(brief.body, ahead);
  for (const query of ['', 'asOf=2026-11-22', 'asOf=2026-11-02&compare=2026-11-01']) {
    assert.doesNotMatch(await page(query), ahead, query);
    assert.doesNotMatch(await page(query), /तुलना की तिथि \(/, query);
  }
  const api = await get('/api/v1/review/SW?asOf=2026-10-01&compare=2026-11-01', 'secretary');
  assert.equal(api.json().compareOn, '2026-09-01');
  const wrong = await get('/api/v1/review/SW?compare=31-02-2026', 'secretary');
  assert.deepEqual([wrong.statusCode, wrong.json().errors[0].path], [422, 'compare']);
  assert.match((await get('/office/review/UP?asOf=2026-10-15', 'secretary')).body, /माह के अंतिम दिन/);
  assert.match((await get('/office/offices/SW/training?asOf=2030-01-01', 'secretary')).body, ahead);
});

test('a sheet’s list of its parts leads to every card of it, in their order', async () => {
  for (const [who, path] of [
    ['chief', 'UP'],
    ['secretary', 'SW'],
    ['anita', 'UP'],
    ['chief', 'areas/district:129'],
  ] as const) {
    const { body } = await get(`/office/review/${path}?asOf=${asOf}`, who);
    const list = /<nav class="jump-list".*?<\/nav>/s.exec(body)?.[0] ?? '';
    const jumps = [...list.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    const cards = [...body.matchAll(/<section class="card[^>]* id="([\w-]+)"/g)].map(([, id]) => id);
    // Both ends of all tables stand together, and are one entry.
    const [first, ...others] = cards.filter((id) => /-(best|worst)$/.test(id ?? ''));
    assert.deepEqual(
      jumps,
      cards.filter((id) => !others.includes(id)),
      `${who} ${path}`,
    );
    assert.equal(jumps.includes(first), first !== undefined);
  }
});

test('a page that many lead to has a way back to the sheet that it was opened from', async () => {
  const from = (path: string) => ({ host: 'daksh.test', referer: `http://daksh.test${path}` });
  const sheet = `/office/review/SW?asOf=${asOf}`;
  for (const url of ['/office/definitions', '/office/curriculum/failing?office=SW']) {
    assert.match(
      (await get(url, 'secretary', from(sheet))).body,
      /<a href="\/office\/review\/SW\?asOf=[^>]*>वापस/,
    );
    for (const path of [url, '/learn', '/office/../sign-in'])
      assert.doesNotMatch((await get(url, 'secretary', from(path))).body, /वापस: जिस पृष्ठ/, path);
    const abroad = { host: 'daksh.test', referer: 'http://example.org/office/review/SW' };
    assert.doesNotMatch((await get(url, 'secretary', abroad)).body, /वापस: जिस पृष्ठ/);
  }
});

test('a wrong day comes back beside its field, as it was typed, with the way to the sheet of today', async () => {
  for (const form of ['', '/presentation', '/briefing', '/districts/162']) {
    const answer = await get(`/office/review/SW${form}?asOf=abc&compare=2026-10-01`, 'secretary');
    assert.equal(answer.statusCode, 422, form);
    assert.match(answer.body, /id="asOf-error"/);
    assert.match(answer.body, /name="asOf"[^>]*value="abc"|value="abc"[^>]*name="asOf"/);
    assert.match(answer.body, /value="2026-10-01"/);
    assert.match(answer.body, /action="\/office\/review\/SW"/);
    assert.match(answer.body, /href="\/office\/review\/SW"/);
    assert.match(answer.body, /href="#asOf"/);
  }
  const both = await get('/office/review/areas/district:129?asOf=x&compare=31-02-2026', 'chief');
  assert.equal(both.statusCode, 422);
  assert.match(both.body, /action="\/office\/review\/areas\/district%3A129"/);
  assert.equal((await get('/office/review/NOWHERE?asOf=abc', 'secretary')).statusCode, 404);
  const file = await get('/office/review/SW/sheet.csv?asOf=abc', 'secretary', { accept: 'text/html' });
  assert.equal(file.statusCode, 422);
  assert.match(file.body, /<h1>तिथि ठीक नहीं है/);
  assert.doesNotMatch(file.body, /error-summary/, 'what the heading says is not said again');
});

test('an unknown office is not found, a learner has no sheets, and a wrong day is refused', async () => {
  assert.equal((await get('/api/v1/review/NOWHERE', 'secretary')).statusCode, 404);
  assert.equal((await get('/api/v1/review/SW')).statusCode, 401);
  assert.equal((await get('/api/v1/review/SW', 'sunita')).statusCode, 403);
  assert.equal((await get('/api/v1/review/SW?asOf=31-02-2026', 'secretary')).statusCode, 422);
});
