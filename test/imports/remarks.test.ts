import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { errorFile, importById } from '../../src/kernel/imports/index.ts';
import { openWorld } from '../world.ts';
import { commit, csv, look } from './files.ts';

const world = await openWorld();
after(() => world.close());

const head = 'employee_code,name_hi,office_code,designation,group,posted_on,mobile';
const roster = (...rows: string[]) => csv(head, ...rows);

test('rows without a date and changes without a date are told apart, with their rows', async () => {
  await commit(world.system, 'roster', roster('K1,क,SW-BBK,लिपिक,C,2020-01-01,'));
  const { result } = await look(
    world.system,
    'roster',
    roster('K1,क,SW-BBK,प्रधान लिपिक,B,2020-01-01,', 'K2,ख,SW-BBK,लिपिक,C,,'),
  );
  assert.deepEqual(
    [result.startedOnImportDay, result.changedOnImportDay, result.againOnImportDay],
    [2, 1, 0],
  );
  const row = await importById(world.runtime.db.read, result.id);
  assert.deepEqual(
    row?.samples?.datedToday?.map(({ title }) => title),
    ['K1 · क', 'K2 · ख'],
  );
});

test('a mobile that cannot be right is left out, and its row is listed and can be downloaded', async () => {
  const { result } = await look(
    world.system,
    'roster',
    roster('K3,ग,SW-BBK,लिपिक,C,2020-01-01,12345', 'K4,घ,SW-BBK,लिपिक,C,2020-01-01,9876543210'),
  );
  const row = await importById(world.runtime.db.read, result.id);
  assert.ok(row);
  assert.deepEqual(
    row.samples?.leftOut?.map(({ line, title }) => [line, title]),
    [[2, 'K3 · ग']],
  );
  assert.match(row.samples?.added?.[1]?.detail ?? '', /98••••••10$/);
  const text = (await Array.fromAsync(errorFile(world.system, row, { of: 'leftOut' }))).join('');
  const [headings, first, ...rest] = text.trim().split(/\r?\n/);
  assert.equal(headings, `${head},line,reason`);
  assert.match(first ?? '', /^K3,ग,.*,12345,2,"मोबाइल/);
  assert.deepEqual(rest, []);
});
