import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../../test/database.ts';
import { openWorld } from '../../../test/world.ts';
import { requireGenerated, requireSize } from './own-database.ts';

const world = await openWorld();
const empty = await openTestDatabase();
after(async () => {
  await empty.close();
  await world.close();
});

test('an installation with offices of its own is not measured, nor one that is empty', async () => {
  await assert.rejects(requireGenerated(world.runtime.db), { reason: 'not_generated' });
  await assert.rejects(requireGenerated(empty.db), { reason: 'not_generated' });
});

test('data are measured under their own size alone', async () => {
  const { db } = world.runtime;
  const tiny = await openTestDatabase();
  try {
    await assert.rejects(requireSize(tiny.db, 'tiny'), { reason: 'not_of_size' });
    const add = (people: number, from: number) =>
      sql`insert into person (person_id, employee_code, name_hi)
        select gen_random_uuid(), 'S' || one, 'नाम' from generate_series(${from}::integer, ${from + people - 1}::integer) one`.execute(
        tiny.db.read,
      );
    await add(54, 0);
    await requireSize(tiny.db, 'tiny');
    await assert.rejects(requireSize(tiny.db, 'department'), { reason: 'not_of_size' });
    await add(13, 54);
    await assert.rejects(requireSize(tiny.db, 'tiny'), { reason: 'not_of_size' });
    await assert.rejects(requireSize(db, 'state'), { reason: 'not_of_size' });
  } finally {
    await tiny.close();
  }
});
