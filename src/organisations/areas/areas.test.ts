import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld, type World } from '../../../test/world.ts';
import { allOffices, listOffices } from '../list-offices.ts';
import { readAreas } from './read-areas.ts';
import { seedAreas } from './seed-areas.ts';
import { countAreas } from './store.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

test('the areas of the directory are there once, each below its parent', async () => {
  const areas = await readAreas();
  assert.equal(new Set(areas.map((area) => area.areaId)).size, areas.length);
  const known = new Set(areas.map((area) => area.areaId));
  assert.deepEqual(
    areas.filter((area) => area.parentId && !known.has(area.parentId)),
    [],
  );
  await seedAreas(world.runtime);
  const counted = await countAreas(world.runtime.db.read);
  assert.equal(counted.areas, areas.length);
  assert.ok(counted.notTranslated > 1900, 'tehsils, blocks and urban bodies have no Hindi names');
});

test('a district of Uttar Pradesh has both names, its division and its census code', async () => {
  const found = await sql`select name_hi, name_en, parent_id, census_2011_code from area
    where area_id in ('district:129', 'district:640') order by area_id`.execute(world.runtime.db.read);
  assert.deepEqual(found.rows, [
    { name_hi: 'बाराबंकी', name_en: 'Barabanki', parent_id: 'division:AYD', census_2011_code: '176' },
    { name_hi: 'अमेठी', name_en: 'Amethi', parent_id: 'division:AYD', census_2011_code: null },
  ]);
});

test('offices are listed by code, a page at a time, roots alone where asked', async () => {
  const all = (await Array.fromAsync(allOffices(world.system, { rootsOnly: false }))).flat();
  assert.equal(all.length, 9);
  assert.deepEqual((await Array.fromAsync(allOffices(world.system, { rootsOnly: true }))).flat(), [
    {
      code: 'UP',
      nameHi: 'उत्तर प्रदेश शासन',
      nameEn: 'Government of Uttar Pradesh',
      parentCode: null,
      kind: 'government',
    },
  ]);
  const first = await listOffices(world.system, { rootsOnly: false, parentCode: 'SW', limit: 2 });
  assert.deepEqual([first.items.map((office) => office.code), first.next], [['SW-BBK', 'SW-DIR'], 'SW-DIR']);
});

test('the list of offices needs a sign-in', async () => {
  const app = await world.app();
  assert.equal((await app.inject('/api/v1/offices')).statusCode, 401);
});
