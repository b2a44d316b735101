import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { plainPdf } from '../../../test/pdf.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { translator } from '../../kernel/i18n.ts';
import { attachScan } from '../attach-scan.ts';
import { draftMandate } from '../draft-mandate.ts';
import { publishMandate } from '../publish-mandate.ts';
import { readOrder } from '../rules/order-file.ts';
import { remindedOn } from '../rules/reminder-days.ts';
import type { Rules } from '../rules/rules.ts';
import { lockOrder, orderByNumber, removeDraft } from '../stores/orders.ts';
import {
  afterStep,
  emptyOrder,
  fileOf,
  fitsForm,
  formOf,
  formOfOrder,
  type OrderForm,
} from './order-form.ts';
import { faultsOf } from './order-form-faults.ts';
import { orderNotes, orderSentence } from './sentence.ts';
import { orderLine } from './words.ts';

const world = await openWorld();
after(() => world.close());

const say = { t: translator('hi'), language: 'hi' } as const;
const names = { offices: new Map([['SW', 'समाज कल्याण विभाग']]), courses: new Map<string, string>() };
const typed = {
  ...{ number: '1/2026', orderDate: '2026-04-16', issuer: 'मुख्य सचिव', titleHi: 'तीन कोर्स', office: 'SW' },
  ...{ engagements: 'permanent', window: 'fixed', from: '2026-04-01', to: '2027-03-31', match: 'all' },
  ...{ 'c.0.0.kind': 'courses', 'c.0.0.n': '3', 'c.1.0.kind': 'courses', 'c.1.0.n': '1', 'c.1.0.tag': 'ai' },
  ...{ claims: 'yes', graceDays: '0', joinersMinimumDays: '30', remindBefore: '30, 7, 1' },
  ...{ stop: ['long_leave', 'suspension'], leaveDays: '30', deputation: 'notBound' },
};

function rulesOf(body: Record<string, unknown>) {
  const order = readOrder(fileOf(formOf(body)));
  assert.ok('rules' in order);
  return { head: { ...order.head, orderDate: order.head.date }, rules: order.rules };
}

test('what is typed becomes the order’s file, and the file the same form again', () => {
  const { head, rules } = rulesOf(typed);
  assert.deepEqual(rules.condition, {
    allOf: [{ courses: { atLeast: 3 } }, { courses: { atLeast: 1, tag: 'ai' } }],
  });
  const again = readOrder(fileOf(formOfOrder(head, rules)));
  assert.ok('rules' in again);
  assert.deepEqual(again.rules, rules);
});

test('who issued an order is said in English where the order says it, and in Hindi alone leaves its file as it was', () => {
  const { head } = rulesOf({ ...typed, issuerEn: 'Chief Secretary' });
  const said = { ...head, issuerEn: head.issuerEn ?? null };
  assert.match(orderLine(said, { t: translator('en'), language: 'en' }), /, Chief Secretary$/);
  assert.match(orderLine(said, say), /, मुख्य सचिव$/);
  assert.ok(!('issuerEn' in rulesOf(typed).head));
});

test('numbers are typed in Hindi digits as well', () => {
  const hindi = { ...typed, 'c.0.0.n': '३', remindBefore: '३०, ७, १', leaveDays: '३०', graceDays: '०' };
  assert.deepEqual(rulesOf(hindi).rules, rulesOf(typed).rules);
});

test('a condition nested deeper than the form goes is not opened in it, where it would be flattened', () => {
  const { head, rules } = rulesOf(typed);
  const leaf = { courses: { atLeast: 1 } };
  const condition = { allOf: [{ anyOf: [{ allOf: [leaf, leaf] }, leaf] }, leaf] };
  assert.throws(() => formOfOrder(head, { ...rules, condition }), { reason: 'beyond_form' });
});

test('what the form would cut, part or round it does not open; whole minutes and every name come through', () => {
  const { head, rules } = rulesOf(typed);
  const leaf = { courses: { atLeast: 1 } };
  const days = (minutesPerDay: number) => ({ days: { atLeast: 7, minutesPerDay, attendanceShare: 0.75 } });
  const scope = (more: object) => ({ ...rules, scope: { ...rules.scope, ...more } });
  for (const beyond of [{ ...rules, condition: days(400.5) }, scope({ serviceYears: {} })]) {
    assert.throws(() => formOfOrder(head, beyond), { reason: 'beyond_form' });
    assert.equal(fitsForm(beyond), false);
  }
  for (const kept of [
    {
      ...rules,
      condition: { anyOf: Array.from({ length: 8 }, (_, at) => ({ courses: { atLeast: at + 1 } })) },
    },
    {
      ...rules,
      condition: { allOf: [leaf, { anyOf: Array.from({ length: 8 }, (_, at) => days(at + 395)) }] },
    },
    {
      ...rules,
      condition: { allOf: [{ hours: { atLeast: 1.125 } }, { share: { of: ['A', 'B'], atLeast: 1 / 3 } }] },
    },
    scope({ offices: Array.from({ length: 120 }, (_, at) => `O-${at}`) }),
    scope({ designations: ['सहायक निदेशक, समाज कल्याण'], cadres: ['A; B'] }),
  ]) {
    const form = formOfOrder(head, kept);
    const again = readOrder(fileOf(formOf(fieldsOf(form))));
    assert.deepEqual('rules' in again && again.rules, kept);
  }
});

/** The fields of the page, as a browser sends them back. */
function fieldsOf({
  offices,
  conditions,
  stop,
  renewals,
  claims,
  proportional,
  remindOn,
  ...texts
}: OrderForm) {
  const lines = conditions.flatMap((group, at) =>
    group.flatMap((line, place) =>
      Object.entries(line).map(([part, value]) => [
        `c.${at}.${place}.${part}`,
        value.replaceAll('\n', '\r\n'),
      ]),
    ),
  );
  const ticks = Object.entries({ renewals, claims, proportional, remindOn }).filter(
    ([, isTicked]) => isTicked,
  );
  return {
    ...texts,
    ...Object.fromEntries([...lines, ...ticks.map(([name]) => [name, 'yes'])]),
    stop,
    office: offices,
  };
}

test('days of reminders are those that were typed; what a file leaves out is given the usual days and told apart', () => {
  const last = (rules: Rules) => orderNotes(rules, say).filter((note) => /याद/.test(note));
  const bare = rulesOf(typed).rules;
  assert.deepEqual(last(bare), ['याद दिलाना: अंतिम तिथि से 30, 7, 1 दिन पहले।']);
  assert.deepEqual(remindedOn(bare), [30, 7, 1]);
  const none = rulesOf({ ...typed, remindBefore: '' }).rules;
  assert.deepEqual(last(none), ['इस आदेश के लिए याद नहीं दिलाया जाएगा।']);
  const whole = rulesOf({ ...typed, remindOn: 'yes', remindAfter: '5' }).rules;
  assert.deepEqual(last(whole), ['याद दिलाना: अंतिम तिथि से 30, 7, 1 दिन पहले, अंतिम तिथि को, 5 दिन बाद।']);
  const { remindersAfter: _, ...silent } = bare;
  assert.deepEqual(last(silent), [
    'याद दिलाना: अंतिम तिथि से 30, 7, 1 दिन पहले।',
    'अंतिम तिथि और उसके बाद के दिनों के बारे में आदेश में कुछ नहीं लिखा; इसलिए सामान्य रूप से याद दिलाया जाएगा: अंतिम तिथि को, 1, 7, 30 दिन बाद।',
  ]);
  const { remindBefore, remindOn, remindAfter } = formOfOrder(rulesOf(typed).head, silent);
  assert.deepEqual([remindBefore, remindOn, remindAfter], ['30, 7, 1', true, '1, 7, 30']);
});

test('the sentence says back who, by when and what, with the tagged course among the three', () => {
  assert.equal(
    orderSentence(rulesOf(typed).rules, names, say),
    'समाज कल्याण विभाग के सभी नियमित कार्मिक 1 अप्रैल 2026 से 31 मार्च 2027 तक कम से कम 3 कोर्स, जिनमें कम से कम 1 AI पर, पूरे करें।',
  );
});

test('an alternative is added within its condition and a line is taken away without losing the rest', () => {
  const grown = afterStep(formOf(typed), 'alt:1', { 'alt.1': 'days' });
  assert.deepEqual(
    grown.conditions.map((lines) => lines.map((line) => line.kind)),
    [['courses'], ['courses', 'days']],
  );
  const left = afterStep(grown, 'drop:0.0', {});
  assert.deepEqual(
    left.conditions.map((lines) => lines.map((line) => line.kind)),
    [['courses', 'days']],
  );
  assert.deepEqual(readOrder(fileOf(left)).kind, 'order');
});

test('an empty form names each missing field and nothing else', () => {
  assert.deepEqual(
    faultsOf(emptyOrder()).map((fault) => fault.path),
    ['number', 'issuer', 'orderDate', 'titleHi', 'office', 'from', 'to'],
  );
});

function bodyOf(values: Record<string, unknown>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)] as [string, string]),
  );
  return new URLSearchParams(pairs).toString();
}

async function post(key: string, url: string, values: Record<string, unknown> = {}) {
  const { headers, csrf } = await signedIn(world, key);
  return (await world.app()).inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: bodyOf({ ...values, _csrf: csrf }),
  });
}

async function get(key: string, url: string) {
  const { headers } = await signedIn(world, key);
  return (await world.app()).inject({ url, headers: { ...headers, 'accept-language': 'hi' } });
}

test('an order goes from the form over the draft to the homes of those it binds, and to their calendars', async () => {
  const drafted = await post('anita', '/office/orders/new', { ...typed, step: 'review' });
  assert.equal(drafted.statusCode, 303, drafted.body);
  const here = String(drafted.headers.location);
  const review = await get('anita', here);
  assert.match(review.body, /जिनमें कम से कम 1 AI पर/);
  assert.doesNotMatch((await get('sunita', '/orders')).body, /तीन कोर्स/);

  assert.equal((await post('anita', `${here}/publication`)).statusCode, 303);
  assert.match((await get('anita', here)).body, /आदेश की स्थिति/);
  assert.match((await get('sunita', '/orders')).body, /तीन कोर्स/);
  assert.match((await get('sunita', '/')).body, /तीन कोर्स/);

  assert.match((await get('anita', `${here}/persons?office=SW`)).body, /AI विषय के कम से कम 1 कोर्स: 1 में से 0/);
  const made = await post('sunita', '/orders/calendar');
  const address = /orders\/feed\/([\w-]+)\.ics/.exec(made.body)?.[1];
  const feed = await (await world.app()).inject({ url: `/orders/feed/${address}.ics` });
  assert.match(feed.body, /DTSTART;VALUE=DATE:20270331/);
  assert.ok(feed.body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  await post('sunita', '/orders/calendar/ending');
  assert.equal((await (await world.app()).inject({ url: `/orders/feed/${address}.ics` })).statusCode, 404);
});

test('an order may not reach beyond the offices of whoever enters it, and a draft is not found by others', async () => {
  const beyond = await post('anita', '/office/orders/new', {
    ...typed,
    number: '2/2026',
    office: 'UP',
    step: 'review',
  });
  assert.equal(beyond.statusCode, 422);
  const draft = await post('anita', '/office/orders/new', {
    ...typed,
    number: '3/2026',
    titleHi: 'प्रारूप',
    step: 'review',
  });
  assert.equal((await get('secretary', String(draft.headers.location))).statusCode, 404);
});

test('an extension is an order of its own that moves the due day once it is published', async () => {
  const here = await ownOrderHref();
  const extended = await post('anita', `${here}/extension`, {
    ...{
      number: '4/2026',
      orderDate: '2026-11-20',
      issuer: 'मुख्य सचिव',
      titleHi: 'समय-विस्तार',
      day: '2027-06-30',
    },
  });
  assert.equal(extended.statusCode, 303, extended.body);
  await post('anita', `${extended.headers.location}/publication`);
  assert.match((await get('sunita', '/orders')).body, /30 जून 2027 तक पूरा करें/);
});

// One white point.
const smallPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';

test('the scanned order is taken as a PDF or a photograph, and read by those whom the order binds', async () => {
  const order = await ownOrderHref();
  const id = order.split('/').at(-1);
  const send = async (content: string | Buffer, fields: Record<string, string> = {}, at = order) => {
    const { headers, csrf } = await signedIn(world, 'anita');
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new File([new Uint8Array(Buffer.from(content))], 'order.pdf'));
    const body = new Response(form);
    return (await world.app()).inject({
      method: 'POST',
      url: `${at}/scan?_csrf=${csrf}`,
      headers: { ...headers, 'content-type': body.headers.get('content-type') ?? '' },
      payload: Buffer.from(await body.arrayBuffer()),
    });
  };
  await send('no PDF and no picture at all');
  await send('%PDF-1.4 fake');
  await send(Buffer.concat([plainPdf(1), Buffer.alloc(20_500_000)]));
  assert.equal((await get('anita', `${order}/scan`)).statusCode, 404);
  const scan = plainPdf(1);
  assert.equal((await send(scan)).statusCode, 303);
  for (const [who, url] of [
    ['anita', `${order}/scan`],
    ['sunita', `/orders/${id}/scan`],
  ] as const)
    assert.equal(Buffer.compare((await get(who, url)).rawPayload, scan), 0);
  // A copy in force is replaced where that is said, and the old one stays in the history.
  const other = plainPdf(2);
  await send(other);
  assert.equal(Buffer.compare((await get('anita', `${order}/scan`)).rawPayload, scan), 0);
  await send(other, { replaces: 'yes' });
  assert.equal(Buffer.compare((await get('anita', `${order}/scan`)).rawPayload, other), 0);
  const history = (await get('anita', `${order}/history`)).body;
  const [old] = /\/scan\?copy=[0-9a-f-]{36}/.exec(history) ?? [];
  assert.equal(Buffer.compare((await get('anita', `${order}${old}`)).rawPayload, scan), 0);
  assert.equal((await get('kamla', `/orders/${id}/scan`)).statusCode, 404);
  await send(Buffer.from(smallPng, 'base64'), { replaces: 'yes' });
  const picture = await get('sunita', `/orders/${id}/scan`);
  assert.equal(picture.headers['content-type'], 'image/png');
  assert.match(String(picture.headers['content-disposition']), /order\.png/);

  // What was attached to the draft by mistake is no copy of the order.
  const sent = { ...typed, number: '2/2026-क', titleHi: 'स्कैन वाला', office: 'SW-BBK', step: 'review' };
  const draft = String((await post('anita', '/office/orders/new', sent)).headers.location);
  const later = (minutes: number) => world.clock.set(new Date(Date.UTC(2026, 10, 22, 6, minutes)));
  await send(scan, {}, draft);
  later(1);
  await send(other, {}, draft);
  later(2);
  await publishMandate(world.as('anita'), sent.number);
  const copies = [...(await get('anita', `${draft}/history`)).body.matchAll(/\/scan\?copy=[0-9a-f-]{36}/g)];
  assert.equal(copies.length, 1);
  assert.equal(Buffer.compare((await get('anita', `${draft}${copies[0]}`)).rawPayload, other), 0);
  const wrong = await sql<{ id: string }>`select mandate_scan_id as id from mandate_scan
    where mandate_id = ${draft.split('/').at(-1) ?? ''} order by recorded_at`.execute(world.runtime.db.read);
  assert.equal((await get('anita', `${draft}/scan?copy=${wrong.rows[0]?.id}`)).statusCode, 404);
});

test('years before an order’s window do not speak of it; who was bound reads that it was withdrawn', async () => {
  const order = await ownOrderHref();
  const id = order.split('/').at(-1);
  assert.match((await get('sunita', '/orders/year?year=2026-27')).body, /तीन कोर्स/);
  assert.doesNotMatch((await get('sunita', '/orders/year?year=2025-26')).body, /तीन कोर्स/);
  const withdrawn = await post('anita', `${order}/withdrawal`, {
    ...{ number: '5/2026', orderDate: '2026-11-20', issuer: 'मुख्य सचिव', titleHi: 'वापसी', day: '2026-11-21' },
  });
  await post('anita', `${withdrawn.headers.location}/publication`);
  assert.doesNotMatch((await get('sunita', '/orders')).body, /तीन कोर्स/);
  assert.match((await get('sunita', `/orders/${id}`)).body, /20 नवंबर 2026 तक लागू रहा; उसके बाद वापस लिया गया/);
  assert.equal((await get('kamla', `/orders/${id}`)).statusCode, 404);
  assert.match((await get('anita', '/office/orders')).body, /वापस लिया गया/);
});

test('the review says that days at training count for both, and its table adds up with the office itself', async () => {
  const days = {
    ...typed,
    titleHi: 'पाँच दिन',
    'c.0.0.kind': 'days',
    'c.0.0.hours': '6',
    'c.0.0.percent': '75',
  };
  const only = Object.fromEntries(Object.entries(days).filter(([name]) => !name.startsWith('c.1')));
  const first = await post('anita', '/office/orders/new', { ...only, number: '6/2026', step: 'review' });
  await post('anita', `${first.headers.location}/publication`);
  const second = await post('anita', '/office/orders/new', { ...only, number: '7/2026', step: 'review' });
  const review = (await get('anita', String(second.headers.location))).body;
  assert.match(review, /प्रशिक्षण के वही दिन दोनों में गिने जाएँगे/);
  const table = /<caption[^>]*>[^<]*के कार्यालय[^<]*<\/caption>.*?<\/table>/s.exec(review)?.[0] ?? '';
  assert.match(table, /इसी कार्यालय में तैनात/);
});

test('a summary of errors says which date is meant, and topics stand in Hindi', async () => {
  const wrong = await post('anita', '/office/orders/new', {
    ...{
      ...typed,
      number: '8/2026',
      orderDate: '',
      from: '',
      to: '',
      'c.1.0.tag': 'citizen-service',
      step: 'review',
    },
  });
  assert.equal(wrong.statusCode, 422);
  for (const text of ['आदेश की तिथि: तिथि चुनें।', 'आरंभ: तिथि चुनें।', 'अंतिम तिथि: तिथि चुनें।', '>नागरिक सेवा<'])
    assert.ok(wrong.body.includes(text), text);
  assert.doesNotMatch(wrong.body, />(citizen-service|women-safety|wellbeing|field)</);
});

test('a draft of an amendment keeps its day of effect when it is edited', async () => {
  const anita = world.as('anita');
  const { head, rules } = rulesOf({ ...typed, number: '20/2026' });
  const file = (number: string, more = {}) =>
    readOrder({
      ...rules,
      order: { number, date: head.orderDate, issuer: head.issuer },
      title: { hi: 'संशोधन' },
      ...more,
    });
  await draftMandate(anita, file('20/2026'));
  await publishMandate(anita, '20/2026');
  const amends = { number: '20/2026', effectiveOn: '2026-12-15' };
  const { order } = await draftMandate(anita, file('21/2026', { amends }));
  const page = await get('anita', `/office/orders/${order.mandateId}/edit`);
  assert.match(page.body, /name="effectiveOn"[^>]*value="2026-12-15"/);
});

test('an order that only extends is amended by none, and is no order to read of one’s own', async () => {
  const anita = world.as('anita');
  const extension = (number: string, cites: string, until = '2027-06-30') =>
    readOrder({
      ...{ order: { number, date: '2026-04-20', issuer: 'मुख्य सचिव' }, title: { hi: 'विस्तार' } },
      extends: { number: cites, until },
    });
  const { order } = await draftMandate(anita, extension('22/2026', '20/2026', '2027-05-31'));
  for (const path of ['/extension', '/withdrawal', '/history'])
    assert.equal((await get('anita', `/office/orders/${order.mandateId}${path}`)).statusCode, 404, path);
  const edit = await get('anita', `/office/orders/${order.mandateId}/edit`);
  const form = String(edit.headers.location);
  const page = (await get('anita', form)).body;
  assert.match(page, /name="number"[^>]*value="22\/2026".*name="day"[^>]*value="2027-05-31"/s);
  const [, seen = ''] = /name="seen" value="(\w+)"/.exec(page) ?? [];
  const typedAgain = {
    ...{ number: '22/2026', orderDate: '2026-04-20', issuer: 'मुख्य सचिव', titleHi: 'विस्तार' },
    ...{ day: '2027-06-30', seen, issuerEn: 'Chief Secretary' },
  };
  const target = form.replace(/\?.*/, '');
  assert.equal((await post('anita', target, typedAgain)).statusCode, 303, 'a mistyped day is mended');
  const mended = await orderByNumber(world.runtime.db.read, '22/2026');
  assert.deepEqual([mended?.until, mended?.issuerEn], ['2027-06-30', 'Chief Secretary']);
  assert.equal((await post('anita', target, { ...typedAgain, day: '2027-08-31' })).statusCode, 409);
  const other = (await orderByNumber(world.runtime.db.read, '21/2026'))?.mandateId;
  const elsewhere = `/office/orders/${other}/extension?draft=${order.mandateId}`;
  assert.equal((await get('anita', elsewhere)).statusCode, 404);
  assert.equal((await get('anita', `/office/orders/${order.mandateId}/publication`)).statusCode, 303);
  await publishMandate(anita, '22/2026');
  const reason = 'cited_not_in_force';
  const amending = {
    ...{ order: { number: '23/2026', date: '2026-04-20', issuer: 'मुख्य सचिव' }, title: { hi: 'संशोधन' } },
    ...{ scope: { offices: ['SW'] }, window: { from: '2026-04-01', to: '2027-03-31' } },
    ...{ condition: { courses: { atLeast: 1 } }, amends: { number: '22/2026' } },
  };
  await assert.rejects(draftMandate(anita, readOrder(amending)), { reason });
  for (const url of [
    `/office/orders/new?amends=${order.mandateId}`,
    `/office/orders/${order.mandateId}/history`,
  ])
    assert.equal((await get('anita', url)).statusCode, 404, url);
  assert.equal((await get('sunita', `/orders/${order.mandateId}`)).statusCode, 404);
  const draft = (await orderByNumber(world.runtime.db.read, '21/2026'))?.number ?? '';
  const citing = await draftMandate(anita, extension('24/2026', draft));
  assert.equal((await get('anita', `/office/orders/${citing.order.mandateId}`)).statusCode, 200);
});

test('an amendment begins with the day that stands and shows what it changes; many overdue at once ask for a tick', async () => {
  const cited = await orderByNumber(world.runtime.db.read, '20/2026');
  const form = await get('anita', `/office/orders/new?amends=${cited?.mandateId}`);
  assert.match(form.body, /name="to"[^>]*value="2027-06-30"/);
  const sent = {
    ...typed,
    number: '25/2026',
    amends: '20/2026',
    from: '2026-04-01',
    to: '2026-09-30',
    step: 'review',
  };
  const drafted = await post('anita', '/office/orders/new', { ...sent, 'c.0.0.n': '2' });
  const here = String(drafted.headers.location);
  const page = await get('anita', `${here}/publication`);
  for (const body of [page.body, (await get('anita', here)).body]) {
    assert.match(body, /आदेश 20\/2026 की तुलना में क्या बदलता है/);
    assert.match(body, /30 जून 2027 तक.*30 सितंबर 2026 तक/s);
    assert.match(body, /कम से कम 3 कोर्स.*कम से कम 2 कोर्स/s);
  }
  const [, action = ''] = /action="([^"]*publication[^"]*)"/.exec(page.body) ?? [];
  const path = action.replaceAll('&amp;', '&');
  assert.equal((await post('anita', path)).statusCode, 422);
  assert.equal((await post('anita', path, { overdueSeen: 'yes' })).statusCode, 303);
});

test('nobody writes over a draft that he has not opened; a draft is deleted after a question, and its number is free', async () => {
  const sent = { ...typed, number: '30/2026', titleHi: 'पहला प्रारूप', step: 'review' };
  const here = String((await post('anita', '/office/orders/new', sent)).headers.location);
  const over = await post('anita', '/office/orders/new', { ...sent, titleHi: 'दूसरा' });
  assert.equal(over.statusCode, 409);
  assert.match(over.body, /प्रारूप पहले से है/);
  const [, seen = ''] = /name="seen" value="(\w+)"/.exec((await get('anita', `${here}/edit`)).body) ?? [];
  assert.equal(
    (await post('anita', '/office/orders/new', { ...sent, titleHi: 'दूसरा', seen })).statusCode,
    303,
  );
  const late = await post('anita', '/office/orders/new', { ...sent, titleHi: 'तीसरा', seen });
  assert.equal(late.statusCode, 409);
  assert.match(late.body, /इस बीच किसी और ने बदल दिया है/);

  const extended = { order: { number: '31/2026', date: '2026-04-20', issuer: 'X' }, title: { hi: 'विस्तार' } };
  const file = readOrder({ ...extended, extends: { number: '30/2026', until: '2027-06-30' } });
  const { order } = await draftMandate(world.as('anita'), file);
  const remove = async (url: string) => {
    const [, action = ''] =
      /action="([^"]*deletion[^"]*)"/.exec((await get('anita', `${url}/deletion`)).body) ?? [];
    return post('anita', action);
  };
  assert.equal((await remove(here)).statusCode, 409);
  assert.equal((await get('cmo', `${here}/deletion`)).statusCode, 404);
  assert.equal((await remove(`/office/orders/${order.mandateId}`)).statusCode, 303);
  assert.equal((await remove(here)).statusCode, 303);
  assert.equal((await get('anita', here)).statusCode, 404);
  assert.equal((await post('anita', '/office/orders/new', sent)).statusCode, 303);
  const published = await orderByNumber(world.runtime.db.read, '20/2026');
  assert.equal((await get('anita', `/office/orders/${published?.mandateId}/deletion`)).statusCode, 404);
});

test('a scan that comes in while its draft is deleted finds no order, and is no fault of the program', async () => {
  const ctx = world.as('anita');
  const sent = { ...typed, number: '32/2026', step: 'review' };
  const here = String((await post('anita', '/office/orders/new', sent)).headers.location);
  const mandateId = here.split('/').at(-1) ?? '';
  let attaching: Promise<unknown> | undefined;
  await world.runtime.db.transaction(async (tx) => {
    await lockOrder(tx, mandateId);
    await removeDraft(tx, mandateId);
    const source = Readable.from([plainPdf(1)]);
    attaching = attachScan(ctx, world.runtime.storage, { mandateId, source }).catch((error) => error.code);
    // The attachment has read the order and waits for its row.
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  assert.equal(await attaching, 'not_found');
});

test('a day before the order was issued says so beside its figures', async () => {
  const order = await orderByNumber(world.runtime.db.read, '20/2026');
  const here = `/office/orders/${order?.mandateId}`;
  const told = /को यह आदेश जारी नहीं हुआ था/;
  for (const page of ['?', '/persons?']) {
    assert.match((await get('anita', `${here}${page}asOf=2026-04-10`)).body, told);
    assert.doesNotMatch((await get('anita', `${here}${page}asOf=2026-04-16`)).body, told);
  }
});

async function ownOrderHref(): Promise<string> {
  const list = await get('anita', '/office/orders');
  const [href] = /\/office\/orders\/[0-9a-f-]{36}(?=">तीन)/.exec(list.body) ?? [];
  assert.ok(href);
  return href;
}
