import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { observeFacts } from '../../kernel/facts.ts';
import { makeToken } from '../../people/index.ts';
import { exemptionsInScope, exemptionsOfPerson, ownExemptions } from '../exemptions/exemptions.ts';
import { grantExemption, takeBackExemption } from '../exemptions/grant-exemption.ts';
import { settleMandates } from '../settle.ts';
import { standingOfPerson } from '../standing.ts';
import { endServiceEvent, takeBackServiceEvent } from './end-service-event.ts';
import { recordServiceEvent } from './record-service-event.ts';
import { ownServiceEvents, serviceEventsOf } from './service-events.ts';
import { factsOf, publishedOrder } from './test-orders.ts';

const world = await openWorld();
after(() => world.close());
const sunita = world.personId('sunita');
const imran = world.personId('imran');
const order = '1/2026/सेवा';
await publishedOrder(world, order);

const touched: string[] = [];
observeFacts({
  before: async () => undefined,
  after: async (_tx, scope) => {
    if ('ids' in scope) touched.push(...scope.ids);
  },
});

const refusal = (reason: string) => (error: unknown) => (error as { reason?: string }).reason === reason;

test('leave recorded without an end is ended later; what was known before is kept', async () => {
  const ramesh = world.as('ramesh');
  const leave = { kind: 'long_leave', startsOn: '2026-06-01', reason: 'पिता का उपचार' } as const;
  const { id } = await recordServiceEvent(ramesh, sunita, leave);
  assert.ok(touched.includes(sunita));
  const again = recordServiceEvent(ramesh, sunita, {
    ...leave,
    startsOn: '2026-07-01',
    endsOn: '2026-07-10',
  });
  await assert.rejects(again, refusal('service_overlaps'));
  await assert.rejects(
    endServiceEvent(ramesh, { personId: sunita, serviceEventId: id }, { endsOn: '2026-05-01' }),
  );
  world.clock.set(new Date('2026-11-22T07:00:00Z'));
  const ended = await endServiceEvent(
    ramesh,
    { personId: sunita, serviceEventId: id },
    { endsOn: '2026-07-31' },
  );
  const rows = await factsOf(world, sunita, 'service_event');
  assert.deepEqual(
    rows.map((row) => [row['starts_on'], row['ends_on'], row['voided_at'] !== null]),
    [
      ['2026-06-01', null, true],
      ['2026-06-01', '2026-07-31', false],
    ],
  );
  await takeBackServiceEvent(ramesh, { personId: sunita, serviceEventId: ended.id }, { reason: 'भूल से दर्ज' });
  assert.deepEqual(await serviceEventsOf(ramesh, sunita), []);
  await assert.rejects(
    endServiceEvent(ramesh, { personId: sunita, serviceEventId: ended.id }, { endsOn: '2026-08-01' }),
    refusal('not_found'),
  );
});

test('whose last day is moved by leave, forwards or back, is told, reads why, and sees what was taken back', async () => {
  const ramesh = world.as('ramesh');
  const told = async () => {
    const found = await sql<{
      kind: string;
      day: string | null;
    }>`select kind, detail ->> 'day' as day from person_notice
      where person_id = ${imran} and kind like 'due_%' order by made_at`.execute(world.runtime.db.read);
    return found.rows.map((row) => [row.kind, row.day]);
  };
  const leave = {
    kind: 'long_leave',
    startsOn: '2026-05-01',
    endsOn: '2026-06-15',
    reason: 'उपचार',
  } as const;
  const { id } = await recordServiceEvent(ramesh, imran, leave);
  await settleMandates(world.system);
  const [own] = await standingOfPerson(world.as('imran'), imran);
  assert.deepEqual([own?.dueOn, own?.dueReasons], ['2027-05-16', [{ kind: 'leave', days: 46 }]]);
  const page = await (await world.app()).inject({
    url: '/orders',
    headers: (await signedIn(world, 'imran')).headers,
  });
  assert.match(page.body, /अवकाश के 46 दिन जुड़े/);
  world.clock.set(new Date('2026-11-22T08:00:00Z'));
  await takeBackServiceEvent(ramesh, { personId: imran, serviceEventId: id }, { reason: 'भूल से दर्ज' });
  await settleMandates(world.system);
  assert.deepEqual(await told(), [
    ['due_moved', '2027-05-16'],
    ['due_moved', '2027-03-31'],
  ]);
  const service = await (await world.app()).inject({
    url: '/my-service',
    headers: (await signedIn(world, 'imran')).headers,
  });
  assert.match(service.body, /<s>[^<]*<\/s>.*भूल से दर्ज/s);
});

test('a reason is read by who recorded it and by the person, not by the officer above', async () => {
  await recordServiceEvent(world.as('ramesh'), imran, {
    kind: 'suspension',
    startsOn: '2026-10-01',
    reason: 'जाँच लंबित',
  });
  const seenBy = async (ctx: ReturnType<typeof world.as>) => (await serviceEventsOf(ctx, imran))[0]?.reason;
  assert.equal(await seenBy(world.as('ramesh')), 'जाँच लंबित');
  assert.equal(await seenBy(world.as('anita')), null);
  assert.equal((await ownServiceEvents(world.as('imran')))[0]?.reason, 'जाँच लंबित');
  for (const key of ['auditor', 'chief', 'secretary', 'pushpa', 'cmo'])
    await assert.rejects(serviceEventsOf(world.as(key), imran));
});

test('nobody records or exempts himself, and no officer of another office', async () => {
  const leave = { kind: 'long_leave', startsOn: '2026-06-01' } as const;
  const ramesh = world.personId('ramesh');
  await assert.rejects(recordServiceEvent(world.as('ramesh'), ramesh, leave), refusal('own_matter'));
  await assert.rejects(recordServiceEvent(world.as('cmo'), sunita, leave), refusal('not_found'));
  await assert.rejects(recordServiceEvent(world.as('sunita'), imran, leave), refusal('forbidden'));
  const exemption = {
    mandate: order,
    reasonClass: 'medical',
    orderNumber: 'छूट/1',
    startsOn: '2026-06-01',
  } as const;
  await assert.rejects(grantExemption(world.as('ramesh'), ramesh, exemption), refusal('own_matter'));
  // The officer above can.
  await grantExemption(world.as('anita'), ramesh, exemption);
  assert.equal((await ownExemptions(world.as('ramesh')))[0]?.approvedBy, world.personId('anita'));
});

test('an exemption needs an order that covers the person, does not overlap, and runs out by itself', async () => {
  const ramesh = world.as('ramesh');
  const base = { reasonClass: 'maternity', orderNumber: 'छूट/2', reason: 'निजी कारण' } as const;
  const unknown = { ...base, mandate: 'NONE', startsOn: '2026-06-01' };
  await assert.rejects(grantExemption(ramesh, sunita, unknown), refusal('invalid'));
  const first = { ...base, mandate: order, startsOn: '2026-06-01', endsOn: '2026-11-30' };
  const { id } = await grantExemption(ramesh, sunita, first);
  await assert.rejects(
    grantExemption(ramesh, sunita, { ...first, startsOn: '2026-11-30', endsOn: '2026-12-31' }),
    refusal('exemption_overlaps'),
  );
  const [row] = await exemptionsOfPerson(world.as('anita'), sunita);
  assert.deepEqual([row?.reasonClass, row?.reason], ['maternity', null]);
  const running = async () => (await exemptionsInScope(ramesh)).map((one) => one.personId);
  assert.ok((await running()).includes(sunita));
  world.clock.set(new Date('2026-12-01T06:00:00Z'));
  assert.ok(!(await running()).includes(sunita));
  world.clock.set(new Date('2026-11-22T06:00:00Z'));
  await takeBackExemption(ramesh, { personId: sunita, exemptionId: id }, { reason: 'आवेदन वापस' });
  assert.deepEqual(await exemptionsOfPerson(ramesh, sunita), []);
});

test('the pages and the API record, show and refuse alike', async () => {
  const app = await world.app();
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const base = `/office/persons/${sunita}`;
  const empty = await app.inject({ url: `${base}/service`, headers });
  assert.match(empty.body, /कोई प्रविष्टि नहीं/);
  const form = (payload: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `${base}/service/new`,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: csrf, ...payload }).toString(),
    });
  const wrong = await form({
    kind: 'long_leave',
    startsOn: '10-08-2026',
    endsOn: '01-08-2026',
    reason: 'अवकाश स्वीकृत',
  });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /पहले दिन से पहले/);
  assert.match(wrong.body, /अवकाश स्वीकृत/);
  assert.equal(
    (await form({ kind: 'long_leave', startsOn: '10-08-2026', endsOn: '20-10-2026' })).statusCode,
    303,
  );
  const listed = await app.inject({ url: `/api/v1/persons/${sunita}/service-events`, headers });
  const [item] = listed.json<{ items: { id: string; endsOn: string }[] }>().items;
  assert.equal(item?.endsOn, '2026-10-20');
  const token = await makeToken(world.system, { officeCode: 'SW', role: 'nodal' });
  const bearer = { authorization: `Bearer ${token}` };
  const made = await app.inject({
    ...{ method: 'POST', url: `/api/v1/persons/${sunita}/exemptions`, headers: bearer },
    payload: { mandate: order, reasonClass: 'other', orderNumber: '7', startsOn: '2026-06-01' },
  });
  // No person stands behind the token, and an exemption has an approver by name.
  assert.equal(made.statusCode, 403);
  const byToken = await app.inject({
    ...{ method: 'POST', url: `/api/v1/persons/${sunita}/service-events/${item?.id}/end`, headers: bearer },
    payload: { endsOn: '2026-10-25' },
  });
  assert.equal(byToken.statusCode, 200);
  assert.equal((await app.inject({ url: `/api/v1/persons/${sunita}/service-events` })).statusCode, 401);
  const own = await app.inject({ url: '/my-service', headers: (await signedIn(world, 'sunita')).headers });
  assert.match(own.body, /25 अक्टू/);
});

test('an exemption without a last day is asked about before it is granted; a reason may be one word', async () => {
  const app = await world.app();
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const send = (more: Record<string, string>) =>
    app.inject({
      ...{ method: 'POST', url: `/office/persons/${imran}/exemptions/new` },
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        ...{ _csrf: csrf, mandate: order, reasonClass: 'other', orderNumber: 'छूट/9', startsOn: '01-06-2026' },
        ...{ reason: 'निजी', ...more },
      }).toString(),
    });
  const held = async () => (await exemptionsOfPerson(world.as('ramesh'), imran)).map((one) => one.endsOn);
  const asked = await send({});
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /कोई अंतिम दिन नहीं लिखा गया[\s\S]*name="sure" value="yes"/);
  // As an order was kept before numbers were made plain.
  const { read } = world.runtime.db;
  await sql`update mandate set number = ${`${order}\u00A0`} where number = ${order}`.execute(read);
  assert.equal((await send({})).statusCode, 200);
  await sql`update mandate set number = ${order} where number = ${`${order}\u00A0`}`.execute(read);
  assert.deepEqual(await held(), []);
  assert.equal((await send({ endsOn: '30-06-2026' })).statusCode, 303);
  assert.equal((await send({ startsOn: '01-07-2026', sure: 'yes' })).statusCode, 303);
  assert.deepEqual((await held()).toSorted(), ['2026-06-30', null]);
  const rows = await exemptionsOfPerson(world.as('ramesh'), imran);
  for (const { exemptionId } of rows)
    await takeBackExemption(world.as('ramesh'), { personId: imran, exemptionId }, { reason: 'परीक्षण' });
});

test('a death is asked about with what follows, names its document, is told on the person’s page, and can be taken back', async () => {
  const app = await world.app();
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const base = `/office/persons/${imran}`;
  const send = (payload: Record<string, string>) =>
    app.inject({
      ...{ method: 'POST', url: `${base}/service/new` },
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        _csrf: csrf,
        kind: 'death',
        startsOn: '20-11-2026',
        ...payload,
      }).toString(),
    });
  const posting = async () =>
    (
      await sql<{
        ends: string | null;
        why: string | null;
      }>`select ends_on as ends, end_reason as why from posting
        where person_id = ${imran} and voided_at is null`.execute(world.runtime.db.read)
    ).rows.map((row) => [row.ends, row.why]);
  const bare = await send({ sure: 'yes' });
  assert.equal(bare.statusCode, 422);
  assert.match(bare.body, /मृत्यु प्रमाणपत्र की संख्या लिखें/);
  const asked = await send({ orderNumber: 'मृ/7' });
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /पदोन्नति सूची में नहीं रहेंगे[\s\S]*name="sure" value="yes"/);
  const recorded = async () =>
    (await serviceEventsOf(world.as('ramesh'), imran)).find((one) => one.kind === 'death');
  assert.equal(await recorded(), undefined);
  assert.match(asked.body, /name="endPostings"[^>]*checked/);
  assert.deepEqual(await posting(), [[null, null]]);
  assert.equal((await send({ orderNumber: 'मृ/7', sure: 'yes', endPostings: 'yes' })).statusCode, 303);
  assert.deepEqual(await posting(), [['2026-11-20', 'died']]);
  const told = async () => (await app.inject({ url: base, headers })).body;
  assert.match(await told(), /निधन: 20 नवंबर 2026[\s\S]*मृ\/7/);
  const key = { personId: imran, serviceEventId: (await recorded())?.serviceEventId ?? '' };
  await takeBackServiceEvent(world.as('ramesh'), key, { reason: 'अन्य कार्मिक का था' });
  assert.doesNotMatch(await told(), /निधन: 20/);
});
