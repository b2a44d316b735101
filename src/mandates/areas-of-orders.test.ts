import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { editOffice } from '../organisations/desk/keep-office.ts';
import { randomPeople } from '../reports/test-world.ts';
import { commitMandate } from './import-mandate.ts';
import { ordersInArea } from './orders-at.ts';
import { reconcileMandates } from './reconcile-mandates.ts';
import { readOrder } from './rules/order-file.ts';
import { settleMandates } from './settle.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));
await randomPeople(world, seed);
await commitMandate(
  world.system,
  readOrder({
    ...{ order: { number: 'UP/1', date: '2026-02-01', issuer: 'शासन' }, title: { hi: 'आदेश' } },
    ...{ scope: { offices: ['UP'] }, window: { from: '2026-02-01', to: '2026-08-31' } },
    condition: { courses: { atLeast: 2 } },
  }),
);

/** Each person bound there once, from the standings themselves. */
async function boundIn(nodeId: string, day: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(distinct person_id) as count
    from mandate_sheet_standing cross join unnest(office_ids, bound_days) as one (office_id, days)
      join office using (office_id)
    where days @> ${day}::date and ${nodeId}::uuid = any(office.nodes)`.execute(db.read);
  return found.rows[0]?.count ?? 0;
}

async function compare(): Promise<number> {
  await settleMandates(world.system);
  const areas = await sql<{ id: string; nodeId: string }>`select area_id as id, node_id as "nodeId" from area
    where exists (select from office where nodes @> array[area.node_id])`.execute(db.read);
  let several = 0;
  for (const { id, nodeId } of areas.rows)
    for (const asOf of ['2026-02-01', '2026-06-15', '2026-09-01', '2026-11-22']) {
      const [order] = await ordersInArea(world.system, { nodeId, asOf });
      assert.equal(order?.bound ?? 0, await boundIn(nodeId, asOf), `${id} ${asOf}`);
      if (id === 'state:9') several += order?.bound ?? 0;
    }
  return several;
}

test(`an order counts at districts, divisions and states, each person once, and follows an office's area (seed ${seed})`, async () => {
  assert.ok((await compare()) > 0);
  await editOffice(world.system, { code: 'SW-JHS', areaCode: '129' });
  await compare();
  await sql`update area set parent_id = 'division:LKO' where area_id = 'district:129'`.execute(db.read);
  await compare();
  assert.deepEqual(await reconcileMandates(world.system, 7), []);
});

test('an area’s orders are for whoever sees all of it', async () => {
  const node = await sql<{
    id: string;
  }>`select node_id as id from area where area_id = 'district:129'`.execute(db.read);
  const wish = { nodeId: node.rows[0]?.id ?? '', asOf: '2026-06-15' };
  const [order, ...others] = await ordersInArea(world.as('chief'), wish);
  assert.ok(order && others.length === 0);
  const { bound, met, metLate, open, overdue, exempt } = order;
  assert.equal(bound, met + metLate + open + overdue + exempt);
  await assert.rejects(ordersInArea(world.as('secretary'), wish), { code: 'not_found' });
});
