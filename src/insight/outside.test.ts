import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { makeToken } from '../people/index.ts';
import { rebuildCounters } from './index.ts';

const world = await openWorld();
after(() => world.close());

/** A second government beside the cast's, whose one posting was taken back. */
async function openOtherRoot(): Promise<void> {
  const [officeId, personId] = [newId(), newId()];
  await world.runtime.db.transaction(async (tx) => {
    await sql`insert into office (office_id, code, name_hi, kind, path) values
      (${officeId}, 'OTHER', 'अन्य शासन', 'government', array[${officeId}::uuid])`.execute(tx);
    await sql`insert into person (person_id, employee_code, name_hi) values (${personId}, 'OT1', 'कमला देवी')`.execute(
      tx,
    );
    await changeFacts(tx, { ids: [personId] }, async () => {
      await sql`update person set account_day = '2026-01-01', account_source = 'import' where person_id = ${personId}`.execute(
        tx,
      );
      await sql`insert into posting (person_id, posting_id, office_id, kind, is_primary, starts_on, voided_at, void_reason)
        values (${personId}, ${newId()}, ${officeId}, 'regular', true, '2026-01-01', now(), 'import undone')`.execute(
        tx,
      );
    });
  });
}

async function outsideOf(code: string): Promise<{ figure: number; names: number }> {
  const app = await world.app();
  const token = await makeToken(world.system, { officeCode: code, role: 'nodal' });
  const headers = { authorization: `Bearer ${token}` };
  const summary = await app.inject({ url: `/api/v1/offices/${code}/summary`, headers });
  const csv = await app.inject({
    url: `/office/offices/${code}/training/people.csv?show=notOnRoster`,
    headers,
  });
  const rows = csv.body
    .trim()
    .split('\n')
    .filter((line) => line.includes('OT1'));
  return { figure: summary.json().notOnRoster, names: rows.length };
}

test('whose only posting was taken back stands at that posting’s root, in the figure and in the list, and at no other', async () => {
  const root = (
    await sql<{ code: string }>`select code from office where parent_id is null`.execute(
      world.runtime.db.read,
    )
  ).rows[0]?.code;
  assert.ok(root);
  await rebuildCounters(world.system);
  const before = await outsideOf(root);
  await openOtherRoot();
  assert.deepEqual(await outsideOf(root), before);
  assert.deepEqual(await outsideOf('OTHER'), { figure: 1, names: 1 });
});
