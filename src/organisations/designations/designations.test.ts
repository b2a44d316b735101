import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const operator = (await signedIn(world, 'operator')).headers;
const found = await sql<{
  id: string;
}>`select designation_id as id from designation where name = 'पर्यवेक्षक'`.execute(world.runtime.db.read);
const url = `/office/designations/${found.rows[0]?.id}`;

const get = (path: string, headers: Record<string, string> = operator) => app.inject({ url: path, headers });
function save(fields: Record<string, string>, headers: Record<string, string> = operator) {
  const payload = new URLSearchParams(fields).toString();
  return app.inject({ method: 'POST', url, headers: { ...headers, ...form }, payload });
}

test('an operator of the root lists designations and finds those without an English name', async () => {
  assert.match((await get('/office/designations')).body, /पर्यवेक्षक/);
  assert.match((await get('/office/designations?show=withoutEnglish&q=पर्यवेक्षक')).body, new RegExp(url));
  assert.doesNotMatch((await get('/office/designations?q=%25')).body, /पर्यवेक्षक/, 'a sign is no pattern');
});

test('an English name shows on English pages, and not on Hindi ones', async () => {
  assert.equal((await save({ name: 'पर्यवेक्षक', nameEn: 'Supervisor' })).statusCode, 303);
  const anita = (await signedIn(world, 'anita')).headers;
  const path = '/office/offices/SW/training/people';
  const english = await get(path, { ...anita, cookie: `${anita['cookie']}; language=en` });
  assert.match(english.body, /Supervisor/);
  assert.doesNotMatch(english.body, /पर्यवेक्षक/);
  assert.match((await get(path, anita)).body, /पर्यवेक्षक/);
  const kept = await sql`select 1 from audit_event where action = 'designation.renamed'`.execute(
    world.runtime.db.read,
  );
  assert.equal(kept.rows.length, 1);
});

test('a blank name, and one that another designation has in any spelling, are refused with what was typed', async () => {
  assert.equal((await save({ name: ' ', nameEn: 'x' })).statusCode, 422);
  await sql`insert into designation (designation_id, name, name_key)
    values ('01930000-0000-7000-8000-0000000000d1', 'Junior Clerk', 'junior clerk')`.execute(
    world.runtime.db.read,
  );
  const taken = await save({ name: 'JUNIOR  clerk', nameEn: 'Typed' });
  assert.equal(taken.statusCode, 422);
  assert.match(taken.body, /value="Typed"/);
});

test('officers below the root, learners and strangers do not keep the list', async () => {
  assert.equal((await get('/office/designations', (await signedIn(world, 'anita')).headers)).statusCode, 403);
  assert.equal((await get(url, (await signedIn(world, 'sunita')).headers)).statusCode, 403);
  assert.equal((await get(url, {})).statusCode, 401);
  assert.equal((await get('/office/designations/01930000-0000-7000-8000-00000000ffff')).statusCode, 404);
});
