import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { randomPeople } from '../reports/test-world.ts';
import { keepTimeline } from './stores/deltas.ts';

const world = await openWorld();
after(() => world.close());

test('a timeline is the same whichever way its facts are read', async () => {
  await randomPeople(world, 20_261_122);
  await world.runtime.db.transaction(async (tx) => {
    await sql`create temporary table chosen on commit drop as
      select person_id from person where hashtext(person_id::text) % 3 <> 0`.execute(tx);
    const told: string[] = [];
    for (const way of ['few', 'some', 'most'] as const) {
      const name = await keepTimeline(tx, sql`select person_id from chosen`, way);
      const found = await sql<{
        rows: string[];
      }>`select array_agg(t::text order by t::text) as rows from ${sql.id(name)} t`.execute(tx);
      const rows = found.rows[0]?.rows ?? [];
      assert.ok(rows.length > 100);
      told.push(rows.join('\n'));
    }
    assert.equal(told[1], told[0]);
    assert.equal(told[2], told[0]);
  });
});
