import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { movingOffices } from '../organisations/stores/moving.ts';
import { forgetRosterChanges, rosterWithoutAccount } from './stores/waiting-roster.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const day = '2026-11-20';
const nodeId = world.officeId('SW-BBK');
const counted = () => rosterWithoutAccount(db, { nodeId, day });

async function addWaiting(tx: Tx, officeId: string): Promise<string> {
  const personId = newId();
  await changeFacts(tx, { ids: [personId] }, async () => {
    await sql`insert into person (person_id, employee_code, name_en) values (${personId}, ${personId}, 'Waiting')`.execute(
      tx,
    );
    await sql`insert into posting (person_id, posting_id, office_id, kind, is_primary, starts_on)
      values (${personId}, ${newId()}, ${officeId}, 'regular', true, '2026-01-01')`.execute(tx);
  });
  return personId;
}

test('a count follows new people, opened accounts, ended postings and moved offices at once', async () => {
  const before = await counted();
  const [one, two] = await db.transaction(async (tx) => [
    await addWaiting(tx, nodeId),
    await addWaiting(tx, world.officeId('SW-BBK-SCH')),
  ]);
  assert.equal(await counted(), before + 2);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [one ?? ''] }, () =>
      sql`update person set account_day = '2026-11-19' where person_id = ${one}`.execute(tx),
    ),
  );
  assert.equal(await counted(), before + 1);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [two ?? ''] }, () =>
      sql`update posting set ends_on = '2026-11-19' where person_id = ${two}`.execute(tx),
    ),
  );
  assert.equal(await counted(), before);
  await db.transaction((tx) => addWaiting(tx, world.officeId('SW-BBK-SCH')));
  assert.equal(await counted(), before + 1);
  const [school, elsewhere] = [world.officeId('SW-BBK-SCH'), world.officeId('SW-JHS')];
  await db.transaction((tx) =>
    movingOffices(tx, sql`select ${school}::uuid as office_id`, () =>
      sql`update office set parent_id = above.office_id, path = above.path || office.office_id from office above
        where office.office_id = ${school} and above.office_id = ${elsewhere}`.execute(tx),
    ),
  );
  assert.equal(await counted(), before);
});

test('what was under way when it was counted is seen once it is committed, however long that took', async () => {
  const before = await counted();
  let finish = () => {};
  const waits = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let written = () => {};
  const isWritten = new Promise<void>((resolve) => {
    written = resolve;
  });
  const writing = db.transaction(async (tx) => {
    await addWaiting(tx, nodeId);
    written();
    await waits;
  });
  await isWritten;
  assert.equal(await counted(), before);
  finish();
  await writing;
  assert.equal(await counted(), before + 1);
});

test('nothing is counted anew while nothing has changed, and old notes go', async () => {
  const before = await counted();
  // Past `changeFacts`: who would count again would see him gone.
  await sql`update person set account_day = '2026-11-19' where employee_code = person_id::text and account_day is null`.execute(
    db.read,
  );
  assert.equal(await counted(), before);
  await sql`insert into roster_change default values`.execute(db.read);
  assert.notEqual(await counted(), before);
  await sql`update roster_change set written_at = now() - interval '2 days'`.execute(db.read);
  await forgetRosterChanges(db);
  assert.equal((await sql`select 1 from roster_change`.execute(db.read)).rows.length, 0);
});
