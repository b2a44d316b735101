import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { type Db, openDb, type Tx } from '../kernel/db.ts';
import { atOneInstant, moveRows, onEach, withMaker } from '../kernel/one-instant.ts';
import { truncateEmpty, withoutIndexes } from './without-indexes.ts';

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

test('of these tables the empty ones are truncated: rows may come frozen into them, and into no other', async () => {
  const { db } = world.runtime;
  await db.bulk.query('create table try_empty (n integer); create table try_full as select 1 as n');
  const filling = (tables: string[]) =>
    withMaker(db, async (writer, maker) => {
      await sql`lock table try_empty, try_full`.execute(writer.tx);
      const found = await truncateEmpty(
        (statement) => sql.raw(statement).execute(writer.tx),
        ['try_empty', 'try_full'],
      );
      await sql`create temporary table made on commit drop as select generate_series(1, 5) as n`.execute(
        maker.tx,
      );
      for (const table of tables)
        await moveRows(maker, 'select n from made', { seat: writer, table, isFrozen: true });
      return found;
    });
  await assert.rejects(filling(['try_empty', 'try_full']), /FREEZE/);
  assert.deepEqual(await filling(['try_empty']), ['try_empty']);
  const rows = await db.bulk.query(
    'select n from try_empty union all select n + 100 from try_full order by 1',
  );
  assert.deepEqual(
    rows.rows.map((row) => row.n),
    [1, 2, 3, 4, 5, 101],
  );
  await db.bulk.query('drop table try_empty, try_full');
});

test('who sees one instant sees all that came with frozen rows, or nothing of it', async () => {
  const { db } = world.runtime;
  const elsewhere = openDb(db.url);
  await db.bulk.query('create table try_frozen (n integer); create table try_beside (n integer)');
  const run = (tx: Tx) => (statement: string) => sql.raw(statement).execute(tx);
  const begun = Promise.withResolvers<void>();
  const filled = withMaker(db, async (writer, maker) => {
    await sql`lock table person, try_frozen in access exclusive mode`.execute(writer.tx);
    await truncateEmpty(run(writer.tx), ['try_frozen']);
    await sql`insert into try_beside values (1)`.execute(writer.tx);
    begun.resolve();
    await waitsForLock(db);
    await moveRows(maker, 'select 1', { seat: writer, table: 'try_frozen', isFrozen: true });
  });
  await begun.promise;
  const seen = await atOneInstant(elsewhere, 2, (seats) =>
    onEach(seats, async ({ tx }) => {
      const found = await sql<{ n: number }>`select (select count(*) from try_frozen)::int
        + (select count(*) from try_beside)::int as n`.execute(tx);
      return found.rows[0]?.n;
    }),
  );
  await filled;
  assert.deepEqual(seen, [2, 2]);
  await db.bulk.query('drop table try_frozen, try_beside');
  await elsewhere.close();
});

async function waitsForLock(db: Db): Promise<void> {
  const waits = sql`select 1 from pg_locks where not granted and relation = 'person'::regclass`;
  for (let tries = 0; tries < 300; tries++) {
    if ((await waits.execute(db.read)).rows.length > 0) return;
    await setTimeout(20);
  }
}
