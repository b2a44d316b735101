import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { reconcileCounters } from '../../src/insight/index.ts';
import { compare } from './compare.ts';
import { kinds, perform } from './perform.ts';
import { type Act, acts, type Look, look } from './random-acts.ts';
import { beginRun, openSmallWorld, type Run } from './small-world.ts';

const world = await openSmallWorld();
after(() => world.close());

test('whatever is done, counters, digests and summaries say what the facts say', async () => {
  const looks = fc.array(look, { minLength: 2, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(acts, looks, async (done, looked) => {
      const run = await beginRun(world);
      for (const act of done) await perform(run, act);
      await compareAll(run, looked);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 20) },
  );
});

const figures = { act: 'look', office: 'UP', area: 'state:9' } as const;
const N3 = { who: 'N3', office: 'SW-BBK-SCH', kind: 'regular', on: '2026-04-01', until: undefined } as const;

/** One after the other, none is refused: the sequences drawn above would else prove little. */
const aDay: Act[] = [
  { act: 'add', who: 'N1', office: 'SW-BBK', on: '2026-04-01' },
  { act: 'register', who: 'N2', office: 'SW-JHS', on: '2026-11-01' },
  { act: 'roster', rows: [{ ...N3, group: 'A', cadre: 'आशा' }] },
  { act: 'field cadre', isField: true },
  { act: 'sign in', who: 'N1' },
  { act: 'post', who: 'N1', office: 'HF-BBK', kind: 'deputation', on: '2026-11-01', until: '2026-12-15' },
  { act: 'move', who: 'N2', office: 'SW-BBK', on: '2026-11-21' },
  { act: 'correct', who: 'SW2001', nth: 0, from: '2025-06-30', until: undefined },
  { act: 'end', who: 'SW1001', nth: 0, on: '2026-11-21', reason: 'retired' },
  { act: 'completions', rows: [{ who: 'N3', course: 'K-HERE', on: '2026-11-01' }] },
  { act: 'attendance', session: 'S-ROOM', rows: [{ who: 'N3', minutes: 90 }] },
  { act: 'enrol', who: 'N2' },
  { act: 'withdraw', who: 'N2' },
  { act: 'learn', who: 'N3' },
  { act: 'everybody again' },
  { act: 'hang', office: 'SW-JHS', below: 'SW-BBK' },
  { act: 'place', office: 'SW-BBK', area: '162' },
  { act: 'open', below: 'SW', area: '129' },
  { act: 'close', office: 'NEW', on: '2026-12-01' },
  { act: 'merge', who: 'N2', into: 'N3' },
  { act: 'wait', days: 9 },
  { act: 'learn', who: 'N3' },
  { act: 'take up', most: 100 },
  { act: 'course', course: 'K-PLAIN', tags: 'ai', minutes: 50 },
  { ...figures, subject: 'people', groups: ['band'], asOf: '2026-12-01' },
  { act: 'undo', nth: 0 },
  { act: 'fold' },
];

test('each of these acts is one that can be done, and renews what was learnt before', async () => {
  const run = await beginRun(world);
  const refused: Act[] = [];
  for (const act of aDay) if (!(await perform(run, act))) refused.push(act);
  assert.deepEqual(refused, []);
  assert.deepEqual([...new Set(aDay.map(({ act }) => act))].toSorted(), kinds.toSorted());
  await compareAll(run, [{ ...figures, subject: 'completions', groups: ['course'], asOf: '2026-12-01' }]);
});

async function compareAll(run: Run, looks: readonly Look[]): Promise<void> {
  for (const one of looks) await compare(run.world, one);
  assert.deepEqual((await reconcileCounters(run.world.system)).differences, []);
}
