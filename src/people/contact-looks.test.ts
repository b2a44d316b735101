import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openBrowser } from '../../test/browser.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { listRegistrations } from './registration/registrations.ts';
import { insertDispute } from './sign-in/stores/disputes.ts';

/** Wherever another person's mobile stands it is masked; who uncovers it is written down. */
const world = await openWorld();
after(() => world.close());
const app = await world.app();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const ramesh = await signedIn(world, 'ramesh');
const cmo = await signedIn(world, 'cmo');

const see = (method: 'GET' | 'POST', url: string, headers: Record<string, string>) =>
  app.inject({ method, url, headers });

async function looks(action: string) {
  const found = await sql<{ personId: string | null; by: string | null; subjectId: string }>`
    select person_id as "personId", actor_person_id as by, subject_id as "subjectId"
    from audit_event where action = ${action}`.execute(world.runtime.db.read);
  return found.rows;
}

test('the mobile of who asks to be registered is masked until an officer of that office asks to see it', async () => {
  const fields = { nameHi: 'राधा मिश्रा', code: 'SW7001', mobile: '9333333344', officeQuery: 'SW-BBK' };
  const payload = new URLSearchParams(fields).toString();
  await app.inject({ method: 'POST', url: '/register', headers: form, payload });
  const [request] = await listRegistrations(world.as('ramesh'));
  const url = `/office/registrations/${request?.registrationId}`;
  const masked = await see('GET', url, ramesh.headers);
  assert.match(masked.body, /93••••••44/);
  assert.doesNotMatch(masked.body, /9333333344/);
  assert.equal((await see('POST', `${url}/contact`, cmo.headers)).statusCode, 404);
  assert.deepEqual(await looks('registration.contact_revealed'), []);
  assert.match((await see('POST', `${url}/contact`, ramesh.headers)).body, /9333333344/);
  const api = await see('POST', `/api/v1${url.replace('/office', '')}/contact-views`, ramesh.headers);
  assert.deepEqual(api.json(), { mobile: '9333333344' });
  const seen = await looks('registration.contact_revealed');
  assert.deepEqual(
    seen.map((look) => [look.by, look.subjectId]),
    [1, 2].map(() => [world.personId('ramesh'), request?.registrationId]),
  );
  const reloaded = await see('GET', `${url}/contact`, ramesh.headers);
  assert.equal(reloaded.headers.location, url);
});

test('both numbers of a request for a new one are masked until the helping officer asks to see them', async () => {
  const asked = { employeeCode: 'SW1001', joinedOn: '2014-02-10', mobile: '9444444455' };
  await openBrowser(app).post('/sign-in/requests', asked);
  const masked = await see('GET', '/office/sign-in-requests', ramesh.headers);
  assert.match(masked.body, /94••••••55/);
  assert.doesNotMatch(masked.body, /9444444455|9000000001/);
  const action = /action="(\/office\/sign-in-requests\/[^"]+\/contact)"/.exec(masked.body)?.[1] ?? '';
  assert.equal((await see('POST', action, cmo.headers)).statusCode, 404);
  const shown = await see('POST', action, ramesh.headers);
  assert.match(shown.body, /9444444455/);
  assert.match(shown.body, /9000000001/);
  const [look, more] = await looks('sign_in_request.contact_revealed');
  assert.deepEqual([look?.by, look?.personId], [world.personId('ramesh'), world.personId('sunita')]);
  assert.equal(more, undefined);
});

test('a number that its person disputes is uncovered in the same way', async () => {
  const disputeId = '01930000-0000-7000-8000-00000000d001';
  const dispute = { disputeId, personId: world.personId('imran'), kind: 'mobile' as const };
  await world.runtime.db.transaction((tx) =>
    insertDispute(tx, { ...dispute, value: '9555555566', now: world.clock.now() }),
  );
  const masked = await see('GET', '/office/sign-in-requests', ramesh.headers);
  assert.doesNotMatch(masked.body, /9555555566/);
  const url = `/office/contact-disputes/${disputeId}/contact`;
  assert.match((await see('POST', url, ramesh.headers)).body, /9555555566/);
  const seen = await looks('sign_in_request.contact_revealed');
  assert.ok(seen.some((look) => look.personId === world.personId('imran')));
});

test('the privacy notice tells what is kept of a question asked without signing in, and who uncovers a number', async () => {
  const hindi = await app.inject({ method: 'GET', url: '/privacy' });
  assert.match(hindi.body, /बिना साइन-इन पूछे गए प्रश्न/);
  assert.match(hindi.body, /हर बार उनका नाम और समय दर्ज होता है/);
});
