import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { editOffice } from '../organisations/desk/keep-office.ts';
import {
  activitySeries,
  areaNodes,
  classFigures,
  nodeFigures,
  officeSummary,
  rebuildCounters,
} from './index.ts';
import { type ClassCounted, classesFromEvents, countedByClass } from './stores/classes.ts';
import { nodesByIds } from './stores/nodes.ts';

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

test('a district and its division count everybody in their offices, exactly for whoever is over all of them', async () => {
  const [district] = await areaNodes(world.system, { areaIds: ['district:129'] });
  const [division] = await areaNodes(world.system, { areaIds: ['division:AYD'] });
  assert.equal(district?.parentNodeId, division?.nodeId);
  const nodeIds = [district?.nodeId ?? '', division?.nodeId ?? ''];
  const exact = await nodeFigures(world.as('secretary'), { nodeIds, asOf });
  const counted = exact.get(nodeIds[0] ?? '')?.registered ?? 0;
  assert.ok(counted >= 5);
  assert.deepEqual(exact.get(nodeIds[1] ?? '')?.registered, counted);
  const below = await areaNodes(world.system, { kind: 'district', withinNodeId: division?.nodeId ?? '' });
  assert.equal(below.length, 5);
  const outside = await nodeFigures(world.as('sunita'), { nodeIds, asOf });
  for (const { masked: _masked, asOf: _asOf, bands, ...counts } of outside.values())
    for (const count of [...Object.values(counts), ...Object.values(bands)])
      assert.ok(count === null || count === 0 || count > 4);
});

test('classes are counted as the events have them', async () => {
  const areas = await areaNodes(world.system, {
    withinNodeId: (await areaNodes(world.system, { areaIds: ['state:9'] }))[0]?.nodeId ?? '',
    kind: 'district',
  });
  const ids = [
    ...['UP', 'SW', 'SW-BBK', 'HF-BBK'].map((code) => world.officeId(code)),
    ...areas.map((area) => area.nodeId),
  ];
  const sorted = (rows: ClassCounted[]) =>
    rows
      .filter((row) => row.registered)
      .map((row) => [
        row.serviceGroup,
        row.engagement,
        row.isField,
        row.registered,
        row.signed_in,
        row.completions,
        row.digital_minutes,
        row.classroom_minutes,
        row.at_least_one,
        row.three_or_more,
        row.begun,
        row.ai_reach,
        row.cyber_reach,
      ])
      .toSorted((a, b) => String(a).localeCompare(String(b)));
  for (const node of await nodesByIds(world.runtime.db.read, ids))
    assert.deepEqual(
      sorted(await countedByClass(world.runtime.db.read, { node, asOf })),
      sorted(await classesFromEvents(world.runtime.db.read, { node, asOf })),
      node.code,
    );
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

test('states asked for together are masked each by itself', async () => {
  const states = await areaNodes(world.system, { areaIds: ['state:8', 'state:9', 'state:10'] });
  const officeIn = { 'state:8': 'HF-BBK-CHC', 'state:10': 'HF-BBK' };
  for (const { areaId, nodeId } of states) {
    const [district] = await areaNodes(world.system, { kind: 'district', withinNodeId: nodeId });
    const code = officeIn[areaId as keyof typeof officeIn];
    if (code) await editOffice(world.system, { code, areaCode: district?.code ?? null });
  }
  const nodeIds = states.map((state) => state.nodeId);
  const exact = await nodeFigures(world.system, { nodeIds, asOf });
  const outside = await nodeFigures(world.as('sunita'), { nodeIds, asOf });
  const small = nodeIds.filter((id) => [1, 2, 3, 4].includes(exact.get(id)?.registered ?? 0));
  assert.equal(small.length, 2);
  for (const id of small) assert.equal(outside.get(id)?.registered, null);
});
