import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import type { Ctx } from '../kernel/context.ts';
import { draftMandate } from './draft-mandate.ts';
import { commitMandate } from './import-mandate.ts';
import { mandateFigures } from './mandate-summary.ts';
import { maskedByOrder } from './masking.ts';
import { publishDraft, publishMandate } from './publish-mandate.ts';
import { readOrder, readOrderText } from './rules/order-file.ts';
import { standingOfPerson } from './standing.ts';
import { orderByNumber } from './stores/orders.ts';

const world = await openWorld();
after(() => world.close());

/** The nodal officer of the whole state, whom the cast does not have. */
function ofTheState(): Ctx {
  const ctx = world.as('anita');
  if (ctx.actor.kind !== 'person') throw new Error('no person');
  return { ...ctx, actor: { ...ctx.actor, grants: [{ role: 'nodal', scopeId: world.officeId('UP') }] } };
}

function order(number: string, offices: string[], more: Record<string, unknown> = {}) {
  return readOrder({
    order: { number, date: '2026-04-01', issuer: 'समाज कल्याण विभाग' },
    title: { hi: 'एक कोर्स' },
    scope: { offices },
    window: { from: '2026-04-01', to: '2027-03-31' },
    condition: { courses: { atLeast: 1 } },
    ...more,
  });
}

function citing(number: string, what: Record<string, unknown>) {
  const head = { number, date: '2026-05-01', issuer: 'समाज कल्याण विभाग' };
  return readOrder({ order: head, title: { hi: 'आदेश' }, ...what });
}

test('a draft belongs to who entered it: its number is taken for every other office', async () => {
  await draftMandate(world.as('anita'), order('D/1', ['SW']));
  await assert.rejects(draftMandate(world.as('cmo'), order('D/1', ['HF-BBK'])), { reason: 'number_taken' });
  await assert.rejects(draftMandate(world.as('ramesh'), order('D/1', ['SW-BBK'])), {
    reason: 'number_taken',
  });
  await assert.rejects(publishMandate(world.as('cmo'), 'D/1'), { code: 'not_found' });
  const again = await draftMandate(world.as('anita'), order('D/1', ['SW'], { graceDays: 3 }));
  assert.equal(again.outcome, 'changed');
});

test('nobody puts in force another draft than the one that he read', async () => {
  const anita = world.as('anita');
  const { order: read } = await draftMandate(anita, order('D/1b', ['SW']));
  await draftMandate(anita, order('D/1b', ['SW'], { graceDays: 3 }));
  const stale = { reason: 'changed_meanwhile' };
  await assert.rejects(publishMandate(anita, 'D/1b', { digest: read.digest }), stale);
  await assert.rejects(
    anita.db.longTransaction((tx) => publishDraft(tx, anita, { draft: read })),
    stale,
  );
  const now = await orderByNumber(world.runtime.db.read, 'D/1b');
  await publishMandate(anita, 'D/1b', { digest: now?.digest });
});

test('a file that says a key twice is refused, by the command line and over the wire', async () => {
  const text = JSON.stringify({
    order: { number: 'D/9', date: '2026-04-01', issuer: 'X' },
    title: { en: 'X' },
  });
  const twice = text.replace('"number":"D/9"', '"number":"D/9","date":"2026-04-02","numb\\u0065r":"D/10"');
  assert.throws(
    () => readOrderText(twice),
    (error: Error) => /two|twice/.test(error.message),
  );
  const { headers } = await signedIn(world, 'anita');
  const app = await world.app();
  const sent = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: twice,
  } as const;
  const answer = await app.inject({ ...sent, url: '/api/v1/mandates' });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /said_twice/);
});

test('who acts on an order answers for every office of its scope, not only for the first', async () => {
  await draftMandate(world.as('anita'), order('D/2', ['SW-BBK', 'SW-JHS']));
  await assert.rejects(publishMandate(world.as('ramesh'), 'D/2'), { code: 'not_found' });
  await publishMandate(world.as('anita'), 'D/2');
  const citings = [
    { withdraws: { number: 'D/2', effectiveOn: '2026-06-01' } },
    { extends: { number: 'D/2', until: '2027-06-30' } },
  ];
  for (const [at, what] of citings.entries())
    await assert.rejects(draftMandate(world.as('ramesh'), citing(`D/2-${at}`, what)), {
      reason: 'unknown_order',
    });
  const found = await orderByNumber(world.runtime.db.read, 'D/2');
  const { headers } = await signedIn(world, 'ramesh');
  const app = await world.app();
  for (const page of ['extension', 'withdrawal']) {
    const answer = await app.inject({ url: `/office/orders/${found?.mandateId}/${page}`, headers });
    assert.equal(answer.statusCode, 404, page);
  }
});

test('an order that the state entered for one district is not withdrawn by the district', async () => {
  await commitMandate(ofTheState(), order('D/3', ['SW-BBK']));
  const withdrawal = citing('D/3-W', { withdraws: { number: 'D/3' } });
  await assert.rejects(draftMandate(world.as('ramesh'), withdrawal), { reason: 'unknown_order' });
  assert.equal((await draftMandate(ofTheState(), withdrawal)).outcome, 'added');
});

test('an order that the command line entered is moved by whoever answers for its offices', async () => {
  await commitMandate(world.system, order('D/4', ['SW-BBK']));
  const withdrawal = citing('D/4-W', { withdraws: { number: 'D/4' } });
  assert.equal((await draftMandate(world.as('ramesh'), withdrawal)).outcome, 'added');
});

test('what cites a draft that was written again meanwhile is asked once more when it is put in force', async () => {
  const anita = world.as('anita');
  const enter = (number: string, more: Record<string, unknown> = {}) =>
    draftMandate(anita, order(number, ['SW'], more));
  const publish = (number: string) => publishMandate(anita, number);
  for (const number of ['L/0', 'L/x']) await enter(number).then(() => publish(number));
  await enter('L/1', { amends: { number: 'L/0', effectiveOn: '2026-04-15' } });
  await enter('L/2', { amends: { number: 'L/1', effectiveOn: '2026-05-01' } });
  await draftMandate(anita, citing('L/3', { extends: { number: 'L/1', until: '2027-06-30' } }));
  const { order: l2 } = await enter('L/2', { amends: { number: 'L/1', effectiveOn: '2026-05-01' } });
  assert.equal(l2.lineage.length, 3);
  await enter('L/1', {
    amends: { number: 'L/x', effectiveOn: '2026-06-01' },
    window: { from: '2026-04-01', to: '2027-12-31' },
  });
  await publish('L/1');
  await assert.rejects(publish('L/2'), { code: 'invalid' });
  await assert.rejects(publish('L/3'), { code: 'invalid' });
  const { headers } = await signedIn(world, 'anita');
  const page = await (await world.app()).inject({ url: `/office/orders/${l2.mandateId}`, headers });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /1 जून 2026 से लागू है/);
  await enter('L/2', { amends: { number: 'L/1', effectiveOn: '2026-06-01' } });
  const lx = await orderByNumber(world.runtime.db.read, 'L/x');
  const l1 = await orderByNumber(world.runtime.db.read, 'L/1');
  assert.deepEqual((await publish('L/2')).lineage, [l2.mandateId, l1?.mandateId, lx?.mandateId]);
});

test('an extension holds on under an amendment that leaves the last day, until one names another', async () => {
  const anita = world.as('anita');
  const publish = async (number: string, more: Record<string, unknown>) => {
    await draftMandate(anita, 'extends' in more ? citing(number, more) : order(number, ['SW'], more));
    return publishMandate(anita, number);
  };
  const window = { from: '2026-04-01', to: '2026-09-30' };
  await publish('Z/1', { window });
  await publish('Z/e', { extends: { number: 'Z/1', until: '2027-01-31' } });
  const amended = await publish('Z/2', { window, graceDays: 3, amends: { number: 'Z/1' } });
  assert.equal(amended.extendedUntil, '2027-01-31');
  const standing = (await standingOfPerson(anita, world.personId('sunita'))).find(
    (one) => one.mandate.number === 'Z/2',
  );
  assert.equal(standing?.dueOn, '2027-01-31');
  const other = { ...window, to: '2026-12-31' };
  assert.equal((await publish('Z/3', { window: other, amends: { number: 'Z/2' } })).extendedUntil, null);
  assert.equal((await publish('Z/4', { window, amends: { number: 'Z/3' } })).extendedUntil, null);
});

test('a condition nested without end, and signs that are not writing, are faults of the file', async () => {
  let deep: Record<string, unknown> = { courses: { atLeast: 1 } };
  for (let level = 0; level < 50_000; level += 1) deep = { allOf: [deep] };
  const refused = (code: string) => (error: { fields?: { code: string }[] }) =>
    error.fields?.[0]?.code === code;
  assert.throws(() => order('B/1', ['SW'], { condition: deep }), refused('nested_too_deep'));
  for (const hi of ['\ud800', 'क\rATTACH:x', 'क\u202Eख', 'क\nख'])
    assert.throws(() => order('B/1', ['SW'], { title: { hi } }), refused('odd_signs'), JSON.stringify(hi));
  assert.throws(() => order('B/1\r\nX', ['SW']), refused('odd_signs'));
  order('B/1', ['SW'], { doubts: { hi: 'पहली पंक्ति\nदूसरी' } });
});

test('numbers that look the same are the same order, however they are written', async () => {
  const anita = world.as('anita');
  const [composed, apart] = ['\u0958', '\u0915\u093C'];
  const { added } = await commitMandate(anita, order(`${composed}/1 2026`, ['SW']));
  assert.equal(added, 1);
  const alike = [`${apart}/1 2026`, `${apart}/1  2026`, `${composed}/1\u00A02026 `, `${apart}/\u200B1 2026`];
  for (const number of alike)
    assert.equal((await commitMandate(anita, order(number, ['SW']))).unchanged, 1, JSON.stringify(number));
  for (const number of alike) {
    const { bound } = await mandateFigures(anita, { number, office: 'SW' });
    assert.ok(bound > 0, JSON.stringify(number));
  }
});

test('names in a file of any office’s code end no header', async () => {
  const db = world.runtime.db;
  await sql`update office set code = ${'कार्या-1"'} where code = 'SW-JHS'`.execute(db.read);
  await commitMandate(world.as('anita'), order('B/2', ['SW']));
  const found = await orderByNumber(db.read, 'B/2');
  const { headers } = await signedIn(world, 'anita');
  const app = await world.app();
  const url = `/office/orders/${found?.mandateId}/persons.csv?office=${encodeURIComponent('कार्या-1"')}`;
  const answer = await app.inject({ url, headers });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.match(
    String(answer.headers['content-disposition']),
    /^attachment; filename="B-2_[_1-]+2026-11-22.csv"; /,
  );
});

const office = (officeId: string, figures: Record<string, number>) => ({
  officeId,
  parentId: officeId === 'P' ? null : 'P',
  isExact: false,
  masks: new Set([]),
  figures: { bound: 0, met: 0, metLate: 0, open: 0, overdue: 0, exempt: 0, ...figures },
});

test('a small count is not had by subtracting: an office with nobody hides nobody', () => {
  const all = [
    office('P', { bound: 90, met: 60, overdue: 30 }),
    office('A', { bound: 23, met: 20, overdue: 3 }),
    office('B', {}),
    office('C', { bound: 67, met: 40, overdue: 27 }),
  ];
  assert.deepEqual([...maskedByOrder(all)].toSorted(), ['A', 'C']);
  const alone = [
    office('P', { bound: 23, met: 20, overdue: 3 }),
    office('A', { bound: 23, met: 20, overdue: 3 }),
  ];
  assert.deepEqual([...maskedByOrder(alone)].toSorted(), ['A', 'P']);
  const besideOwn = [
    office('P', { bound: 43, met: 36, overdue: 7 }),
    { ...office('O', { bound: 20, met: 16, overdue: 4 }), isExact: true },
    office('A', { bound: 19, met: 16, overdue: 3 }),
    office('B', {}),
  ];
  assert.deepEqual([...maskedByOrder(besideOwn)].toSorted(), ['A', 'P']);
});

test('an order hides what the summaries hide, and orders that bind the same hide the same', () => {
  const first = [
    office('P', { bound: 113, met: 53, open: 60 }),
    office('A', { bound: 3, met: 3 }),
    office('B', { bound: 50, met: 50 }),
    office('C', { bound: 60, open: 60 }),
  ];
  const second = first.map((one) => ({
    ...one,
    figures: { ...one.figures, met: one.figures.open, open: one.figures.met },
  }));
  assert.deepEqual([...maskedByOrder(first)].toSorted(), ['A', 'B']);
  const hidden = maskedByOrder(second);
  assert.ok(hidden.has('A') && hidden.has('B'));
  const bySummary = first.map((one) => ({
    ...one,
    masks: new Set(one.officeId === 'A' || one.officeId === 'C' ? (['registered'] as const) : []),
  }));
  assert.deepEqual([...maskedByOrder(bySummary)].toSorted(), ['A', 'C']);
});
