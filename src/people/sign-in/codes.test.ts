import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openBrowser } from '../../../test/browser.ts';
import { runJobsOnce } from '../../../test/run-jobs.ts';
import { openWorld } from '../../../test/world.ts';
import { localMessages } from '../../kernel/channels/index.ts';
import { loadDemonstrationSignIns } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());
world.runtime.config.isDemonstration = true;
const app = await world.app();
const start = world.clock.now();

async function lastCode(to: string): Promise<string | undefined> {
  await runJobsOnce(world);
  const message = (await localMessages(world.system)).find((one) => one.recipient === to);
  return message && /\d{6}/.exec(message.body)?.[0];
}

/** Each test has a morning of its own, so that no test spends another's budget. */
let mornings = 0;
function nextMorning(): void {
  mornings += 2;
  world.clock.set(new Date(start.getTime() + mornings * 24 * 3_600_000));
}

function other(code: string): string {
  return code === '111111' ? '222222' : '111111';
}

test('first use needs employee code, joining date and the code sent to the roster’s number', async () => {
  nextMorning();
  const browser = openBrowser(app);
  const asked = await browser.post('/sign-in/first-use', { employeeCode: 'sw1001', joinedOn: '10-02-2014' });
  assert.equal(asked.location, '/sign-in/code');
  const code = (await lastCode('9000000001')) ?? '';
  const page = await browser.get('/sign-in/code');
  assert.doesNotMatch(page.body, /सुनीता/, 'nobody is named before the code is right');
  assert.equal((await browser.post('/sign-in/code', { code })).location, '/sign-in/setup');
  const short = await browser.post('/sign-in/setup', { password: 'abc', again: 'abc' });
  assert.equal(short.status, 422);
  assert.match(short.body, /कम से कम 10/);
  const password = 'गंगा किनारे घर';
  const done = await browser.post('/sign-in/setup', { password, again: password });
  assert.equal(done.location, '/');
  assert.equal((await browser.get('/api/v1/me')).status, 200);
  const person = await sql<{ day: string }>`select signed_in_day as day from person
    where person_id = ${world.personId('sunita')}`.execute(world.runtime.db.read);
  assert.equal(person.rows[0]?.day, '2026-11-24');
  const again = openBrowser(app, { ip: '10.0.0.2' });
  assert.equal((await again.post('/sign-in', { identifier: '9000000001', password })).status, 303);
});

test('a wrong joining date gets the same answer, and no code is sent', async () => {
  nextMorning();
  const browser = openBrowser(app);
  const before = (await localMessages(world.system)).length;
  const asked = await browser.post('/sign-in/first-use', { employeeCode: 'SW1002', joinedOn: '2010-01-01' });
  assert.equal(asked.location, '/sign-in/code');
  await runJobsOnce(world);
  assert.equal((await localMessages(world.system)).length, before);
  assert.equal((await browser.post('/sign-in/code', { code: '123456' })).status, 422);
});

test('an unknown identifier is answered exactly as a known one', async () => {
  nextMorning();
  const known = openBrowser(app);
  const unknown = openBrowser(app);
  const first = await known.post('/sign-in/codes', { identifier: 'SW1003' });
  const second = await unknown.post('/sign-in/codes', { identifier: 'SW9999' });
  assert.deepEqual([first.status, first.location], [second.status, second.location]);
  assert.equal((await known.get('/sign-in/code')).body, (await unknown.get('/sign-in/code')).body);
  const wrongKnown = await known.post('/sign-in', { identifier: 'SW1003', password: 'no' });
  const wrongUnknown = await unknown.post('/sign-in', { identifier: 'SW9999', password: 'no' });
  assert.equal(wrongKnown.status, 401);
  const shown = (body: string) => body.split('</form>')[0]?.replace(/SW\d{4}"/, '"');
  assert.equal(shown(wrongKnown.body), shown(wrongUnknown.body));
});

test('a code asked for without saying for whom is refused at the field; none is said to be sent', async () => {
  nextMorning();
  const browser = openBrowser(app);
  for (const identifier of ['', '  ']) {
    const asked = await browser.post('/sign-in/codes', { identifier, password: '' });
    assert.equal(asked.status, 422);
    assert.match(asked.body, /href="#identifier">मोबाइल नंबर, कर्मचारी कोड या ई-मेल लिखें/);
  }
});

test('a code is refused when wrong, and over after five wrong tries', async () => {
  nextMorning();
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: 'ramesh@example.in' });
  const code = (await lastCode('ramesh@example.in')) ?? '';
  for (let turn = 0; turn < 5; turn += 1)
    assert.equal((await browser.post('/sign-in/code', { code: other(code) })).status, 422);
  const right = await browser.post('/sign-in/code', { code });
  assert.equal(right.status, 410);
  assert.match(right.body, /नया कोड मँगाएँ/);
});

test('a code is over after five minutes', async () => {
  nextMorning();
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: 'SW1002' });
  const code = (await lastCode('9000000002')) ?? '';
  world.clock.set(new Date(world.clock.now().getTime() + 5 * 60_000 + 1));
  assert.equal((await browser.post('/sign-in/code', { code })).status, 410);
});

test('a code works only in the browser that asked for it, and only once', async () => {
  nextMorning();
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: 'SW2001' });
  const code = (await lastCode('9000000009')) ?? '';
  const thief = openBrowser(app, { ip: '10.9.9.9' });
  await thief.post('/sign-in/codes', { identifier: 'SW2001' });
  assert.equal((await thief.post('/sign-in/code', { code })).status, 422);
  const withoutFlow = openBrowser(app);
  assert.equal((await withoutFlow.post('/sign-in/code', { code })).status, 410);
  assert.equal((await browser.post('/sign-in/code', { code })).location, '/sign-in/identity');
  assert.notEqual((await browser.post('/sign-in/code', { code })).status, 303);
});

test('of two submissions of one code at the same moment one gets a session', async () => {
  nextMorning();
  await loadDemonstrationSignIns(world.system);
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: 'SW2002' });
  const code = (await lastCode('9000000010')) ?? '';
  const twin = openBrowser(app);
  for (const [name, value] of browser.cookies) twin.cookies.set(name, value);
  const replies = await Promise.all([
    browser.post('/sign-in/code', { code }),
    twin.post('/sign-in/code', { code }),
  ]);
  assert.deepEqual(replies.map((reply) => reply.status === 303).sort(), [false, true]);
  const sessions = await sql`select 1 from session where person_id = ${world.personId('pushpa')}`.execute(
    world.runtime.db.read,
  );
  assert.equal(sessions.rows.length, 1);
});

test('people who share a mobile choose who they are after the code, and give their own PIN', async () => {
  nextMorning();
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: '९०००००००११' });
  const code = (await lastCode('9000000011')) ?? '';
  assert.equal((await browser.post('/sign-in/code', { code })).location, '/sign-in/person');
  const page = await browser.get('/sign-in/person');
  assert.match(page.body, /कमला देवी/);
  assert.match(page.body, /गीता देवी/);
  const chosen = await browser.post('/sign-in/person', { personId: world.personId('geeta') });
  assert.equal(chosen.location, '/sign-in/pin');
  assert.equal((await browser.post('/sign-in/pin', { pin: '4170' })).status, 422, 'not Kamla’s PIN');
  assert.equal((await browser.post('/sign-in/pin', { pin: '4180' })).location, '/');
  assert.equal((await browser.get('/api/v1/me')).status, 200);
});

test('the employee code of one who shares a mobile still asks for the PIN', async () => {
  nextMorning();
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: 'ASHA-BBK-0417' });
  const code = (await lastCode('9000000011')) ?? '';
  assert.equal((await browser.post('/sign-in/code', { code })).location, '/sign-in/pin');
});

test('nobody chooses a person whom the number does not have', async () => {
  nextMorning();
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: '9000000011' });
  const code = (await lastCode('9000000011')) ?? '';
  await browser.post('/sign-in/code', { code });
  const reply = await browser.post('/sign-in/person', { personId: world.personId('chief') });
  assert.equal(reply.status, 422);
  assert.equal((await browser.post('/sign-in/person', { personId: 'nonsense' })).status, 400);
});

test('“this is not me” leaves the record as it is and tells the nodal officer', async () => {
  nextMorning();
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: '9000000011' });
  const code = (await lastCode('9000000011')) ?? '';
  await browser.post('/sign-in/code', { code });
  const told = await browser.post('/sign-in/disputes', { personId: world.personId('kamla') });
  assert.equal(told.location, '/sign-in/person');
  assert.doesNotMatch((await browser.get('/sign-in/person')).body, /value="[^"]*".*कमला देवी/);
  const kept = await sql`select 1 from person_contact where person_id = ${world.personId('kamla')}
    and value = '9000000011'`.execute(world.runtime.db.read);
  assert.equal(kept.rows.length, 1);
  const reported = await sql`select 1 from contact_dispute where person_id = ${world.personId('kamla')}
    and decided_at is null`.execute(world.runtime.db.read);
  assert.equal(reported.rows.length, 1);
});

test('after a reset a new PIN is made with employee code and joining date', async () => {
  nextMorning();
  const { resetPin } = await import('./help-person.ts');
  assert.equal(await resetPin(world.as('cmo'), world.personId('kamla')), 'reset');
  assert.equal(await resetPin(world.as('cmo'), world.personId('kamla')), 'none');
  const browser = openBrowser(app);
  await browser.post('/sign-in/codes', { identifier: 'ASHA-BBK-0417' });
  const code = (await lastCode('9000000011')) ?? '';
  assert.equal((await browser.post('/sign-in/code', { code })).location, '/sign-in/identity');
  const wrong = await browser.post('/sign-in/identity', {
    employeeCode: 'ASHA-BBK-0417',
    joinedOn: '2016-05-02',
  });
  assert.equal(wrong.status, 422);
  const right = await browser.post('/sign-in/identity', {
    employeeCode: 'ASHA-BBK-0417',
    joinedOn: '2016-05-01',
  });
  assert.equal(right.location, '/sign-in/setup');
  assert.equal((await browser.post('/sign-in/setup', { pin: '1234', again: '1234' })).status, 422);
  assert.equal((await browser.post('/sign-in/setup', { pin: '73915', again: '73915' })).location, '/');
});

test('without SMS and e-mail the page says so and codes are refused', async () => {
  nextMorning();
  world.runtime.config.isDemonstration = false;
  try {
    const browser = openBrowser(app);
    const page = await browser.get('/sign-in');
    assert.match(page.body, /कोड नहीं भेजे जा सकते/);
    assert.equal((await browser.post('/sign-in/codes', { identifier: 'SW1001' })).status, 503);
    assert.equal((await browser.get('/mailbox')).status, 404);
  } finally {
    world.runtime.config.isDemonstration = true;
  }
  assert.equal((await openBrowser(app).get('/mailbox')).status, 200);
});

test('codes for one number are capped an hour for strangers', async () => {
  nextMorning();
  const statuses: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    const stranger = openBrowser(app, { ip: '10.7.7.7' });
    statuses.push((await stranger.post('/sign-in/codes', { identifier: 'SW1004' })).status);
  }
  assert.deepEqual(statuses, [303, 303, 303, 303, 429, 429]);
  world.clock.set(new Date(world.clock.now().getTime() + 3_600_001));
  const later = openBrowser(app, { ip: '10.7.7.7' });
  assert.equal((await later.post('/sign-in/codes', { identifier: 'SW1004' })).status, 303);
});
