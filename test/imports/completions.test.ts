import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { undoImport } from '../../src/kernel/imports/index.ts';
import {
  dismissCompletion,
  matchCompletion,
  waitingCompletion,
  waitingCompletions,
} from '../../src/learning/index.ts';
import { openWorld, type World } from '../world.ts';
import { commit, completions, counts, csv, look } from './files.ts';

let world: World;
before(async () => {
  world = await openWorld();
  await commit(world.system, 'courses', csv('course_code,title_hi,duration_minutes', 'C1,क,60', 'C2,ख,30'));
});
after(() => world.close());

const head = 'employee_code,mobile,email,course_code,completed_on,source,certificate_no';
const take = (...rows: string[]) => commit(world.system, 'completions', csv(head, ...rows));

test('a person is known by code, mobile or e-mail; office, group and engagement are frozen from the day', async () => {
  const { result } = await take(
    'SW1001,,,C1,2024-05-01,iGOT,X1',
    ',+91 90000 00001,,C2,01/05/2024,,',
    ',,RAMESH@example.in,C1,2024-05-01T23:30:00+05:30,iGOT,',
    'SW1002,,,C2,2020-01-01,,',
  );
  assert.equal(result.added, 4);
  assert.deepEqual(await completions(world, 'SW1001', 'SW1002'), [
    'SW1001 C1 2024-05-01 60 SW-BBK C permanent iGOT X1',
    'SW1001 C2 2024-05-01 30 SW-BBK C permanent import',
    'SW1002 C1 2024-05-01 60 SW-BBK B permanent iGOT',
    'SW1002 C2 2020-01-01 30 SW-BBK B permanent import',
  ]);
});

test('the day is India’s: a time in another zone belongs to the day it was in India', async () => {
  await take('SW1004,,,C1,2024-05-01T20:00:00Z,,');
  assert.match((await completions(world, 'SW1004'))[0] ?? '', /C1 2024-05-02/);
});

test('the same day again is nothing new, a later day a renewal, the same number with another day a correction', async () => {
  await take('SW1003,,,C1,2024-01-01,,N1');
  assert.equal((await take('SW1003,,,C1,2024-01-01,,N1')).result.unchanged, 1);
  assert.equal((await take('SW1003,,,C1,2024-01-01,,')).result.unchanged, 1);
  assert.equal((await take('SW1003,,,C1,2025-01-01,,N2')).result.added, 1);
  const corrected = await take('SW1003,,,C1,2024-02-01,,N1');
  assert.equal(corrected.result.changed, 1);
  const days = async () => (await completions(world, 'SW1003')).map((line) => line.split(' ')[2]);
  assert.deepEqual(await days(), ['2024-02-01', '2025-01-01']);
  assert.equal((await take('SW1003,,,C1,2024-02-01,,N1')).result.unchanged, 1);
  await undoImport(world.system, corrected.result.id);
  assert.deepEqual(await days(), ['2024-01-01', '2025-01-01']);
});

test('corrections of one file may change places or follow one another: no day is lost', async () => {
  await take('UP0002,,,C1,2024-05-01,,S1', 'UP0002,,,C1,2024-06-01,,S2');
  const kept = async () =>
    (await completions(world, 'UP0002')).map((line) =>
      [line.split(' ')[2], line.split(' ').at(-1)].join(' '),
    );
  const swapped = await take('UP0002,,,C1,2024-06-01,,S1', 'UP0002,,,C1,2024-05-01,,S2');
  assert.equal(swapped.result.changed, 2);
  assert.deepEqual(await kept(), ['2024-05-01 S2', '2024-06-01 S1']);
  await undoImport(world.system, swapped.result.id);
  assert.deepEqual(await kept(), ['2024-05-01 S1', '2024-06-01 S2']);
  const shifted = await take('UP0002,,,C1,2024-06-01,,S1', 'UP0002,,,C1,2024-07-01,,S2');
  assert.deepEqual(await kept(), ['2024-06-01 S1', '2024-07-01 S2']);
  await undoImport(world.system, shifted.result.id);
  assert.deepEqual(await kept(), ['2024-05-01 S1', '2024-06-01 S2']);
});

test('rows that repeat another of the file are unchanged', async () => {
  const { result } = await take(
    'SW1005,,,C1,2024-01-01,,',
    'SW1005,,,C1,2024-01-01,,',
    'SW1005,,,C1,2024-01-02,,',
  );
  assert.deepEqual(counts(result), { rows: 3, added: 2, changed: 0, unchanged: 1, ended: 0, rejected: 0 });
});

const rejected: [name: string, row: string, reason: RegExp][] = [
  ['an unknown person', 'NOBODY,,,C1,2024-01-01,,', /unknown person/],
  ['an unknown course', 'SW1001,,,NOPE,2024-01-01,,', /unknown course/],
  ['more than one person for a mobile', ',9000000011,,C1,2024-01-01,,', /more than one person/],
  ['a mobile that nobody has', ',9999999999,,C1,2024-01-01,,', /unknown person/],
  ['a future day', 'SW1001,,,C1,2026-11-23,,', /future/],
  ['an impossible date', 'SW1001,,,C1,2024-02-30,,', /impossible date/],
  ['no date', 'SW1001,,,C1,,,', /impossible date/],
  ['nobody named', ',,,C1,2024-01-01,,', /no employee code, mobile or e-mail/],
];
for (const [name, row, reason] of rejected) {
  test(`rejected, with the reason: ${name}`, async () => {
    const { result, errors } = await look(world.system, 'completions', csv(head, row));
    assert.deepEqual(counts(result), { rows: 1, added: 0, changed: 0, unchanged: 0, ended: 0, rejected: 1 });
    assert.match(errors[0]?.['reason'] ?? '', reason);
    assert.equal(errors[0]?.['completed_on'], row.split(',')[4]);
  });
}

test('what names several waits; the nodal officer of one of them says whose it is', async () => {
  const { result } = await take(',9000000011,,C1,2024-03-03,iGOT,Y1', 'GHOST,,,C2,2024-03-03,iGOT,');
  assert.deepEqual([result.rejected, result.waiting], [2, 2]);
  const cmo = world.as('cmo');
  const seen = await waitingCompletions(cmo, { limit: 50 });
  assert.deepEqual(
    seen.items.map((row) => row.given),
    [{ mobile: '9000000011' }],
  );
  const [row] = seen.items;
  assert.ok(row);
  const { candidates } = await waitingCompletion(cmo, { unmatchedId: row.unmatchedId });
  assert.deepEqual(
    candidates.map((one) => one.code),
    ['ASHA-BBK-0417', 'ASHA-BBK-0418'],
  );
  await assert.rejects(waitingCompletion(world.as('ramesh'), { unmatchedId: row.unmatchedId }), {
    code: 'not_found',
  });
  await assert.rejects(
    matchCompletion(cmo, { unmatchedId: row.unmatchedId, personId: world.personId('sunita') }),
    {
      code: 'not_found',
    },
  );
  await matchCompletion(cmo, { unmatchedId: row.unmatchedId, personId: world.personId('kamla') });
  assert.deepEqual(await completions(world, 'ASHA-BBK-0417'), [
    'ASHA-BBK-0417 C1 2024-03-03 60 HF-BBK-CHC - honorary iGOT Y1',
  ]);
  await assert.rejects(
    matchCompletion(cmo, { unmatchedId: row.unmatchedId, personId: world.personId('geeta') }),
    {
      reason: 'already_decided',
    },
  );
  await assert.rejects(undoImport(world.system, result.id), {
    reason: 'has_dependents',
    message: /match ASHA-BBK-0417/,
  });
});

test('a row waits once, however often its file comes, and no more once a file names the person', async () => {
  await take('LATE1,,,C1,2024-04-04,,');
  await take('LATE1,,,C1,2024-04-04,,');
  const waiting = async () =>
    (await waitingCompletions(world.system, { limit: 50 })).items.filter((row) => row.given.code === 'LATE1')
      .length;
  assert.equal(await waiting(), 1);
  await commit(world.system, 'roster', csv('employee_code,name_hi,office_code', 'LATE1,क,SW-BBK'));
  assert.equal((await take('LATE1,,,C1,2024-04-04,,')).result.added, 1);
  assert.equal(await waiting(), 0);
});

test('what a later file settled waits again when that file is taken back, but not once its own file is gone', async () => {
  const roster = csv('employee_code,name_hi,office_code', 'LATE2,क,SW-BBK');
  const row = 'LATE2,,,C1,2024-04-05,,';
  const isWaiting = async () =>
    (await waitingCompletions(world.system, { limit: 50 })).items.some((one) => one.given.code === 'LATE2');
  const first = await take(row);
  await commit(world.system, 'roster', roster);
  const second = await take(row);
  assert.equal(await isWaiting(), false);
  await undoImport(world.system, second.result.id);
  assert.equal(await isWaiting(), true);
  const third = await take(row);
  assert.equal(await isWaiting(), false);
  await undoImport(world.system, first.result.id);
  await undoImport(world.system, third.result.id);
  assert.equal(await isWaiting(), false);
});

test('"none of these" leaves the row recorded for nobody', async () => {
  await take('NONE1,,,C1,2024-05-05,,');
  const found = await waitingCompletions(world.system, { limit: 50 });
  const row = found.items.find((item) => item.given.code === 'NONE1');
  assert.ok(row);
  await dismissCompletion(world.system, row.unmatchedId);
  const after = await waitingCompletions(world.system, { limit: 50 });
  assert.equal(after.total, found.total - 1);
});

test('a nodal officer imports for people of his offices; others he does not see', async () => {
  const file = csv(head, 'SW1001,,,C2,2023-01-01,,', 'HF1001,,,C2,2023-01-01,,');
  const { result, errors } = await look(world.as('ramesh'), 'completions', file);
  assert.deepEqual([result.added, result.rejected], [1, 1]);
  assert.match(errors[0]?.['reason'] ?? '', /unknown person/);
});

test('a mobile tells a nodal officer nothing of people outside his offices', async () => {
  const file = csv(head, ',9000000011,,C1,2024-02-02,,', ',9999999999,,C1,2024-02-02,,');
  const { errors } = await look(world.as('ramesh'), 'completions', file);
  assert.equal(errors.length, 2);
  for (const row of errors) assert.match(row['reason'] ?? '', /unknown person/);
});

test('a bare Excel number in a CSV file is the day that it stands for, between 1950 and 2100', async () => {
  const file = csv(head, 'SW1001,,,C1,45000,,', 'SW1001,,,C1,11111,,');
  const { errors, result } = await look(world.system, 'completions', file);
  assert.deepEqual([result.rejected, errors.map((row) => row['completed_on'])], [1, ['11111']]);
});
