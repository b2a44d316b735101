import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { editOffice } from '../organisations/desk/keep-office.ts';
import { activitySeries, classFigures, nodeFigures, officeSummary, rebuildCounters } from './index.ts';
import { type ClassCounted, classesFromEvents, countedByClass } from './stores/classes.ts';
import { nodesByIds } from './stores/nodes.ts';

const world = await openWorld();
after(() => world.close());
before(() => rebuildCounters(world.system));
const asOf = '2026-11-22';

async function nodeOf(areaId: string): Promise<string> {
  const found = await sql<{
    nodeId: string;
  }>`select node_id as "nodeId" from area where area_id = ${areaId}`.execute(world.runtime.db.read);
  return found.rows[0]?.nodeId ?? '';
}

async function districtsIn(areaId: string): Promise<{ nodeId: string; code: string }[]> {
  const found = await sql<{ nodeId: string; code: string }>`select node_id as "nodeId", code
    from area join area_way using (area_id)
    where kind = 'district' and ${await nodeOf(areaId)}::uuid = any(nodes) order by name_en`.execute(
    world.runtime.db.read,
  );
  return found.rows;
}

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
  const nodeIds = [await nodeOf('district:129'), await nodeOf('division:AYD')];
  const [district] = await nodesByIds(world.runtime.db.read, nodeIds.slice(0, 1));
  assert.equal(district?.parentId, nodeIds[1]);
  const exact = await nodeFigures(world.as('secretary'), { nodeIds, asOf });
  const counted = exact.get(nodeIds[0] ?? '')?.registered ?? 0;
  assert.ok(counted >= 5);
  assert.deepEqual(exact.get(nodeIds[1] ?? '')?.registered, counted);
  assert.equal((await districtsIn('division:AYD')).length, 5);
  const outside = await nodeFigures(world.as('sunita'), { nodeIds, asOf });
  for (const { masked: _masked, asOf: _asOf, bands, ...counts } of outside.values())
    for (const count of [...Object.values(counts), ...Object.values(bands)])
      assert.ok(count === null || count === 0 || count > 4);
});

test('classes are counted as the events have them', async () => {
  const ids = [
    ...['UP', 'SW', 'SW-BBK', 'HF-BBK'].map((code) => world.officeId(code)),
    ...(await districtsIn('state:9')).map((area) => area.nodeId),
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

test('a masked state cannot be had by subtracting the other states from the government', async () => {
  const [district] = await districtsIn('state:8');
  await editOffice(world.system, { code: 'HF-BBK-CHC', areaCode: district?.code ?? null });
  const states = await sql<{
    nodeId: string;
  }>`select node_id as "nodeId" from area where kind = 'state'`.execute(world.runtime.db.read);
  const nodeIds = states.rows.map((state) => state.nodeId);
  const exact = await nodeFigures(world.system, { nodeIds, asOf });
  const small = nodeIds.filter((id) => [1, 2, 3, 4].includes(exact.get(id)?.registered ?? 0));
  assert.equal(small.length, 1);
  const government = await officeSummary(world.as('sunita'), { code: 'UP' });
  assert.ok(government.registered, 'the sum of all states is shown');
  const together = await nodeFigures(world.as('sunita'), { nodeIds, asOf });
  const hidden = nodeIds.filter((id) => together.get(id)?.registered === null);
  assert.ok(hidden.length >= 2);
  assert.ok(hidden.includes(small[0] ?? ''));
  // A state looks the same whether it is asked for with its sisters or by itself.
  for (const id of hidden.slice(0, 3)) {
    const alone = await nodeFigures(world.as('sunita'), { nodeIds: [id], asOf });
    assert.deepEqual(alone.get(id), together.get(id));
  }
});
