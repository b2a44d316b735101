import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { type Browser, openBrowser } from '../../../test/browser.ts';
import { openWorld } from '../../../test/world.ts';
import { privacyNoticeVersion } from '../privacy/notice-text.ts';
import { loadDemonstrationSignIns } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationSignIns(world.system);
await sql`update person set notice_accepted_at = now(), notice_version = ${privacyNoticeVersion}`.execute(
  world.runtime.db.read,
);
const app = await world.app();
const password = 'daksh-demo-2026';

let secret = '';
let recovery: string[] = [];

function code(): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 });
  return totp.generate({ timestamp: world.clock.now().getTime() });
}

function pass(seconds: number): void {
  world.clock.set(new Date(world.clock.now().getTime() + seconds * 1000));
}

async function signIn(ip: string): Promise<Browser> {
  const browser = openBrowser(app, { ip });
  assert.equal((await browser.post('/sign-in', { identifier: 'SW1002', password })).status, 303);
  return browser;
}

test('whoever has rights over others must enrol before any page outside the demonstration', async () => {
  const browser = await signIn('10.0.0.1');
  const led = await browser.get('/office/sign-in-requests');
  assert.match(led.location, /^\/second-factor\?next=/);
  const api = await browser.get('/api/v1/me');
  assert.match(api.body, /"secondFactorDone":false/);
  assert.match((await browser.get(led.location)).location, /^\/second-factor\/enrolment/);
  const page = await browser.get('/second-factor/enrolment?next=/profile/second-factor');
  assert.match(page.body, /<img src="data:image\/svg\+xml;base64,/);
  secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(page.body)?.[1] ?? '').replaceAll(' ', '');
  const sealed = /name="sealed" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  assert.equal((await browser.post('/second-factor/enrolment', { sealed, code: '000000' })).status, 422);
  const done = await browser.post('/second-factor/enrolment', { sealed, code: code() });
  assert.equal(done.status, 200);
  recovery = [...done.body.matchAll(/<code>([0-9A-Z]{5}-[0-9A-Z]{5})<\/code>/g)].map(
    (match) => match[1] ?? '',
  );
  assert.equal(recovery.length, 10);
  assert.equal((await browser.get('/office/sign-in-requests')).status, 200);
});

test('a later session gives the code of the app, and the same code does not work twice', async () => {
  pass(60);
  const browser = await signIn('10.0.0.2');
  assert.equal((await browser.get('/office/sign-in-requests')).status, 303);
  await browser.get('/second-factor');
  assert.equal((await browser.post('/second-factor', { code: '123' })).status, 422);
  const now = code();
  const given = await browser.post('/second-factor', { code: now, next: '/office/sign-in-requests' });
  assert.equal(given.location, '/office/sign-in-requests');
  assert.equal((await browser.get('/office/sign-in-requests')).status, 200);
  const thief = await signIn('10.0.0.3');
  await thief.get('/second-factor');
  assert.equal((await thief.post('/second-factor', { code: now })).status, 422);
});

test('a recovery code works once', async () => {
  const browser = await signIn('10.0.0.4');
  await browser.get('/second-factor');
  assert.equal(
    (await browser.post('/second-factor', { code: (recovery[0] ?? '').toLowerCase() })).status,
    303,
  );
  const again = await signIn('10.0.0.5');
  await again.get('/second-factor');
  assert.equal((await again.post('/second-factor', { code: recovery[0] ?? '' })).status, 422);
});

test('who owes the factor cannot put an app of his own in its place', async () => {
  const thief = await signIn('10.0.0.6');
  assert.equal((await thief.get('/second-factor/enrolment')).status, 403);
  const reply = await thief.post('/second-factor/enrolment', { sealed: 'x', code: '000000' });
  assert.ok(reply.status >= 400 && reply.status < 500);
});

test('guesses at the factor are bounded', async () => {
  const thief = await signIn('10.0.0.7');
  await thief.get('/second-factor');
  const statuses: number[] = [];
  thief.cookies.delete('device');
  for (let turn = 0; turn < 7; turn += 1)
    statuses.push((await thief.post('/second-factor', { code: '000000' })).status);
  assert.deepEqual(statuses.slice(-2), [429, 429]);
});

test('an operator resets a lost factor, after which the person enrols anew', async () => {
  const { resetSecondFactor } = await import('./help-person.ts');
  await assert.rejects(resetSecondFactor(world.as('anita'), world.personId('ramesh')));
  await resetSecondFactor(world.as('operator'), world.personId('ramesh'));
  pass(3600);
  const browser = await signIn('10.0.0.8');
  assert.match((await browser.get('/second-factor')).location, /enrolment/);
});

test('the secret is sealed at rest and recovery codes are digests', async () => {
  const kept = await sql<{ sealed: Buffer | null }>`select totp_sealed as sealed from sign_in_secret`.execute(
    world.runtime.db.read,
  );
  assert.ok(kept.rows.every((row) => !row.sealed?.toString('latin1').includes(secret)));
});

test('a learner without rights over others owes none, nor does anybody in the demonstration', async () => {
  const learner = openBrowser(app, { ip: '10.0.0.9' });
  await learner.post('/sign-in', { identifier: 'SW1001', password });
  assert.equal((await learner.get('/profile/sessions')).status, 200);
  world.runtime.config.isDemonstration = true;
  const nodal = await signIn('10.0.0.10');
  assert.equal((await nodal.get('/office/sign-in-requests')).status, 200);
  world.runtime.config.isDemonstration = false;
});
