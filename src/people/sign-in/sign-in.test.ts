import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { makeToken } from '../index.ts';
import { loadDemonstrationSignIns } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationSignIns(world.system);
const app = await world.app();

const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('a person signs in with employee code, mobile or e-mail and the password', async () => {
  for (const identifier of ['SW1002', '+91 90000 00002', 'Ramesh@example.in']) {
    const reply = await app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: form,
      payload: new URLSearchParams({ identifier, password: 'daksh-demo-2026' }).toString(),
    });
    assert.equal(reply.statusCode, 303, identifier);
    assert.match(String(reply.headers['set-cookie']), /session=[^;]+;.*HttpOnly.*SameSite=Lax/);
  }
});

test('a sign-in left blank names the blank fields', async () => {
  const post = (url: string, fields: Record<string, string>) =>
    app.inject({ method: 'POST', url, headers: form, payload: new URLSearchParams(fields).toString() });
  const both = await post('/sign-in', { identifier: '', password: '' });
  assert.equal(both.statusCode, 422);
  assert.match(both.body, /href="#identifier">/);
  assert.match(both.body, /href="#password">पासवर्ड लिखें/);
  const password = await post('/sign-in', { identifier: 'SW1002', password: '' });
  assert.equal(password.statusCode, 422);
  assert.doesNotMatch(password.body, /href="#identifier">/);
});

test('a session tells who it is, with rights and subtitle, until it is ended', async () => {
  const { headers } = await signedIn(world, 'sunita');
  const me = await app.inject({ method: 'GET', url: '/api/v1/me', headers });
  assert.equal(me.statusCode, 200);
  assert.equal(me.json().name.en, 'Sunita Verma');
  assert.match(me.json().subtitle.hi, /पर्यवेक्षक · जिला समाज कल्याण कार्यालय/);
  const out = await app.inject({ method: 'POST', url: '/sign-out', headers });
  assert.equal(out.statusCode, 303);
  const gone = await app.inject({ method: 'GET', url: '/api/v1/me', headers });
  assert.equal(gone.statusCode, 401);
});

test('a token stands for a role over an office, or for one person without rights over others', async () => {
  const role = await makeToken(world.system, { officeCode: 'SW', role: 'nodal' });
  const asRole = await app.inject({
    method: 'GET',
    url: '/api/v1/me',
    headers: { authorization: `Bearer ${role}` },
  });
  assert.deepEqual(asRole.json().roles, [
    { role: 'nodal', officeId: world.officeId('SW'), viaLink: false, maySeeNames: true },
  ]);
  const person = await makeToken(world.system, { employeeCode: 'SW1002' });
  const asPerson = await app.inject({
    method: 'GET',
    url: '/api/v1/me',
    headers: { authorization: `Bearer ${person}` },
  });
  assert.equal(asPerson.json().personId, world.personId('ramesh'));
  assert.deepEqual(asPerson.json().roles, []);
});
