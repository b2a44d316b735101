import assert from 'node:assert/strict';
import { buffer, text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { keptExports } from '../../../test/kept-exports.ts';
import { runJobsOnce } from '../../../test/run-jobs.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import type { Ctx } from '../../kernel/context.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { commitMandate } from '../../mandates/import-mandate.ts';
import { settleMandates } from '../../mandates/index.ts';
import { readOrder } from '../../mandates/rules/order-file.ts';
import { refreshNameSearch } from '../../people/desk/refresh-name-search.ts';
import { grantRole } from '../../people/index.ts';
import { raiseObjection } from '../objections/raise-objection.ts';
import { statementsOfOffice } from '../statements/read-statement.ts';
import { askStatements, runStatements } from '../statements/run-job.ts';
import { byName, type PromotionState, promotionPortion, tallyOf } from '../stores/promotion.ts';
import { officerIn } from '../test-officer.ts';
import { exportPromotion } from './export-list.ts';
import { countsOfList, faceOfList, ownPromotion, promotionList, scopeOf } from './list.ts';
import { type PromotionRules, rulesShape, yearlyNeed } from './rule.ts';
import { endPromotionRule, savePromotionRule } from './save-rule.ts';
import { askTally } from './tally.ts';
import { reasonsOf } from './words.ts';

const world = await openWorld();
const officer = officerIn(world);
const db = world.runtime.db.read;
after(() => world.close());

async function complete(key: string, day: string, minutes: number): Promise<void> {
  const personId = world.personId(key);
  const courseId = newId();
  await sql`insert into course (course_id, code, title_hi, state) values (${courseId}, ${courseId}, 'कोर्स', 'published')`.execute(
    db,
  );
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${courseId}, ${day}, 'igot', ${minutes})`.execute(tx);
    }),
  );
}

function rule(rules: Partial<PromotionRules>, more: object = {}) {
  return {
    orderNumber: 'PR/1',
    orderDate: '2026-11-01',
    title: { hi: 'पदोन्नति का प्रशिक्षण' },
    officeCode: 'SW',
    rules: rulesShape.parse(rules),
    ...more,
  };
}

const hours = { lastYears: 2, inYears: 1, measure: 'hours', atLeast: 2 } as const;

const order = {
  order: { number: 'GO/P-1', date: '2026-04-01', issuer: 'शासन' },
  title: { hi: 'एक कोर्स' },
  scope: { offices: ['SW-BBK', 'SW-DIR'] },
  window: { from: '2026-04-01', to: '2026-10-31' },
  condition: { courses: { atLeast: 1 } },
};

async function pageOf(ctx: Ctx, officeCode = 'SW') {
  const face = await faceOfList(ctx, { officeCode });
  assert.ok(face.rule && face.office);
  return promotionList(ctx, { ...face, rule: face.rule, office: face.office }, { limit: 100 });
}

async function statesOf(
  ctx: Ctx,
  wish: { ruleId?: string; asOf?: string; officeCode?: string; state?: PromotionState },
) {
  const face = await faceOfList(ctx, { officeCode: 'SW', ...wish });
  assert.ok(face.rule && face.office);
  const page = await promotionList(
    ctx,
    { ...face, rule: face.rule, office: face.office },
    { ...wish, limit: 100 },
  );
  return Object.fromEntries(page.items.map((row) => [row.personId, row.state]));
}

before(async () => {
  await complete('sunita', '2025-06-01', 90);
  await complete('sunita', '2025-07-01', 30);
  await complete('imran', '2025-06-01', 119);
  await complete('ramesh', '2024-06-01', 300);
  for (const year of ['2024-25', '2025-26']) {
    const job = await askStatements(officer(), { kind: 'freeze', year, officeCode: 'SW' });
    await runStatements(officer(), job.jobId);
  }
  // The instant of a freeze is the database's own; the days of these tests are the clock's.
  await sql`update statement set frozen_at = '2026-11-22T05:00:00Z'`.execute(db);
});

test('until an order is entered the list is off, and every address says so', async () => {
  const face = await faceOfList(officer(), { officeCode: 'SW' });
  assert.equal(face.rule, undefined);
  assert.deepEqual(await ownPromotion(world.as('sunita')), []);
  const app = await world.app();
  const { headers } = await signedIn(world, 'anita');
  const page = await app.inject({ url: '/office/appraisal/promotion?office=SW', headers });
  assert.match(page.body, /पदोन्नति सूची बंद है/);
  assert.ok(!page.body.includes('SW1001'), 'nobody is named');
  const listed = await app.inject({ url: '/api/v1/appraisal/promotion?office=SW', headers });
  assert.deepEqual([listed.json().rule, listed.json().items], [null, []]);
  const file = await app.inject({ url: '/office/appraisal/promotion.csv?office=SW', headers });
  assert.equal(file.statusCode, 409);
  const own = await app.inject({ url: '/statement', headers: (await signedIn(world, 'sunita')).headers });
  assert.match(own.body, /सूची बंद है/);
});

test('hours of the last years decide, to the minute; the counts add up to everybody', async () => {
  const ruleId = await savePromotionRule(officer(), rule({ statements: hours }));
  const states = await statesOf(officer(), { ruleId });
  const of = (key: string) => states[world.personId(key)];
  assert.deepEqual([of('sunita'), of('ramesh'), of('imran')], ['met', 'met', 'open']);
  const face = await faceOfList(officer(), { officeCode: 'SW' });
  assert.ok(face.rule && face.office);
  const whole = { ...face, rule: face.rule, office: face.office };
  const counts = await countsOfList(officer(), whole);
  assert.ok(counts.is === 'counted');
  const sum = counts.met + counts.open + counts.disputed + counts.exempt;
  assert.equal(sum, Object.keys(states).length);
  assert.deepEqual(await statesOf(officer(), { ruleId, state: 'met' }), {
    [world.personId('sunita')]: 'met',
    [world.personId('ramesh')]: 'met',
  });
  await askTally(officer(), face);
  await runJobsOnce(world);
  const tally = await tallyOf(db, { ruleId, officeId: face.office.officeId, asOf: face.asOf });
  assert.deepEqual([tally?.state, tally?.met, tally?.open], ['done', counts.met, counts.open]);
  const first = await promotionList(officer(), whole, { limit: 1 });
  const second = await promotionList(officer(), whole, { limit: 1, after: first.next ?? '' });
  assert.deepEqual([first.items[0]?.personId, second.items[0]?.personId], Object.keys(states).slice(0, 2));
});

test('of hours in fractions the next whole minute is asked; half a day is asked of nobody', () => {
  assert.equal(yearlyNeed({ ...hours, atLeast: 1.11 }), 67);
  assert.equal(yearlyNeed({ ...hours, atLeast: 1.1 }), 66);
  assert.ok(!rulesShape.safeParse({ statements: { ...hours, measure: 'days', atLeast: 4.5 } }).success);
});

test('the list stands by name, in pages, where it is collected and where it is read along the index', async () => {
  const face = await faceOfList(officer(), { officeCode: 'SW' });
  assert.ok(face.rule && face.office);
  const scope = await scopeOf(officer(), { ...face, rule: face.rule, officeId: face.office.officeId });
  const walk = async (few: number) => {
    const names: string[] = [];
    const order = await byName(db, scope, { language: 'hi', few });
    for (let after: string | undefined; ; ) {
      const portion = { size: 2, after, order };
      const { rows, last, looked } = await promotionPortion(db, scope, portion);
      names.push(...rows.map((row) => `${row.nameHi ?? row.nameEn} ${row.personId}`));
      if (looked < 2) return names;
      after = last;
    }
  };
  const names = await walk(5000);
  assert.ok(names.length > 3);
  assert.deepEqual(names, [...names].sort());
  assert.deepEqual(await walk(0), names);
});

test('an objection on which the outcome hangs makes it disputed, from its day on; one on which it does not, changes nothing', async () => {
  const numbers = await sql<{ no: string; personId: string; year: string }>`select statement_no as no,
    person_id as "personId", year from statement`.execute(db);
  const numberOf = (key: string, year: string) =>
    numbers.rows.find((row) => row.personId === world.personId(key) && row.year === year)?.no ?? '';
  await raiseObjection(world.as('imran'), { number: numberOf('imran', '2025-26'), body: 'एक मिनट छूट गया है' });
  await raiseObjection(world.as('ramesh'), { number: numberOf('ramesh', '2025-26'), body: 'कोर्स छूट गया है' });
  const states = await statesOf(officer(), {});
  assert.equal(states[world.personId('imran')], 'disputed');
  assert.equal(states[world.personId('ramesh')], 'met');
  const own = await ownPromotion(world.as('imran'));
  assert.equal(own[0]?.row.state, 'disputed');
  // A moment ago nothing had been objected to, nor, a week ago, been frozen.
  const before = await statesOf(officer(), { asOf: '2026-11-21' });
  assert.equal(before[world.personId('imran')], 'open');
  assert.equal(before[world.personId('sunita')], 'open');
});

test('orders have to be met; exempt and not bound are said; a later rule takes the place of the former from its day', async () => {
  await commitMandate(world.system, readOrder(order));
  const mandate = sql`(select mandate_id from mandate where number = ${order.order.number})`;
  const author = world.personId('author');
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [author] }, async () => {
      await sql`insert into exemption (person_id, exemption_id, mandate_id, reason_class, order_number, starts_on)
        values (${author}, ${newId()}, ${mandate}, 'medical', 'EX/1', '2026-04-01')`.execute(tx);
    }),
  );
  await complete('sunita', '2026-05-05', 60);
  await complete('imran', '2026-11-10', 60);
  await settleMandates(world.system);
  await assert.rejects(savePromotionRule(officer(), rule({ orders: ['GO/NONE'] })), { code: 'invalid' });
  const [old] = (await faceOfList(officer(), { officeCode: 'SW' })).rules;
  const more = { orderNumber: 'PR/2', startsOn: '2026-11-22', replacesId: old?.ruleId };
  const orders = ['GO/P-1'];
  await savePromotionRule(officer(), rule({ orders, isLateAccepted: false }, more));
  await assert.rejects(savePromotionRule(officer(), rule({ orders }, more)), { reason: 'rule_ended' });
  const page = await pageOf(officer());
  const told = new Map(page.items.map((row) => [row.personId, [row.state, row.orders[0]?.status]]));
  const of = (key: string) => told.get(world.personId(key));
  assert.deepEqual(
    [of('sunita'), of('imran'), of('ramesh'), of('author'), of('pushpa')],
    [
      ['met', 'met'],
      ['open', 'metLate'],
      ['open', 'overdue'],
      ['exempt', 'exempt'],
      ['exempt', 'notBound'],
    ],
  );
  const [line] = await ownPromotion(world.as('imran'));
  assert.ok(line);
  assert.match(reasonsOf(line.row, line.rule.rules, 'hi').join(), /शेष: आदेश GO\/P-1, एक कोर्स: .*विलंब से/);
  const yesterday = await faceOfList(officer(), { officeCode: 'SW', asOf: '2026-11-21' });
  assert.equal(yesterday.rule?.orderNumber, 'PR/1');
});

test('names stay with those who read them in their subtree; each look and each file is recorded', async () => {
  await assert.rejects(faceOfList(world.as('sunita'), {}), { code: 'forbidden' });
  await assert.rejects(faceOfList(world.as('ramesh'), { officeCode: 'SW' }), { code: 'not_found' });
  await assert.rejects(savePromotionRule(world.as('ramesh'), rule({ statements: hours })), {
    code: 'forbidden',
  });
  const block = await pageOf(world.as('ramesh'), 'SW-BBK');
  assert.ok(block.items.length > 0 && block.items.every((row) => row.officeCode.startsWith('SW-B')));
  const face = await faceOfList(officer(), { officeCode: 'SW' });
  assert.ok(face.rule && face.office);
  const whole = { ...face, rule: face.rule, office: face.office };
  const csv = await text(await exportPromotion(officer(), whole, { state: 'open', format: 'csv' }));
  assert.match(csv, /शेष/);
  assert.ok(!csv.includes('शर्त पूर्ण'));
  const xlsx = await buffer(await exportPromotion(officer(), whole, { format: 'xlsx' }));
  assert.equal(xlsx.subarray(0, 2).toString(), 'PK');
  const looks = await sql`select from audit_event where action = 'promotion.listed'`.execute(db);
  assert.ok(looks.rows.length > 0);
  const [first, second] = await keptExports(world, 'promotion');
  assert.deepEqual(
    [first?.office, first?.detail.format, first?.detail.rows, second?.detail.format],
    ['SW', 'csv', csv.trim().split('\r\n').length - 1, 'xlsx'],
  );
});

test('the form enters a rule, comes back with what is wrong, and an order ends it', async () => {
  const app = await world.app();
  await grantRole(world.system, {
    ...{ employeeCode: 'SW1003', role: 'appraisal', officeCode: 'SW', kind: 'charge' },
  });
  const { headers, csrf } = await signedIn(world, 'anita');
  const send = (payload: Record<string, string>, path = '') =>
    app.inject({
      method: 'POST',
      url: `/office/appraisal/promotion/rules${path}`,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: csrf, ...payload }).toString(),
    });
  const form = { orderNumber: 'PR/3', orderDate: '2026-11-20', titleHi: 'समूह ग', officeCode: 'SW' };
  const wrong = await send(form);
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /PR\/3/);
  const sent = { ...form, groups: 'C', measure: 'days', atLeast: '५', lastYears: '२', inYears: '1' };
  const shown = await send(sent);
  assert.equal(shown.statusCode, 200);
  assert.match(shown.body, /अभी कुछ दर्ज नहीं हुआ/);
  assert.equal(
    (await sql`select 1 from promotion_rule where order_number = 'PR/3'`.execute(db)).rows.length,
    0,
  );
  const back = await send({ ...sent, sure: 'back' });
  assert.match(back.body, /value="PR\/3"/);
  const made = await send({ ...sent, sure: 'yes' });
  assert.equal(made.statusCode, 303, made.body.slice(0, 300));
  const page = await app.inject({ url: String(made.headers.location), headers });
  assert.match(page.body, /5 दिन का प्रशिक्षण/);
  const rule = new URL(String(made.headers.location), 'http://x').searchParams.get('rule');
  const ending = { endOrder: 'PR/4', endsOn: '2026-11-21' };
  const asked = await send(ending, `/${rule}/ending`);
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /अभी कुछ नहीं बदला[\s\S]*PR\/2[\s\S]*name="sure" value="yes"/);
  assert.match(asked.body, /फिर से नहीं बनेंगी/);
  const before = await send({ ...ending, endsOn: '2026-11-01' }, `/${rule}/ending`);
  assert.equal(before.statusCode, 422);
  const ended = await send({ ...ending, sure: 'yes' }, `/${rule}/ending`);
  assert.equal(ended.statusCode, 303);
  await assert.rejects(endPromotionRule(officer(), rule ?? '', { orderNumber: 'x', endsOn: '2026-11-21' }), {
    reason: 'rule_ended',
  });
  const api = await app.inject({ url: `/api/v1/appraisal/promotion/counts?office=SW`, headers });
  assert.equal(api.statusCode, 200, api.body);
  assert.equal(api.json().rule.orderNumber, 'PR/2');
});

test('a rule means the designations that it named when it was entered, under later names too; unknown names are refused', async () => {
  const unknown = rule({ statements: hours, designations: ['कोई नहीं'] });
  await assert.rejects(savePromotionRule(officer(), unknown), { code: 'invalid' });
  const asked = rule(
    { statements: hours, designations: ['पर्यवेक्षक'] },
    { orderNumber: 'PR/5', officeCode: 'SW-BBK' },
  );
  const ruleId = await savePromotionRule(officer(), asked);
  const called = async () =>
    Object.keys(await statesOf(officer(), { ruleId, officeCode: 'SW-BBK' })).includes(
      world.personId('sunita'),
    );
  assert.equal(await called(), true);
  await sql`update designation set name = 'निरीक्षक', name_key = 'निरीक्षक' where name = 'पर्यवेक्षक'`.execute(db);
  assert.equal(await called(), true);
});

test('an office’s list is by its own rule or one from above, and by one from below when that is asked for', async () => {
  const face = await faceOfList(officer(), { officeCode: 'SW' });
  assert.equal(face.rule?.orderNumber, 'PR/2');
  assert.equal((await faceOfList(officer(), { officeCode: 'SW-BBK' })).rule?.orderNumber, 'PR/5');
  assert.equal((await faceOfList(officer(), { officeCode: 'SW-DIR' })).rule?.orderNumber, 'PR/2');
  const below = face.rules.find((one) => one.orderNumber === 'PR/5');
  const asked = await faceOfList(officer(), { officeCode: 'SW', ruleId: below?.ruleId });
  assert.equal(asked.rule?.orderNumber, 'PR/5');
});

test('whoever a rule judges neither ends nor replaces it, and no rule ends before it began', async () => {
  const below = officer('ramesh', 'SW-BBK');
  const { rules } = await faceOfList(below, { officeCode: 'SW-BBK' });
  const theirs = rules.find((one) => one.orderNumber === 'PR/5')?.ruleId ?? '';
  const ending = { orderNumber: 'x', endsOn: '2026-11-22' };
  await assert.rejects(endPromotionRule(below, theirs, ending), { code: 'not_found' });
  const more = { orderNumber: 'PR/6', officeCode: 'SW-BBK', startsOn: '2026-11-22', replacesId: theirs };
  await assert.rejects(savePromotionRule(below, rule({ statements: hours }, more)), { code: 'not_found' });
  await assert.rejects(endPromotionRule(officer(), theirs, { ...ending, endsOn: '2000-01-01' }), {
    code: 'invalid',
  });
  const earlier = rule({ statements: hours }, { ...more, startsOn: '2026-10-01' });
  await assert.rejects(savePromotionRule(officer(), earlier), { code: 'invalid' });
  await endPromotionRule(officer(), theirs, ending);
});

test('the desk lists statements by office and name, page by page, and finds one by name or code', async () => {
  const wish = { year: '2025-26', officeCode: 'SW' } as const;
  const whole = await statementsOfOffice(officer(), { ...wish, limit: 200 });
  const keys = whole.items.map((row) => [row.officeCode, row.name.hi ?? row.name.en ?? '', row.statementNo]);
  assert.deepEqual(
    keys,
    keys.toSorted((a, b) => (a.join('\0') < b.join('\0') ? -1 : 1)),
  );
  const paged: string[] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await statementsOfOffice(officer(), { ...wish, limit: 2, after });
    paged.push(...items.map((row) => row.statementNo));
    if (!next) break;
    after = next;
  }
  assert.deepEqual(
    paged,
    whole.items.map((row) => row.statementNo),
  );
  await refreshNameSearch(world.system);
  for (const q of ['sunita', 'SW1001', 'सुनीता']) {
    const found = await statementsOfOffice(officer(), { ...wish, q, limit: 50 });
    assert.deepEqual(
      found.items.map((row) => row.personId),
      [world.personId('sunita')],
      q,
    );
  }
  const face = await faceOfList(officer(), { officeCode: 'SW' });
  assert.ok(face.rule && face.office);
  const one = await promotionList(
    officer(),
    { ...face, rule: face.rule, office: face.office },
    { q: 'सुनीता', limit: 50 },
  );
  assert.deepEqual(
    one.items.map((row) => row.personId),
    [world.personId('sunita')],
  );
});

test('whoever has died leaves the list from that day on, and comes back when the entry is taken back', async () => {
  const author = world.personId('author');
  const is = async (asOf?: string) => author in (await statesOf(officer(), { asOf }));
  assert.equal(await is(), true);
  const id = newId();
  await sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on, order_number)
    values (${author}, ${id}, 'death', '2026-11-20', '2026-11-20', 'मृ/1')`.execute(db);
  assert.deepEqual([await is(), await is('2026-11-20'), await is('2026-11-19')], [false, false, true]);
  await sql`update service_event set voided_at = now() where service_event_id = ${id}`.execute(db);
  assert.equal(await is(), true);
});

test('a rule kept from when half a day could be asked is still told to programs', async () => {
  const ruleId = await savePromotionRule(
    officer(),
    rule({ statements: { ...hours, measure: 'days', atLeast: 5 } }, { orderNumber: 'PR/half' }),
  );
  await sql`update promotion_rule set rules = jsonb_set(rules, '{statements,atLeast}', '4.5')
    where promotion_rule_id = ${ruleId}`.execute(db);
  const app = await world.app();
  const { headers } = await signedIn(world, 'anita');
  for (const path of ['promotion', 'promotion/counts']) {
    const url = `/api/v1/appraisal/${path}?office=SW&rule=${ruleId}`;
    const answer = await app.inject({ url, headers });
    assert.deepEqual([answer.statusCode, answer.json().rule.rules.statements.atLeast], [200, 4.5]);
  }
});
