import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { keptExports } from '../../../test/kept-exports.ts';
import { writePosted } from '../../../test/posted.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { makeToken } from '../../people/index.ts';
import { announceCampaign } from '../announce-campaign.ts';
import { loadDemonstrationCampaigns } from '../load-demonstration.ts';

const world = await openWorld();
after(() => world.close());

before(() => loadDemonstrationCampaigns(world.system));

async function get(url: string, who?: string) {
  const app = await world.app();
  const headers = who ? (await signedIn(world, who)).headers : {};
  return app.inject({ method: 'GET', url, headers });
}

async function post(url: string, who: string, form: Record<string, string>, from = '/') {
  const app = await world.app();
  const { headers } = await signedIn(world, who);
  const type = {
    ...{ 'content-type': 'application/x-www-form-urlencoded', host: 'daksh.test' },
    referer: `http://daksh.test${from}`,
  };
  return app.inject({
    method: 'POST',
    url,
    headers: { ...headers, ...type },
    payload: new URLSearchParams(form).toString(),
  });
}

test('a learner finds the week on the home, on its page and on the own list, in less than 40 kB', async () => {
  for (const url of ['/', '/campaigns/sadhana', '/campaigns', '/campaigns/sadhana-purva']) {
    const page = await get(url, 'sunita');
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /साधना पखवाड़ा|सीखने का सप्ताह: पिछला/);
    assert.ok(page.body.length < 40_000, `${url} is ${page.body.length}`);
  }
  // What is hidden of an office of seven is not called fewer than five.
  const seen = (await get('/campaigns/sadhana', 'kamla')).body;
  assert.match(seen, /छिपाया गया/);
  assert.doesNotMatch(seen, /5 से कम/);
  const home = await get('/', 'kamla');
  assert.doesNotMatch(home.body, /साधना पखवाड़ा/);
  assert.equal((await get('/campaigns/sadhana')).statusCode, 401);
  assert.equal((await get('/campaigns/suraksha', 'sunita')).statusCode, 404);
  assert.equal((await get('/campaigns/suraksha', 'anita')).statusCode, 200);
  assert.equal((await get('/campaigns/sadhana?office=HF', 'sunita')).statusCode, 404);
});

test('a week’s page leads back to the list, the office’s for an officer who keeps it', async () => {
  assert.match((await get('/campaigns/sadhana', 'anita')).body, /<li><a href="\/office\/campaigns">/);
  const learner = (await get('/campaigns/sadhana', 'sunita')).body;
  assert.match(learner, /<li><a href="\/campaigns">/);
  assert.doesNotMatch(learner, /href="\/office\/campaigns"/);
});

test('the form comes back with what was typed; a draft is announced and cancelled by its pages', async () => {
  const form = {
    ...{ titleHi: 'स्वच्छता सप्ताह', code: 'swachhta', officeQuery: 'SW-BBK', hours: '१.५' },
    ...{ fromDay: '2026-12-10', toDay: '2026-12-01', tags: 'ai' },
  };
  const wrong = await post('/office/campaigns', 'ramesh', form);
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /अंतिम दिन पहले दिन से पहले का है/);
  assert.match(wrong.body, /value="स्वच्छता सप्ताह"/);
  const made = await post('/office/campaigns', 'ramesh', { ...form, toDay: '2026-12-12' });
  assert.equal(made.headers.location, '/office/campaigns/swachhta');
  const foreign = await post('/office/campaigns', 'ramesh', {
    ...form,
    code: 'x1',
    toDay: '2026-12-12',
    officeQuery: 'HF',
  });
  assert.equal(foreign.statusCode, 422);
  assert.match((await get('/office/campaigns/swachhta', 'ramesh')).body, /1 घंटा 30 मिनट/);
  assert.equal((await get('/office/campaigns/swachhta', 'cmo')).statusCode, 404);
  const { officeQuery, ...odd } = { ...form, toDay: '2026-12-12', hours: '1.67' };
  await post('/office/campaigns/swachhta', 'ramesh', { ...odd, officeQuery });
  const editing = (await get('/office/campaigns/swachhta/editing', 'ramesh')).body;
  assert.match(editing, /name="hours"[^>]*value="1.67"|value="1.67"[^>]*name="hours"/);
  const past = await post('/office/campaigns/swachhta', 'ramesh', {
    ...{ ...odd, officeQuery, fromDay: '2026-11-01', toDay: '2026-11-21' },
  });
  assert.equal(past.statusCode, 422);
  assert.match(past.body, /अंतिम दिन बीत चुका है/);
  const here = '/office/campaigns/swachhta';
  const asked = await post(`${here}/announcement`, 'ramesh', {}, here);
  assert.equal(asked.statusCode, 200);
  // The other language leads to a page that there is.
  assert.ok(asked.body.includes(`/language?to=en&amp;back=${encodeURIComponent(here)}"`));
  assert.match(asked.body, /name="sure" value="yes"/);
  for (const form of [{}, { sure: 'yes' }] as Record<string, string>[]) {
    assert.equal((await post('/office/campaigns/swachhta/announcement', 'cmo', form)).statusCode, 404);
    assert.equal((await post('/office/campaigns/swachhta/announcement', 'sunita', form)).statusCode, 403);
  }
  assert.equal((await get('/campaigns/swachhta', 'imran')).statusCode, 404);
  const announced = await post('/office/campaigns/swachhta/announcement', 'ramesh', { sure: 'yes' });
  assert.equal(announced.statusCode, 303);
  assert.match((await get('/notices', 'imran')).body, /स्वच्छता सप्ताह 10 दिसंबर 2026 से शुरू होगा/);
  assert.equal((await post('/office/campaigns/swachhta/cancellation', 'ramesh', {})).statusCode, 422);
  const reason = { reason: 'चुनाव की तिथियाँ' };
  // Half past midnight in India, when it is still the day before by UTC.
  const now = world.clock.now();
  world.clock.set('2026-11-22T19:00:00Z');
  assert.equal((await post('/office/campaigns/swachhta/cancellation', 'ramesh', reason)).statusCode, 303);
  const cancelled = (await get('/campaigns/swachhta', 'imran')).body;
  assert.match(cancelled, /चुनाव की तिथियाँ/);
  assert.match(cancelled, /23 नवंबर 2026 को रद्द/);
  // Nor are its offices compared for programs, whose page compares none.
  for (const url of ['/api/v1/campaigns/swachhta/league', '/campaigns/swachhta/league.csv'])
    assert.equal((await get(url, 'imran')).statusCode, 404);
  world.clock.set(now);
  assert.doesNotMatch((await get('/notices', 'imran')).body, /स्वच्छता सप्ताह/);
});

test('the API lists weeks by key, gives one’s own, and the league masked and as a file', async () => {
  await announceCampaign(world.system, 'suraksha');
  const first = (await get('/api/v1/campaigns?limit=1', 'sunita')).json();
  assert.deepEqual([first.items[0].code, first.next], ['suraksha', 'suraksha']);
  const second = (await get('/api/v1/campaigns?limit=5&after=suraksha', 'sunita')).json();
  assert.deepEqual(
    second.items.map((one: { code: string; state: string }) => [one.code, one.state]),
    [
      ['swachhta', 'cancelled'],
      ['sadhana', 'running'],
      ['sadhana-purva', 'ended'],
    ],
  );
  const own = (await get('/api/v1/me/campaigns', 'sunita')).json();
  assert.deepEqual(
    own.items.map((one: { code: string; minutes: number; daysLeft: number }) => [
      one.code,
      one.minutes,
      one.daysLeft,
    ]),
    [
      ['sadhana', 0, 5],
      ['suraksha', 0, 30],
    ],
  );
  const league = (await get('/api/v1/campaigns/sadhana/league', 'sunita')).json();
  assert.deepEqual(league.items[0].masked, ['people', 'completions', 'minutes', 'met']);
  const exact = (await get('/api/v1/campaigns/sadhana/league', 'secretary')).json();
  assert.deepEqual([exact.office.people, exact.office.masked, exact.items[0].rank], [7, [], null]);
  assert.equal((await get('/api/v1/campaigns/nothing/league', 'sunita')).statusCode, 404);
  const file = await get('/campaigns/sadhana/league.csv', 'secretary');
  assert.match(file.body, /^\ufeffकार्यालय कोड,नाम,/);
  const [kept] = await keptExports(world, 'league');
  assert.deepEqual([kept?.office, kept?.detail.rows], ['SW', file.body.trim().split('\r\n').length - 1]);
  assert.equal((await get('/api/v1/campaigns')).statusCode, 401);
});

test('a token of a role reads the league; it has no weeks of its own', async () => {
  const token = await makeToken(world.system, { officeCode: 'SW', role: 'leader' });
  const app = await world.app();
  const headers = { authorization: `Bearer ${token}` };
  assert.equal((await app.inject({ url: '/api/v1/campaigns/sadhana/league', headers })).statusCode, 200);
  assert.equal((await app.inject({ url: '/campaigns/sadhana', headers })).statusCode, 200);
  assert.equal((await app.inject({ url: '/api/v1/me/campaigns', headers })).statusCode, 403);
});

test('every office of a long league has a page, the rest of its class behind it, and all on one to be printed', async () => {
  const { db } = world.runtime;
  const above = [world.officeId('UP'), world.officeId('SW')];
  await db.transaction(async (tx) => {
    await sql`create temporary table made on commit drop as
      select gen_random_uuid() as office_id, 'L-' || lpad(n::text, 3, '0') as code, n from generate_series(1, 130) n`.execute(
      tx,
    );
    await sql`insert into office (office_id, code, name_hi, kind, parent_id, path)
      select office_id, code, code, 'office', ${above[1]}, ${above}::uuid[] || office_id from made`.execute(
      tx,
    );
    await sql`create temporary table posted on commit drop as
      select gen_random_uuid() as person_id, office_id from made, generate_series(1, 20) where n <= 15`.execute(
      tx,
    );
    await writePosted(tx);
  });
  await setTimeout(1100);
  const week = (await get('/campaigns/sadhana', 'secretary')).body;
  assert.match(week, /href="\/campaigns\/sadhana\/league\?office=SW&amp;size=small">सभी 15 कार्यालय/);
  assert.doesNotMatch(week, /L-011/);
  const list = async (query: string) => {
    const page = await get(`/campaigns/sadhana/league?office=SW&${query}`, 'secretary');
    return { ...page, names: new Set(page.body.match(/L-\d{3}/g)) };
  };
  assert.equal((await list('size=small')).names.size, 15);
  const [first, second] = [await list('size=few'), await list('size=few&from=101')];
  assert.match(first.body, /size=few&amp;from=101" rel="next"/);
  assert.match(second.body, /size=few" rel="prev"/);
  assert.equal(new Set([...first.names, ...second.names]).size, 115);
  assert.equal((await list('size=few&rows=all')).names.size, 115);
  for (const query of ['size=largest', 'size=none']) assert.equal((await list(query)).statusCode, 404, query);
  assert.equal((await get('/campaigns/sadhana/league?office=HF&size=small', 'sunita')).statusCode, 404);
  assert.equal((await get('/campaigns/suraksha/league?office=SW&size=few', 'anita')).statusCode, 404);
  assert.equal((await get('/campaigns/sadhana/league?office=SW&size=few')).statusCode, 401);
});
