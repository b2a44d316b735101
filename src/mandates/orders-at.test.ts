import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { commitMandate } from './import-mandate.ts';
import { ordersAt } from './orders-at.ts';
import { readOrder } from './rules/order-file.ts';

const world = await openWorld();
after(() => world.close());

const order = (number: string, { office, date }: { office: string; date: string }) =>
  commitMandate(
    world.system,
    readOrder({
      ...{ order: { number, date, issuer: 'शासन' }, title: { hi: 'आदेश' }, scope: { offices: [office] } },
      ...{ window: { from: '2026-04-01', to: '2027-03-31' }, condition: { courses: { atLeast: 1 } } },
    }),
  );

test('an order is told at every office that it binds, however many newer ones bind others', async () => {
  await order('SW/1', { office: 'SW', date: '2026-04-01' });
  for (let n = 1; n <= 13; n += 1) await order(`HF/${n}`, { office: 'HF', date: '2026-04-02' });
  const at = async (office: string) =>
    (await ordersAt(world.system, { office, asOf: '2026-06-01' })).map(({ number }) => number);
  assert.deepEqual(await at('SW-BBK'), ['SW/1']);
  const newest = await at('UP');
  assert.equal(newest.length, 12);
  assert.ok(!newest.includes('SW/1'));
});
