import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { goldenDepartment, goldenFigures } from '../../demo/department.ts';
import { foldCounters, officeSummary, rebuildCounters, reconcileCounters } from '../../src/insight/index.ts';
import { reportText } from '../../src/insight/report-text.ts';
import { wholeHours } from '../../src/kernel/numbers.ts';
import { openWorld } from '../world.ts';
import { loadDepartment } from './load.ts';
import { figuresByRule, readFacts } from './reference.ts';

const world = await openWorld();
after(() => world.close());
const department = goldenDepartment();

before(async () => {
  // The test world's cast was written past the counters.
  await rebuildCounters(world.system);
  await loadDepartment(world.runtime, department);
});

test('the same seed gives the same files, and the sizes that were asked for', () => {
  const again = goldenDepartment();
  assert.deepEqual(again.completions.slice(0, 500), department.completions.slice(0, 500));
  assert.equal(department.courses.length, 300);
  assert.ok(department.offices.length >= 95 && department.offices.length <= 105);
  assert.equal(new Set(department.roster.map((row) => row['employee_code'])).size, 3900 + 36);
  assert.ok(department.made.learnt.every((learnt) => learnt.day <= goldenFigures.asOf));
});

test('the department’s published figures to 30 September 2025 come out to the last one', async () => {
  const summary = await officeSummary(world.system, { code: 'SW', asOf: goldenFigures.asOf });
  assert.deepEqual(shown(summary), {
    registered: 3900,
    completions: 21_150,
    hours: 15_893,
    atLeastOne: 2759,
    threeOrMore: 2289,
    fewerThanThree: 1611,
    inTraining: 1141,
    bands: { none: 1141, oneOrTwo: 470, threeOrMore: 2289 },
  });
  assert.equal(summary.notOnRoster, 36);
  assert.equal(summary.renewals, 420);
  assert.match(reportText(summary), /पंजीकृत: 3,900/);
  assert.match(reportText(summary), /प्रशिक्षण समय: 15,893 घंटे/);
});

test('folding the deltas changes no figure, and the counters agree with the events', async () => {
  const earlier = await officeSummary(world.system, { code: 'SW', asOf: '2025-03-31' });
  await foldCounters(world.runtime);
  assert.deepEqual(await officeSummary(world.system, { code: 'SW', asOf: '2025-03-31' }), earlier);
  const found = await reconcileCounters(world.system);
  assert.deepEqual(found.differences, []);
});

test('an office of the department has the figures that METRICS gives when read person by person', async () => {
  const facts = await readFacts(world.runtime.db.pool);
  for (const [code, asOf] of [
    ['SW-BBK', '2025-09-30'],
    ['SW-DIR', '2025-01-15'],
    ['UP', '2024-12-31'],
  ] as const) {
    const office = facts.offices.find((one) => one.code === code);
    const summary = await officeSummary(world.system, { code, asOf });
    const expected = figuresByRule(facts, office?.id ?? '', asOf);
    assert.equal(summary.registered, expected.registered);
    assert.equal(summary.completions, expected.completions);
    assert.equal(summary.learningMinutes, expected.digitalMinutes);
    assert.equal(summary.notOnRoster, expected.notOnRoster);
  }
});

function shown(summary: Awaited<ReturnType<typeof officeSummary>>) {
  const { registered, completions, atLeastOne, threeOrMore, fewerThanThree, inTraining, bands } = summary;
  const hours = wholeHours(summary.learningMinutes ?? 0);
  return { registered, completions, hours, atLeastOne, threeOrMore, fewerThanThree, inTraining, bands };
}
