import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openBrowser } from '../../../test/browser.ts';
import { justSignedIn, signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { loadDemonstrationSignIns } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationSignIns(world.system);
const app = await world.app();
const password = 'daksh-demo-2026';

const me = (headers: Record<string, string>) => app.inject({ method: 'GET', url: '/api/v1/me', headers });

function pass(minutes: number): void {
  world.clock.set(new Date(world.clock.now().getTime() + minutes * 60_000));
}

test('only the digest of a session is kept', async () => {
  const { cookie } = await signedIn(world, 'sunita');
  const secret = cookie.split('=')[1] ?? '';
  const kept = await sql<{ digest: Buffer }>`select session_digest as digest from session`.execute(
    world.runtime.db.read,
  );
  assert.ok(kept.rows.every((row) => !row.digest.toString('latin1').includes(secret)));
});

test('signing in again in the same browser ends the session it had', async () => {
  const browser = openBrowser(app);
  await browser.post('/sign-in', { identifier: 'SW2001', password });
  const first = browser.cookies.get('session') ?? '';
  const other = openBrowser(app);
  other.cookies.set('session', first);
  const again = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: `device=${browser.cookies.get('device')}`,
    },
    payload: `identifier=SW2001&password=${password}`,
  });
  assert.equal(again.statusCode, 303);
  assert.notEqual(again.cookies.find((one) => one.name === 'session')?.value, first);
  await browser.get('/welcome');
  await browser.post('/sign-in', { identifier: 'SW2001', password });
  assert.equal((await other.get('/api/v1/me')).status, 401);
});

test('a person sees his sessions and ends one or all others, which stop at once', async () => {
  const phone = await signedIn(world, 'pushpa');
  const lost = await signedIn(world, 'pushpa');
  const third = await signedIn(world, 'pushpa');
  const page = await app.inject({ method: 'GET', url: '/profile/sessions', headers: phone.headers });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, new RegExp(lost.sessionId));
  const ended = await app.inject({
    method: 'POST',
    url: `/profile/sessions/${lost.sessionId}/ending`,
    headers: phone.headers,
  });
  assert.equal(ended.statusCode, 303);
  assert.equal((await me(lost.headers)).statusCode, 401);
  await app.inject({ method: 'POST', url: '/profile/sessions/endings', headers: phone.headers });
  assert.equal((await me(third.headers)).statusCode, 401);
  assert.equal((await me(phone.headers)).statusCode, 200);
});

test('nobody ends the session of another person', async () => {
  const own = await signedIn(world, 'sunita');
  const foreign = await signedIn(world, 'imran');
  const reply = await app.inject({
    method: 'POST',
    url: `/profile/sessions/${foreign.sessionId}/ending`,
    headers: own.headers,
  });
  assert.equal(reply.statusCode, 404);
  assert.equal((await me(foreign.headers)).statusCode, 200);
});

test('a session ends by idleness; a desk with rights over others after ten hours', async () => {
  const learner = await signedIn(world, 'sunita');
  const desk = await signedIn(world, 'ramesh');
  pass(9 * 60);
  assert.equal((await me(desk.headers)).statusCode, 200);
  pass(9 * 60);
  assert.equal((await me(desk.headers)).statusCode, 200, 'being used keeps it');
  pass(10 * 60 + 1);
  assert.equal((await me(desk.headers)).statusCode, 401);
  assert.equal((await me(learner.headers)).statusCode, 200);
  pass(30 * 24 * 60 + 1);
  assert.equal((await me(learner.headers)).statusCode, 401);
});

test('"last seen" is written at most once a minute', async () => {
  const { headers, sessionId } = await signedIn(world, 'sunita');
  const seen = async () => {
    const found = await sql<{ at: Date }>`select last_seen_at as at from session
      where session_id = ${sessionId}`.execute(world.runtime.db.read);
    return found.rows[0]?.at.getTime();
  };
  const before = await seen();
  pass(0.5);
  await me(headers);
  assert.equal(await seen(), before);
  pass(0.6);
  await me(headers);
  assert.equal(await seen(), world.clock.now().getTime());
});

test('the first sign-in is led to the privacy notice; the language chosen there stays', async () => {
  const { headers } = await justSignedIn(world, 'kamla');
  const led = await app.inject({ method: 'GET', url: '/profile/sessions', headers });
  assert.equal(led.statusCode, 303);
  assert.match(String(led.headers.location), /^\/welcome\?next=/);
  const api = await app.inject({ method: 'GET', url: '/api/v1/me/certificates', headers });
  assert.ok([403, 404].includes(api.statusCode));
  const page = await app.inject({ method: 'GET', url: '/welcome', headers });
  assert.match(page.body, /निजता/);
  const post = (form: string) =>
    app.inject({
      method: 'POST',
      url: '/welcome',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: form,
    });
  assert.equal((await post('language=en')).statusCode, 422);
  assert.equal(
    (await post('language=en&accepted=yes&next=/profile/sessions')).headers.location,
    '/profile/sessions',
  );
  const sessions = await app.inject({ method: 'GET', url: '/profile/sessions', headers });
  assert.match(sessions.body, /<html lang="en"/);
});

test('who accepted an older text of the notice reads the new one first', async () => {
  const { headers } = await signedIn(world, 'kamla');
  assert.equal((await me(headers)).statusCode, 200);
  await sql`update person set notice_version = '2020-01-01' where person_id = ${world.personId('kamla')}`.execute(
    world.runtime.db.read,
  );
  const led = await app.inject({ method: 'GET', url: '/profile/sessions', headers });
  assert.match(String(led.headers.location), /^\/welcome\?next=/);
  const payload = 'language=hi&accepted=yes&next=/profile/sessions';
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  await app.inject({ method: 'POST', url: '/welcome', headers: form, payload });
  assert.equal((await app.inject({ url: '/profile/sessions', headers })).statusCode, 200);
});

test('a changed password ends all other sessions, and asks for the one in use', async () => {
  const here = await signedIn(world, 'imran');
  const there = await signedIn(world, 'imran');
  const change = (form: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/profile/password',
      headers: { ...here.headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    });
  const next = 'a longer sentence';
  assert.equal((await change({ current: 'wrong', password: next, again: next })).statusCode, 422);
  assert.equal(
    (await change({ current: password, password: 'SW2001-imran', again: 'SW2001-imran' })).statusCode,
    422,
  );
  assert.equal((await change({ current: password, password: next, again: next })).statusCode, 303);
  assert.equal((await me(there.headers)).statusCode, 401);
  assert.equal((await me(here.headers)).statusCode, 200);
});

test('the cookie is Secure where the address is https', async () => {
  const { baseUrl } = world.runtime.config;
  world.runtime.config.baseUrl = 'https://daksh.example.in';
  const reply = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `identifier=SW1001&password=${password}`,
  });
  world.runtime.config.baseUrl = baseUrl;
  assert.match(String(reply.headers['set-cookie']), /session=[^;]+;[^,]*Secure/);
});
