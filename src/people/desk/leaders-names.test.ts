import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';

/** A leader with the separate right to names reads the people desk of his subtree; he changes nothing. */
const world = await openWorld();
after(() => world.close());
const app = await world.app();
const sunita = world.personId('sunita');
await sql`update role_grant set may_see_names = true where person_id = ${world.personId('secretary')}`.execute(
  world.runtime.db.read,
);
const secretary = (await signedIn(world, 'secretary')).headers;
const chief = (await signedIn(world, 'chief')).headers;

const ask = (method: 'GET' | 'POST', url: string, headers = secretary) =>
  app.inject({ method, url, headers });
const statusOf = async (method: 'GET' | 'POST', url: string, headers = secretary) =>
  (await ask(method, url, headers)).statusCode;

async function kept(action: string): Promise<number> {
  const found = await sql`select 1 from audit_event where action = ${action}
    and actor_person_id = ${world.personId('secretary')}`.execute(world.runtime.db.read);
  return found.rows.length;
}

test('the right opens list, person, whole number and file in the own subtree, and each look is kept', async () => {
  const list = await ask('GET', '/office/persons');
  assert.match(list.body, /सुनीता/);
  assert.doesNotMatch(list.body, /कमला/);
  assert.doesNotMatch(list.body, /9000000001|\/office\/persons\/new/);
  assert.equal(await kept('persons.seen'), 1);
  const page = await ask('GET', `/office/persons/${sunita}`);
  assert.match(page.body, /90••••••01/);
  assert.doesNotMatch(page.body, /\/(transfer|details|slip|further-posting)"/);
  assert.equal(await kept('person.viewed'), 1);
  assert.match((await ask('POST', `/office/persons/${sunita}/contact`)).body, /9000000001/);
  assert.equal(await kept('person.contact_revealed'), 1);
  assert.equal(await statusOf('GET', '/api/v1/persons'), 200);
  assert.equal(await kept('persons.seen'), 2);
  assert.equal(await statusOf('GET', '/office/persons/export.csv'), 200);
  assert.equal(await kept('export.taken'), 1);
});

test('outside the own subtree, and for every change, the right opens nothing', async () => {
  assert.equal(await statusOf('GET', `/office/persons/${world.personId('kamla')}`), 404);
  for (const path of ['details', 'transfer', 'further-posting', 'merge', 'sign-in', 'slip'])
    assert.equal(await statusOf('GET', `/office/persons/${sunita}/${path}`), 403, path);
  assert.equal(await statusOf('GET', '/office/persons/new'), 403);
  assert.equal(await statusOf('GET', '/office/registrations'), 403);
});

test('a leader without the right has no people desk', async () => {
  assert.equal(await statusOf('GET', '/office/persons', chief), 403);
  assert.equal(await statusOf('GET', `/office/persons/${sunita}`, chief), 403);
});

test('who asks who he is reads the right beside the role, not as a role', async () => {
  const roles = (await ask('GET', '/api/v1/me')).json().roles;
  assert.deepEqual(roles, [
    { role: 'leader', officeId: world.officeId('SW'), viaLink: false, maySeeNames: true },
  ]);
  assert.equal((await ask('GET', '/api/v1/me', chief)).json().roles[0].maySeeNames, false);
});

test('the right ends with the grant', async () => {
  await sql`update role_grant set may_see_names = false where person_id = ${world.personId('secretary')}`.execute(
    world.runtime.db.read,
  );
  assert.equal(await statusOf('GET', '/office/persons'), 403);
});
