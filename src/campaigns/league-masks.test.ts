import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  forcedOfSum,
  type Hidden,
  hiddenOf,
  type MaskedUnit,
  nothingHidden,
  ownHidden,
} from './league-masks.ts';

const unit = fc.record({
  people: fc.oneof(fc.nat(60), fc.nat(3000)),
  completions: fc.oneof(fc.nat(8), fc.nat(500)),
  met: fc.oneof(fc.nat(8), fc.nat(100)),
  isExact: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  isHiddenElsewhere: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
});
const above = fc.constantFrom<Hidden>(
  nothingHidden,
  new Set(['met'] as const),
  new Set(['done', 'met'] as const),
);

type Row = typeof unit extends fc.Arbitrary<infer T> ? T : never;

function unitsOf(rows: Row[]): MaskedUnit[] {
  return rows.map(({ isExact, isHiddenElsewhere, ...figures }, index) => ({
    key: `U${index}`,
    ...{ isExact, isHiddenElsewhere },
    figures: { ...figures, minutes: 30 * figures.completions },
  }));
}

test('nothing small is shown, and no hidden figure is what its office has less what its sisters show', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), above, (rows, parent) => {
      const units = unitsOf(rows);
      const sum = new Set([...parent, ...forcedOfSum(units)]);
      const hidden = hiddenOf(units, sum);
      for (const group of ['done', 'met'] as const) {
        const those = units.filter((one) => hidden.get(one.key)?.has(group));
        for (const one of units) {
          const count = group === 'done' ? one.figures.completions : one.figures.met;
          if (one.isExact) assert.ok(!those.includes(one));
          else if (
            (count > 0 && count < 5) ||
            one.figures.people < 20 ||
            sum.has(group) ||
            (group === 'done' && one.isHiddenElsewhere)
          )
            assert.ok(those.includes(one), `${group} of ${one.key}`);
        }
        if (those.length === 1 && units.length > 1) assert.ok(sum.has(group));
      }
    }),
    { numRuns: 500 },
  );
});

test('the office at the top is hidden where it is small itself', () => {
  const figures = { people: 30, completions: 3, minutes: 90, met: 0 };
  assert.deepEqual([...ownHidden({ figures, isExact: false }, nothingHidden)], ['done']);
  assert.deepEqual(
    [...ownHidden({ figures: { ...figures, people: 19 }, isExact: false }, nothingHidden)],
    ['done', 'met'],
  );
  assert.deepEqual([...ownHidden({ figures, isExact: true }, nothingHidden)], []);
});
