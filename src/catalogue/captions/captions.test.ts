import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCaptions } from '../web-vtt.ts';
import { withEdits } from './edit-cues.ts';
import { cuesOf } from './read-tracks.ts';
import { secondsOfTime, timeText, writeWebVtt } from './write-web-vtt.ts';

const cues = [
  { id: '1', startSeconds: 0, endSeconds: 2, text: 'पानी बचाएँ' },
  { id: '2', startSeconds: 2, endSeconds: 4, text: 'बिजली भी' },
];

test('a cue is split at a space, joined with the next, added after, deleted; others and their ids stay', () => {
  const as = (act: 'split' | 'join' | 'add' | 'delete') => withEdits(cues, [{ ...cues[0], act } as never]);
  assert.deepEqual(
    as('split').map((cue) => [cue.id, cue.text]),
    [
      ['1', 'पानी'],
      ['3', 'बचाएँ'],
      ['2', 'बिजली भी'],
    ],
  );
  assert.deepEqual(as('join'), [{ id: '1', startSeconds: 0, endSeconds: 4, text: 'पानी बचाएँ बिजली भी' }]);
  assert.deepEqual(
    as('add').map((cue) => cue.startSeconds),
    [0, 2, 2],
  );
  assert.deepEqual(as('delete'), [cues[1]]);
});

test('what is written as WebVTT is read back the same, whatever stands in it', () => {
  const seed = Date.now() % 100_000;
  const cue = fc.record({
    startSeconds: fc.integer({ min: 0, max: 7_000_000 }).map((ms) => ms / 1000),
    length: fc.integer({ min: 1, max: 90_000 }),
    text: fc
      .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
      .map((said) => `क ${said.replace(/[\s\u0085]+/g, ' ')}`.trim()),
  });
  fc.assert(
    fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), (given) => {
      const track = given.map((one, index) => ({
        id: String(index + 1),
        startSeconds: one.startSeconds,
        endSeconds: Math.round(one.startSeconds * 1000 + one.length) / 1000,
        text: one.text,
      }));
      const back = cuesOf(readCaptions(writeWebVtt(track)).cues);
      assert.deepEqual(back.map(shown), track.map(shown));
    }),
    { seed, numRuns: 100 },
  );
});

function shown(cue: { id: string; startSeconds: number; endSeconds: number; text: string }) {
  return [cue.id, timeText(cue.startSeconds), timeText(cue.endSeconds), cue.text];
}

test('times are read as people write them', () => {
  assert.deepEqual(['1:04.5', '00:01:04.500', '64,5', '7'].map(secondsOfTime), [64.5, 64.5, 64.5, 7]);
  assert.deepEqual(['1:64', 'x', '', '1:2:3:4'].map(secondsOfTime), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('cues whose names stand in each other’s way are named in one pass', { timeout: 10_000 }, () => {
  const many = 20_000;
  const cue = (n: number) => ({
    id: n < many ? String(many + 1 + n) : undefined,
    startSeconds: n,
    endSeconds: n + 1,
    text: 'क',
  });
  const named = cuesOf(Array.from({ length: 2 * many }, (_, n) => cue(n)));
  assert.equal(new Set(named.map((one) => one.id)).size, 2 * many);
});
