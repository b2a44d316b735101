import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { nodeFigures, rebuildCounters, reconcileCounters } from '../../insight/index.ts';
import { seedAreas } from '../areas/seed-areas.ts';
import { editOffice } from './keep-office.ts';

const world = await openWorld();
after(() => world.close());
before(() => rebuildCounters(world.system));
const db = world.runtime.db;

async function registeredIn(areaId: string): Promise<number | null | undefined> {
  const found = await sql<{ id: string }>`select node_id as id from area where area_id = ${areaId}`.execute(
    db.read,
  );
  const id = found.rows[0]?.id ?? '';
  return (await nodeFigures(world.system, { nodeIds: [id], asOf: '2026-11-22' })).get(id)?.registered;
}

async function assertClean(): Promise<void> {
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
}

test('whoever is posted at an office is counted in its area and in those above, and follows when it changes', async () => {
  const [there, division, elsewhere] = [
    await registeredIn('district:129'),
    await registeredIn('division:AYD'),
    await registeredIn('district:136'),
  ];
  assert.ok(there && there > 1);
  assert.equal(division, there);
  await editOffice(world.system, { code: 'SW-BBK', areaCode: '136' });
  const moved = (there ?? 0) - ((await registeredIn('district:129')) ?? 0);
  assert.ok(moved > 0);
  assert.equal(await registeredIn('district:136'), (elsewhere ?? 0) + moved);
  await assertClean();
  await editOffice(world.system, { code: 'SW-BBK', areaCode: null });
  assert.equal(await registeredIn('district:136'), elsewhere);
  await assertClean();
});

test('a new version of the directory moves a district to another division with all its people', async () => {
  await editOffice(world.system, { code: 'SW', areaCode: '129' });
  await sql`update installation_fact set value = '{"digest": "old"}' where name = 'areas_seeded'`.execute(
    db.read,
  );
  const all = await registeredIn('division:AYD');
  // As if the former version had it elsewhere: the trigger moves the nodes, nobody the figures.
  await sql`update area set parent_id = 'division:LKO' where area_id = 'district:129'`.execute(db.read);
  await rebuildCounters(world.system);
  assert.equal(await registeredIn('division:AYD'), 0);
  await seedAreas(world.runtime);
  assert.equal(await registeredIn('division:AYD'), all);
  await assertClean();
});
