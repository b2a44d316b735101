import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { newId } from '../kernel/ids.ts';
import { requireTopics } from './claims/make-claim.ts';
import { topicsToChoose } from './claims/store.ts';
import { prepareDraft } from './draft-mandate.ts';
import { commitMandate } from './import-mandate.ts';
import { mandateFigures, mandateSummary } from './mandate-summary.ts';
import { previewMandate } from './preview-mandate.ts';
import { reconcileMandates } from './reconcile-mandates.ts';
import { readOrder } from './rules/order-file.ts';
import { orderByNumber } from './stores/orders.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const { headers, csrf } = await signedIn(world, 'anita');

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

test('an order is looked at by an office’s code or name; what names none comes back in the filter', async () => {
  const id = await idOf('AHEAD/1');
  const get = (office: string) =>
    app.inject({ url: `/office/orders/${id}?asOf=2026-10-01&office=${encodeURIComponent(office)}`, headers });
  const wrong = await get('ZZZ');
  assert.equal(wrong.statusCode, 404);
  assert.match(wrong.body, /class="error-summary"[\s\S]*href="#office"/);
  assert.match(wrong.body, /value="ZZZ"/);
  assert.match(wrong.body, /name="asOf" value="2026-10-01"/);
  const named = await get('झाँसी');
  assert.equal(named.statusCode, 200);
  assert.match(named.body, /value="SW-JHS"/);
});

test('who sees masked counts is not told of days to come, which would tell of one person', async () => {
  const told = await mandateSummary(world.as('sunita'), {
    ...{ number: 'AHEAD/1', office: 'SW', asOf: '2027-04-01' },
  });
  assert.equal(told.asOf, '2026-11-22');
});

const extended = async (number: string) => (await orderByNumber(world.system.db.read, number))?.extendedUntil;
const refusal = (reason: string) => (error: { details?: { reason?: string }; reason?: string }) =>
  (error.details?.reason ?? error.reason) === reason;

test('a mistaken extension is taken back, or given an earlier day, by an order that cites it', async () => {
  await put('EX/1', upTo('2026-10-31'));
  const bound = (await mandateFigures(world.system, { number: 'EX/1', office: 'SW' })).bound;
  await put('EX/2', { extends: { number: 'EX/1', until: '2036-12-31' } });
  assert.equal(await extended('EX/1'), '2036-12-31');
  await put('EX/3', { extends: { number: 'EX/2', until: '2026-12-31' } });
  assert.equal(await extended('EX/1'), '2026-12-31');
  await assert.rejects(put('EX/4', { withdraws: { number: 'EX/2' } }), refusal('cited_not_in_force'));
  await put('EX/5', { withdraws: { number: 'EX/3' } });
  assert.equal(await extended('EX/1'), null);
  const figures = await mandateFigures(world.system, { number: 'EX/1', office: 'SW' });
  assert.deepEqual([figures.open, figures.overdue], [0, bound]);
  assert.deepEqual(await reconcileMandates(world.system), []);
});

test('an amendment that kept the day of a mistaken extension loses it with the extension, and keeps the others', async () => {
  await put('KX/1', upTo('2026-10-31'));
  await put('KX/2', { extends: { number: 'KX/1', until: '2026-11-30' } });
  await put('KX/3', { extends: { number: 'KX/1', until: '2036-12-31' } });
  await put('KX/4', { ...upTo('2026-10-31'), amends: { number: 'KX/1', effectiveOn: '2026-10-21' } });
  assert.equal(await extended('KX/4'), '2036-12-31');
  await put('KX/5', { withdraws: { number: 'KX/3' } });
  assert.equal(await extended('KX/4'), '2026-11-30');
  // What takes an extension back gives no time of its own; the one that holds on is taken back itself.
  await assert.rejects(put('KX/6', { withdraws: { number: 'KX/5' } }), refusal('cited_not_in_force'));
  await put('KX/6', { withdraws: { number: 'KX/2' } });
  assert.equal(await extended('KX/4'), null);
});

test('what took the day of a kept extension is taken back: the others that were kept hold on', async () => {
  await put('TX/1', upTo('2026-10-31'));
  await put('TX/2', { extends: { number: 'TX/1', until: '2026-11-30' } });
  await put('TX/3', { extends: { number: 'TX/1', until: '2036-12-31' } });
  // A window that begins on another day ends on the same.
  const window = { from: '2026-05-01', to: '2026-10-31' };
  await put('TX/4', { ...upTo('2026-10-31'), window, amends: { number: 'TX/1', effectiveOn: '2026-10-21' } });
  await put('TX/5', { extends: { number: 'TX/3', until: '2027-01-31' } });
  assert.equal(await extended('TX/4'), '2027-01-31');
  await put('TX/6', { ...upTo('2026-10-31'), amends: { number: 'TX/4', effectiveOn: '2026-11-01' } });
  assert.equal(await extended('TX/6'), '2027-01-31');
  await put('TX/7', { withdraws: { number: 'TX/5' } });
  assert.equal(await extended('TX/6'), '2026-11-30');
  assert.deepEqual(await reconcileMandates(world.system), []);
  const { id } = await put('TX/6', {
    ...upTo('2026-10-31'),
    amends: { number: 'TX/4', effectiveOn: '2026-11-01' },
  });
  const history = await app.inject({ url: `/office/orders/${id}/history`, headers });
  assert.match(history.body, /30 नवंबर 2026/);
  await put('TX/8', { withdraws: { number: 'TX/2' } });
  assert.equal(await extended('TX/6'), null);
});

test('an amendment names the order whose place it takes, to officer and learner; the old one leads to it at the top', async () => {
  const [old, amendment] = [await idOf('KX/1'), await idOf('KX/4')];
  const get = async (url: string, as = headers) => (await app.inject({ url, headers: as })).body;
  const now = await get(`/office/orders/${amendment}`);
  assert.match(now, new RegExp(`href="/office/orders/${old}"[^>]*>[^<]*KX/1[^<]*के स्थान पर`));
  const before = await get(`/office/orders/${amendment}?asOf=2026-10-01`);
  assert.match(before, /1 अक्टूबर 2026 को यह आदेश लागू नहीं था/);
  assert.ok(before.includes(`/office/orders/${old}?asOf=2026-10-01`));
  const ended = await get(`/office/orders/${old}`);
  assert.match(ended, new RegExp(`लागू नहीं है.*20 अक्टूबर 2026 तक लागू रहा.*/office/orders/${amendment}`, 's'));
  assert.ok(!ended.includes('status=open'), 'nobody is left whose names could be followed up');
  assert.ok((await get(`/office/orders/${amendment}/history`)).includes(`/office/orders/${old}`));
  const { headers: sunita } = await signedIn(world, 'sunita');
  assert.match(await get(`/orders/${amendment}`, sunita), new RegExp(`/orders/${old}"[^>]*>[^<]*KX/1`));
});

async function idOf(number: string): Promise<string> {
  return (await orderByNumber(world.system.db.read, number))?.mandateId ?? '';
}

test('the page of an extension leads to taking it back, and an amendment cannot take its place', async () => {
  await put('PX/1', upTo('2026-12-31'));
  const { id } = await put('PX/2', { extends: { number: 'PX/1', until: '2037-03-31' } });
  const page = await app.inject({ url: `/office/orders/${id}`, headers });
  assert.ok(page.body.includes(`/office/orders/${id}/withdrawal`));
  const list = await app.inject({ url: '/office/orders', headers });
  assert.match(list.body, /31 मार्च 2037/, 'the list tells the day that an extension gives');
  const form = await app.inject({ url: `/office/orders/${id}/withdrawal`, headers });
  assert.equal(form.statusCode, 200);
  assert.doesNotMatch(form.body, /name="day"/, 'no day of effect is asked');
  const written = await app.inject({
    ...{ method: 'POST', url: `/office/orders/${id}/withdrawal` },
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      ...{ _csrf: csrf, number: 'PX/5', orderDate: '2026-11-20', issuer: 'शासन', titleHi: 'वापसी' },
    }).toString(),
  });
  assert.equal(written.statusCode, 303, written.body);
  const draft = await app.inject({ url: String(written.headers.location), headers });
  assert.match(draft.body, /समय-विस्तार PX\/2 वापस लिया जाता है/);
  await assert.rejects(put('PX/3', { ...upTo('2026-12-31'), amends: { number: 'PX/2' } }));
  await put('PX/4', { withdraws: { number: 'PX/2' } });
  const after = await app.inject({ url: `/office/orders/${id}`, headers });
  assert.match(after.body, /स्थान बाद का आदेश ले चुका है/);
});

test('an extension is taken back by nobody who may not move its order, and the trail names the extension', async () => {
  await put('RX/1', upTo('2026-12-31'));
  const { id } = await put('RX/2', { extends: { number: 'RX/1', until: '2037-03-31' } });
  const url = `/office/orders/${id}/withdrawal`;
  for (const [who, status] of [
    ['cmo', 404],
    ['ramesh', 404],
    ['sunita', 403],
  ] as const) {
    const { headers: theirs, csrf: _csrf } = await signedIn(world, who);
    const sent = { _csrf, number: 'RX/3', orderDate: '2026-11-20', issuer: 'शासन', titleHi: 'वापसी' };
    const written = await app.inject({
      ...{ method: 'POST', url, payload: new URLSearchParams(sent).toString() },
      headers: { ...theirs, 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(written.statusCode, status, who);
    assert.equal((await app.inject({ url, headers: theirs })).statusCode, status, who);
  }
  assert.equal((await app.inject({ url })).statusCode, 401);
  const file = readOrder({
    ...{ order: { number: 'RX/3', date: '2026-11-20', issuer: 'शासन' }, title: { hi: 'वापसी' } },
    withdraws: { number: 'RX/2' },
  });
  await assert.rejects(commitMandate(world.as('cmo'), file), refusal('unknown_order'));
  assert.equal(await extended('RX/1'), '2037-03-31');
  const taken = await commitMandate(world.as('anita'), file);
  const trail = await sql<{ detail: unknown }>`select detail from audit_event
    where action = 'mandate.published' and subject_id = ${taken.id}`.execute(world.system.db.read);
  assert.deepEqual(
    trail.rows.map(({ detail }) => detail),
    [{ number: 'RX/3', kind: 'extension', cites: 'RX/1', takesBack: 'RX/2' }],
  );
});

test('the look before publication counts the posting that binds, not a newer one', async () => {
  const personId = world.personId('pushpa');
  await sql`update posting set engagement = 'contract', service_group = 'C', ends_on = '2026-10-31'
    where person_id = ${personId}`.execute(world.system.db.read);
  await sql`insert into posting (person_id, posting_id, office_id, engagement, service_group, starts_on, kind, is_primary)
    select person_id, ${newId()}, office_id, 'permanent', 'A', '2026-11-01', kind, true from posting
    where person_id = ${personId}`.execute(world.system.db.read);
  const file = { ...upTo('2026-10-31'), scope: { offices: ['UP'], engagements: ['contract'] } };
  const { bound, byEngagement, byGroup } = await looked('LOOK/1', file);
  const keys = (parts: { key: string | null; bound: number }[]) => parts.map((one) => [one.key, one.bound]);
  assert.deepEqual(keys(byEngagement), [['contract', bound]]);
  assert.ok(!byGroup.some(({ key }) => key === 'A'));
});

async function looked(number: string, more: object) {
  const file = readOrder({
    order: { number, date: '2026-04-01', issuer: 'शासन' },
    title: { hi: 'आदेश' },
    ...more,
  });
  return previewMandate(world.system, await prepareDraft(world.system, file));
}

test('a topic that an order asks for can be chosen, however many others stand before it in the alphabet', async () => {
  const db = world.system.db.read;
  await sql`insert into course (course_id, code, title_hi, state, tags)
    select gen_random_uuid(), 'T' || n, 'क', 'published', array['t' || n] from generate_series(1000, 1205) n`.execute(
    db,
  );
  await put('YOGA/1', { ...upTo('2027-03-31'), condition: { courses: { atLeast: 1, tag: 'yoga' } } });
  assert.deepEqual(await requireTopics(world.as('sunita'), ['yoga', 't1205']), ['yoga', 't1205']);
  assert.ok((await topicsToChoose(db)).includes('yoga'));
  await assert.rejects(requireTopics(world.as('sunita'), ['t9']), { code: 'invalid' });
});
