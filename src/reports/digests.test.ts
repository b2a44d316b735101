import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import type { Definition } from './definition.ts';
import { takeUpDigests } from './keep-digests.ts';
import { makeFigures } from './make-table.ts';
import { reconcileDigests, repairDigests } from './reconcile-digests.ts';
import { groupDimensions, resolveReport } from './resolve-report.ts';
import { forgetDigests, takeSome } from './stores/digests.ts';
import type { SubjectId } from './stores/subject.ts';
import { subjects } from './stores/subjects.ts';
import { randomAttendance, randomPeople } from './test-world.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));
await randomPeople(world, seed);
await randomAttendance(world, seed);
const today = '2026-11-22';

async function compare(definition: Definition): Promise<void> {
  const report = await resolveReport(world.system, definition);
  const by = (source: 'facts' | 'digests') => makeFigures(world.system, report, { source });
  assert.deepEqual(await by('digests'), await by('facts'), JSON.stringify(definition));
}

/** By each of its groups and another one, with all measures. */
async function compareAll(subject: SubjectId, more: Partial<Definition> = {}): Promise<void> {
  const measures = subjects[subject].measures.map(({ id }) => id);
  const ids = groupDimensions(subjects[subject]).map(({ id }) => id);
  for (const [at, id] of ids.entries()) {
    const other = ids[(at * 7 + seed) % ids.length];
    const groups = other === id || other === undefined ? [id] : [id, other];
    await compare({ subject, office: 'UP', groups, measures, ...more });
  }
}

async function isTakenUp(): Promise<boolean> {
  const found = await sql`select 1 from digest_touched`.execute(db.read);
  return found.rows.length === 0;
}

test(`digests say what the facts say, by every group, today and before, whole and in part (seed ${seed})`, async () => {
  await takeUpDigests(world.system);
  assert.ok(await isTakenUp());
  for (const subject of ['people', 'completions', 'courses'] as const) {
    await compareAll(subject);
    await compareAll(subject, { asOf: '2026-07-15', office: 'SW' });
  }
  await compareAll('completions', { asOf: '2026-09-01', from: '2026-04-01' });
});

test('a report is refused where it has more groups than are wanted, and where it has as many it is not', async () => {
  await takeUpDigests(world.system);
  await sql`analyze learning_digest, person_digest`.execute(db.read);
  for (const subject of ['people', 'completions', 'courses'] as const) {
    const ids = groupDimensions(subjects[subject]).map(({ id }) => id);
    for (const [at, id] of ids.entries()) {
      const other = ids[(at * 5 + 1 + seed) % ids.length];
      if (other === undefined || other === id) continue;
      const report = await resolveReport(world.system, {
        subject,
        office: 'UP',
        groups: [id, other],
        measures: subjects[subject].measures.map((measure) => measure.id),
      });
      const { rows } = await makeFigures(world.system, report, { source: 'digests' });
      const within = (most: number) => makeFigures(world.system, report, { source: 'digests', most });
      assert.equal((await within(rows.length)).rows.length, rows.length, `${subject} by ${id} and ${other}`);
      await assert.rejects(within(rows.length - 1), { reason: 'too_many_groups' });
    }
  }
});

test('filters leave the same of digests as of facts', async () => {
  const office = 'UP';
  const of = (subject: SubjectId, filters: Record<string, string[]>) =>
    compare({
      subject,
      office,
      groups: ['group', 'below'],
      measures: subjects[subject].measures.map(({ id }) => id),
      filters,
    });
  await of('people', { band: ['none', 'oneOrTwo'], group: ['B'] });
  await of('people', { cadre: ['संवर्ग 1'], signedIn: ['yes'] });
  await of('completions', { course: ['REP-0', 'REP-3'], engagement: ['permanent'] });
  await of('completions', { tag: ['ai'], source: ['import'] });
  await of('completions', { provider: ['iGOT'], cadre: ['संवर्ग 0', 'संवर्ग 2'] });
});

test('whoever was touched is read from his facts until he is taken up, and after that from his digest', async () => {
  const found = await sql<{ id: string }>`select person_id as id from person
    where employee_code ~ '^R' order by employee_code limit 12`.execute(db.read);
  const ids = found.rows.map((row) => row.id);
  await db.transaction((tx) =>
    changeFacts(tx, { ids }, async () => {
      // First completions go, so that later ones of the same course become first; some leave, some are merged.
      await sql`update completion set voided_at = now() where completion_id in (select distinct on (person_id) completion_id
        from completion where person_id = any(${ids}) and voided_at is null order by person_id, completed_day)`.execute(
        tx,
      );
      await sql`update posting set ends_on = '2026-10-31' where person_id = any(${ids.slice(0, 5)}) and ends_on is null
        and starts_on < '2026-10-31'`.execute(tx);
      await sql`update posting set office_id = ${world.officeId('SW')}, service_group = 'A',
        cadre_id = (select cadre_id from cadre order by name limit 1) where person_id = any(${ids.slice(5, 9)})`.execute(
        tx,
      );
      await sql`update person set merged_into = ${ids[0]} where person_id = ${ids[11]}`.execute(tx);
    }),
  );
  assert.ok(!(await isTakenUp()));
  await compareAll('people');
  await compareAll('people', { asOf: '2026-10-31' });
  await compareAll('completions');
  await compareAll('completions', { asOf: '2026-10-31' });
  await takeUpDigests(world.system);
  assert.ok(await isTakenUp());
  await compareAll('people');
  await compareAll('completions');
  await compareAll('completions', { asOf: '2026-10-31' });
});

test('reconciling finds no digest that differs, and names one that does', async () => {
  assert.deepEqual(await reconcileDigests(world.system), []);
  await sql`update learning_digest set minutes[1] = minutes[1] + 1 where (person_id, part) in (
    select person_id, part from learning_digest order by person_id limit 1)`.execute(db.read);
  await sql`update learning_digest set cadre_id = gen_random_uuid() where (person_id, part) in (
    select person_id, part from learning_digest order by person_id desc limit 1)`.execute(db.read);
  await sql`update person_digest set completions = completions + 1 where person_id in (
    select person_id from person_digest where completions > 0 and is_registered and office_id is not null limit 2)`.execute(
    db.read,
  );
  const report = await resolveReport(world.system, {
    subject: 'people',
    office: 'UP',
    groups: ['band'],
    measures: ['completions'],
  });
  const by = (source: 'facts' | 'digests') => makeFigures(world.system, report, { source });
  assert.notDeepEqual(await by('digests'), await by('facts'));
  const found = await reconcileDigests(world.system);
  assert.deepEqual(
    found.map(({ counted }) => counted),
    [2, 2],
  );
  await db.transaction(forgetDigests);
  assert.deepEqual(await by('digests'), await by('facts'));
  await repairDigests(world.system);
  assert.deepEqual(await reconcileDigests(world.system), []);
});

test('who asks while everybody is taken up gets the facts, and what changes meanwhile is not lost', async () => {
  await db.transaction(forgetDigests);
  const found = await sql<{ id: string }>`select person_id as id from person order by person_id`.execute(
    db.read,
  );
  const ids = [found.rows[1]?.id, found.rows.at(-2)?.id].filter((id) => id !== undefined);
  // Each portion is a transaction: killed behind one, the next goes on there.
  await takeSome(db, today, { atOnce: 5, built: 4 });
  const state = await sql<{ isWhole: boolean; first: boolean }>`select is_whole as "isWhole",
    built_to >= ${ids[0]}::uuid as first from digest_state`.execute(db.read);
  assert.deepEqual(state.rows, [{ isWhole: false, first: true }]);
  await db.transaction((tx) =>
    changeFacts(tx, { ids }, () =>
      sql`update completion set minutes = minutes + 7 where person_id = any(${ids})`.execute(tx),
    ),
  );
  await compareAll('completions');
  await takeUpDigests(world.system);
  await compareAll('completions');
  assert.deepEqual(await reconcileDigests(world.system), []);
});

test('a posting that ends or begins by the day alone is followed, before and after it is taken up', async () => {
  const [id] = [world.personId('ramesh')];
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [id] }, () =>
      sql`update posting set ends_on = ${today} where person_id = ${id} and ends_on is null`.execute(tx),
    ),
  );
  await takeUpDigests(world.system);
  await compareAll('people');
  world.clock.set('2026-11-23T06:00:00Z');
  await compareAll('people');
  await compareAll('people', { asOf: today });
  await takeUpDigests(world.system);
  await compareAll('people');
  await compareAll('people', { asOf: today });
  world.clock.set('2026-11-22T06:00:00Z');
});
