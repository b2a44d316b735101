import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { activitySeries, classFigures, nodeFigures, officeSummary, rebuildCounters } from './index.ts';

const world = await openWorld();
after(() => world.close());
before(() => rebuildCounters(world.system));
const asOf = '2026-11-22';

test('the figures of a node are those of its summary, exact for its leader', async () => {
  const ids = ['UP', 'SW', 'SW-BBK'].map((code) => world.officeId(code));
  const found = await nodeFigures(world.as('secretary'), { nodeIds: ids, asOf });
  const { registered, bands } = await officeSummary(world.system, { code: 'SW' });
  assert.deepEqual(found.get(world.officeId('SW'))?.registered, registered);
  assert.deepEqual(found.get(world.officeId('SW'))?.bands, bands);
  assert.deepEqual(found.get(world.officeId('SW'))?.masked, []);
});

test('outside one’s own offices a node is masked as its summary is', async () => {
  const summary = await officeSummary(world.as('sunita'), { code: 'HF-BBK' });
  const found = await nodeFigures(world.as('sunita'), { nodeIds: [world.officeId('HF-BBK')], asOf });
  assert.deepEqual(found.get(world.officeId('HF-BBK'))?.masked, summary.masked);
  assert.equal(found.get(world.officeId('HF-BBK'))?.registered, summary.registered);
});

test('classes of people add up to the registered', async () => {
  const total = await officeSummary(world.system, { code: 'UP' });
  for (const by of ['group', 'engagement', 'fieldCadre'] as const) {
    const classes = await classFigures(world.system, { nodeId: world.officeId('UP'), asOf, by });
    assert.equal(
      classes.reduce((sum, one) => sum + (one.registered ?? 0), 0),
      total.registered,
    );
    assert.ok(classes.every((one) => one.nameHi !== '' && one.nameEn !== ''));
  }
});

test('activity comes by day, week and month, and whoever may not see it exactly finds nothing', async () => {
  const wish = { nodeId: world.officeId('SW'), from: '2026-10-05', to: asOf };
  for (const [grain, count] of [
    ['day', 49],
    ['week', 7],
    ['month', 2],
  ] as const) {
    const series = await activitySeries(world.system, { ...wish, grain });
    assert.equal(series.length, count);
    assert.equal(series.at(-1)?.isUnfinished, grain === 'month');
  }
  await assert.rejects(activitySeries(world.as('sunita'), { ...wish, grain: 'day' }), { code: 'not_found' });
});
