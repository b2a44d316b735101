import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { withoutIndexes } from './without-indexes.ts';

const world = await openWorld();
after(() => world.close());

const tables = ['person', 'person_code', 'person_contact', 'posting', 'completion'];

async function keysAndIndexes(): Promise<string[]> {
  const found = await sql<{ line: string }>`
    select indexdef as line from pg_indexes where tablename = any(${tables})
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where conrelid = any(${tables}::regclass[])
    union all select relname || ' ' || coalesce(reloptions::text, '') from pg_class where relkind = 'i'
    order by 1`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.line);
}

test('afterwards every index and key is what the schema says, and finds the rows', async () => {
  const before = await keysAndIndexes();
  const seen = await world.runtime.db.longTransaction((tx) =>
    withoutIndexes(
      (statement) => sql.raw(statement).execute(tx),
      tables,
      async () => {
        const inside = await sql<{ count: number }>`select count(*) as count from pg_index
        where indrelid = any(${tables}::regclass[])`.execute(tx);
        return inside.rows[0]?.count;
      },
    ),
  );
  assert.equal(seen, 0);
  assert.deepEqual(await keysAndIndexes(), before);
});

test('those that stay are there meanwhile', async () => {
  const { db } = world.runtime;
  const among = sql<{ name: string }>`select indexrelid::regclass::text as name from pg_index
    where indrelid = any(${tables}::regclass[])`;
  const before = await keysAndIndexes();
  const seen = await db.longTransaction((tx) =>
    withoutIndexes(
      (statement) => sql.raw(statement).execute(tx),
      tables,
      async () => (await among.execute(tx)).rows.map(({ name }) => name),
      ['completion_import', 'person_merged_into'],
    ),
  );
  assert.deepEqual(seen.toSorted(), ['completion_import', 'person_merged_into']);
  assert.deepEqual(await keysAndIndexes(), before);
});

test('whoever fails inside leaves every index where it was', async () => {
  const before = await keysAndIndexes();
  const failing = world.runtime.db.longTransaction((tx) =>
    withoutIndexes(
      (statement) => sql.raw(statement).execute(tx),
      tables,
      async () => {
        throw new Error('cut off');
      },
    ),
  );
  await assert.rejects(failing, /cut off/);
  assert.deepEqual(await keysAndIndexes(), before);
});
