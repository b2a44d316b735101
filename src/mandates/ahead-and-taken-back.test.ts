import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { commitMandate } from './import-mandate.ts';
import { mandateFigures, mandateSummary } from './mandate-summary.ts';
import { readOrder } from './rules/order-file.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const { headers } = await signedIn(world, 'anita');

function put(number: string, more: object) {
  return commitMandate(
    world.system,
    readOrder({ order: { number, date: '2026-04-01', issuer: 'शासन' }, title: { hi: 'आदेश' }, ...more }),
  );
}

const upTo = (to: string) => ({
  ...{ scope: { offices: ['SW'] }, condition: { courses: { atLeast: 1 } } },
  window: { from: '2026-04-01', to },
});

test('a day to come is answered as asked, by what is known today; the page says that it looks ahead', async () => {
  await put('AHEAD/1', upTo('2027-03-31'));
  const at = async (asOf: string) => mandateFigures(world.system, { number: 'AHEAD/1', office: 'SW', asOf });
  const { bound } = await at('2026-11-22');
  assert.deepEqual(await at('2027-03-31'), { bound, met: 0, metLate: 0, open: bound, overdue: 0, exempt: 0 });
  assert.deepEqual(await at('2027-04-01'), { bound, met: 0, metLate: 0, open: 0, overdue: bound, exempt: 0 });
  const told = await app.inject({
    ...{ url: '/api/v1/mandates/AHEAD%2F1/summary?office=SW&asOf=2027-04-01', headers },
  });
  assert.deepEqual([told.json().asOf, told.json().overdue], ['2027-04-01', bound]);
  const { id } = await put('AHEAD/1', upTo('2027-03-31'));
  const page = await app.inject({ url: `/office/orders/${id}?office=SW&asOf=2027-04-01`, headers });
  assert.match(page.body, /1 अप्रैल 2027 अभी आगे है/);
});

test('who sees masked counts is not told of days to come, which would tell of one person', async () => {
  const told = await mandateSummary(world.as('sunita'), {
    ...{ number: 'AHEAD/1', office: 'SW', asOf: '2027-04-01' },
  });
  assert.equal(told.asOf, '2026-11-22');
});
