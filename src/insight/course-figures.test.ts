import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { courseFigures } from './course-figures.ts';
import { foldCounters } from './fold-counters.ts';
import { reconcileCounters } from './reconcile-counters.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const courseId = newId();
await sql`insert into course (course_id, code, title_hi, title_en, state, published_at)
  values (${courseId}, 'CF-1', 'कोर्स', 'Course', 'published', '2026-01-01'), (${newId()}, 'CF-0', 'मसौदा', 'Draft', 'draft', null)`.execute(
  db.read,
);
const persons = Array.from({ length: 9 }, () => newId());

async function complete(personId: string, day: string, office: string | null): Promise<string> {
  const completionId = newId();
  await db.transaction((tx) =>
    changeFacts(
      tx,
      { ids: [personId], hint: { kind: 'completed', completionIds: [completionId] } },
      async () => {
        await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
        values (${personId}, ${completionId}, ${courseId}, ${day}, 'daksh', 40, ${office && world.officeId(office)})`.execute(
          tx,
        );
      },
    ),
  );
  return completionId;
}

test('a course counts whoever completed it, wherever posted, live and by month, through undo and renewal', async () => {
  await db.transaction((tx) =>
    changeFacts(tx, { ids: persons }, async () => {
      for (const [at, id] of persons.entries())
        await sql`insert into person (person_id, employee_code, name_hi, account_day)
          values (${id}, ${`CF${at}`}, 'नाम', '2026-01-01')`.execute(tx);
    }),
  );
  const [first = '', second = ''] = persons;
  const gone = await complete(first, '2026-10-02', 'SW-BBK');
  for (const id of persons.slice(1, 7)) await complete(id, '2026-11-20', 'HF-BBK');
  await complete(second, '2026-11-21', 'SW-JHS');
  const now = () => courseFigures(world.system, 'CF-1');
  const before = await now();
  assert.deepEqual(
    [before.completed, before.renewals, before.learningMinutes, before.enrolled],
    [7, 1, 280, 7],
  );
  assert.deepEqual(
    before.months.slice(-2).map(({ completions }) => completions),
    [1, 6],
  );
  await foldCounters(world.runtime);
  assert.deepEqual(await now(), before);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [first] }, async () => {
      await sql`update completion set voided_at = now() where completion_id = ${gone}`.execute(tx);
    }),
  );
  assert.equal((await now()).completed, 6);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});

test('enrolled are those not begun, under way and done; at one’s own office by the offices below', async () => {
  const [seventh = '', eighth = ''] = persons.slice(7);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [seventh, eighth] }, async () => {
      for (const [id, startedAt] of [
        [seventh, null],
        [eighth, new Date('2026-11-20T05:00:00Z')],
      ] as const)
        await sql`insert into enrolment (person_id, enrolment_id, course_id, course_version_id, enrolled_at, enrolled_day,
            last_active_at, started_at)
          values (${id}, ${newId()}, ${courseId}, ${newId()}, now(), '2026-11-20', now(), ${startedAt})`.execute(
          tx,
        );
    }),
  );
  const found = await courseFigures(world.as('chief'), 'CF-1');
  assert.deepEqual([found.notStarted, found.inProgress, found.completed, found.enrolled], [1, 1, 6, 8]);
  assert.equal(found.office?.code, 'UP');
  assert.deepEqual(
    found.below.map(({ code, completions }) => [code, completions]),
    [['HF', 6]],
  );
});

test('whoever does not see everybody gets no small count; a draft, an unknown course and a learner have none', async () => {
  const masked = await courseFigures(world.as('secretary'), 'CF-1');
  assert.deepEqual(
    [masked.masked, masked.enrolled, masked.notStarted, masked.months],
    [true, null, null, []],
  );
  for (let at = 0; at < 6; at += 1) {
    const id = newId();
    await db.transaction((tx) =>
      changeFacts(tx, { ids: [id] }, async () => {
        await sql`insert into person (person_id, employee_code, name_hi, account_day)
          values (${id}, ${`CG${at}`}, 'नाम', '2026-01-01')`.execute(tx);
      }),
    );
    await complete(id, '2026-11-20', 'SW-BBK');
    const { completed } = await courseFigures(world.as('secretary'), 'CF-1');
    assert.equal(completed, 7 + at, 'six elsewhere, who are not few');
  }
  await db.transaction((tx) =>
    changeFacts(tx, { ids: persons.slice(1, 4) }, async () => {
      await sql`update completion set voided_at = now()
        where person_id = any(${persons.slice(1, 4)}::uuid[]) and course_id = ${courseId}`.execute(tx);
    }),
  );
  const few = await courseFigures(world.as('secretary'), 'CF-1');
  assert.deepEqual(
    [few.completed, few.learningMinutes],
    [null, null],
    'one’s own would tell the three elsewhere',
  );
  const app = await world.app();
  const get = async (url: string, who: string) =>
    app.inject({ url, headers: (await signedIn(world, who)).headers });
  const told = await get('/api/v1/courses/CF-1/figures', 'chief');
  assert.equal(told.json().completed, 9);
  const page = await get('/office/courses/CF-1/figures', 'chief');
  assert.match(page.body, /कोर्स के आँकड़े/);
  assert.match(page.body, /f_course=CF-1/);
  assert.equal((await get('/api/v1/courses/CF-0/figures', 'secretary')).statusCode, 404);
  assert.equal((await get('/api/v1/courses/NONE/figures', 'chief')).statusCode, 404);
  assert.equal((await get('/api/v1/courses/CF-1/figures', 'sunita')).statusCode, 403);
  assert.equal((await app.inject({ url: '/api/v1/courses/CF-1/figures' })).statusCode, 401);
  assert.equal((await get('/office/courses/CF-1/figures', 'sunita')).statusCode, 403);
  assert.equal((await get('/office/courses/CF-0/figures', 'secretary')).statusCode, 404);
});

test('several offices of one’s own, and the months of whoever has none, tell no small count either', async () => {
  const reader = (grants: { role: string; scopeId: string }[]) => {
    const ctx = world.as('secretary');
    return courseFigures({ ...ctx, actor: { ...ctx.actor, grants } as typeof ctx.actor }, 'CF-1');
  };
  const nodal = (office: string) => ({ role: 'nodal', scopeId: world.officeId(office) });
  for (const id of persons.slice(1, 3)) await complete(id, '2026-11-20', 'SW-JHS');
  const [whole, one, both] = await Promise.all([
    courseFigures(world.system, 'CF-1'),
    reader([nodal('SW-BBK')]),
    reader([nodal('SW-BBK'), nodal('HF-BBK')]),
  ]);
  assert.deepEqual([whole.completed, one.completed, both.completed], [11, 11, null]);
  const author = [{ role: 'author', scopeId: '*' }];
  const plain = await reader(author);
  assert.deepEqual([plain.completed, plain.renewals, plain.months.at(-1)?.completions], [11, 0, 11]);
  await complete(persons[4] ?? '', '2026-11-21', 'HF-BBK');
  const renewed = await reader(author);
  assert.deepEqual([renewed.completed, renewed.renewals, renewed.months], [11, null, []]);
});
