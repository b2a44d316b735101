import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Figures, peopleFigures } from './figures.ts';
import { type MaskCandidate, masksOfSisters, masksOfSum, smallGroups, withoutMasked } from './masking.ts';
import { nothingCounted } from './vector.ts';

const figures = fc
  .record({ one: fc.nat(12), two: fc.nat(12), three: fc.nat(12), perHead: fc.nat(9), outside: fc.nat(7) })
  .map(({ one, two, three, perHead, outside }) =>
    peopleFigures({
      ...nothingCounted,
      registered: one + two + three,
      at_least_one: two + three,
      three_or_more: three,
      signed_in: Math.min(one, 3),
      completions: (two + three) * perHead,
      digital_minutes: (two + three) * perHead * 40,
      not_on_roster: outside,
    }),
  );

const sisters = fc
  .array(fc.record({ figures, isExact: fc.constant(false) }), { minLength: 1, maxLength: 6 })
  .map((list) => list.map((one, index): MaskCandidate => ({ ...one, key: `office ${index}` })));

const names = [
  'registered',
  'atLeastOne',
  'fewerThanThree',
  'inTraining',
  'signedIn',
  'completions',
  'notOnRoster',
] as const;

test('no count of 1 to 4 is ever shown, and every null is named', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksOfSisters(list, new Set());
      for (const sister of list) {
        const shown = withoutMasked(sister.figures, masks.get(sister.key) ?? new Set());
        for (const name of names) {
          const value = shown[name];
          assert.ok(value === null || value === 0 || value > 4, `${name}: ${value}`);
          assert.equal(value === null, shown.masked.includes(name));
        }
        for (const [name, value] of Object.entries(shown.bands))
          assert.equal(value === null, shown.masked.includes(`bands.${name}`));
      }
    }),
  );
});

test('a masked figure cannot be had by subtracting its sisters from the sum above them', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksOfSisters(list, new Set());
      for (const name of names) {
        const hidden = list.filter((sister) => isHidden(sister, name, masks));
        assert.ok(hidden.length !== 1 || list.length === 1, `${name} of ${hidden[0]?.key}`);
      }
    }),
  );
});

test('what goes with a lone small count has some of the same kind, or the sum above would tell it', () => {
  const of = (key: string, registered: number, atLeastOne: number): MaskCandidate => ({
    key,
    isExact: false,
    figures: peopleFigures({ ...nothingCounted, registered, at_least_one: atLeastOne, completions: 90 }),
  });
  // Two of the first have none; all of the second have one, so that it would hide none of the two.
  const masks = masksOfSisters([of('a', 40, 38), of('b', 30, 30), of('c', 300, 200)], new Set());
  assert.deepEqual(
    [...masks].filter(([, groups]) => groups.has('bands')).map(([key]) => key),
    ['a', 'c'],
  );
});

test('where the sum above is masked, at least one below it is masked too', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksOfSisters(list, new Set(['registered', 'bands']));
      assert.ok(list.some((sister) => isHidden(sister, 'registered', masks)));
      assert.ok(list.some((sister) => isHidden(sister, 'atLeastOne', masks)));
    }),
  );
});

test('a band cannot be had from the other bands of the same office', () => {
  fc.assert(
    fc.property(figures, (one) => {
      const shown = withoutMasked(one, smallGroups(one));
      const open = [shown.bands.none, shown.bands.oneOrTwo, shown.bands.threeOrMore].filter(
        (band) => band !== null,
      );
      assert.ok(open.length === 3 || open.length === 0);
    }),
  );
});

test('where bands are masked, the sums of completions and minutes are too: none at all would tell them', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksOfSisters(list, new Set());
      for (const sister of list) {
        if (!isHidden(sister, 'atLeastOne', masks)) continue;
        const shown = withoutMasked(sister.figures, masks.get(sister.key) ?? new Set());
        assert.deepEqual([shown.completions, shown.learningMinutes, shown.renewals], [null, null, null]);
      }
    }),
  );
});

test('what only one office hides, among sisters that are seen exactly, the office above hides too', () => {
  const small = peopleFigures({ ...nothingCounted, registered: 6, at_least_one: 2, completions: 9 });
  const large = peopleFigures({ ...nothingCounted, registered: 900, at_least_one: 700, completions: 2100 });
  const own = { key: 'own', figures: large, isExact: true };
  const lone = { key: 'lone', figures: small, isExact: false };
  assert.deepEqual([...masksOfSum([own, lone])].sort(), [
    'aiReach',
    'bands',
    'cyberReach',
    'done',
    'renewals',
  ]);
  assert.deepEqual([...masksOfSum([own, lone, { ...lone, key: 'second', figures: large }])], []);
  assert.deepEqual([...masksOfSum([own, { ...lone, figures: large }])], []);
});

test('an office in the reader’s own subtree is never masked', () => {
  const small = peopleFigures({ ...nothingCounted, registered: 2, at_least_one: 1, completions: 3 });
  const masks = masksOfSisters([{ key: 'own', figures: small, isExact: true }], new Set());
  assert.deepEqual(withoutMasked(small, masks.get('own') ?? new Set()), { ...small, masked: [] });
});

function isHidden(
  sister: MaskCandidate,
  name: (typeof names)[number],
  masks: ReturnType<typeof masksOfSisters>,
): boolean {
  const shown = withoutMasked(sister.figures, masks.get(sister.key) ?? new Set());
  return (shown as Figures)[name] === null;
}
