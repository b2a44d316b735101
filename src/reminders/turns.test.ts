import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { homeNoticesOf } from '../learning/hooks.ts';
import { changeSteps, switchReminders } from './change-rule.ts';
import { openDigest } from './own-digests.ts';
import { runReminders } from './run-reminders.ts';
import { ruleOnNow } from './stores/rules.ts';
import { markShared, settleSent } from './stores/sendings.ts';
import { complete, remindedOrder, sendingsOn } from './test-reminders.ts';

const world = await openWorld({ isDemonstration: true });
after(() => world.close());
const { db } = world.runtime;
const at = (day: string, time: string) => world.clock.set(`${day}T${time}:00+05:30`);
const sunita = world.personId('sunita');
const notices = async () =>
  (await homeNoticesOf(world.as('sunita'), sunita)).filter(({ href }) => href.startsWith('/reminders/'));

test('an unread reminder stays on the home when a newer one is done, and opening one shows both', async () => {
  at('2026-11-20', '09:00');
  await remindedOrder(world, { number: 'T/1', to: '2026-12-21', tag: 'ai' });
  at('2026-11-21', '09:00');
  await runReminders(world.system);
  const other = await remindedOrder(world, { number: 'T/2', to: '2026-12-01' });
  at('2026-11-24', '09:00');
  await runReminders(world.system);
  const [both] = await notices();
  assert.match(both?.text ?? '', /2 /);
  await complete(world, 'sunita', '2026-11-24');
  const { settleMandates } = await import('../mandates/index.ts');
  await settleMandates(world.system);
  const [left] = await notices();
  assert.match(left?.text ?? '', /T\/1/);
  const opened = await openDigest(world.as('sunita'), left?.href.split('/').at(-1) ?? '');
  assert.deepEqual(
    opened.own.map(({ number }) => number),
    ['T/1'],
  );
  assert.deepEqual(await notices(), []);
  await switchReminders(world.system, other, 'off');
});

test('a channel taken away, or a pause, holds what has not left; the log says why', async () => {
  const id = await remindedOrder(world, { number: 'T/3', to: '2026-12-09', office: 'SW-BBK', tag: 'x' });
  at('2026-12-02', '09:00');
  await changeSteps(world.system, id, { personDays: [7], officerDays: [], channels: ['mail', 'sms'] });
  await switchReminders(world.system, id, 'on');
  await runReminders(world.system);
  const wait = () =>
    sql`update reminder_sending set state = 'waiting' where day = '2026-12-02' and channel = 'sms'`.execute(
      db.read,
    );
  const sms = async () =>
    new Set(
      (await sendingsOn(world, '2026-12-02')).filter((one) => one.channel === 'sms').map((one) => one.reason),
    );
  await wait();
  await changeSteps(world.system, id, { personDays: [7], officerDays: [], channels: ['mail'] });
  await switchReminders(world.system, id, 'on');
  await runReminders(world.system);
  assert.deepEqual(await sms(), new Set(['channel_off']));
  await wait();
  await switchReminders(world.system, id, 'paused');
  await runReminders(world.system);
  assert.deepEqual(await sms(), new Set(['switched_off']));
});

test('while a portion is gathered its ladder cannot be changed under it', async () => {
  const id = await remindedOrder(world, { number: 'T/4', to: '2026-12-20', office: 'SW-BBK', tag: 'y' });
  let isChanged = false;
  const changing = await db.transaction(async (tx) => {
    assert.ok(await ruleOnNow(tx, id));
    const change = changeSteps(world.system, id, { personDays: [1], officerDays: [], channels: [] });
    await Promise.race([change, new Promise((resolve) => setTimeout(resolve, 150))]);
    isChanged =
      (await sql`select from reminder_rule where mandate_id = ${id} and person_days = '{1}'`.execute(db.read))
        .rows.length > 0;
    return { change };
  });
  assert.equal(isChanged, false);
  assert.deepEqual((await changing.change).personDays, [1]);
});

test('who shares a number ends as the SMS does that carried his name; one that was not taken frees the number', async () => {
  const found = await sql<{ id: string }>`select reminder_sending_id as id from reminder_sending
    where channel = 'sms' and day = '2026-12-02' order by 1 limit 2`.execute(db.read);
  const [carrierId = '', sendingId = ''] = found.rows.map((row) => row.id);
  const now = world.clock.now();
  const states = async () =>
    (
      await sql<{ state: string }>`select state from reminder_sending
        where reminder_sending_id in (${carrierId}, ${sendingId}) order by reminder_sending_id`.execute(
        db.read,
      )
    ).rows.map((row) => row.state);
  for (const [state, after] of [
    ['sent', ['sent', 'shared']],
    ['unknown', ['unknown', 'unknown']],
    ['waiting', ['waiting', 'waiting']],
  ] as const) {
    await db.transaction(async (tx) => {
      await sql`update reminder_sending set state = 'sending', address = '9000000077'
        where reminder_sending_id = ${carrierId}`.execute(tx);
      await sql`insert into reminder_number (number, day, reminder_sending_id)
        values ('9000000077', '2026-12-02', ${carrierId}) on conflict do nothing`.execute(tx);
      await markShared(tx, [{ sendingId, carrierId }], now);
      await settleSent(tx, carrierId, { state, now });
    });
    assert.deepEqual(await states(), after);
  }
  const held = await sql`select from reminder_number where number = '9000000077'`.execute(db.read);
  assert.equal(held.rows.length, 0);
});
