import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { bouncedAddresses, recordBounce, recordReport } from './bounces.ts';
import { changeSteps, switchReminders } from './change-rule.ts';
import { openDigest } from './own-digests.ts';
import { runReminders } from './run-reminders.ts';
import { recipientSql } from './stores/collect.ts';
import { settleSent } from './stores/sendings.ts';
import { remindedOrder } from './test-reminders.ts';

const world = await openWorld({ isDemonstration: true });
after(() => world.close());
const { db } = world.runtime;
const at = (day: string, time: string) => world.clock.set(`${day}T${time}:00+05:30`);
at('2026-11-20', '09:00');
const id = await remindedOrder(world, { number: 'B/1', to: '2026-12-01' });
const sunita = world.personId('sunita');

const bounces = async () =>
  (await sql<{ address: string }>`select address from reminder_bounce order by 1`.execute(db.read)).rows.map(
    ({ address }) => address,
  );
const referenceOf = async (day: string) =>
  (
    await sql<{ id: string }>`select reminder_sending_id as id from reminder_sending
      where person_id = ${sunita} and channel = 'sms' and day = ${day}`.execute(db.read)
  ).rows[0]?.id ?? '';
const stateOf = async (reference: string) =>
  (
    await sql<{
      state: string;
    }>`select state from reminder_sending where reminder_sending_id = ${reference}`.execute(db.read)
  ).rows[0]?.state;

test('a report strikes the number that the SMS went to, not the one that the person has by then', async () => {
  at('2026-11-24', '09:00');
  await runReminders(world.system);
  const reference = await referenceOf('2026-11-24');
  await sql`update person set mobile = '9111111111' where person_id = ${sunita}`.execute(db.read);
  await recordReport(world.system, { reference, state: 'failed' });
  assert.deepEqual(await bounces(), ['9000000001']);
  assert.equal(await stateOf(reference), 'failed');
  await recordReport(world.system, { reference, state: 'delivered' });
  assert.deepEqual(await bounces(), [], 'it arrived after all');
  at('2026-11-24', '09:05');
  await recordBounce(world.system, { address: '9000000001' });
  await recordReport(world.system, { reference, state: 'delivered' });
  assert.deepEqual(await bounces(), ['9000000001'], 'what was told later stays');
  await sql`update person set mobile = '9000000001' where person_id = ${sunita}`.execute(db.read);
  await sql`delete from reminder_bounce`.execute(db.read);
});

test('a report that comes before the server’s answer is not overwritten by it', async () => {
  const reference = await referenceOf('2026-11-24');
  const mark = (state: string) =>
    sql`update reminder_sending set state = ${state} where reminder_sending_id = ${reference}`.execute(
      db.read,
    );
  await mark('sending');
  await recordReport(world.system, { reference, state: 'failed' });
  const now = world.clock.now();
  await db.transaction((tx) => settleSent(tx, reference, { state: 'sent', now }));
  assert.equal(await stateOf(reference), 'failed');
  await mark('sending');
  await db.transaction((tx) => settleSent(tx, reference, { state: 'sent', now }));
  assert.equal(await stateOf(reference), 'sent');
  await sql`delete from reminder_bounce`.execute(db.read);
});

test('a switching-off and other steps at once both hold', async () => {
  for (let round = 0; round < 5; round += 1) {
    await sql`delete from reminder_rule where mandate_id = ${id}`.execute(db.read);
    await switchReminders(world.system, id, 'on');
    const personDays = [20 + round, 2];
    await Promise.all([
      changeSteps(world.system, id, { personDays, officerDays: [-3], channels: ['sms'] }),
      switchReminders(world.system, id, 'off'),
    ]);
    const [rule] = (
      await sql`select state, person_days, officer_days, channels from reminder_rule where mandate_id = ${id}`.execute(
        db.read,
      )
    ).rows;
    assert.deepEqual(rule, { state: 'off', person_days: personDays, officer_days: [-3], channels: ['sms'] });
  }
  await changeSteps(world.system, id, { personDays: [1], officerDays: [-1], channels: ['mail', 'sms'] });
});

test('a person whose mail and mobile take nothing has both rows, wherever the page ends', async () => {
  const people = await sql<{ email: string | null; mobile: string | null }>`select email, mobile from person
    where email is not null or mobile is not null`.execute(db.read);
  const addresses = new Set(
    people.rows.flatMap((one) => [one.email, one.mobile].filter((at) => at !== null)),
  );
  for (const address of addresses) await recordBounce(world.system, { address });
  const page = async (after: string | undefined) => bouncedAddresses(world.as('anita'), { after, limit: 1 });
  const all = await bouncedAddresses(world.as('anita'), { limit: 100 });
  const seen = [];
  for (let next: string | null | undefined, turn = 0; next !== null && turn < 100; turn += 1) {
    const found = await page(next);
    seen.push(...found.items);
    next = found.next;
  }
  assert.ok(all.items.length > 4);
  assert.deepEqual(seen, all.items);
  await sql`delete from reminder_bounce`.execute(db.read);
});

test('a code of another issuer names an officer of the same department alone, never a stranger', async () => {
  const told = async (code: string) => {
    await sql`update person_code set issuer = 'PNO' where code = ${code}`.execute(db.read);
    await sql`update person set controlling_officer_code = ${code} where person_id = ${sunita}`.execute(
      db.read,
    );
    const { path = [] } =
      (await sql<{ path: string[] }>`select path from office where code = 'SW-BBK'`.execute(db.read))
        .rows[0] ?? {};
    const whom = await sql<{ id: string }>`select recipient_id as id
      from (select 'officer' as audience, ${sunita}::uuid as person_id, ${path}::uuid[] as path) step
        cross join lateral (${recipientSql('2026-11-24')}) whom`.execute(db.read);
    await sql`update person_code set issuer = 'EHRMS' where code = ${code}`.execute(db.read);
    await sql`update person set controlling_officer_code = null where person_id = ${sunita}`.execute(db.read);
    return whom.rows[0]?.id;
  };
  assert.equal(await told('SW1003'), world.personId('anita'), 'of the directorate');
  assert.equal(await told('HF1001'), world.personId('ramesh'), 'the nodal officer instead of a stranger');
});

test('an officer who is it no more reads nothing of his former people, not in a digest that he has', async () => {
  await sql`update person set controlling_officer_code = 'SW1002' where person_id = ${sunita}`.execute(
    db.read,
  );
  at('2026-12-02', '09:00');
  await switchReminders(world.system, id, 'on');
  await runReminders(world.system);
  const digest = await sql<{ id: string }>`select reminder_digest_id as id from reminder_digest
    where person_id = ${world.personId('ramesh')} and day = '2026-12-02'`.execute(db.read);
  const open = () => openDigest(world.as('ramesh'), digest.rows[0]?.id ?? '');
  const before = await open();
  assert.ok(before.team.some((row) => row.personId === sunita));
  assert.equal(before.teamCount, before.team.length);
  await sql`update person set controlling_officer_code = null where person_id = ${sunita}`.execute(db.read);
  await sql`update role_grant set ended_at = ${world.clock.now()} where person_id = ${world.personId('ramesh')}`.execute(
    db.read,
  );
  const later = await open();
  assert.deepEqual([later.team, later.teamCount], [[], 0]);
});
