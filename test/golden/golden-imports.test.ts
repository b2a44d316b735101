import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { goldenDepartment, goldenFigures } from '../../demo/department.ts';
import { importFromDisk, requireKind } from '../../src/imports/index.ts';
import { officeSummary, rebuildCounters, reconcileCounters } from '../../src/insight/index.ts';
import { undoImport } from '../../src/kernel/imports/index.ts';
import { wholeHours } from '../../src/kernel/numbers.ts';
import { openWorld } from '../world.ts';
import { csvOf } from './files.ts';

const world = await openWorld();
const folder = mkdtempSync(join(tmpdir(), 'golden-'));
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
const department = goldenDepartment();
const flags = { complete: false, allOrNothing: false, allowManyEnded: false };
const imported = new Map<string, string>();

async function take(name: 'offices' | 'courses' | 'roster' | 'completions', language: 'hi' | 'en') {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, csvOf(department[name], language));
  const result = await importFromDisk(world.system, requireKind(name), { path, flags, isCommit: true });
  imported.set(name, result.id);
  return result;
}

async function assertClean(): Promise<void> {
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
}

before(() => rebuildCounters(world.system));

test('the department’s four files are taken whole, with Hindi headings, blank lines and repeated rows', async () => {
  for (const [name, language] of [
    ['offices', 'en'],
    ['courses', 'en'],
    ['roster', 'hi'],
    ['completions', 'hi'],
  ] as const) {
    const result = await take(name, language);
    assert.equal(result.rejected, 0, name);
    assert.equal(result.rows, department[name].length, name);
    assert.equal(result.rows, result.added + result.changed + result.unchanged + result.rejected, name);
  }
});

test('the files give the published figures to the last one', async () => {
  const summary = await officeSummary(world.system, { code: 'SW', asOf: goldenFigures.asOf });
  assert.equal(summary.registered, goldenFigures.registered);
  assert.equal(summary.completions, goldenFigures.completions);
  assert.equal(wholeHours(summary.digitalMinutes ?? 0), goldenFigures.digitalHours);
  assert.equal(summary.atLeastOne, goldenFigures.atLeastOne);
  assert.equal(summary.threeOrMore, goldenFigures.threeOrMore);
  assert.equal(summary.fewerThanThree, goldenFigures.fewerThanThree);
  assert.equal(summary.inTraining, goldenFigures.none);
  assert.equal(summary.notOnRoster, 36);
  await assertClean();
});

test('taking the completions back leaves a roster without any, and giving them again brings the figures back', async () => {
  await undoImport(world.system, imported.get('completions') ?? '');
  const without = await officeSummary(world.system, { code: 'SW', asOf: goldenFigures.asOf });
  assert.equal(without.registered, goldenFigures.registered);
  assert.equal(without.completions, 0);
  assert.equal(without.bands.none, goldenFigures.registered);
  await assertClean();
  await take('completions', 'en');
  const again = await officeSummary(world.system, { code: 'SW', asOf: goldenFigures.asOf });
  assert.equal(again.completions, goldenFigures.completions);
  assert.equal(again.threeOrMore, goldenFigures.threeOrMore);
  await assertClean();
});
