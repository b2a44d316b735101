import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { addHomeNotice } from '../../learning/index.ts';
import { commitMandate } from '../../mandates/import-mandate.ts';
import { mandateFigures } from '../../mandates/mandate-summary.ts';
import { ordersBeginning } from '../../mandates/orders-beginning.ts';
import { readOrder } from '../../mandates/rules/order-file.ts';
import { openNoticesOf } from './open-notices.ts';
import { tellOrdersBegun } from './tell-order-begins.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const sunita = world.personId('sunita');
const own = async () => (await openNoticesOf(world.as('sunita'), sunita)).map((one) => one.text);

async function publish(number: string, more: Record<string, unknown> = {}) {
  const head = { order: { number, date: '2026-04-01', issuer: 'शासन' }, title: { hi: 'साइबर का वर्ष' } };
  const window = { from: '2026-04-01', to: '2027-03-31' };
  const condition = { courses: { atLeast: 1, tag: 'cyber' } };
  await commitMandate(
    world.system,
    readOrder({ ...head, scope: { offices: ['SW'] }, window, condition, ...more }),
  );
}

test('whom an order begins to bind hears of it once, whoever runs and however often; on leave, after it', async () => {
  const serviceEventId = newId();
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [sunita] }, () =>
      sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on)
        values (${sunita}, ${serviceEventId}, 'long_leave', '2026-11-01', '2026-11-25')`.execute(tx),
    ),
  );
  await publish('N/1');
  const { open } = await mandateFigures(world.system, { number: 'N/1', office: 'SW' });
  assert.ok(open > 3);
  const [one, two] = await Promise.all([
    tellOrdersBegun(world.system, { size: 2 }),
    tellOrdersBegun(world.system, { size: 2 }),
  ]);
  assert.equal(one + two, open - 1);
  assert.deepEqual(await own(), []);
  world.clock.set(new Date('2026-11-26T06:00:00Z'));
  assert.equal(await tellOrdersBegun(world.system), 1);
  assert.match((await own()).join(), /“साइबर का वर्ष” अब आप पर लागू है; अंतिम तिथि 31 मार्च 2027/);
  assert.equal(await tellOrdersBegun(world.system), 0);
});

test('of an order that begins later, and of one that began long ago, nothing is told', async () => {
  await publish('N/2', { window: { from: '2027-01-01', to: '2027-03-31' } });
  await publish('N/3');
  await sql`update mandate set published_at = '2026-04-01T06:00:00Z' where number = 'N/3'`.execute(db.read);
  assert.equal(await tellOrdersBegun(world.system), 0);
  world.clock.set(new Date('2027-01-01T02:35:00Z'));
  assert.ok((await tellOrdersBegun(world.system)) > 3);
  assert.equal((await own()).length, 2);
});

test('all that waits stands on a page of its own, what has a last day before what only tells', async () => {
  const day = (text: string) => new Date(`${text}T06:00:00Z`);
  addHomeNotice('test', async () => [
    { key: 'told', text: 'केवल सूचना', href: '/', madeAt: day('2027-01-02') },
    { key: 'later', text: 'बाद की तिथि', href: '/', madeAt: day('2026-12-01'), until: '2027-03-01' },
    { key: 'sooner', text: 'पहले की तिथि', href: '/', madeAt: day('2026-11-01'), until: '2027-02-01' },
  ]);
  const app = await world.app();
  const { headers } = await signedIn(world, 'sunita');
  const page = await app.inject({ url: '/notices', headers });
  assert.equal(page.statusCode, 200);
  const places = ['पहले की तिथि', 'बाद की तिथि', 'केवल सूचना', 'अब आप पर लागू है'].map((text) =>
    page.body.indexOf(text),
  );
  assert.deepEqual(
    places.toSorted((a, b) => a - b),
    places,
  );
  assert.ok((places[0] ?? -1) > 0);
  assert.equal((await app.inject({ url: '/notices' })).statusCode, 401);
});

test('of an order whose window is over is told when it is new, and never again', async () => {
  const lastYear = { window: { from: '2025-04-01', to: '2026-03-31' } };
  await publish('N/4', lastYear);
  assert.ok((await tellOrdersBegun(world.system)) > 3);
  const days = { asOf: '2027-01-01', since: '2026-12-02' };
  const begun = async () => (await ordersBeginning(world.system, days)).map(({ number }) => number);
  assert.ok((await begun()).includes('N/4'));
  await sql`update mandate set published_at = '2026-04-01T06:00:00Z' where number = 'N/4'`.execute(db.read);
  assert.ok(!(await begun()).includes('N/4'));
});
