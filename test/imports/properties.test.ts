import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { reconcileCounters } from '../../src/insight/index.ts';
import { undoImport } from '../../src/kernel/imports/index.ts';
import { openWorld, type World } from '../world.ts';
import { commit, counts, csv, look, people, postings } from './files.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const head =
  'employee_code,name_hi,office_code,designation,group,engagement,posting_kind,posted_on,posted_until,joined_on,mobile';

const cell = <T extends string>(...values: T[]) => fc.constantFrom('' as const, ...values);
const row = fc.record({
  code: fc.constantFrom('P1', 'P2', 'P3', 'P4'),
  name: fc.constantFrom('क', 'ख'),
  office: fc.constantFrom('SW-BBK', 'SW-JHS', 'HF-BBK', 'SW-BBK-SCH'),
  designation: cell('लिपिक', 'अधिकारी'),
  group: cell('ग', 'B', 'Z'),
  engagement: cell('संविदा', 'permanent'),
  kind: cell('additional_charge', 'deputation'),
  postedOn: cell('2019-05-01', '2024-01-01', '2026-11-22', '31-02-2020'),
  until: cell('2025-06-30', '2027-01-01'),
  joinedOn: cell('2015-01-01'),
  mobile: cell('9800000001', '9800000002'),
});
const file = fc
  .array(row, { minLength: 1, maxLength: 7 })
  .map((rows) => rows.map((one) => Object.values(one).join(',')));

/** One row for a person and office, so that the order of rows says nothing (of two, the first counts). */
const unambiguous = (rows: string[]) => {
  const seen = new Set<string>();
  const names = new Map<string, string>();
  return rows.flatMap((line) => {
    const cells = line.split(',');
    const key = `${cells[0]} ${cells[2]}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const name = names.get(cells[0] ?? '') ?? cells[1] ?? '';
    names.set(cells[0] ?? '', name);
    return [[cells[0], name, ...cells.slice(2, -1), ''].join(',')];
  });
};

const state = async () => [await people(world), await postings(world)];
const take = (rows: string[]) => commit(world.system, 'roster', csv(head, ...rows));

async function takenBack(work: () => Promise<string[]>): Promise<void> {
  for (const id of (await work()).reverse()) await undoImport(world.system, id);
}

const runs = { numRuns: 15, verbose: 0 } as const;

test('property: a dry run counts what the commit does, the counts add up, and a second time nothing changes', async () => {
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      await takenBack(async () => {
        const one = await take(first);
        const seen = await look(world.system, 'roster', csv(head, ...second));
        const two = await take(second);
        assert.deepEqual(counts(seen.result), counts(two.result));
        const { rows, added, changed, unchanged, rejected } = two.result;
        assert.equal(rows, added + changed + unchanged + rejected);
        assert.equal(rows, second.length);
        const before = await state();
        const three = await take(second);
        assert.deepEqual([three.result.added, three.result.changed, three.result.ended], [0, 0, 0]);
        assert.deepEqual(await state(), before);
        return [one.result.id, two.result.id, three.result.id];
      });
    }),
    runs,
  );
});

test('property: an undo puts everything back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      const empty = await state();
      const one = await take(first);
      const between = await state();
      const two = await take(second);
      await undoImport(world.system, two.result.id);
      assert.deepEqual(await state(), between);
      await undoImport(world.system, one.result.id);
      assert.deepEqual(await state(), empty);
    }),
    runs,
  );
});

test('property: a stack of imports taken back from its top puts back every state on the way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 3, maxLength: 5 }), async (files) => {
      const stack: { id: string; before: string[][] }[] = [];
      for (const rows of files) {
        const before = await state();
        stack.push({ before, id: (await take(rows)).result.id });
      }
      for (const { id, before } of stack.reverse()) {
        await undoImport(world.system, id);
        assert.deepEqual(await state(), before);
      }
      assert.deepEqual((await reconcileCounters(world.system)).differences, []);
    }),
    runs,
  );
});

test('property: the order of the rows makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(file, file, fc.infiniteStream(fc.nat(1000)), async (first, second, order) => {
      await takenBack(async () => {
        const one = await take(unambiguous(first));
        const rows = unambiguous(second);
        const two = await take(rows);
        const straight = await state();
        await undoImport(world.system, two.result.id);
        const shuffled = rows
          .map((line) => ({ line, key: order.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ line }) => line);
        const three = await take(shuffled);
        assert.deepEqual(counts(three.result), counts(two.result));
        assert.deepEqual(await state(), straight);
        return [one.result.id, three.result.id];
      });
    }),
    runs,
  );
});
