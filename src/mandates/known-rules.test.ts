import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { commitMandate } from './import-mandate.ts';
import { mandateFigures } from './mandate-summary.ts';
import { readOrder } from './rules/order-file.ts';

/** The rules that are publicly known, each said as an order; what is due is computed by hand for seven of the cast. */
const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const rulesFile = join(projectRoot(), 'reference', 'mandate-rules.json');
type Known = { id: string; number?: string; issuer?: string; date?: string; sources: string[] };
const known = JSON.parse(await readFile(rulesFile, 'utf8')) as Known[];
const codes = Array.from({ length: 10 }, (_one, at) => `K${at + 1}`);
await sql`insert into course (course_id, code, title_hi, state, tags)
  select gen_random_uuid(), code, 'क', 'published', case when code = 'K1' then array['ai'] else '{}' end
  from unnest(${codes}::text[]) code`.execute(db.read);

type Done = { code: string; day: string; minutes?: number };
async function completed(key: string, items: Done[]): Promise<void> {
  const personId = world.personId(key);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      for (const { code, day, minutes = 60 } of items)
        await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
          select ${personId}, ${newId()}, course_id, ${day}, 'import', ${minutes} from course where code = ${code}`.execute(
          tx,
        );
    }),
  );
}
const day = (code: string, on: string, minutes?: number): Done => ({
  code,
  day: on,
  ...(minutes ? { minutes } : {}),
});
// Sunita (2014) three in 2025-26, one of them on AI; Ramesh (2008) three and none on AI; Imran (2018) two, and two late;
// Anita (2005) four hours in the week of 2024, Vijay (1996) three and a half; Farhan (2012) four in that of 2026.
await completed('sunita', [day('K1', '2025-05-01'), day('K2', '2025-06-01'), day('K3', '2026-03-31')]);
await completed('ramesh', [day('K2', '2025-05-01'), day('K3', '2025-06-01'), day('K4', '2025-07-01')]);
await completed('imran', [
  day('K2', '2025-05-01'),
  day('K3', '2025-06-01'),
  day('K1', '2026-04-01'),
  day('K4', '2026-04-30'),
]);
await completed('anita', [day('K5', '2024-10-19', 120), day('K6', '2024-10-27', 120)]);
await completed('secretary', [day('K5', '2024-10-20', 210)]);
await completed('author', [day('K7', '2026-04-02', 180), day('K8', '2026-04-10', 60)]);

/** What a rule says as an order: its own number, day and sources where it has them, and what is not sure about it. */
function saidAs(id: string, more: object, number?: string) {
  const rule = known.find((one) => one.id === id);
  assert.ok(rule, id);
  const { sources, issuer = 'अज्ञात', date = '' } = rule;
  const head = {
    number: number ?? rule.number ?? id,
    date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : '2026-01-16',
    issuer,
  };
  const doubts = { en: JSON.stringify({ ...rule, sources: undefined }) };
  return commitMandate(
    world.system,
    readOrder({ order: head, title: { en: id }, scope: { offices: ['SW'] }, sources, doubts, ...more }),
  );
}

const figures = async (number: string, asOf: string, office = 'SW') => {
  const { bound, met, metLate, open, overdue, exempt } = await mandateFigures(world.system, {
    number,
    office,
    asOf,
  });
  assert.equal(exempt, 0);
  return [bound, met, metLate, open, overdue];
};
const year = { from: '2025-04-01', to: '2026-03-31' };

test('half of the six courses of a band of service, and the amendment that adds those hired for a time', async () => {
  const six = codes.slice(0, 6);
  const half = { window: year, condition: { share: { of: six, atLeast: 0.5 } } };
  const band = (min: number, max?: number) => ({
    offices: ['SW'],
    serviceYears: max ? { min, max } : { min },
  });
  const regular = { engagements: ['permanent'] };
  for (const [at, years] of [band(0, 8), band(9, 15), band(16, 24), band(25)].entries())
    await saidAs('central-2025', { ...half, scope: { ...years, ...regular } }, `T-28/27/2025-iGOT ${at + 1}`);
  // On the last day: Imran has served 7 years, Sunita 12, Farhan 14, Ramesh 17, Anita 20, Vijay 29.
  assert.deepEqual(await figures('T-28/27/2025-iGOT 1', '2026-04-30'), [1, 0, 1, 0, 0], 'Imran on 1 April');
  assert.deepEqual(await figures('T-28/27/2025-iGOT 2', '2026-04-30'), [2, 1, 0, 0, 1], 'Sunita; Farhan not');
  assert.deepEqual(await figures('T-28/27/2025-iGOT 3', '2026-04-30'), [2, 1, 0, 0, 1], 'Ramesh; Anita not');
  assert.deepEqual(await figures('T-28/27/2025-iGOT 4', '2026-04-30'), [1, 0, 0, 0, 1], 'Vijay not');
  const wider = { ...band(0, 8), engagements: ['permanent', 'contract', 'temporary'] };
  const amends = { number: 'T-28/27/2025-iGOT 1', effectiveOn: '2026-02-05' };
  await saidAs('central-2026-clarification', { ...half, scope: wider, amends });
  // Pushpa, hired in June 2025, is bound too.
  assert.deepEqual(await figures('T-28/27/2025-iGOT-Part(2)', '2026-03-31'), [2, 0, 0, 2, 0]);
  assert.deepEqual(await figures('T-28/27/2025-iGOT-Part(2)', '2026-04-30'), [2, 0, 1, 0, 1]);
});

test('the three rules of Uttar Pradesh are the demonstration’s own orders, with their doubts and sources', async () => {
  const demo = async (name: string, more: object = {}) => {
    const text = await readFile(join(projectRoot(), 'demo', 'orders', `${name}.json`), 'utf8');
    const file = { ...JSON.parse(text), scope: { offices: ['SW'] }, ...more };
    await commitMandate(world.system, readOrder(file));
    return file as { order: { number: string }; sources: string[]; doubts: { hi: string; en: string } };
  };
  const three = await demo('three-courses');
  assert.deepEqual(
    await figures(three.order.number, '2026-04-30'),
    [7, 1, 1, 0, 5],
    'Sunita; Imran with his late one',
  );
  const ai = await demo('ai-for-all', { condition: { courses: { atLeast: 1, of: ['K1'] } } });
  assert.deepEqual(await figures(ai.order.number, '2026-03-31'), [7, 1, 0, 6, 0]);
  const seven = await demo('seven-days');
  assert.deepEqual(await figures(seven.order.number, '2026-04-01'), [7, 0, 0, 0, 7], 'no days at training');
  const files = { 'up-three-courses-2026': three, 'up-ai-feb-2026': ai, 'up-seven-day': seven };
  for (const [id, { sources, doubts }] of Object.entries(files)) {
    const links = known.find((one) => one.id === id)?.sources.filter((one) => one.startsWith('https:')) ?? [];
    assert.ok(links.length > 0 && links.every((one) => sources.includes(one)), id);
    assert.ok(doubts.hi && doubts.en, id);
  }
});

test('three of ten courses that are listed for a post', async () => {
  const scope = { offices: ['SW'], designations: ['पर्यवेक्षक', 'सहायक अध्यापक'] };
  await saidAs('cg-2026', { scope, window: year, condition: { courses: { atLeast: 3, of: codes } } });
  assert.deepEqual(await figures('cg-2026', '2026-03-31'), [2, 1, 0, 1, 0]);
  assert.deepEqual(await figures('cg-2026', '2026-04-01'), [2, 1, 1, 0, 0], 'Imran on the day after');
});

test('four hours in the nine days of a learning week, those of its first and last day among them', async () => {
  const week = (from: string, to: string) => ({ window: { from, to }, condition: { hours: { atLeast: 4 } } });
  await saidAs('nlw-2024', week('2024-10-19', '2024-10-27'));
  // Pushpa came in 2025 and is not bound; the others of SW are six.
  assert.deepEqual(
    await figures('nlw-2024', '2024-10-28'),
    [6, 1, 0, 0, 5],
    'Anita; three and a half are not four',
  );
  await saidAs('sadhana-2026', week('2026-04-02', '2026-04-10'));
  assert.deepEqual(await figures('sadhana-2026', '2026-04-10'), [7, 1, 0, 6, 0]);
  assert.deepEqual(await figures('sadhana-2026', '2026-04-11'), [7, 1, 0, 0, 6]);
});

test('every known rule is one of those', () => {
  const said = [
    'central-2025',
    'central-2026-clarification',
    'up-three-courses-2026',
    'up-ai-feb-2026',
    'up-seven-day',
  ];
  assert.deepEqual(
    known.map(({ id }) => id),
    [...said, 'cg-2026', 'nlw-2024', 'sadhana-2026'],
  );
});
