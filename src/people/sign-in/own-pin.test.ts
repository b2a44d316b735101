import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { loadDemonstrationSignIns } from './load-demonstration.ts';
import { isSecretRight } from './passwords.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationSignIns(world.system);
const app = await world.app();
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function pinIs(key: string, pin: string): Promise<boolean> {
  const found = await sql<{ hash: string }>`select pin_hash as hash from sign_in_secret
    where person_id = ${world.personId(key)}`.execute(world.runtime.db.read);
  return isSecretRight(pin, found.rows[0]?.hash ?? null);
}

test('who shares a mobile changes the PIN by the one in use; the other sessions end', async () => {
  const old = await signedIn(world, 'kamla');
  const now = await signedIn(world, 'kamla');
  const change = (fields: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/profile/pin',
      headers: { ...now.headers, ...form },
      payload: new URLSearchParams(fields).toString(),
    });
  assert.match((await app.inject({ url: '/profile/password', headers: now.headers })).body, /\/profile\/pin/);
  assert.equal((await app.inject({ url: '/profile/pin', headers: now.headers })).statusCode, 200);
  assert.equal((await change({ current: '9999', pin: '5283', again: '5283' })).statusCode, 422);
  assert.equal((await change({ current: '4170', pin: '1111', again: '1111' })).statusCode, 422);
  assert.ok(await pinIs('kamla', '4170'));
  assert.equal((await change({ current: '4170', pin: '5283', again: '5283' })).statusCode, 303);
  assert.ok(await pinIs('kamla', '5283'));
  assert.equal((await app.inject({ url: '/profile', headers: old.headers })).statusCode, 401);
  assert.equal((await app.inject({ url: '/profile', headers: now.headers })).statusCode, 200);
});

test('who has no PIN has no page for one, and a stranger is asked to sign in', async () => {
  const { headers } = await signedIn(world, 'sunita');
  assert.equal((await app.inject({ url: '/profile/pin', headers })).statusCode, 404);
  assert.doesNotMatch((await app.inject({ url: '/profile/password', headers })).body, /\/profile\/pin/);
  assert.equal((await app.inject({ url: '/profile/pin' })).statusCode, 401);
});

test('an operator, who has no list of names, reaches a person’s slip by the employee code', async () => {
  const { headers } = await signedIn(world, 'operator');
  const find = (code: string, who = headers) =>
    app.inject({ url: `/office/sign-in-requests?code=${code}`, headers: who });
  const found = await find('sw1001');
  assert.equal(found.headers.location, `/office/persons/${world.personId('sunita')}/sign-in`);
  const unknown = await find('NOBODY1');
  assert.equal(unknown.statusCode, 422);
  assert.match(unknown.body, /value="NOBODY1"/);
  const foreign = await find('SW1001', (await signedIn(world, 'cmo')).headers);
  assert.equal(foreign.statusCode, 422, 'outside the own offices nobody is known');
});
