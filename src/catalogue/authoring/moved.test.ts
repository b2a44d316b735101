import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { moved } from './moved.ts';

test('moving keeps every member once, and puts the moved one where it was asked for', () => {
  const property = fc.property(
    fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 20 }),
    fc.nat(),
    fc.oneof(fc.integer({ min: -3, max: 25 }), fc.constantFrom('up' as const, 'down' as const)),
    (list, at, place) => {
      const member = list[at % list.length] ?? 0;
      const after = moved(list, member, place);
      assert.deepEqual([...after].sort(), [...list].sort());
      const from = list.indexOf(member);
      const wanted = place === 'up' ? from - 1 : place === 'down' ? from + 1 : place - 1;
      assert.equal(after.indexOf(member), Math.min(Math.max(wanted, 0), list.length - 1));
    },
  );
  fc.assert(property, { verbose: true });
});
