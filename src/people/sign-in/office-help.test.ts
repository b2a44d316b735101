import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { cast } from '../../../demo/cast.ts';
import { openBrowser } from '../../../test/browser.ts';
import { runJobsOnce } from '../../../test/run-jobs.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { localMessages } from '../../kernel/channels/index.ts';
import { makeSlip } from './make-slip.ts';
import { helpablePersons, requireHelpable } from './policy.ts';

const world = await openWorld();
after(() => world.close());
world.runtime.config.isDemonstration = true;
const app = await world.app();

test('a slip, employee code and joining date let a person without a phone make a password', async () => {
  const nodal = await signedIn(world, 'ramesh');
  const url = `/office/persons/${world.personId('imran')}/slip`;
  assert.equal((await app.inject({ method: 'GET', url, headers: nodal.headers })).statusCode, 200);
  const paper = await app.inject({ method: 'POST', url, headers: nodal.headers });
  const key = /<code>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<\/code>/.exec(paper.body)?.[1] ?? '';
  assert.ok(key);
  const browser = openBrowser(app);
  const wrong = await browser.post('/sign-in/slip', { employeeCode: 'SW2001', key, joinedOn: '2018-07-03' });
  assert.equal(wrong.status, 422);
  const form = {
    employeeCode: 'sw2001',
    key: key.toLowerCase().replaceAll('-', ' '),
    joinedOn: '02/07/2018',
  };
  assert.equal((await browser.post('/sign-in/slip', form)).location, '/sign-in/setup');
  const password = 'a good long sentence';
  assert.equal((await browser.post('/sign-in/setup', { password, again: password })).location, '/');
  const again = openBrowser(app, { ip: '10.0.0.2' });
  assert.equal((await again.post('/sign-in/slip', form)).status, 422, 'a slip is good once');
});

test('of two browsers with one slip only one sets the password', async () => {
  const { key } = await makeSlip(world.as('anita'), world.personId('pushpa'));
  const form = { employeeCode: 'SW2002', key, joinedOn: '2025-06-16' };
  const twins = [openBrowser(app), openBrowser(app, { ip: '10.0.0.2' })];
  for (const browser of twins) assert.equal((await browser.post('/sign-in/slip', form)).status, 303);
  const password = 'a good long sentence';
  const replies = await Promise.all(
    twins.map((one) => one.post('/sign-in/setup', { password, again: password })),
  );
  assert.deepEqual(replies.map((reply) => reply.status === 303).sort(), [false, true]);
});

test('the list of whom one may help and the rule for one person agree, for everybody in the cast', async () => {
  for (const actor of cast) {
    const ctx = world.as(actor.key);
    const listed = await helpablePersons(ctx).catch((): string[] => []);
    for (const subject of cast) {
      const may = await requireHelpable(ctx, world.personId(subject.key)).then(
        () => true,
        () => false,
      );
      assert.equal(may, listed.includes(world.personId(subject.key)), `${actor.key} helps ${subject.key}`);
    }
  }
});

test('nobody helps himself, nor anybody who holds a right that he does not hold', async () => {
  const may = (actor: string, subject: string) =>
    requireHelpable(world.as(actor), world.personId(subject)).then(
      () => true,
      () => false,
    );
  assert.equal(await may('ramesh', 'sunita'), true);
  assert.equal(await may('ramesh', 'ramesh'), false);
  assert.equal(await may('ramesh', 'pushpa'), false, 'another district');
  assert.equal(await may('anita', 'ramesh'), true, 'a nodal officer above him');
  assert.equal(await may('anita', 'secretary'), false, 'a leader is helped by an operator');
  assert.equal(await may('operator', 'secretary'), true);
  assert.equal(await may('secretary', 'sunita'), false);
});

test('a changed mobile needs no old number: the nodal officer checks, the code goes to the new one', async () => {
  const browser = openBrowser(app);
  const ask = (employeeCode: string) =>
    browser.post('/sign-in/requests', { employeeCode, joinedOn: '2014-02-10', mobile: '+91 98765 43210' });
  const unknown = await ask('SW9999');
  const known = await ask('SW1001');
  assert.deepEqual([known.status, known.location], [unknown.status, unknown.location]);
  const nodal = await signedIn(world, 'ramesh');
  const list = await app.inject({ method: 'GET', url: '/office/sign-in-requests', headers: nodal.headers });
  assert.match(list.body, /98••••••10/);
  const other = await signedIn(world, 'cmo');
  const foreign = await app.inject({
    method: 'GET',
    url: '/office/sign-in-requests',
    headers: other.headers,
  });
  assert.doesNotMatch(foreign.body, /98••••••10/);
  const action = /action="(\/office\/sign-in-requests\/[^"]+\/approval)"/.exec(list.body)?.[1] ?? '';
  assert.equal((await app.inject({ method: 'POST', url: action, headers: other.headers })).statusCode, 404);
  assert.equal((await app.inject({ method: 'POST', url: action, headers: nodal.headers })).statusCode, 303);
  assert.equal((await app.inject({ method: 'POST', url: action, headers: nodal.headers })).statusCode, 404);
  await browser.post('/sign-in/codes', { identifier: '9876543210' });
  await runJobsOnce(world);
  const sent = await localMessages(world.system);
  assert.ok(sent.some((one) => one.recipient === '9876543210' && /\d{6}/.test(one.body)));
  assert.ok(
    sent.some((one) => one.recipient === '9000000001'),
    'the old number is told',
  );
  const audited = await sql`select 1 from audit_event where action = 'sign_in_request.approved'
    and person_id = ${world.personId('sunita')} and actor_person_id = ${world.personId('ramesh')}`.execute(
    world.runtime.db.read,
  );
  assert.equal(audited.rows.length, 1);
});

test('a wrong number is taken off only by the nodal officer’s decision', async () => {
  const { settleDispute } = await import('./decide-request.ts');
  const { insertDispute } = await import('./stores/disputes.ts');
  const id = '01930000-0000-7000-8000-000000000001';
  const dispute = { disputeId: id, personId: world.personId('kamla'), kind: 'mobile' as const };
  await world.runtime.db.transaction((tx) =>
    insertDispute(tx, { ...dispute, value: '9000000011', now: world.clock.now() }),
  );
  await assert.rejects(settleDispute(world.as('ramesh'), { id, decision: 'removed' }));
  await settleDispute(world.as('cmo'), { id, decision: 'removed' });
  const left = await sql<{ personId: string }>`select person_id as "personId" from person_contact
    where value = '9000000011'`.execute(world.runtime.db.read);
  assert.deepEqual(left.rows, [{ personId: world.personId('geeta') }]);
});

test('a slip ends after 14 days and when a newer one is made', async () => {
  const first = await makeSlip(world.as('ramesh'), world.personId('sunita'));
  const second = await makeSlip(world.as('ramesh'), world.personId('sunita'));
  const use = (key: string) =>
    openBrowser(app, { ip: '10.0.1.1' }).post('/sign-in/slip', {
      employeeCode: 'SW1001',
      key,
      joinedOn: '2014-02-10',
    });
  assert.equal((await use(first.key)).status, 422);
  assert.equal((await use(second.key)).status, 303);
  world.clock.set(new Date(world.clock.now().getTime() + 14 * 24 * 3_600_000 + 1));
  assert.equal((await use(second.key)).status, 422);
});
