import assert from 'node:assert/strict';
import { test } from 'node:test';
import { togetherPer } from './together.ts';

/** Makings that end when they are told to, each answering the how-manieth it was. */
function makings() {
  const open: PromiseWithResolvers<number>[] = [];
  const make = () => {
    const one = Promise.withResolvers<number>();
    open.push(one);
    return one.promise;
  };
  const end = (at: number) => open[at]?.resolve(at);
  return { make, end, fail: (at: number) => open[at]?.reject(new Error('no')), begun: () => open.length };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('who asks while an answer is being made gets the next one, which was begun after he asked', async () => {
  const ask = togetherPer<object, number>()({});
  const { make, end, begun } = makings();
  const first = ask('a', make);
  const later = [ask('a', make), ask('a', make), ask('a', make)];
  assert.equal(begun(), 1);
  end(0);
  assert.equal(await first, 0);
  await turn();
  assert.equal(begun(), 2);
  const last = ask('a', make);
  end(1);
  assert.deepEqual(await Promise.all(later), [1, 1, 1]);
  await turn();
  end(2);
  assert.equal(await last, 2);
  await turn();
  const alone = ask('a', make);
  end(3);
  assert.equal(await alone, 3);
});

test('another key, another owner and one after a failure have makings of their own', async () => {
  const of = togetherPer<object, number>();
  const [here, there] = [of({}), of({})];
  const { make, end, fail, begun } = makings();
  const failing = here('a', make);
  const [other, elsewhere, next] = [here('b', make), there('a', make), here('a', make)];
  assert.equal(begun(), 3);
  fail(0);
  await assert.rejects(failing);
  await turn();
  for (const at of [1, 2, 3]) end(at);
  assert.deepEqual(await Promise.all([other, elsewhere, next]), [1, 2, 3]);
});
