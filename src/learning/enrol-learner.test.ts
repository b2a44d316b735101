import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { reconcileCounters } from '../insight/index.ts';
import { Refusal } from '../kernel/errors.ts';
import { enrolLearner } from './enrol-learner.ts';
import { ownEnrolments } from './own-enrolments.ts';
import { withdrawLearner } from './withdraw-learner.ts';

const world = await openWorld();
after(() => world.close());
const keys = ['sunita', 'imran', 'pushpa', 'kamla', 'geeta'];

async function course(code: string) {
  const lessons = [{ code: 'l1', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 60 }];
  await createCourse(world.system, courseInput.parse({ code, title: { hi: code }, lessons }));
  await publishCourse(world.system, code);
}

test('people who enrol in one moment are enrolled in one transaction, each by an act of his own, and counted', async () => {
  await course('E-ONE');
  const all = await Promise.all(keys.map((key) => enrolLearner(world.as(key), { courseCode: 'E-ONE' })));
  assert.deepEqual(
    all.map((one) => [one.isNew, one.enrolment.status]),
    keys.map(() => [true, 'notStarted']),
  );
  const acts = await sql<{
    transactions: number;
    actors: number;
  }>`select count(distinct written_by)::int as transactions,
      count(distinct actor_person_id)::int as actors from audit_event
    where action = 'enrolment.made' and detail ->> 'course' = 'E-ONE'`.execute(world.runtime.db.read);
  assert.deepEqual(acts.rows[0], { transactions: 1, actors: keys.length });
  assert.equal((await reconcileCounters(world.system)).ok, true);
});

test('one person who presses many times is enrolled once', async () => {
  await course('E-MANY');
  const ctx = world.as('sunita');
  const all = await Promise.all(
    Array.from({ length: 12 }, () => enrolLearner(ctx, { courseCode: 'E-MANY' })),
  );
  assert.equal(new Set(all.map((one) => one.enrolment.id)).size, 1);
  assert.equal(all.filter((one) => one.isNew).length, 1);
});

test('who withdrew may enrol again; an unknown course refuses one and enrols his neighbours', async () => {
  const ctx = world.as('imran');
  const first = await enrolLearner(ctx, { courseCode: 'E-MANY' });
  await withdrawLearner(ctx, first.enrolment.id);
  const [again, unknown, other] = await Promise.allSettled([
    enrolLearner(ctx, { courseCode: 'E-MANY' }),
    enrolLearner(world.as('kamla'), { courseCode: 'nowhere' }),
    enrolLearner(world.as('geeta'), { courseCode: 'E-MANY' }),
  ]);
  assert.ok(
    again.status === 'fulfilled' && again.value.isNew && again.value.enrolment.id !== first.enrolment.id,
  );
  assert.ok(
    unknown.status === 'rejected' && unknown.reason instanceof Refusal && unknown.reason.code === 'not_found',
  );
  assert.ok(other.status === 'fulfilled' && other.value.isNew);
  assert.equal((await reconcileCounters(world.system)).ok, true);
});

test('lists that are asked for in one moment stay apart, page by page', async () => {
  const pages = await Promise.all([
    ownEnrolments(world.as('sunita'), { limit: 1 }),
    ownEnrolments(world.as('sunita'), { limit: 50 }),
    ownEnrolments(world.as('kamla'), { limit: 50 }),
  ]);
  assert.deepEqual(
    pages.map((page) => page.items.map((item) => item.courseCode)),
    [['E-MANY'], ['E-MANY', 'E-ONE'], ['E-ONE']],
  );
  const next = await ownEnrolments(world.as('sunita'), { limit: 1, after: pages[0]?.next ?? undefined });
  assert.deepEqual([next.items.map((item) => item.courseCode), next.next], [['E-ONE'], null]);
});
