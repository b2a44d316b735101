import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { translator } from '../kernel/i18n.ts';
import { newId } from '../kernel/ids.ts';
import { checkMandate, commitMandate } from './import-mandate.ts';
import { mandateFigures, mandateSummary } from './mandate-summary.ts';
import { conditionTasks } from './pages/words.ts';
import { readOrder, readOrderText } from './rules/order-file.ts';
import { settleMandates } from './settle.ts';
import { standingOfPerson } from './standing.ts';
import { progressLines } from './words.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const courseIds = { A1: newId(), A2: newId(), AI: newId() };
await sql`insert into course (course_id, code, title_en, state, tags)
  values (${courseIds.A1}, 'A1', 'One', 'published', '{}'), (${courseIds.A2}, 'A2', 'Two', 'published', '{}'),
    (${courseIds.AI}, 'AI', 'AI', 'published', '{ai}')`.execute(db.read);

const file = {
  order: { number: 'GO/1-2026', date: '2026-04-01', issuer: 'Chief Secretary' },
  title: { hi: 'तीन कोर्स', en: 'Three courses' },
  scope: { offices: ['SW'] },
  window: { from: '2026-04-01', to: '2026-10-31' },
  condition: { allOf: [{ courses: { atLeast: 2 } }, { courses: { atLeast: 1, tag: 'ai' } }] },
};

async function complete(key: string, courseId: string, day: string): Promise<void> {
  const personId = world.personId(key);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${courseId}, ${day}, 'import', 60)`.execute(tx);
    }),
  );
}

test('a faulty file is refused with the path of each fault in both languages', () => {
  const faulty = {
    ...file,
    window: { from: '2026-04-01', to: '2026-02-30' },
    condition: { courses: { atLeast: 0 } },
    extra: 1,
  };
  assert.throws(
    () => readOrder(faulty),
    (error: { fields?: { path: string }[]; text?: { hi: string } }) => {
      const paths = error.fields?.map((field) => field.path) ?? [];
      assert.ok(
        paths.some((path) => path.startsWith('condition.courses')),
        String(paths),
      );
      assert.ok(
        paths.some((path) => path.startsWith('window')),
        String(paths),
      );
      assert.match(error.text?.hi ?? '', /आदेश की फ़ाइल/);
      return true;
    },
  );
  assert.throws(() => readOrderText('{'), /not a JSON file/);
});

test('a dry run tells whom the order would bind and changes nothing', async () => {
  await complete('sunita', courseIds.A1, '2026-05-02');
  await complete('sunita', courseIds.AI, '2026-05-03');
  const seen = await checkMandate(world.system, readOrder(file));
  assert.equal(seen.committed, false);
  assert.equal(seen.added, 1);
  assert.equal(seen.alreadyMet, 1);
  assert.ok(seen.bound > 1);
  const orders = await sql`select 1 from mandate`.execute(db.read);
  assert.equal(orders.rows.length, 0);
});

test('in force, the figures add up to the bound and follow a completion, late or in time', async () => {
  const done = await commitMandate(world.system, readOrder(file));
  const before = await mandateFigures(world.system, { number: 'GO/1-2026', office: 'SW' });
  assert.equal(before.bound, done.bound);
  assert.equal(before.met, 1);
  assert.equal(before.met + before.metLate + before.open + before.overdue + before.exempt, before.bound);
  assert.equal(before.overdue, before.bound - 1);
  await complete('sunita', courseIds.A2, '2026-11-05');
  await settleMandates(world.system);
  assert.deepEqual(await mandateFigures(world.system, { number: 'GO/1-2026', office: 'SW' }), before);
  const open = await mandateFigures(world.system, { number: 'GO/1-2026', office: 'SW', asOf: '2026-10-31' });
  assert.equal(open.overdue, 0);
});

test('the same file again is nothing new; the number with other content is refused', async () => {
  const again = await commitMandate(world.system, readOrder(file));
  assert.equal(again.unchanged, 1);
  const other = readOrder({ ...file, graceDays: 5 });
  await assert.rejects(commitMandate(world.system, other), { reason: 'number_taken' });
});

test('a second order shows what it overlaps with and which courses count for both', async () => {
  const second = {
    ...file,
    order: { ...file.order, number: 'GO/2-2026' },
    condition: { courses: { atLeast: 1, tag: 'ai' } },
  };
  const [overlap] = (await checkMandate(world.system, readOrder(second))).overlaps;
  assert.equal(overlap?.number, 'GO/1-2026');
  assert.deepEqual(overlap?.courses, ['AI']);
});

test('a person reads what is due, why, and what is open', async () => {
  const [own] = await standingOfPerson(world.system, world.personId('sunita'), { asOf: '2026-05-02' });
  assert.equal(own?.status, 'open');
  assert.equal(own?.dueOn, '2026-10-31');
  // The line of the scope that names the department, and the district office where she is posted.
  assert.deepEqual(
    [own?.boundBy.words.hi.split(';')[0], own?.boundBy.office.code],
    ['समाज कल्याण विभाग', 'SW-BBK'],
  );
  assert.deepEqual(
    own?.conditions.map(({ required, done, met }) => ({ required, done, met })),
    [
      { required: 2, done: 1, met: false },
      { required: 1, done: 0, met: false },
    ],
  );
  assert.deepEqual(
    own?.conditions[1]?.openItems.map((item) => item.code),
    ['AI'],
  );
});

test('conditions are told as they hang together; what another met is asked no longer', async () => {
  const nested = {
    ...file,
    order: { ...file.order, number: 'GO/3-2026' },
    condition: {
      allOf: [
        { courses: { atLeast: 4 } },
        {
          anyOf: [
            { courses: { atLeast: 1, tag: 'ai' } },
            { hours: { atLeast: 1 } },
            { allOf: [{ hours: { atLeast: 9 } }, { courses: { atLeast: 9 } }] },
          ],
        },
      ],
    },
  };
  await commitMandate(world.system, readOrder(nested));
  const all = await standingOfPerson(world.system, world.personId('sunita'), { asOf: '2026-05-02' });
  const own = all.find((one) => one.mandate.number === 'GO/3-2026');
  assert.ok(own);
  assert.deepEqual(own.groups, [
    { match: 'all', met: false, parent: null },
    { match: 'any', met: true, parent: 0 },
    { match: 'all', met: false, parent: 1 },
  ]);
  assert.deepEqual(
    own.conditions.map((one) => [one.met, one.open, one.group, one.openItems.length]),
    [
      [false, true, 0, 0],
      [false, false, 1, 0],
      [true, false, 1, 0],
      [false, false, 2, 0],
      [false, false, 2, 0],
    ],
  );
  assert.deepEqual(
    progressLines(own, 'hi').map((line) => line.split(' या ').length),
    [1, 3],
  );
  const tasks = conditionTasks(own, { t: translator('hi'), language: 'hi' });
  assert.deepEqual(
    tasks.map((task) => [task.isDone, task.parts?.map((part) => [part.isDone, part.spoken])]),
    [
      [false, undefined],
      [
        true,
        [
          [false, 'अब आवश्यक नहीं'],
          [true, undefined],
          [false, 'अब आवश्यक नहीं'],
        ],
      ],
    ],
  );
  await commitMandate(
    world.system,
    readOrder({
      order: { number: 'GO/3-W', date: '2026-04-02', issuer: 'X' },
      title: { en: 'W' },
      withdraws: { number: 'GO/3-2026', effectiveOn: '2026-04-01' },
    }),
  );
});

test('an extension is a new order that cites the old one and moves its due day', async () => {
  const order = { number: 'GO/1-2026-E', date: '2026-10-20', issuer: 'Chief Secretary' };
  const extension = {
    order,
    title: { en: 'Extended' },
    extends: { number: 'GO/1-2026', until: '2026-12-31' },
  };
  await commitMandate(world.system, readOrder(extension));
  const figures = await mandateFigures(world.system, { number: 'GO/1-2026', office: 'SW' });
  assert.equal(figures.overdue, 0);
});

test('an amendment with a day to come is counted as of that day; who would be overdue at once is told', async () => {
  const amends = { number: 'GO/1-2026', effectiveOn: '2026-12-15' };
  const order = { ...file.order, number: 'GO/9-2026', date: '2026-11-22' };
  const later = await checkMandate(world.system, readOrder({ ...file, order, amends }));
  const now = await checkMandate(world.system, readOrder({ ...file, order }));
  assert.deepEqual([later.asOf, later.bound], ['2026-12-15', now.bound]);
  assert.ok(now.bound > 0);
  const window = { days: 90, after: 'posting' };
  const relative = await checkMandate(world.system, readOrder({ ...file, order, window }));
  assert.ok(relative.overdue > 0 && relative.overdue <= relative.bound - relative.alreadyMet);
  const to = { from: '2026-11-01', to: '2027-03-31' };
  assert.equal((await checkMandate(world.system, readOrder({ ...file, order, window: to }))).overdue, 0);
});

test('outside one’s own offices small counts are masked; a learner reads no names', async () => {
  const seen = await mandateSummary(world.as('sunita'), { number: 'GO/1-2026', office: 'SW' });
  assert.equal(seen.masked, true);
  assert.equal(seen.bound, null);
  const app = await world.app();
  const refused = await app.inject({ url: '/api/v1/mandates/GO%2F1-2026/persons?office=SW' });
  assert.equal(refused.statusCode, 401);
});
