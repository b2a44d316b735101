import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { activityFigures, type Figures, peopleFigures } from './figures.ts';
import { type Masks, type MaskUnit, masksInTree, withoutMasked } from './masking.ts';
import { type Counted, nothingCounted } from './vector.ts';

const counted = fc
  .record({
    ...{ one: fc.nat(12), two: fc.nat(12), three: fc.nat(12), perHead: fc.nat(9), outside: fc.nat(7) },
    activity: fc.nat(30),
  })
  .map(
    ({ one, two, three, perHead, outside, activity }): Counted => ({
      ...nothingCounted,
      registered: one + two + three,
      at_least_one: two + three,
      three_or_more: three,
      signed_in: Math.min(one, 3),
      completions: (two + three) * perHead,
      digital_minutes: (two + three) * perHead * 40,
      not_on_roster: outside,
      former: Math.min(outside, three),
      activity_completions: activity,
      activity_minutes: 40 * activity,
    }),
  );

const sisters = fc
  .array(counted, { minLength: 1, maxLength: 6 })
  .map((list) => list.map((one, index) => unitOf(`office ${index}`, one)));

function unitOf(key: string, of: Partial<Counted>): MaskUnit {
  return { key, parentKey: 'above', isExact: false, counted: { ...nothingCounted, ...of } };
}

const nothing: Masks = new Set();
const peopleOf = (unit: MaskUnit, masks: ReadonlyMap<string, Masks>) =>
  withoutMasked(peopleFigures(unit.counted), masks.get(unit.key) ?? nothing);
const activityOf = (unit: MaskUnit, masks: ReadonlyMap<string, Masks>) =>
  withoutMasked(activityFigures(unit.counted), masks.get(unit.key) ?? nothing, 'activity');

const names = [
  'registered',
  'atLeastOne',
  'fewerThanThree',
  'inTraining',
  'signedIn',
  'completions',
  'notOnRoster',
  'former',
] as const;

test('no count of 1 to 4 is ever shown, and every null is named', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksInTree(list);
      for (const sister of list) {
        const shown = peopleOf(sister, masks);
        for (const name of names) {
          const value = shown[name];
          assert.ok(value === null || value === 0 || value > 4, `${name}: ${value}`);
          assert.equal(value === null, shown.masked.includes(name));
        }
        for (const [name, value] of Object.entries(shown.bands))
          assert.equal(value === null, shown.masked.includes(`bands.${name}`));
        const { completions, masked } = activityOf(sister, masks);
        assert.ok(completions === null || completions === 0 || completions > 4);
        assert.equal(completions === null, masked.includes('completions'));
      }
    }),
  );
});

test('of those outside the roster the few who left no other way are not told by those who left', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksInTree(list);
      for (const sister of list) {
        const { notOnRoster, former } = peopleOf(sister, masks);
        const others = notOnRoster === null || former === null ? null : notOnRoster - former;
        assert.ok(others === null || others === 0 || others > 4, `${notOnRoster} less ${former}`);
      }
    }),
  );
});

test('a masked figure cannot be had by subtracting its sisters from the sum above them', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksInTree(list);
      for (const name of names) {
        const hidden = list.filter((sister) => isHidden(sister, name, masks));
        assert.ok(hidden.length !== 1 || list.length === 1, `${name} of ${hidden[0]?.key}`);
      }
    }),
  );
});

test('what goes with a lone small count has some of the same kind, or the sum above would tell it', () => {
  const of = (key: string, registered: number, atLeastOne: number) =>
    unitOf(key, { registered, at_least_one: atLeastOne, completions: 90 });
  // Two of the first have none; all of the second have one, so that it would hide none of the two.
  const masks = masksInTree([of('a', 40, 38), of('b', 30, 30), of('c', 300, 200)]);
  assert.deepEqual(
    [...masks].filter(([, groups]) => groups.has('bands')).map(([key]) => key),
    ['a', 'c'],
  );
});

test('where the sum above is masked, at least one below it is masked too', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const above = { ...unitOf('above', { registered: 900 }), parentKey: null };
      const masks = masksInTree([{ ...above, masks: new Set(['registered']) }, ...list]);
      assert.ok(list.some((sister) => isHidden(sister, 'registered', masks)));
      assert.ok(list.some((sister) => isHidden(sister, 'atLeastOne', masks)));
    }),
  );
});

test('a band cannot be had from the other bands of the same office', () => {
  fc.assert(
    fc.property(counted, (one) => {
      const unit = unitOf('alone', one);
      const shown = peopleOf(unit, masksInTree([unit]));
      const open = [shown.bands.none, shown.bands.oneOrTwo, shown.bands.threeOrMore].filter(
        (band) => band !== null,
      );
      assert.ok(open.length === 3 || open.length === 0);
    }),
  );
});

test('where bands are masked, the sums of completions and minutes are too, in either view', () => {
  fc.assert(
    fc.property(sisters, (list) => {
      const masks = masksInTree(list);
      for (const sister of list) {
        if (!isHidden(sister, 'atLeastOne', masks)) continue;
        const shown = [peopleOf(sister, masks), activityOf(sister, masks)];
        for (const { completions, learningMinutes, renewals } of shown)
          assert.deepEqual([completions, learningMinutes, renewals], [null, null, null]);
      }
    }),
  );
});

test('what only one office hides, among sisters that are seen exactly, the office above hides too', () => {
  const small = { registered: 6, at_least_one: 2, completions: 9 };
  const large = { registered: 900, at_least_one: 700, completions: 2100 };
  const above = { ...unitOf('above', { ...large, registered: 906 }), parentKey: null };
  const own = { ...unitOf('own', large), isExact: true };
  const lone = unitOf('lone', small);
  const hiddenAbove = (...below: MaskUnit[]) => [...(masksInTree([above, ...below]).get('above') ?? [])];
  assert.deepEqual(hiddenAbove(own, lone).sort(), [
    ...['activity', 'activityRenewals', 'aiReach', 'bands', 'cyberReach', 'done', 'renewals'],
  ]);
  assert.deepEqual(hiddenAbove(own, lone, unitOf('second', large)), []);
  assert.deepEqual(hiddenAbove(own, unitOf('lone', large)), []);
});

test('an office in the reader’s own subtree is never masked', () => {
  const own = { ...unitOf('own', { registered: 2, at_least_one: 1, completions: 3 }), isExact: true };
  assert.deepEqual(peopleOf(own, masksInTree([own])), { ...peopleFigures(own.counted), masked: [] });
});

function isHidden(
  sister: MaskUnit,
  name: (typeof names)[number],
  masks: ReadonlyMap<string, Masks>,
): boolean {
  return (peopleOf(sister, masks) as Figures)[name] === null;
}
