import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { atOneInstant } from '../kernel/one-instant.ts';
import { randomPeople } from '../reports/test-world.ts';
import { foldCounters, rebuildCounters, reconcileCounters } from './index.ts';
import { weighCounters } from './reconcile-counters.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));

before(async () => {
  await randomPeople(world, seed);
  await rebuildCounters(world.system);
});

/** What nodes there are, by what counts in them: the lowest and the highest of each. */
const kinds = [
  ['the root', sql`office_id in (select office_id from office where cardinality(path) = 1)`],
  ['an office below others', sql`office_id in (select office_id from office where cardinality(path) = 2)`],
  ['a lowest office', sql`office_id in (select office_id from office where cardinality(path) = 3)`],
  ['a district', sql`office_id in (select node_id from area where kind = 'district')`],
  ['a state', sql`office_id in (select node_id from area where kind = 'state')`],
  ['a course', sql`office_id in (select course_id from course)`],
  [
    'a class of an office',
    sql`office_id in (select class_node(office_id, class::smallint) from office, generate_series(0, 79) class
      where cardinality(path) <= 3)`,
  ],
  [
    'a class of an area',
    sql`office_id in (select class_node(node_id, class::smallint) from area, generate_series(0, 79) class
      where kind in ('district', 'state'))`,
  ],
] as const;

const found = async () =>
  (await reconcileCounters(world.system, 7)).differences
    .map(({ grain, day, metric, counted, expected }) => `${grain} ${day} ${metric} ${counted - expected}`)
    .toSorted();

const isRightByWeight = () =>
  atOneInstant(db, 2, (seats) => weighCounters(seats, 7, () => Promise.resolve()));

test(`counters of people of several postings, in several portions, agree with the events (SEED=${seed})`, async () => {
  assert.deepEqual(await found(), []);
  assert.ok(await isRightByWeight());
});

test('what has not been folded yet is weighed with the rest', async () => {
  const found = await sql<{
    id: string;
  }>`select distinct person_id as id from completion where voided_at is null
    order by person_id limit 9`.execute(db.read);
  const ids = found.rows.map((row) => row.id);
  await db.transaction((tx) =>
    changeFacts(tx, { ids }, async () => {
      await sql`update completion set voided_at = now() where person_id = any(${ids})`.execute(tx);
    }),
  );
  assert.ok((await sql`select from counter_delta`.execute(db.read)).rows.length > 0);
  assert.ok(await isRightByWeight());
});

for (const [kind, isOne] of kinds)
  test(`a wrong counter of ${kind} is named, and nothing else`, async () => {
    const one = await sql<{ id: string; day: string; month: string; year: string }>`
      select office_id as id, day, date_trunc('month', day)::date as month, date_trunc('year', day)::date as year
      from office_counter where grain = 'd' and ${isOne} order by day desc, office_id limit 1`.execute(
      db.read,
    );
    const { id = '', day = '', month = '', year = '' } = one.rows[0] ?? {};
    assert.notEqual(id, '');
    const add = (grain: string, at: string, metric: string, amount: number) =>
      sql`update office_counter set ${sql.id(metric)} = ${sql.id(metric)} + ${amount}::integer
        where office_id = ${id} and grain = ${grain} and day = ${at}`.execute(db.read);
    await add('d', day, 'ai_reach', 2);
    assert.ok(!(await isRightByWeight()));
    assert.deepEqual(await found(), [
      `d ${day} ai_reach 2`,
      `m ${month} ai_reach -2`,
      't 0001-01-01 ai_reach -2',
      `y ${year} ai_reach -2`,
    ]);
    await add('d', day, 'ai_reach', -2);
    await sql`update office_counter set digital_minutes = digital_minutes + 8000000000000000 where office_id = ${id} and grain = 'y'
      and day = ${year}`.execute(db.read);
    assert.deepEqual(await found(), [`y ${year} digital_minutes 8000000000000000`]);
    await sql`update office_counter set digital_minutes = digital_minutes - 8000000000000000 where office_id = ${id} and grain = 'y'
      and day = ${year}`.execute(db.read);
    await add('m', month, 'activity_minutes', -3);
    await add('t', '0001-01-01', 'begun', 1);
    assert.deepEqual(await found(), [`m ${month} activity_minutes -3`, 't 0001-01-01 begun 1']);
    await add('m', month, 'activity_minutes', 3);
    await add('t', '0001-01-01', 'begun', -1);
  });

test('a figure at a day that its period has not is named, though another one makes up for it', async () => {
  const root = sql`(select office_id from office where cardinality(path) = 1)`;
  await sql`insert into office_counter (office_id, grain, day, registered)
    values (${root}, 'm', '2026-01-05', 1), (${root}, 'm', '2026-01-06', -1)`.execute(db.read);
  assert.deepEqual(await found(), ['m 2026-01-05 registered 1', 'm 2026-01-06 registered -1']);
  await sql`delete from office_counter where grain = 'm' and day in ('2026-01-05', '2026-01-06')`.execute(
    db.read,
  );
  assert.deepEqual(await found(), []);
});

test('the largest of all integers is named like any other wrong figure', async () => {
  const where = sql`office_id = (select office_id from office where cardinality(path) = 1) and grain = 't'`;
  const { rows } = await sql<{ former: number }>`select former from office_counter where ${where}`.execute(
    db.read,
  );
  await sql`update office_counter set former = 2147483647 where ${where}`.execute(db.read);
  assert.deepEqual(await found(), [`t 0001-01-01 former ${2147483647 - (rows[0]?.former ?? 0)}`]);
  await sql`update office_counter set former = ${rows[0]?.former} where ${where}`.execute(db.read);
});

test('a counter that is not there is named, and one that should not be there; so are deltas of nobody', async () => {
  await sql`create table kept as select * from office_counter where grain = 'd' and registered > 0
    and office_id in (select office_id from office where cardinality(path) = 2) order by day, office_id limit 1`.execute(
    db.read,
  );
  await sql`delete from office_counter using kept where office_counter.office_id = kept.office_id
    and office_counter.grain = 'd' and office_counter.day = kept.day`.execute(db.read);
  assert.ok((await found()).some((one) => /^d \S+ registered -\d+$/.test(one)));
  await sql`insert into office_counter select * from kept`.execute(db.read);
  await sql`insert into office_counter (office_id, grain, day, former)
    select gen_random_uuid(), grain, '2026-03-09', 4 from unnest(array['d', 'm', 'y', 't']) as grain`.execute(
    db.read,
  );
  assert.ok((await found()).includes('d 2026-03-09 former 4'));
  await sql`delete from office_counter where former = 4 and office_id not in (select office_id from office)`.execute(
    db.read,
  );
  await sql`insert into counter_delta (offices, day, signed_in)
    select nodes, '2026-03-10', 1 from office where cardinality(path) = 3 limit 1`.execute(db.read);
  assert.ok((await found()).every((one) => one === 'd 2026-03-10 signed_in 1'));
  assert.ok((await found()).length >= 3);
  await foldCounters(world.runtime);
  assert.ok((await found()).length >= 3);
});
