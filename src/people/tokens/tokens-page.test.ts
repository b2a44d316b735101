import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const anita = (await signedIn(world, 'anita')).headers;
const operator = (await signedIn(world, 'operator')).headers;

function make(headers: Record<string, string>, fields: Record<string, string>) {
  const payload = new URLSearchParams(fields).toString();
  return app.inject({ method: 'POST', url: '/office/tokens', headers: { ...headers, ...form }, payload });
}
const tokenIn = (body: string) => /<code>(daksh_[\w-]+)<\/code>/.exec(body)?.[1] ?? '';
const me = async (token: string) =>
  (await app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${token}` } })).statusCode;
const nodal = { name: 'मानव सम्पदा', role: 'nodal', officeCode: 'SW-BBK', days: '30' };

test('a nodal officer makes a token of his own role below him; its text stands on one page only', async () => {
  const made = await make(anita, nodal);
  assert.equal(made.statusCode, 200);
  const token = tokenIn(made.body);
  assert.equal(await me(token), 200);
  const list = await app.inject({ url: '/office/tokens', headers: anita });
  assert.match(list.body, /मानव सम्पदा/);
  assert.doesNotMatch(list.body, /daksh_/);
  assert.match(list.body, /22 (नवंबर|नव॰) 2026/, 'last used today');
});

test('nobody makes a token of more than he holds, without a name, or without signing in', async () => {
  assert.equal((await make(anita, { ...nodal, role: 'operator' })).statusCode, 403);
  assert.equal((await make(anita, { ...nodal, officeCode: 'HF' })).statusCode, 404);
  assert.equal((await make(anita, { ...nodal, name: ' ' })).statusCode, 422);
  assert.equal((await make(operator, { ...nodal, role: 'boss' })).statusCode, 422);
  assert.equal((await make({}, nodal)).statusCode, 401);
  const learner = (await signedIn(world, 'sunita')).headers;
  assert.equal((await make(learner, nodal)).statusCode, 403);
  assert.equal((await make(operator, { ...nodal, role: 'auditor', name: 'लेखा' })).statusCode, 200);
});

test('a token is ended by its maker or the operator above, at once; by nobody else', async () => {
  const token = tokenIn((await make(anita, { ...nodal, name: 'दूसरी' })).body);
  const found = await sql<{
    id: string;
  }>`select api_token_id as id from api_token where name = 'दूसरी'`.execute(world.runtime.db.read);
  const url = `/office/tokens/${found.rows[0]?.id}/ending`;
  const end = async (headers: Record<string, string>) =>
    (await app.inject({ method: 'POST', url, headers })).statusCode;
  assert.equal(await end((await signedIn(world, 'cmo')).headers), 404);
  assert.equal(await me(token), 200);
  assert.equal(await end(operator), 303);
  assert.equal(await me(token), 401);
  assert.equal(await end(anita), 404);
});

test('a token made on a page ends with the role of its maker', async () => {
  const token = tokenIn((await make(anita, { ...nodal, name: 'तीसरी' })).body);
  assert.equal(await me(token), 200);
  await sql`update role_grant set ended_at = now() where person_id = ${world.personId('anita')}`.execute(
    world.runtime.db.read,
  );
  assert.equal(await me(token), 401);
});
