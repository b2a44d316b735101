import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { digestOf } from '../../src/kernel/ids.ts';
import { refreshNameSearch } from '../../src/people/desk/refresh-name-search.ts';
import { makeToken } from '../../src/people/index.ts';
import { signedIn } from '../signed-in.ts';
import { openWorld, type World } from '../world.ts';
import { commit, csv, postings } from './files.ts';

let world: World;
const bearer: Record<string, { authorization: string }> = {};
before(async () => {
  world = await openWorld();
  for (const [name, officeCode, role] of [
    ['nodal', 'SW', 'nodal'],
    ['district', 'SW-BBK', 'nodal'],
    ['operator', 'UP', 'operator'],
    ['leader', 'SW', 'leader'],
    ['publisher', 'SW', 'publisher'],
  ] as const)
    bearer[name] = { authorization: `Bearer ${await makeToken(world.system, { officeCode, role })}` };
});
after(() => world.close());

async function send(name: string, url: string, payload: Buffer, type = 'text/csv') {
  const app = await world.app();
  const headers = { ...bearer[name], 'content-type': type };
  return app.inject({ method: 'POST', url: `/api/v1/imports/${url}`, headers, payload });
}

const roster = (...rows: string[]) => csv('employee_code,name_hi,office_code', ...rows);

test('the API looks, commits and takes back, as the command does', async () => {
  const dry = await send('nodal', 'roster', roster('A1,क,SW-BBK', 'A2,ख,HF-BBK'), 'text/csv; charset=utf-8');
  assert.equal(dry.statusCode, 200);
  assert.deepEqual([dry.json().committed, dry.json().added, dry.json().rejected], [false, 1, 1]);
  assert.deepEqual(await postings(world, 'A1'), []);
  const done = await send('nodal', 'roster?commit=1', roster('A1,क,SW-BBK', 'A2,ख,HF-BBK'));
  assert.deepEqual([done.json().committed, done.json().added], [true, 1]);
  const app = await world.app();
  const url = `/api/v1/imports/${done.json().id}`;
  const errors = await app.inject({ url: `${url}/errors`, headers: bearer['nodal'] });
  assert.match(
    errors.body,
    /^employee_code,name_hi,office_code,line,reason\r\nA2,ख,HF-BBK,3,.*outside your offices/,
  );
  assert.equal((await app.inject({ url, headers: bearer['nodal'] })).json().state, 'committed');
  assert.equal((await app.inject({ url, headers: bearer['district'] })).statusCode, 404);
  const gone = await app.inject({ method: 'DELETE', url, headers: bearer['nodal'] });
  assert.deepEqual([gone.statusCode, gone.json().undone], [200, true]);
  assert.deepEqual(await postings(world, 'A1'), []);
  assert.equal((await app.inject({ method: 'DELETE', url, headers: bearer['nodal'] })).statusCode, 409);
});

test('a file that was looked at is committed without being sent again', async () => {
  const dry = await send('nodal', 'roster', roster('B1,क,SW-BBK'));
  const app = await world.app();
  const url = `/api/v1/imports/${dry.json().id}/commitment`;
  const done = await app.inject({ method: 'POST', url, headers: bearer['nodal'] });
  assert.deepEqual([done.statusCode, done.json().committed], [200, true]);
});

test('an unreadable file is 422, an unknown kind 404, another type 415, each as a problem', async () => {
  const empty = await send('nodal', 'roster', Buffer.from(''));
  assert.equal(empty.statusCode, 422);
  const missing = await send('nodal', 'roster', csv('employee_code,name_hi', 'A,क'));
  assert.deepEqual([missing.statusCode, missing.json().code], [422, 'missing_column']);
  assert.match(missing.headers['content-type'] as string, /problem\+json/);
  assert.equal((await send('nodal', 'weather', roster('A,क,SW'))).statusCode, 404);
  assert.equal((await send('nodal', 'roster', Buffer.from('{}'), 'application/json')).statusCode, 415);
});

test('a whole roster that would end many is 409, and allowed by its flag', async () => {
  const rows = Array.from({ length: 5 }, (_, n) => `G${n},क,SW-DIR`);
  await commit(world.system, 'roster', roster(...rows));
  const few = roster('G0,क,SW-DIR');
  const query = 'roster?complete=true&office=SW-DIR';
  const refused = await send('nodal', query, few);
  assert.deepEqual([refused.statusCode, refused.json().code], [409, 'many_ended']);
  const allowed = await send('nodal', `${query}&allowManyEnded=`, few);
  assert.deepEqual([allowed.statusCode, allowed.json().committed], [200, false]);
  assert.ok(allowed.json().ended >= 4);
  assert.equal((await send('nodal', 'roster?complete=1', few)).statusCode, 422);
  assert.equal((await send('nodal', 'roster?complete=1&office=HF', few)).statusCode, 404);
});

test('all or nothing: a rejected row stops the commit', async () => {
  const done = await send('nodal', 'roster?commit=true&allOrNothing=1', roster('C1,क,SW-BBK', 'C2,ख,NOPE'));
  assert.deepEqual([done.statusCode, done.json().committed], [200, false]);
  assert.deepEqual(await postings(world, 'C1'), []);
});

test('each role imports what is its own', async () => {
  const courses = csv('course_code,title_hi,duration_minutes', 'K1,क,30');
  assert.equal((await send('publisher', 'courses', courses)).statusCode, 200);
  assert.equal((await send('nodal', 'courses', courses)).statusCode, 403);
  assert.equal((await send('publisher', 'roster', roster('D1,क,SW'))).statusCode, 403);
  assert.equal((await send('leader', 'roster', roster('D1,क,SW'))).statusCode, 403);
  assert.equal((await send('nobody', 'roster', roster('D1,क,SW'))).statusCode, 401);
  assert.equal((await send('operator', 'roster', roster('D1,क,HF'))).json().added, 1);
});

test('nobody takes over a person of another office by a row of his own file', async () => {
  const file = csv(
    'employee_code,name_hi,office_code,mobile',
    'UP0001,मीरा,SW-BBK,9811111111',
    'HF1001,शबाना,SW-BBK,9811111112',
  );
  const done = await send('district', 'roster?commit=1', file);
  assert.deepEqual([done.json().added, done.json().rejected], [0, 2]);
});

const boundary = 'daksh-test-boundary';

function form(fields: Record<string, string>, file?: { name: string; content: Buffer }): Buffer {
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file?.name ?? ''}"\r\ncontent-type: text/csv\r\n\r\n`;
  const content = file?.content ?? Buffer.alloc(0);
  return Buffer.concat([...parts, Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

async function upload(key: string, payload: Buffer) {
  const app = await world.app();
  const { headers } = await signedIn(world, key);
  const type = `multipart/form-data; boundary=${boundary}`;
  return app.inject({
    method: 'POST',
    url: '/office/imports',
    headers: { ...headers, 'content-type': type },
    payload,
  });
}

test('on the pages: upload, difference, errors, commit, undo', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const content = roster('E1,क,SW-BBK', 'E2,ख,NOPE');
  const sent = await upload('ramesh', form({ kind: 'roster' }, { name: 'roster.csv', content }));
  assert.equal(sent.statusCode, 303);
  const url = sent.headers.location as string;
  const page = await app.inject({ url, headers });
  assert.match(page.body, /E1 · क/);
  assert.match(page.body, /कार्यालय कोड अज्ञात है/);
  const errors = await app.inject({ url: `${url}/errors.csv`, headers });
  assert.match(errors.headers['content-disposition'] as string, /roster\.csv\.errors\.csv/);
  assert.equal((await app.inject({ url: `${url}/commitment`, headers })).statusCode, 200);
  const done = await app.inject({ method: 'POST', url: `${url}/commitment`, headers });
  assert.equal(done.statusCode, 303);
  assert.equal((await postings(world, 'E1')).length, 1);
  assert.match((await app.inject({ url: '/office/imports', headers })).body, /roster\.csv/);
  assert.equal((await app.inject({ url: `${url}/undo`, headers })).statusCode, 200);
  assert.equal((await app.inject({ method: 'POST', url: `${url}/undo`, headers })).statusCode, 303);
  assert.deepEqual(await postings(world, 'E1'), []);
});

test('a form without kind or file, or with a file that is no table, comes back with its error', async () => {
  const noKind = await upload('ramesh', form({}, { name: 'a.csv', content: roster('F1,क,SW') }));
  assert.equal(noKind.statusCode, 422);
  assert.match(noKind.body, /href="#kind"/);
  assert.equal((await upload('ramesh', form({ kind: 'roster' }))).statusCode, 422);
  const pdf = await upload(
    'ramesh',
    form({ kind: 'roster' }, { name: 'a.pdf', content: Buffer.from('%PDF-1') }),
  );
  assert.equal(pdf.statusCode, 422);
  assert.match(pdf.body, /href="#file"/);
  const foreign = await upload(
    'ramesh',
    form({ kind: 'courses' }, { name: 'a.csv', content: roster('F1,क,SW') }),
  );
  assert.equal(foreign.statusCode, 422);
});

test('an undo that somebody’s act stands in the way of says whose', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const sent = await upload(
    'ramesh',
    form(
      { kind: 'offices' },
      {
        name: 'o.csv',
        content: csv('office_code,name_hi,parent_code', 'E-OFF,क,SW-BBK'),
      },
    ),
  );
  const url = sent.headers.location as string;
  await app.inject({ method: 'POST', url: `${url}/commitment`, headers });
  await commit(world.system, 'roster', roster('E9,क,E-OFF'));
  const refused = await app.inject({ method: 'POST', url: `${url}/undo`, headers });
  assert.equal(refused.statusCode, 409);
  assert.match(refused.body, /E-OFF/);
});

test('templates hold the headings of their kind', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const file = await app.inject({ url: '/office/imports/templates/roster.csv', headers });
  assert.match(file.body, /^\ufeffकर्मचारी कोड,जारीकर्ता,नाम,/);
  const sheet = await app.inject({ url: '/office/imports/templates/roster.xlsx', headers });
  assert.equal(sheet.statusCode, 200);
  assert.equal((await app.inject({ url: '/office/imports/templates/none.csv', headers })).statusCode, 404);
});

test('on the matching desk: the list, the candidates, a match', async () => {
  const app = await world.app();
  await commit(world.system, 'courses', csv('course_code,title_hi,duration_minutes', 'M1,क,30'));
  await commit(
    world.system,
    'completions',
    csv('mobile,course_code,completed_on', '9000000011,M1,2025-01-01'),
  );
  const { headers } = await signedIn(world, 'cmo');
  const list = await app.inject({ url: '/office/imports/unmatched', headers });
  const url = /\/office\/imports\/unmatched\/[0-9a-f-]{36}/.exec(list.body)?.[0] ?? '';
  const page = await app.inject({ url, headers });
  assert.match(page.body, /कमला देवी/);
  assert.match(page.body, /गीता देवी/);
  const searched = await app.inject({ url: `${url}?code=HF1001`, headers });
  assert.match(searched.body, /शबाना/);
  await refreshNameSearch(world.system);
  for (const wanted of ['शबाना', 'shabana']) {
    const byName = await app.inject({ url: `${url}?code=${encodeURIComponent(wanted)}`, headers });
    assert.match(byName.body, /HF1001/);
  }
  const payload = { personId: world.personId('geeta') };
  const done = await app.inject({ method: 'POST', url: `${url}/match`, headers, payload });
  assert.equal(done.statusCode, 303);
  const again = await app.inject({ method: 'POST', url: `${url}/match`, headers, payload });
  assert.equal(again.statusCode, 409);
  const stranger = await signedIn(world, 'ramesh');
  assert.equal((await app.inject({ url, headers: stranger.headers })).statusCode, 404);
});

test('a token that ends while its file comes commits nothing', async () => {
  const app = await world.app();
  const token = await makeToken(world.system, { officeCode: 'SW', role: 'nodal' });
  let wasAsked = false;
  async function* slowly() {
    yield Buffer.from('employee_code,name_hi,office_code\n');
    for (let n = 0; n < 50 && !wasAsked; n += 1) {
      await new Promise((done) => setTimeout(done, 20));
      wasAsked = (await lastUse(token)) !== null;
    }
    await sql`update api_token set revoked_at = ${world.clock.now()} where token_digest = ${digestOf(token)}`.execute(
      world.runtime.db.read,
    );
    yield Buffer.from('REV1,क,SW-BBK\n');
  }
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/imports/roster?commit=1',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    payload: Readable.from(slowly()),
  });
  assert.deepEqual([wasAsked, answer.statusCode, answer.headers['www-authenticate']], [true, 401, 'Bearer']);
  assert.deepEqual(await postings(world, 'REV1'), []);
});

async function lastUse(token: string): Promise<Date | null> {
  const found = await sql<{ at: Date | null }>`select last_used_at as at from api_token
    where token_digest = ${digestOf(token)}`.execute(world.runtime.db.read);
  return found.rows[0]?.at ?? null;
}
