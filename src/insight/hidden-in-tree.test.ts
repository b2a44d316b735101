import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hiddenInTree, isSmallCount, type TreeUnit } from './hidden-in-tree.ts';

/** A tree in which every sum is that of its children, as a reader may take it. */
type Grown = { units: TreeUnit[]; childrenOf: ReadonlyMap<string, TreeUnit[]> };

const leaf = fc.oneof({ weight: 3, arbitrary: fc.nat(9) }, { weight: 2, arbitrary: fc.nat(200) });
const isExact = fc.oneof(
  { weight: 7, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);
const isHidden = fc.oneof(
  { weight: 9, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

type Sketch = { isExact: boolean; isHidden: boolean; count: number; below: Sketch[] };
const sketch = (depth: number): fc.Arbitrary<Sketch> =>
  fc.record({
    ...{ isExact, isHidden, count: leaf },
    below: depth === 0 ? fc.constant([]) : fc.array(sketch(depth - 1), { maxLength: 4 }),
  });

function grown(root: Sketch): Grown {
  const units: TreeUnit[] = [];
  const add = (one: Sketch, key: string, above: TreeUnit | null): number => {
    const unit = { key, parentKey: above?.key ?? null, isHidden: one.isHidden };
    const whole = { ...unit, isExact: above?.isExact === true || one.isExact, counts: [one.count] };
    units.push(whole);
    if (one.below.length > 0)
      whole.counts = [one.below.reduce((sum, child, at) => sum + add(child, `${key}.${at}`, whole), 0)];
    return whole.counts[0] ?? 0;
  };
  add(root, 'o', null);
  return { units, childrenOf: Map.groupBy(units, (unit) => unit.parentKey ?? '') };
}

/** All that follows from what is shown: a sum from its parts, and a part from the sum and the other parts. */
function told({ units, childrenOf }: Grown, hidden: ReadonlySet<string>): Set<string> {
  const known = new Set(units.filter((unit) => !hidden.has(unit.key)).map((unit) => unit.key));
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const [parent, children] of childrenOf) {
      if (parent === '') continue;
      const open = [parent, ...children.map((child) => child.key)].filter((key) => !known.has(key));
      if (open.length === 1 && open[0]) known.add(open[0]);
    }
  }
  return known;
}

test('nothing small and nothing hidden anyhow is had by adding and subtracting in the tree', () => {
  fc.assert(
    fc.property(sketch(3), (root) => {
      const tree = grown(root);
      const hidden = hiddenInTree(tree.units);
      const readable = told(tree, new Set(tree.units.filter((one) => !one.isExact).map((one) => one.key)));
      const known = told(tree, hidden);
      for (const { key, counts, isExact: isOwn, isHidden: isAnyhow } of tree.units) {
        if (isOwn) assert.ok(!hidden.has(key));
        // What the reader adds up from his own offices is no secret before him.
        if (!(isAnyhow || isSmallCount(counts[0] ?? 0)) || readable.has(key)) continue;
        assert.ok(!known.has(key), `${key} in ${JSON.stringify(tree.units)} of ${[...hidden]}`);
      }
    }),
    { numRuns: 3000 },
  );
});

const unit = (key: string, parentKey: string | null, ...counts: number[]): TreeUnit => ({
  ...{ key, parentKey, counts, isExact: false, isHidden: false },
});
const sorted = (units: readonly TreeUnit[]) => [...hiddenInTree(units)].sort();

test('the lightest goes with a lone small one, of those that hide its small counts; none where one is hidden anyhow', () => {
  const tree = [
    unit('o', null, 133, 60),
    unit('a', 'o', 23, 3),
    unit('b', 'o', 50, 30),
    unit('c', 'o', 60, 27),
  ];
  assert.deepEqual(sorted(tree), ['a', 'b']);
  assert.deepEqual(sorted(tree.map((one) => ({ ...one, isHidden: one.key === 'c' }))), ['a', 'c']);
  // All of `b` are of another kind: it would hide none of the three.
  const bare = tree.map((one) => (one.key === 'b' ? unit('b', 'o', 50, 0) : one));
  assert.deepEqual(sorted(bare), ['a', 'c']);
});

test('where the reader knows all others, the sum goes with a lone small one, and so up to where others are', () => {
  const tree = [
    unit('o', null, 200),
    unit('p', 'o', 63),
    unit('q', 'o', 137),
    { ...unit('a', 'p', 60), isExact: true },
    unit('b', 'p', 3),
  ];
  assert.deepEqual(sorted(tree), ['b', 'p', 'q']);
});

test('an office with people of its own is not known by those below it, and is not left alone', () => {
  const tree = [
    unit('o', null, 50),
    unit('p', 'o', 3),
    unit('q', 'o', 20),
    unit('r', 'o', 27),
    { ...unit('a', 'p', 1), isExact: true },
  ];
  assert.deepEqual(sorted(tree), ['p', 'q']);
  // Nobody else is there: he has added it up already.
  assert.deepEqual(sorted(tree.map((one) => (one.key === 'a' ? { ...one, counts: [3] } : one))), ['p']);
});

test('who has nobody hides nobody: what stands beside him and is known gives the small one away else', () => {
  const tree = [
    unit('o', null, 63),
    { ...unit('a', 'o', 60), isExact: true },
    unit('b', 'o', 3),
    unit('c', 'o', 0),
  ];
  assert.deepEqual(sorted(tree), ['b', 'o']);
});
