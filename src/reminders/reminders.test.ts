import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { localMessages } from '../kernel/channels/index.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { commitMandate } from '../mandates/import-mandate.ts';
import { readOrder } from '../mandates/rules/order-file.ts';
import { changeSteps, ruleFor, switchReminders } from './change-rule.ts';
import { isSendingHour, nextTurnAt } from './hours.ts';
import { stepOn } from './ladder.ts';
import { requireRemindable } from './policy.ts';
import { runReminders } from './run-reminders.ts';
import { complete, digestsOn, remindedOrder, sendingsOn } from './test-reminders.ts';

const world = await openWorld({ isDemonstration: true });
after(() => world.close());
const db = world.runtime.db;
/** An instant by the clocks of India. */
const at = (day: string, time: string) => world.clock.set(`${day}T${time}:00+05:30`);

test('nothing leaves before 8:00 and from 20:00 on by the clocks of India', () => {
  const says = (time: string) => isSendingHour(new Date(`2026-11-22T${time}+05:30`));
  assert.deepEqual(['07:59:59', '08:00:00', '19:59:59', '20:00:00', '23:30:00', '00:10:00'].map(says), [
    false,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('it is looked next at a quarter of an hour, in the evening on the morning after', () => {
  const next = (time: string) => nextTurnAt(new Date(`2026-11-22T${time}+05:30`)).toISOString();
  assert.equal(next('15:37:00'), '2026-11-22T10:15:00.000Z');
  assert.equal(next('19:45:00'), '2026-11-23T02:30:00.000Z');
  assert.equal(next('00:10:00'), '2026-11-22T02:30:00.000Z');
});

test('a step is told on its day or up to three days later, never from before the switching on', () => {
  const days = [30, 7, 1, 0, -7];
  const told = (day: string, since = '2026-01-01') => stepOn(days, '2026-12-31', { day, since });
  assert.equal(told('2026-11-30'), undefined);
  assert.equal(told('2026-12-01'), 30);
  assert.equal(told('2026-12-04'), 30);
  assert.equal(told('2026-12-05'), undefined);
  assert.equal(told('2026-12-02', '2026-12-02'), undefined);
  assert.equal(told('2026-12-31'), 0);
  assert.equal(told('2027-01-07'), -7);
});

test('two orders of one day are one digest; the same day brings nothing twice, the next none', async () => {
  at('2026-11-20', '09:00');
  await remindedOrder(world, { number: 'R/1', to: '2026-11-28' });
  await remindedOrder(world, { number: 'R/2', to: '2026-11-28', tag: 'ai' });
  at('2026-11-21', '07:59');
  assert.equal(await runReminders(world.system), 'closed');
  at('2026-11-21', '08:00');
  await complete(world, 'ramesh', '2026-11-21');
  assert.equal(await runReminders(world.system), 'done');
  const first = await digestsOn(world, '2026-11-21');
  assert.deepEqual(first['SW1001'], [2, 0]);
  assert.deepEqual(first['SW1002'], [1, 0], 'who completed one in the morning hears of the other alone');
  const sent = await sendingsOn(world, '2026-11-21');
  assert.ok(
    sent.every((one) => one.state === 'sent' || one.state === 'shared'),
    JSON.stringify(sent),
  );
  const mailbox = await localMessages(world.system);
  at('2026-11-21', '19:59');
  await runReminders(world.system);
  at('2026-11-22', '10:00');
  await runReminders(world.system);
  assert.equal((await localMessages(world.system)).length, mailbox.length);
  assert.deepEqual(await digestsOn(world, '2026-11-22'), {});
});

test('an SMS is in Hindi, names the person and the last day, and a number gets one a day', async () => {
  await sql`update person set mobile = '9000000001' where person_id = ${world.personId('ramesh')}`.execute(
    db.read,
  );
  await sql`insert into person_contact (value, kind, person_id)
    values ('9000000001', 'mobile', ${world.personId('ramesh')})`.execute(db.read);
  at('2026-11-27', '12:00');
  await runReminders(world.system);
  const sent = (await sendingsOn(world, '2026-11-27')).filter(
    (one) => one.channel === 'sms' && ['SW1001', 'SW1002'].includes(one.key),
  );
  assert.deepEqual(sent.map((one) => one.state).sort(), ['sent', 'shared']);
  const messages = (await localMessages(world.system)).filter((one) => one.recipient === '9000000001');
  assert.match(messages[0]?.body ?? '', /सुनीता वर्मा, रमेश चन्द्र जी.*28 नवंबर 2026/);
  assert.equal(messages.filter((one) => one.channel === 'sms').length, 2, 'one on each of two days');
});

test('a moved due day begins its ladder anew; the same due day never repeats a step', async () => {
  const personId = world.personId('sunita');
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into extension_request (person_id, extension_request_id, mandate_id, asked_until, state, granted_until)
        select ${personId}, ${newId()}, mandate_id, '2026-12-08', 'granted', '2026-12-08' from mandate
        where number = 'R/1'`.execute(tx);
    }),
  );
  at('2026-12-01', '09:00');
  await runReminders(world.system);
  await sql`delete from reminder_run`.execute(db.read);
  at('2026-12-02', '09:00');
  await runReminders(world.system);
  const items = await sql<{ dueOn: string; day: string }>`select due_on as "dueOn", day from reminder_item
    join mandate using (mandate_id) where person_id = ${personId} and days_before = 7 and audience = 'person'
      and number = 'R/1' order by 1`.execute(db.read);
  assert.deepEqual(items.rows, [
    { dueOn: '2026-11-28', day: '2026-11-21' },
    { dueOn: '2026-12-08', day: '2026-12-01' },
  ]);
});

test('who is on leave or suspended gets none, and his officer none about him; after the return the step is made up for', async () => {
  at('2026-12-10', '09:00');
  await remindedOrder(world, { number: 'R/3', to: '2026-12-20', office: 'SW-BBK', tag: 'x' });
  const personId = world.personId('sunita');
  await sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on)
    values (${personId}, ${newId()}, 'long_leave', '2026-12-12', '2026-12-14')`.execute(db.read);
  at('2026-12-13', '09:00');
  await runReminders(world.system);
  assert.equal((await digestsOn(world, '2026-12-13'))['SW1001'], undefined);
  at('2026-12-15', '09:00');
  await runReminders(world.system);
  assert.deepEqual(
    (await digestsOn(world, '2026-12-15'))['SW1001'],
    [2, 0],
    'with the seventh day after R/1',
  );
});

test('after the due day the controlling officer hears of his people, else the nodal officer; in one digest with his own', async () => {
  await sql`update person set controlling_officer_code = 'SW1003' where person_id = ${world.personId('sunita')}`.execute(
    db.read,
  );
  at('2026-12-21', '09:00');
  await runReminders(world.system);
  const told = await digestsOn(world, '2026-12-21');
  assert.equal(told['SW1003']?.[1], 2, 'of Sunita, and of Ramesh, who tells himself nothing as an officer');
  const others = told['SW1002'];
  assert.ok(others && others[0] === 1 && others[1] >= 1, JSON.stringify(told));
  const mail = (await localMessages(world.system)).find((one) => one.recipient === 'ramesh@example.in');
  assert.match(mail?.body ?? '', /आपके इन कार्मिकों/);
  assert.doesNotMatch(mail?.body ?? '', /सुनीता/, 'names stay behind the sign-in');
});

test('paused reminders stay silent, and what was missed so long ago is not made up for', async () => {
  const id = await remindedOrder(world, { number: 'R/4', to: '2027-01-08', office: 'SW-JHS', tag: 'y' });
  await switchReminders(world.system, id, 'paused');
  at('2027-01-01', '09:00');
  await runReminders(world.system);
  const items = await sql`select from reminder_item where mandate_id = ${id}`.execute(db.read);
  assert.equal(items.rows.length, 0);
  at('2027-01-02', '09:00');
  await switchReminders(world.system, id, 'on');
  await runReminders(world.system);
  const later = await sql`select from reminder_item where mandate_id = ${id}`.execute(db.read);
  assert.equal(later.rows.length, 0);
});

test('an order that takes the place of another is reminded of by its ladder, from its own day on', async () => {
  at('2027-02-01', '09:00');
  await remindedOrder(world, { number: 'R/5', to: '2027-02-10', office: 'SW-JHS', tag: 'z' });
  await commitMandate(
    world.system,
    readOrder({
      order: { number: 'R/5-A', date: '2027-02-02', issuer: 'शासन' },
      title: { hi: 'बदला हुआ' },
      amends: { number: 'R/5', effectiveOn: '2027-02-03' },
      scope: { offices: ['SW-JHS'] },
      window: { from: '2026-04-01', to: '2027-02-12' },
      condition: { courses: { atLeast: 1, tag: 'z' } },
    }),
  );
  const found = await sql<{
    id: string;
  }>`select mandate_id as id from mandate where number = 'R/5-A'`.execute(db.read);
  const id = found.rows[0]?.id ?? '';
  const order = await requireRemindable(world.system, id);
  const before = await ruleFor(world.system, order);
  assert.deepEqual([before.state, before.since], ['on', '2027-02-03'], 'it says so before its day');
  // Whoever sets its steps before that day looks at whom they reach, as with every other order.
  const changed = await changeSteps(world.system, id, { personDays: [7, 0], officerDays: [], channels: [] });
  assert.equal(changed.state, 'paused');
  await switchReminders(world.system, id, 'on');
  at('2027-02-05', '09:00');
  await runReminders(world.system);
  assert.equal((await ruleFor(world.system, order)).state, 'on');
  const items = await sql<{ number: string; dueOn: string }>`select distinct number, due_on as "dueOn"
    from reminder_item join mandate using (mandate_id) where number like 'R/5%'`.execute(db.read);
  assert.deepEqual(items.rows, [{ number: 'R/5-A', dueOn: '2027-02-12' }]);
});

test('an order that stands paused hands its ladder on paused, so that an amendment is not silent for good', async () => {
  const from = await remindedOrder(world, { number: 'R/6', to: '2027-03-10', office: 'SW-JHS', tag: 'z' });
  await changeSteps(world.system, from, { personDays: [5], officerDays: [], channels: ['mail'] });
  await commitMandate(
    world.system,
    readOrder({
      order: { number: 'R/6-A', date: '2027-02-06', issuer: 'शासन' },
      title: { hi: 'बदला हुआ' },
      amends: { number: 'R/6', effectiveOn: '2027-02-06' },
      scope: { offices: ['SW-JHS'] },
      window: { from: '2026-04-01', to: '2027-03-12' },
      condition: { courses: { atLeast: 1, tag: 'z' } },
    }),
  );
  at('2027-02-06', '09:00');
  await runReminders(world.system);
  const found = await sql<{ state: string; days: number[] }>`select rule.state, person_days as days
    from reminder_rule rule join mandate using (mandate_id) where number = 'R/6-A'`.execute(db.read);
  assert.deepEqual(found.rows, [{ state: 'paused', days: [5] }]);
});

test('while everybody is counted again nobody is told of what he may have done; a recount that fails holds nothing up', async () => {
  at('2027-02-20', '12:00');
  const buildId = newId();
  await sql`insert into mandate_build (build_id, asked_at, planned_at)
    values (${buildId}, ${world.clock.now()}, ${world.clock.now()})`.execute(db.read);
  assert.equal(await runReminders(world.system), 'recounting');
  at('2027-02-20', '15:01');
  assert.equal(await runReminders(world.system), 'done');
  await sql`delete from mandate_build where build_id = ${buildId}`.execute(db.read);
});
