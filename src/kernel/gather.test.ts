import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gathering, gatheringRows } from './gather.ts';

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

test('while two calls are under way, what is asked waits and goes together with the next', async () => {
  const calls: number[][] = [];
  const answers: (() => void)[] = [];
  const slow = gathering(async (keys: number[]) => {
    calls.push(keys);
    await new Promise<void>((resolve) => answers.push(resolve));
    return keys;
  });
  const asked: Promise<number>[] = [];
  for (const key of [1, 2, 3, 4]) {
    asked.push(slow(key));
    await nextTurn();
  }
  assert.deepEqual(calls, [[1], [2]]);
  answers[0]?.();
  await nextTurn();
  await nextTurn();
  assert.deepEqual(calls, [[1], [2], [3, 4]]);
  for (const answer of answers) answer();
  assert.deepEqual(await Promise.all(asked), [1, 2, 3, 4]);
});

test('rows are parted by the name that they carry, each owner has calls of its own', async () => {
  const calls: [string, string[]][] = [];
  const rowsOf = gatheringRows(
    async (owner: { name: string }, names) => {
      calls.push([owner.name, names]);
      return names.filter((name) => name !== 'none').flatMap((name) => [`${name}1`, `${name}2`]);
    },
    (row) => row.slice(0, -1),
  );
  const [one, other] = [{ name: 'one' }, { name: 'other' }];
  const found = await Promise.all([
    rowsOf(one, 'a'),
    rowsOf(one, 'none'),
    rowsOf(one, 'a'),
    rowsOf(other, 'a'),
  ]);
  assert.deepEqual(found, [['a1', 'a2'], [], ['a1', 'a2'], ['a1', 'a2']]);
  assert.deepEqual(calls, [
    ['one', ['a', 'none']],
    ['other', ['a']],
  ]);
});
