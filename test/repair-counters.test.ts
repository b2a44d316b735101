import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { announceCampaign, countCampaigns, createCampaign } from '../src/campaigns/index.ts';
import { insight, rebuildCounters, reconcileCounters } from '../src/insight/index.ts';
import { repairCounters } from '../src/insight/repair-counters.ts';
import { changeFacts } from '../src/kernel/facts.ts';
import { newId } from '../src/kernel/ids.ts';
import { commitMandate } from '../src/mandates/import-mandate.ts';
import { settleMandates } from '../src/mandates/index.ts';
import { readOrder } from '../src/mandates/rules/order-file.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;

async function reconcile(flags: Record<string, string | true>): Promise<{ code: number; text: string }> {
  const command = insight.commands?.find((one) => one.name === 'reconcile');
  assert.ok(command);
  let text = '';
  const print = (line: string) => {
    text += `${line}\n`;
  };
  const code = await command.run(world.system, { args: [], flags, print } as never, world.runtime as never);
  return { code, text };
}

async function fill(): Promise<void> {
  const personId = world.personId('pushpa');
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
        values (${personId}, ${newId()}, ${newId()}, '2026-11-22', 'test', 90, ${world.officeId('SW-JHS')})`.execute(
        tx,
      ),
    ),
  );
  const days = { fromDay: '2026-11-22', toDay: '2026-11-28', hours: 1, tags: [] };
  await createCampaign(world.as('anita'), {
    ...{ code: 'week-1', titleHi: 'सप्ताह', titleEn: null, officeCode: 'SW', ...days },
  } as never);
  await announceCampaign(world.as('anita'), 'week-1');
  await countCampaigns(world.runtime);
  await commitMandate(
    world.system,
    readOrder({
      ...{ order: { number: 'R/1', date: '2026-04-01', issuer: 'CS' }, title: { hi: 'आदेश' } },
      ...{ scope: { offices: ['SW'] }, window: { from: '2026-04-01', to: '2027-03-31' } },
      condition: { courses: { atLeast: 1 } },
    }),
  );
  await settleMandates(world.system);
}

async function spoil(...wrongs: RawBuilder<unknown>[]): Promise<void> {
  for (const wrong of wrongs) assert.ok(((await wrong.execute(db.read)).numAffectedRows ?? 0n) > 0n);
}

async function assertRepairs(...parts: RegExp[]): Promise<void> {
  const told = await reconcile({});
  assert.equal(told.code, 1);
  for (const part of [/reconcile --repair/, ...parts]) assert.match(told.text, part);
  const mended = await reconcile({ repair: true });
  assert.equal(mended.code, 0, mended.text);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
}

test('reconcile names what repairs, and repairs counters, orders, weeks and paths', async () => {
  await rebuildCounters(world.system);
  await fill();
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
  await spoil(
    sql`update office_counter set registered = registered + 1 where grain = 'd' and registered > 0`,
    sql`update campaign_progress set minutes = minutes + 5`,
    sql`insert into campaign_delta (campaign_id, nodes, met) select campaign_id, nodes, 3 from campaign join office using (office_id)`,
    sql`update mandate_sheet_counter set open = open + 2`,
  );
  await assertRepairs(/ registered:/, /week-1: persons/, /week-1: met/, /R\/1: /);
  // By itself, since orders ask for a recount where an office moves.
  await spoil(sql`update office set path = array[office_id] where code = 'SW-BBK-SCH'`);
  await assertRepairs(/SW-BBK-SCH .* path/);
  const audited = await sql<{ differences: number }>`select (detail ->> 'differences')::integer as differences
    from audit_event where action = 'counters.repaired' order by 1`.execute(db.read);
  assert.equal(audited.rows.length, 2);
  assert.ok((audited.rows[1]?.differences ?? 0) > 4);
  const paths = await sql<{ first: string[] }>`select detail -> 'first' as first
    from audit_event where action = 'office.straightened'`.execute(db.read);
  assert.deepEqual(paths.rows, [{ first: ['SW-BBK-SCH'] }]);
});

test('whoever may compare may not repair for that', async () => {
  const { actor, ...rest } = world.as('kamla');
  assert.ok(actor.kind === 'person');
  const auditor = { ...rest, actor: { ...actor, grants: [{ role: 'auditor', scopeId: '*' }] } };
  const found = await reconcileCounters(auditor);
  await assert.rejects(repairCounters(auditor, found), { code: 'forbidden' });
  await assert.rejects(reconcileCounters(world.as('ramesh')), { code: 'forbidden' });
});

test('where all is right nothing is repaired', async () => {
  assert.equal((await reconcile({ repair: true })).code, 0);
  const audited = await sql`select 1 from audit_event where action = 'counters.repaired'`.execute(db.read);
  assert.equal(audited.rows.length, 2);
});
