import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figures } from '../../insight/index.ts';
import { notable } from './notable.ts';
import { ranked } from './rank.ts';
import { changeOf } from './ratios.ts';
import type { Line } from './shape.ts';

test('a change of a share is rounded once', () => {
  // 97.14 % and 94.29 %: 2.857, where the difference of the rounded ones is 2.8.
  const [now, before] = [34, 33].map((atLeastOne) => ({ registered: 35, atLeastOne }));
  assert.equal(now && changeOf(now, before), 2.9);
  assert.equal(changeOf({ registered: 0, atLeastOne: 0 }, { registered: 3, atLeastOne: 1 }), null);
  assert.equal(changeOf({ registered: 3, atLeastOne: 1 }, undefined), null);
  assert.equal(changeOf({ registered: 10, aiReach: 4 }, { registered: 10, aiReach: 5 }, 'aiReach'), -10);
});

const figures = (registered: number, atLeastOne: number, cyberReach: number) =>
  ({
    ...{ registered, atLeastOne, cyberReach, signedIn: null, completions: null, learningMinutes: null },
    ...{ threeOrMore: null, aiReach: null },
  }) as unknown as Figures;

function line(code: string, place: number, of: Figures): Line {
  const names = { code, nameHi: code, nameEn: null };
  const rest = { masked: [], strength: null, reach: null, perHead: null, change: null, addedUp: null };
  return { ...names, ...rest, opens: null, figures: of, place };
}

test('a unit at one end is told by what speaks for that end, and few units are not all named', () => {
  const lines = [
    line('A', 1, figures(100, 90, 30)),
    line('B', 2, figures(100, 80, 60)),
    line('C', 3, figures(100, 70, 50)),
    line('D', 4, figures(100, 60, 80)),
  ];
  const whole = { figures: figures(400, 300, 200), change: null };
  const { best, worst } = notable(lines, { ...whole, rankedBy: 'reach' });
  assert.deepEqual([best.length, worst.length], [2, 2]);
  const [first, second] = best;
  assert.deepEqual(
    first?.facts.map(({ metric }) => metric),
    ['reach'],
  );
  assert.deepEqual(
    second?.facts.map(({ metric }) => metric),
    ['reach', 'cyberReach'],
  );
  assert.deepEqual(
    worst[0]?.facts.map(({ metric }) => metric),
    ['reach'],
  );
});

test('nobody below the whole is among the best, and nobody above it among the last', () => {
  const lines = [
    line('A', 1, figures(1000, 710, 0)),
    line('B', 2, figures(20, 0, 0)),
    line('C', 2, figures(20, 0, 0)),
  ];
  const whole = { figures: figures(1040, 710, 0), change: null };
  const { best, worst } = notable(lines, { ...whole, rankedBy: 'reach' });
  assert.deepEqual(
    [best, worst].map((list) => list.map(({ code }) => code)),
    [['A'], ['C']],
  );
  const alike = lines.slice(1);
  assert.deepEqual(notable(alike, { ...whole, figures: figures(40, 0, 0), rankedBy: 'reach' }), {
    best: [],
    worst: [],
  });
});

test('where figures of one are hidden, none has a place', () => {
  const hidden = line('A', 1, { ...figures(30, 3, 0), atLeastOne: null });
  const lines = ranked([line('B', 1, figures(100, 90, 0)), hidden], 'reach');
  assert.deepEqual(
    lines.map(({ code, place }) => [code, place]),
    [
      ['A', null],
      ['B', null],
    ],
  );
});
