import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { notFound } from './errors.ts';
import { grouping, type Locks, type Outcome } from './group.ts';

type Item = { who: string; value: number };
const keyOf = (item: Item) => item.who;
const doubled = (items: Item[]): Outcome<number>[] => items.map((item) => ({ answer: item.value * 2 }));
const items = (...values: number[]) => values.map((value) => ({ who: `p${value}`, value }));

test('what comes within some milliseconds is done together, each member answered with its own', async () => {
  const groups: number[] = [];
  const double = grouping(
    async (group: Item[]) => {
      groups.push(group.length);
      return doubled(group);
    },
    { keyOf },
  );
  assert.deepEqual(await Promise.all(items(3, 1, 2).map(double)), [6, 2, 4]);
  assert.deepEqual(groups, [3]);
});

test('one who is refused does not touch the others', async () => {
  const work = async (group: Item[]) =>
    group.map((item) => (item.value === 2 ? { refusal: notFound() } : { answer: item.value }));
  const results = await Promise.allSettled(items(1, 2, 3).map(grouping(work, { keyOf })));
  assert.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.code)),
    [1, 'not_found', 3],
  );
});

test('a group that fails is told, and each member is tried alone', async () => {
  const tried: number[][] = [];
  const told: number[] = [];
  const work = async (group: Item[]) => {
    tried.push(group.map((item) => item.value));
    if (group.some((item) => item.value === 2)) throw new Error('a bad row');
    return doubled(group);
  };
  const rules = { keyOf, onFailure: (_error: unknown, size: number) => told.push(size) };
  const results = await Promise.allSettled(items(1, 2, 3).map(grouping(work, rules)));
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(tried, [[1, 2, 3], [1], [2], [3]]);
  assert.deepEqual(told, [3]);
});

test('two requests of one person are done one after the other, in the order in which they came', async () => {
  const log: string[] = [];
  const work = async (group: Item[]) => {
    log.push(`begin ${group.map((item) => item.value)}`);
    await pause(20);
    log.push(`end ${group.map((item) => item.value)}`);
    return doubled(group);
  };
  const double = grouping(work, { keyOf, gatherMs: 1 });
  const twice = [
    { who: 'a', value: 1 },
    { who: 'a', value: 2 },
    { who: 'b', value: 3 },
    { who: 'a', value: 4 },
  ];
  assert.deepEqual(await Promise.all(twice.map(double)), [2, 4, 6, 8]);
  assert.deepEqual(log, ['begin 1,3', 'end 1,3', 'begin 2', 'end 2', 'begin 4', 'end 4']);
});

test('no more groups are under way than allowed, and none is larger', async () => {
  let underWay = 0;
  let most = 0;
  const sizes: number[] = [];
  const work = async (group: Item[]) => {
    underWay += 1;
    most = Math.max(most, underWay);
    sizes.push(group.length);
    await pause(10);
    underWay -= 1;
    return doubled(group);
  };
  const double = grouping(work, { keyOf, gatherMs: 1, mostInGroup: 10, mostUnderWay: 2 });
  const many = items(...Array.from({ length: 55 }, (_, value) => value));
  assert.deepEqual(
    await Promise.all(many.map(double)),
    many.map((item) => item.value * 2),
  );
  assert.equal(most, 2);
  assert.deepEqual(sizes, [10, 10, 10, 10, 10, 5]);
});

test('a member that the work forgot is told so, and waits for nothing', async () => {
  const double = grouping(async (group: Item[]) => doubled(group.slice(1)), { keyOf });
  const results = await Promise.allSettled(items(1, 2).map(double));
  assert.deepEqual(results[1]?.status, 'rejected');
});

test('who is locked elsewhere is waited for by one alone, and his neighbours are answered before', async () => {
  const log: string[] = [];
  let unlock = () => {};
  const unlocked = new Promise<void>((resolve) => {
    unlock = resolve;
  });
  let isLocked = true;
  const work = async (group: Item[], locks: Locks): Promise<Outcome<number>[]> => {
    if (locks === 'wait' && isLocked) await unlocked;
    log.push(group.map((item) => item.value).join());
    return group.map((item) => (isLocked && item.value > 10 ? 'locked' : { answer: item.value * 2 }));
  };
  const double = grouping(work, { keyOf, gatherMs: 1 });
  const held = Promise.all(items(11, 12, 13).map(double));
  assert.deepEqual(await Promise.all(items(1, 2).map(double)), [2, 4]);
  assert.deepEqual(await Promise.all([...items(3), { who: 'p4', value: 4 }].map(double)), [6, 8]);
  const later = double({ who: 'p12', value: 5 });
  await pause(10);
  isLocked = false;
  unlock();
  assert.deepEqual(await held, [22, 24, 26]);
  assert.equal(await later, 10);
  assert.deepEqual(log, ['11,12,13,1,2', '3,4', '11', '12,13', '5']);
});

test('when the one who waits for a lock gives up, those who waited beside him are told so too', async () => {
  const gaveUp = Object.assign(new pg.DatabaseError('lock timeout', 0, 'error'), { code: '55P03' });
  let waits = 0;
  const work = async (group: Item[], locks: Locks): Promise<Outcome<number>[]> => {
    if (locks === 'skip') return group.map(() => 'locked');
    waits += 1;
    await pause(20);
    throw gaveUp;
  };
  const answers = await Promise.allSettled(items(1, 2, 3, 4).map(grouping(work, { keyOf, gatherMs: 1 })));
  for (const answer of answers) assert.equal(answer.status === 'rejected' && answer.reason, gaveUp);
  assert.equal(waits, 1);
});
