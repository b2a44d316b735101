import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import {
  countNewPeople,
  insight,
  type KeyRange,
  nodeFigures,
  noteUncounted,
  officeSummary,
  reconcileCounters,
} from '../../insight/index.ts';
import { openDb } from '../../kernel/db.ts';
import { Refusal } from '../../kernel/errors.ts';
import { mostDistinct, shelvesOf, stepsFor } from './completions.ts';
import { emptyIndexes, generateData } from './generate-data.ts';
import { sizes } from './sizes.ts';

const world = await openWorld();
const other = await openWorld();
after(async () => {
  await world.close();
  await other.close();
});

async function countsIn(of: typeof world) {
  const found = await sql<Record<string, number>>`select
    (select count(*) from office where path[1] = (select office_id from office where code = 'GEN'))::int as offices,
    (select count(distinct person_id) from person join posting using (person_id) join office using (office_id)
      where employee_code like 'GEN%' and account_day is not null and (ends_on is null or ends_on >= current_date))::int as people,
    (select count(*) from course where code like 'GENC-%')::int as courses,
    (select count(distinct (c.person_id, course_id)) from completion c join posting p using (person_id)
      where source = 'iGOT' and p.ends_on is null)::int as completions`.execute(of.runtime.db.read);
  return found.rows[0];
}

/** Indexes that stay in place while rows are filled in, and into which some of these came after all. */
async function notEmpty(of: typeof world): Promise<string[]> {
  const found = await sql<{ name: string; relation: string; condition: string }>`
    select indexrelid::regclass::text as name, indrelid::regclass::text as relation, pg_get_expr(indpred, indrelid) as condition
    from pg_index where indexrelid = any(${emptyIndexes}::regclass[])`.execute(of.runtime.db.read);
  const filled: string[] = [];
  for (const { name, relation, condition } of found.rows) {
    const rows = await sql`select 1 from ${sql.raw(relation)} where ${sql.raw(condition)} limit 1`.execute(
      of.runtime.db.read,
    );
    if (rows.rows.length > 0) filled.push(name);
  }
  assert.equal(found.rows.length, emptyIndexes.length);
  return filled;
}

async function rowsIn(of: typeof world) {
  const found = await sql<{ sum: string }>`select md5(string_agg(t::text, '|' order by t::text)) as sum from (
    select p.person_id, p.name_hi, p.account_day, o.code, c.completed_day, c.minutes, k.code as course
    from person p join posting using (person_id) join office o using (office_id)
      left join completion c using (person_id) left join course k using (course_id)
    where employee_code like 'GEN%') t`.execute(of.runtime.db.read);
  return found.rows[0]?.sum;
}

test('generated data have exactly the counts of their size, and every counter is right', async () => {
  await generateData(world.system, { size: 'tiny', seed: 7 });
  const { people, offices, courses, completions } = sizes.tiny;
  assert.deepEqual(await countsIn(world), { people, offices, courses, completions });
  assert.deepEqual(await notEmpty(world), []);
  const summary = await officeSummary(world.system, { code: 'GEN' });
  assert.equal(summary.registered, people);
  assert.equal(summary.completions, completions);
  // The cast stands in the tables without having been counted.
  const { differences } = await reconcileCounters(world.system);
  assert.deepEqual(
    differences.filter((one) => one.officeCode.startsWith('GEN')),
    [],
  );
});

test('an area counts those who work on its ground, and nothing is left to be counted', async () => {
  const state = await sql<{ id: string }>`select node_id as id from area where area_id = 'state:9'`.execute(
    world.runtime.db.read,
  );
  const [nodeId = ''] = state.rows.map((row) => row.id);
  const figures = await nodeFigures(world.system, { nodeIds: [nodeId], asOf: '2026-11-22' });
  assert.ok((figures.get(nodeId)?.registered ?? 0) >= sizes.tiny.people);
  const left = await sql`select 1 from installation_fact where name = 'counters_wanted'`.execute(
    world.runtime.db.read,
  );
  assert.equal(left.rows.length, 0);
});

test('whoever has counted everything meanwhile is not followed by portions that count it again', async () => {
  const found = await sql<KeyRange>`select min(person_id::text) as first, max(person_id::text) as last
    from person where employee_code like 'GEN%'`.execute(world.runtime.db.read);
  await countNewPeople(world.system, found.rows);
  const left = await sql`select 1 from pg_class where relname = 'counting_in_common'`.execute(
    world.runtime.db.read,
  );
  assert.equal(left.rows.length, 0);
  const { differences } = await reconcileCounters(world.system);
  assert.deepEqual(
    differences.filter((one) => one.officeCode.startsWith('GEN')),
    [],
  );
});

test('people whose counting was cut off are counted by the next start', async () => {
  await world.runtime.db.transaction(noteUncounted);
  await sql`delete from office_counter`.execute(world.runtime.db.read);
  await insight.prepare?.(world.runtime);
  const { differences } = await reconcileCounters(world.system);
  assert.deepEqual(differences, []);
});

test('generated people are found by their names at once, without a job after', async () => {
  const found = await sql<{ stale: number }>`select count(*)::int as stale from person
    where employee_code like 'GEN%' and (search_text = ''
      or search_of <> names_hash(name_hi, name_en))`.execute(world.runtime.db.read);
  assert.equal(found.rows[0]?.stale, 0);
});

test('the same seed gives the same rows, another gives others', async () => {
  await generateData(other.system, { size: 'tiny', seed: 7 });
  assert.equal(await rowsIn(other), await rowsIn(world));
  const third = await openWorld();
  await generateData(third.system, { size: 'tiny', seed: 8 });
  assert.notEqual(await rowsIn(third), await rowsIn(world));
  await third.close();
});

test('where the root of generated data is there already, nothing is made', async () => {
  await assert.rejects(
    generateData(world.system, { size: 'tiny', seed: 9 }),
    (error) => error instanceof Refusal && error.reason === 'generated_already',
  );
});

test('of two at once one makes the data, and the other is told that they are there', async () => {
  const fourth = await openWorld();
  // As another program on the same database has it.
  const elsewhere = openDb(fourth.runtime.db.url);
  const both = await Promise.allSettled([
    generateData(fourth.system, { size: 'tiny', seed: 7 }),
    generateData({ ...fourth.system, db: elsewhere }, { size: 'tiny', seed: 8 }),
  ]);
  await elsewhere.close();
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  const refused = both.find((one) => one.status === 'rejected');
  assert.equal(refused?.reason?.reason, 'generated_already');
  await fourth.close();
});

test('only an operator may generate', async () => {
  await assert.rejects(
    generateData(world.as('sunita'), { size: 'tiny', seed: 9 }),
    (error) => error instanceof Refusal && error.code === 'forbidden',
  );
});

test('a person never completes one course twice, whatever the size of the catalogue', () => {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  for (const size of Object.values(sizes)) {
    const { first, second, rest } = shelvesOf(size.courses);
    assert.ok(first >= 3 && second >= 3 && mostDistinct(size) <= size.courses);
    for (const step of stepsFor(rest)) assert.equal(divisor(step, rest), 1);
  }
});
