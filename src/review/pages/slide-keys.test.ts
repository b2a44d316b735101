import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepOf } from './slide-keys.ts';

test('a clicker’s keys go a slide on or back and no further than the ends; Escape leaves', () => {
  const from = (at: number, key: string, shiftKey = false) => stepOf({ key, shiftKey }, { at, last: 4 });
  for (const key of ['ArrowRight', 'PageDown', ' '])
    assert.deepEqual([from(0, key), from(3, key), from(4, key)], [1, 4, 4], key);
  for (const key of ['ArrowLeft', 'PageUp'])
    assert.deepEqual([from(4, key), from(1, key), from(0, key)], [3, 0, 0], key);
  assert.deepEqual([from(2, ' ', true), from(2, 'Home'), from(2, 'End')], [1, 0, 4]);
  assert.equal(from(2, 'Escape'), 'sheet');
  for (const key of ['Tab', 'Enter', 'ArrowDown', 'a']) assert.equal(from(2, key), undefined, key);
});
