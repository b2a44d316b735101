import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { keptExports } from '../../../test/kept-exports.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const ramesh = await signedIn(world, 'ramesh');
const sunita = world.personId('sunita');
const kamla = world.personId('kamla');
const form = { 'content-type': 'application/x-www-form-urlencoded' };

function get(url: string, headers: Record<string, string> = ramesh.headers) {
  return app.inject({ method: 'GET', url, headers });
}
function post(url: string, fields: Record<string, string>, headers: Record<string, string> = ramesh.headers) {
  return app.inject({
    method: 'POST',
    url,
    headers: { ...headers, ...form },
    payload: new URLSearchParams(fields).toString(),
  });
}

test('the list shows the people of the subtree and nobody else', async () => {
  const page = await get('/office/persons');
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /सुनीता वर्मा/);
  assert.match(page.body, /इमरान/);
  assert.doesNotMatch(page.body, /कमला/);
});

test('the desk asks strangers to sign in, and learners have no way to it', async () => {
  assert.equal((await get('/office/persons', {})).statusCode, 401);
  const learner = await signedIn(world, 'imran');
  assert.equal((await get('/office/persons', learner.headers)).statusCode, 403);
});

test('a person of another subtree is not found, by page and by API, for reading and for changing', async () => {
  assert.equal((await get(`/office/persons/${kamla}`)).statusCode, 404);
  assert.equal((await get(`/api/v1/persons/${kamla}`)).statusCode, 404);
  const change = { officeCode: 'SW-BBK', startsOn: '2027-01-01' };
  assert.equal((await post(`/office/persons/${kamla}/transfer`, change)).statusCode, 404);
  const api = await app.inject({
    method: 'PATCH',
    url: `/api/v1/persons/${kamla}`,
    headers: ramesh.headers,
    payload: { mobile: '9222222222' },
  });
  assert.equal(api.statusCode, 404);
});

test('the API pages by the key that it gave, and refuses a damaged one', async () => {
  const first = await get('/api/v1/persons?limit=1');
  const { items, next } = first.json();
  assert.equal(typeof next, 'string');
  const second = (await get(`/api/v1/persons?limit=1&after=${next}`)).json();
  assert.notEqual(second.items[0].id, items[0].id);
  for (const key of ['abc', `${next}x`.slice(3), Buffer.from('["a","b"]').toString('base64url')]) {
    const refused = await get(`/api/v1/persons?after=${key}`);
    assert.equal(refused.statusCode, 422);
    assert.deepEqual(
      [refused.json().errors[0].path, refused.json().errors[0].code],
      ['after', 'bad_page_key'],
    );
  }
});

test('contacts are masked until they are asked for, and asking is written down', async () => {
  const page = await get(`/office/persons/${sunita}`);
  assert.match(page.body, /90••••••01/);
  assert.doesNotMatch(page.body, /9000000001/);
  const shown = await post(`/office/persons/${sunita}/contact`, {});
  assert.equal(shown.statusCode, 200);
  assert.match(shown.body, /9000000001/);
  const after = await get(`/office/persons/${sunita}`);
  assert.match(after.body, /मोबाइल\/ई-मेल देखा गया/);
});

test('a transfer by name of the office comes back with the offices found, and by code is done', async () => {
  const first = await post(`/office/persons/${sunita}/transfer`, {
    officeQuery: 'झाँसी',
    startsOn: '2026-12-01',
  });
  assert.equal(first.statusCode, 422);
  assert.match(first.body, /value="SW-JHS"/);
  const done = await post(`/office/persons/${sunita}/transfer`, {
    officeQuery: 'झाँसी',
    officeCode: 'SW-JHS',
    startsOn: '01-12-2026',
  });
  assert.equal(done.statusCode, 303);
  const page = await get(`/office/persons/${sunita}`);
  assert.match(page.body, /झाँसी/);
  assert.match(page.body, /30 नवंबर 2026/);
});

test('a form with a wrong entry comes back with what was typed and a message at the field', async () => {
  const page = await post(`/office/persons/${sunita}/details`, { nameHi: 'सुनीता वर्मा', mobile: '12345' });
  assert.equal(page.statusCode, 422);
  assert.match(page.body, /error-summary/);
  assert.match(page.body, /value="12345"/);
  assert.match(page.body, /दस अंकों/);
});

test('the API answers a wrong field with the same sentence, in the language asked for', async () => {
  const reply = await app.inject({
    method: 'PATCH',
    url: `/api/v1/persons/${sunita}`,
    headers: { ...ramesh.headers, cookie: `${ramesh.headers['cookie']}; language=en` },
    payload: { mobile: '12345' },
  });
  assert.equal(reply.statusCode, 422);
  assert.deepEqual(
    reply.json().errors.map((error: { path: string; code: string }) => [error.path, error.code]),
    [['mobile', 'bad_mobile']],
  );
  assert.match(reply.json().errors[0].text, /ten digits/);
});

test('the API lists persons page by page without losing or repeating one', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const url: string = `/api/v1/persons?limit=1${after ? `&after=${encodeURIComponent(after)}` : ''}`;
    const body = (await get(url)).json() as { items: { code: string }[]; next: string | null };
    seen.push(...body.items.map((person) => person.code));
    after = body.next;
  } while (after && seen.length < 10);
  assert.deepEqual(seen.sort(), ['SW1001', 'SW1002', 'SW2001']);
});

test('the list is taken as CSV with whole contacts, and who took it is written down', async () => {
  const file = await get('/office/persons/export.csv');
  assert.equal(file.statusCode, 200);
  assert.match(file.body, /9000000001/);
  const [kept, ...more] = await keptExports(world);
  assert.deepEqual([kept?.detail.kind, kept?.detail.rows, more.length], ['persons', linesOf(file.body), 0]);
  const sheet = await get('/office/persons/export.xlsx');
  assert.equal(sheet.rawPayload.subarray(0, 2).toString(), 'PK');
});

test('an office, a state or a group that there is not is told at its field, by the list, its file and the API', async () => {
  for (const [field, typed] of [
    ['office', 'nowhere at all'],
    ['state', 'away'],
    ['group', 'Z'],
    ['engagement', 'unknown'],
  ] as const) {
    const query = `?${field}=${encodeURIComponent(typed)}`;
    for (const path of ['/api/v1/persons', '/office/persons/export.csv', '/office/persons/export.xlsx']) {
      const answer = await get(`${path}${query}`, { ...ramesh.headers, accept: 'application/json' });
      assert.equal(answer.statusCode, 422, path + query);
      const paths = answer.json<{ errors: { path: string }[] }>().errors.map((error) => error.path);
      assert.deepEqual(paths, [field], path);
    }
    const page = await get(`/office/persons${query}`);
    assert.equal(page.statusCode, 422, query);
    assert.match(page.body, new RegExp(`href="#${field}"`));
    assert.match(page.body, new RegExp(`id="${field}"`));
    assert.doesNotMatch(page.body, /SW1001|export\.csv/);
  }
  const several = (await get('/office/persons?office=nowhere&group=Z')).body;
  for (const field of ['office', 'group']) assert.match(several, new RegExp(`href="#${field}"`));
  const heard = (await get(`/office/persons?office=${encodeURIComponent('shram padd')}`)).body;
  assert.match(heard, /office=SW-BBK-SCH/, 'what is like it is one touch away');
  const empty = await get('/office/persons?q=&office=&designation=&group=&engagement=');
  assert.match(empty.body, /SW1001/);
});

/** Without the headings. */
function linesOf(csv: string): number {
  return csv.trim().split('\r\n').length - 1;
}

test('pages of a person open in English too', async () => {
  const headers = { ...ramesh.headers, cookie: `${ramesh.headers['cookie']}; language=en` };
  const person = world.personId('imran');
  for (const path of ['', '/details', '/transfer', '/further-posting', '/merge', `/merge/${sunita}`]) {
    const page = await get(`/office/persons/${person}${path}`, headers);
    assert.equal(page.statusCode, 200, path);
    assert.match(page.body, /<html lang="en"/);
  }
});

test('the form of details shows whole contacts, so opening it is written down as a look', async () => {
  const person = world.personId('imran');
  const looks = async () => {
    const found = await world.runtime.db.pool.query(
      `select 1 from audit_event where action = 'person.contact_revealed' and person_id = $1`,
      [person],
    );
    return found.rowCount ?? 0;
  };
  const before = await looks();
  assert.match((await get(`/office/persons/${person}/details`)).body, /आपका नाम और समय दर्ज हुआ/);
  assert.equal(await looks(), before + 1);
});

test('after a transfer out of one’s offices the list is the next page, not the person who is gone from it', async () => {
  const person = world.personId('imran');
  const fields = { officeCode: 'SW-JHS', startsOn: '2026-11-22' };
  const done = await post(`/office/persons/${person}/transfer`, fields);
  assert.equal(done.statusCode, 303);
  assert.equal(done.headers.location, '/office/persons');
  assert.equal((await get('/office/persons')).statusCode, 200);
});

test('a nodal officer reads his own record and changes nothing in it', async () => {
  const own = world.personId('ramesh');
  const page = await get(`/office/persons/${own}`);
  assert.equal(page.statusCode, 200);
  assert.doesNotMatch(page.body, /\/transfer"/);
  assert.equal((await get(`/office/persons/${own}/transfer`)).statusCode, 403);
  const move = await app.inject({
    method: 'POST',
    url: `/api/v1/persons/${own}/transfers`,
    headers: ramesh.headers,
    payload: { officeCode: 'SW', startsOn: '2026-11-22', reason: 'आदेश' },
  });
  assert.equal(move.statusCode, 403);
  assert.match(move.json().detail ?? move.json().title, /अपना अभिलेख/);
});

test('whoever works in an office is led back to that work from a page that is not there, a learner to his own', async () => {
  const at = async (key: string, url: string, referer?: string) => {
    const { headers } = await signedIn(world, key);
    return (await world.app()).inject({
      url,
      headers: { ...headers, host: 'daksh.test', ...(referer ? { referer } : {}) },
    });
  };
  const lost = await at('anita', '/office/people/nobody');
  assert.equal(lost.statusCode, 404);
  assert.match(lost.body, /<main[\s\S]*href="\/office"[^>]*>(<[^>]*>)*कार्यालय के काम पर जाएँ/);
  const from = await at('anita', '/nowhere', 'http://daksh.test/office/persons');
  assert.equal(from.statusCode, 404);
  assert.match(from.body, /कार्यालय के काम पर जाएँ/);
  for (const [key, url] of [
    ['anita', '/nowhere'],
    ['anita', '/officers'],
    ['sunita', '/office/people/nobody'],
  ] as const)
    assert.doesNotMatch((await at(key, url)).body, /कार्यालय के काम पर जाएँ/, `${key} ${url}`);
  // No address as a browser would read it; whoever tries doors sends such all the same.
  assert.equal((await at('anita', '//[')).statusCode, 404);
});
