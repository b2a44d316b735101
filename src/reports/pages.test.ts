import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { runJobsOnce } from '../../test/run-jobs.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { subjectIds } from './definition.ts';
import { loadDemonstrationReports } from './load-demonstration.ts';
import { randomPeople } from './test-world.ts';

const world = await openWorld({ isDemonstration: true });
after(() => world.close());
await randomPeople(world, 3);
await loadDemonstrationReports(world.system);
const app = await world.app();
const anita = await signedIn(world, 'anita');

const get = (url: string, headers: Record<string, string> = anita.headers) => app.inject({ url, headers });
const post = (url: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...anita.headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: anita.csrf, ...fields }).toString(),
  });

test('each subject is chosen, shown and taken by its address alone', async () => {
  for (const subject of subjectIds) {
    const page = await get(`/office/reports/new?subject=${subject}`);
    assert.equal(page.statusCode, 200, subject);
  }
  const chosen =
    'subject=completions&office=SW&shape=figures&g1=month&g2=course&m=completions&f_tag=ai;cyber';
  const shown = await get(`/office/reports/new?${chosen}&show=1`);
  assert.equal(shown.statusCode, 200);
  assert.match(shown.body, /REP-0/);
  const csv = await get(`/office/reports/rows.csv?${chosen}`);
  assert.match(csv.headers['content-disposition'] as string, /filename\*=UTF-8''[^;]*\.csv$/);
  assert.match(csv.body, /^\ufeffमाह,कोर्स \(कोड\),कोर्स,/);
});

test('a day to come is said to be today, and figures of the activity view that they are not the sheet’s', async () => {
  const shown = async (query: string) => (await get(`/office/reports/new?office=SW&show=1&${query}`)).body;
  const people = 'subject=people&shape=figures&g1=group&m=completions';
  const [ahead, other] = [/आगे की तिथि के आँकड़े नहीं होते/, /समीक्षा पत्रक .*भिन्न/];
  assert.match(await shown(`${people}&asOf=2030-01-01`), ahead);
  assert.doesNotMatch(await shown(`${people}&asOf=2026-11-01`), ahead);
  assert.doesNotMatch(await shown(people), other);
  for (const subject of ['completions', 'courses'])
    assert.match(await shown(`subject=${subject}&shape=figures&g1=tag&m=completions`), other, subject);
});

test('what is wrong comes back with the form; who may not see it finds nothing', async () => {
  const wrong = await get('/office/reports/new?subject=people&office=SW&g1=group&show=1');
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /कम से कम एक आँकड़ा चुनें/);
  // A list without columns is still one, and what it lacks is told where it is chosen.
  const bare = await get('/office/reports/new?subject=people&office=SW&shape=list&show=1');
  assert.equal(bare.statusCode, 422);
  assert.match(bare.body, /<a href="#columns">/);
  assert.match(bare.body, /name="shape" value="list" checked/);
  const chosen = 'subject=completions&office=SW&g1=month&m=completions&asOf=31-02-2026&from=soon';
  const days = await get(`/office/reports/new?${chosen}&show=1`);
  assert.equal(days.statusCode, 422);
  for (const words of ['31-02-2026', 'soon', 'कोई तिथि नहीं है']) assert.ok(days.body.includes(words), words);
  assert.equal((await get(`/office/reports/rows.csv?${chosen}`)).statusCode, 422);
  const definition = JSON.stringify({
    subject: 'people',
    office: 'SW',
    groups: ['group'],
    measures: ['reach'],
  });
  const name = 'ल'.repeat(121);
  const long = await post('/office/reports', { definition, name });
  assert.equal(long.statusCode, 422);
  assert.ok(long.body.includes(name));
  assert.match(long.body, /नाम 120 अक्षरों से लंबा है \(121\)/);
  const outside = await get('/office/reports/new?subject=people&office=HF&g1=group&m=registered&show=1');
  assert.equal(outside.statusCode, 404);
  // A mistyped code is none, however near a name it sounds; a name still finds its office.
  await sql`update office set name_en = 'Shravasti office' where code = 'SW-JHS'`.execute(
    world.runtime.db.read,
  );
  const named = (text: string) =>
    get(`/office/reports/new?subject=people&office=${text}&g1=group&m=registered&show=1`);
  assert.equal((await named('SHRAV')).statusCode, 404);
  for (const name of ['Shravasti', 'shrav', 'shravasti office'])
    assert.equal((await named(name)).statusCode, 200);
  // What only sounds or looks like it is offered.
  const heard = await named('ravasti');
  assert.equal(heard.statusCode, 404);
  assert.match(heard.body, /मिलते-जुलते: [^<]*\(SW-JHS\)/);
  const leader = await signedIn(world, 'secretary');
  const names = await get(
    '/office/reports/new?subject=people&office=SW&shape=list&c=code&show=1',
    leader.headers,
  );
  assert.equal(names.statusCode, 403);
  assert.doesNotMatch(names.body, /SW1001/);
});

test('a report is saved, made as a file by the worker, and taken', async () => {
  const definition = JSON.stringify({ subject: 'people', office: 'SW', columns: ['code', 'nameHi'] });
  const kept = await post('/office/reports', { definition, name: 'सूची' });
  assert.equal(kept.statusCode, 303);
  const page = String(kept.headers['location']);
  assert.match((await get(page)).body, /SW1001/);
  const asked = await post(`${page}/files`, { format: 'xlsx' });
  const file = String(asked.headers['location']);
  assert.match((await get(file)).body, /फ़ाइल बन रही है/);
  await runJobsOnce(world);
  assert.match((await get(file)).body, /XLSX लें/);
  const taken = await get(`${file}/content`);
  assert.equal(taken.rawPayload.subarray(0, 2).toString(), 'PK');
  assert.match((await get('/office/reports')).body, /कार्यालयवार प्रगति/);
  assert.equal((await post(`${page}/removal`, {})).statusCode, 303);
  assert.equal((await get(page)).statusCode, 404);
});

test('the API keeps, changes, copies, schedules and removes a report', async () => {
  const json = { ...anita.headers, 'content-type': 'application/json' };
  const call = (method: 'POST' | 'PUT' | 'DELETE' | 'GET', url: string, payload?: object) =>
    app.inject({
      method,
      url: `/api/v1/reports${url}`,
      headers: payload ? json : anita.headers,
      ...(payload ? { payload } : {}),
    });
  const definition = { subject: 'orders', office: 'SW', groups: ['status'], measures: ['bound'] };
  assert.equal((await call('POST', '', { name: 'x', definition })).statusCode, 422);
  const groups = { subject: 'people', office: 'SW', groups: ['group'], measures: ['registered', 'reach'] };
  const made = await call('POST', '', { name: 'समूहवार', definition: groups });
  assert.equal(made.statusCode, 201);
  const { id } = made.json();
  assert.equal((await call('PUT', `/${id}`, { name: 'नया' })).json().name, 'नया');
  assert.equal((await call('POST', `/${id}/sharing`)).json().isShared, true);
  assert.equal((await call('DELETE', `/${id}/sharing`)).json().isShared, false);
  assert.equal((await call('PUT', `/${id}/schedule`, { schedule: 'monthly' })).json().nextOn, '2026-12-01');
  assert.equal((await call('POST', `/${id}/copies`, { name: 'प्रति' })).statusCode, 201);
  assert.equal((await call('POST', `/${id}/files`, { format: 'csv' })).json().state, 'waiting');
  assert.match((await call('GET', `/${id}/rows.csv`)).body, /कुल,\d+/);
  const shown = await call('POST', '/preview', groups);
  assert.equal(shown.json().columns.length, 3);
  assert.equal((await call('DELETE', `/${id}`)).statusCode, 204);
  assert.equal((await call('GET', `/${id}`)).statusCode, 404);
});

test('nobody else finds a report or a file that is not shared; a learner and a stranger have none', async () => {
  const definition = { subject: 'people', office: 'SW', groups: ['group'], measures: ['registered'] };
  const json = { ...anita.headers, 'content-type': 'application/json' };
  const made = await app.inject({
    ...{ method: 'POST', url: '/api/v1/reports', headers: json },
    payload: { name: 'अपनी', definition },
  });
  const at = `/api/v1/reports/${made.json().id}`;
  const asked = await app.inject({
    ...{ method: 'POST', url: `${at}/files`, headers: json, payload: { format: 'csv' } },
  });
  const file = `/api/v1/report-files/${asked.json().id}`;
  const shown = await get(`/office/reports/files/${asked.json().id}`);
  assert.ok(shown.body.includes(`href="/office/reports/${made.json().id}"`), 'a file leads to its report');
  const other = await signedIn(world, 'secretary');
  for (const url of [at, `${at}/rows.csv`, file, `${file}/content`])
    assert.equal((await get(url, other.headers)).statusCode, 404, url);
  for (const [method, url] of [
    ['DELETE', at],
    ['POST', `${at}/sharing`],
    ['DELETE', file],
    ['POST', `${file}/retry`],
  ] as const)
    assert.equal(
      (await app.inject({ method, url, headers: other.headers })).statusCode,
      404,
      `${method} ${url}`,
    );
  const learner = await signedIn(world, 'sunita');
  assert.equal((await get(at, learner.headers)).statusCode, 403);
  assert.equal((await get(at, {})).statusCode, 401);
});

test('a report kept without a day says that it is of the day it is made, one with a day says which', async () => {
  const definition = { subject: 'people', office: 'SW', groups: ['group'], measures: ['reach'] };
  const about = async (asked: object) => {
    const kept = await post('/office/reports', { definition: JSON.stringify(asked), name: 'दिन' });
    const { body } = await get(String(kept.headers.location));
    return body.slice(body.indexOf('id="about"'));
  };
  assert.match(await about(definition), /किस पर सीमित<\/dt>\s*<dd[^>]*>जिस दिन बने, उसी दिन की स्थिति/);
  assert.match(
    await about({ ...definition, asOf: '2026-03-31' }),
    /किस पर सीमित<\/dt>\s*<dd[^>]*>31 मार्च 2026 की स्थिति/,
  );
});

test('what a form of a page asks for in vain is told at its field, and the page stays', async () => {
  const definition = { subject: 'people', office: 'SW', groups: ['group'], measures: ['reach'] };
  await sql`insert into designation (designation_id, name, name_key) values (gen_random_uuid(), 'जाने वाला', 'pages')`.execute(
    world.runtime.db.read,
  );
  const filtered = { ...definition, filters: { designation: ['जाने वाला'] } };
  const kept = await post('/office/reports', { definition: JSON.stringify(filtered), name: 'जाएगा' });
  const saved = String(kept.headers.location);
  await sql`update designation set name = 'चला गया' where name_key = 'pages'`.execute(world.runtime.db.read);
  const asked = { schedule: 'daily', format: 'csv', language: 'hi' };
  const scheduled = await post(`${saved}/schedule`, asked);
  assert.equal(scheduled.statusCode, 422);
  assert.match(scheduled.body, /class="error-summary" role="alert"[\s\S]*href="#schedule"/);
  assert.match(
    scheduled.body,
    /<select[^>]*id="schedule"[^>]*aria-describedby="schedule-error"[^>]*aria-invalid="true"/,
  );
  assert.match((await get(saved)).body, /href="#about"/, 'the report itself is changed elsewhere');
  const ids = [...scheduled.body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, 'no id stands twice');

  const whole = JSON.stringify(definition);
  const ask = (name: string) => post('/office/reports/files', { definition: whole, name, format: 'csv' });
  let sixth = await ask('0');
  for (let at = 1; at < 6 && sixth.statusCode === 303; at += 1) sixth = await ask(`${at}`);
  assert.equal(sixth.statusCode, 422);
  assert.match(sixth.body, /href="#format"/);
  const other = await post('/office/reports', { definition: whole, name: 'और' });
  const file = await post(`${String(other.headers.location)}/files`, { format: 'csv' });
  assert.equal(file.statusCode, 422);
  assert.match(file.body, /<select[^>]*id="format"[^>]*aria-invalid="true"/);
});
