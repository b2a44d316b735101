import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, type Sample } from './soak-verdict.ts';

const steady = { megabytes: 200, handles: 40, connections: 12 };
const run = { failed: 0, mostAnHour: 24 };

/** Thirty minutes, a sample each ten seconds. */
function samples(of: (minute: number, at: number) => Partial<Sample>): Sample[] {
  return Array.from({ length: 180 }, (_, at) => ({ ...steady, ...of(at / 6, at) }));
}

test('a server that is level after warming up holds, whatever has not been collected yet', () => {
  const seen = samples((minute, at) => ({ megabytes: Math.min(200, 100 + minute * 10) + (at % 6) * 20 }));
  assert.equal(judge(seen, run).verdict, 'holds');
});

test('one that keeps a megabyte a minute grows, by sixty an hour', () => {
  const found = judge(
    samples((minute) => ({ megabytes: 200 + minute })),
    run,
  );
  assert.deepEqual([found.verdict, Math.round(found.megabytes.anHour)], ['grows', 60]);
});

test('handles and connections grow where they never come down again', () => {
  const growing = judge(
    samples((_, at) => ({ handles: 40 + at, connections: 12 + (at % 2) })),
    run,
  );
  assert.deepEqual([growing.verdict, growing.reasons], ['grows', ['grows: file handles']]);
});

test('a failed request fails the run, and a short one says that it is too short', () => {
  assert.equal(
    judge(
      samples(() => ({})),
      { ...run, failed: 1 },
    ).verdict,
    'fails',
  );
  assert.equal(judge(samples(() => ({})).slice(0, 60), run).verdict, 'too short');
});
