import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gathering } from './gather.ts';

test('questions of one turn are loaded together, each answered with its own', async () => {
  const calls: number[][] = [];
  const double = gathering(async (keys: number[]) => {
    calls.push(keys);
    return keys.map((key) => key * 2);
  });
  assert.deepEqual(await Promise.all([double(1), double(2), double(1)]), [2, 4, 2]);
  assert.deepEqual(calls, [[1, 2, 1]]);
});

test('a later turn asks again: nothing is remembered', async () => {
  let value = 'before';
  const read = gathering(async (keys: string[]) => keys.map(() => value));
  assert.equal(await read('x'), 'before');
  value = 'after';
  await nextTurn();
  assert.equal(await read('x'), 'after');
});

test('more questions than one call takes are split', async () => {
  const sizes: number[] = [];
  const same = gathering(async (keys: number[]) => {
    sizes.push(keys.length);
    return keys;
  });
  const asked = Array.from({ length: 1201 }, (_, index) => index);
  assert.deepEqual(await Promise.all(asked.map(same)), asked);
  assert.deepEqual(sizes, [500, 500, 201]);
});

test('a call that fails fails for everybody in it, and not for the next', async () => {
  let isBroken = true;
  const read = gathering(async (keys: number[]) => {
    if (isBroken) throw new Error('lost');
    return keys;
  });
  const results = await Promise.allSettled([read(1), read(2)]);
  assert.deepEqual(
    results.map((result) => result.status),
    ['rejected', 'rejected'],
  );
  isBroken = false;
  assert.equal(await read(3), 3);
});
