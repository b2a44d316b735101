import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { homeNoticesOf } from '../learning/hooks.ts';
import { bouncedAddresses, clearBounce, recordBounce, recordReport } from './bounces.ts';
import { switchReminders } from './change-rule.ts';
import { forgetOldReminders } from './forget-old.ts';
import { mergeReminders } from './merge.ts';
import { previewReminders } from './preview-reminders.ts';
import { reminderLog } from './read-log.ts';
import { runReminders } from './run-reminders.ts';
import { complete, digestsOn, remindedOrder, sendingsOn } from './test-reminders.ts';

const world = await openWorld({ isDemonstration: true });
after(() => world.close());
const at = (day: string, time: string) => world.clock.set(`${day}T${time}:00+05:30`);
at('2026-11-20', '09:00');
const id = await remindedOrder(world, { number: 'P/1', to: '2026-12-01' });
const here = `/office/orders/${id}/reminders`;

test('before switching on, the numbers by step and channel and some names are seen; they are what is then sent', async () => {
  const seen = await previewReminders(world.as('anita'), id);
  const next = seen.steps[0];
  assert.deepEqual([next?.audience, next?.daysBefore, next?.firstDay], ['person', 7, '2026-11-24']);
  assert.ok((seen.sample?.length ?? 0) > 0);
  assert.equal(
    (await previewReminders(world.as('operator'), id)).sample,
    undefined,
    'an operator reads no names',
  );
  at('2026-11-24', '09:00');
  await runReminders(world.system);
  assert.equal(Object.keys(await digestsOn(world, '2026-11-24')).length, next?.people);
  const { steps } = await previewReminders(world.as('anita'), id);
  assert.ok(!steps.some((one) => one.audience === 'person' && one.daysBefore === 7), 'no step goes twice');
  const sent = await sendingsOn(world, '2026-11-24');
  assert.equal(sent.filter((one) => one.channel === 'mail' && one.state === 'sent').length, next?.mails);
  assert.equal(sent.filter((one) => one.channel === 'sms' && one.state === 'sent').length, next?.numbers);
});

test('in the evening the first notice is that of the next morning, and the words stand in the language of who gets them', async () => {
  at('2026-11-29', '21:30');
  const late = await remindedOrder(world, { number: 'P/2', to: '2026-11-29' });
  const { steps } = await previewReminders(world.as('anita'), late);
  assert.deepEqual([steps[0]?.firstDay, steps[0]?.mainDay], ['2026-11-30', '2026-11-30']);
  const { headers } = await signedIn(world, 'anita');
  const url = `/office/orders/${late}/reminders/preview`;
  const page = await (await world.app()).inject({
    url,
    headers: { ...headers, cookie: `${headers['cookie']}; language=en` },
  });
  assert.match(page.body, /<p lang="hi">[^<]*सुनीता वर्मा[\s\S]*<p lang="en">[^<]*Sunita Verma/);
  at('2026-11-24', '09:00');
});

test('of two who share a number and of whom one was told, the other’s SMS is counted', async () => {
  const [sunita, imran] = [world.personId('sunita'), world.personId('imran')];
  const { db } = world.runtime;
  const mobileOf = async (id: string, mobile: string) =>
    sql`update person set mobile = ${mobile} where person_id = ${id}`.execute(db.read);
  const told = await sql<{ mobile: string }>`select mobile from person where person_id = ${imran}`.execute(
    db.read,
  );
  await mobileOf(imran, '9000000001');
  // As where he came back from leave after the morning's turn.
  const [item] = (
    await sql<{ due: string; digest: string }>`delete from reminder_item where person_id = ${sunita}
      and audience = 'person' returning due_on as due, reminder_digest_id as digest`.execute(db.read)
  ).rows;
  const { steps } = await previewReminders(world.as('anita'), id);
  assert.deepEqual(
    steps
      .filter((one) => one.firstDay === '2026-11-24')
      .map((one) => [one.audience, one.people, one.numbers]),
    [['person', 1, 1]],
  );
  await sql`insert into reminder_item (person_id, mandate_id, due_on, days_before, audience, recipient_id, office_id,
      day, reminder_digest_id)
    select ${sunita}, ${id}, ${item?.due}, 7, 'person', ${sunita}, office_id, '2026-11-24', ${item?.digest}
    from office where code = 'SW-BBK'`.execute(db.read);
  await mobileOf(imran, told.rows[0]?.mobile ?? '');
});

test('the home says it in one line, and no more once it is done', async () => {
  const personId = world.personId('sunita');
  const lines = async () =>
    (await homeNoticesOf(world.as('sunita'), personId)).filter((one) => one.href.startsWith('/reminders/'));
  const [line] = await lines();
  assert.match(line?.text ?? '', /“आदेश P\/1” को 1 दिसंबर 2026 तक पूरा करें/);
  const app = await world.app();
  const page = await app.inject({
    url: line?.href ?? '',
    headers: (await signedIn(world, 'sunita')).headers,
  });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /देखें क्या करना है/);
  assert.match(page.body, /<li>[^<]*1 में से 0<\/li>/, 'what is missing');
  assert.match(page.body, new RegExp(`/orders/${id}/extension`));
  assert.deepEqual(await lines(), [], 'opened once');
  const other = await app.inject({
    url: line?.href ?? '',
    headers: (await signedIn(world, 'ramesh')).headers,
  });
  assert.equal(other.statusCode, 404);
  const [ramesh] = await homeNoticesOf(world.as('ramesh'), world.personId('ramesh'));
  assert.match(ramesh?.href ?? '', /^\/reminders\//);
  await complete(world, 'ramesh', '2026-11-24');
  const { settleMandates } = await import('../mandates/index.ts');
  await settleMandates(world.system);
  assert.deepEqual(
    (await homeNoticesOf(world.as('ramesh'), world.personId('ramesh'))).filter((one) =>
      one.href.startsWith('/reminders/'),
    ),
    [],
  );
});

test('a nodal officer reads the log of his own people alone', async () => {
  const all = await reminderLog(world.as('anita'), id, { limit: 100 });
  const own = await reminderLog(world.as('ramesh'), id, { limit: 100 });
  assert.ok(own.items.length > 0 && own.items.length < all.items.length);
  const page = await reminderLog(world.as('anita'), id, { limit: 1 });
  const rest = await reminderLog(world.as('anita'), id, { limit: 100, after: page.next ?? undefined });
  assert.deepEqual([...page.items, ...rest.items], all.items);
});

test('a bounced address is shown to the nodal officer, gets nothing, and is taken up again on his word', async () => {
  await recordBounce(world.system, { address: '+91 9000000001' });
  const [row] = (await bouncedAddresses(world.as('ramesh'), { limit: 10 })).items;
  assert.equal(row?.personId, world.personId('sunita'));
  at('2026-11-30', '09:00');
  await runReminders(world.system);
  const sent = (await sendingsOn(world, '2026-11-30')).find((one) => one.key === 'SW1001');
  assert.equal(sent?.state, 'bounced');
  await clearBounce(world.as('ramesh'), { personId: world.personId('sunita'), channel: 'sms' });
  assert.equal((await bouncedAddresses(world.as('ramesh'), { limit: 10 })).items.length, 0);
  await assert.rejects(recordBounce(world.as('ramesh'), { address: '9000000001' }), { code: 'forbidden' });
});

test('the pages: steps without a number below zero, a pause, a wrong list told at its field', async () => {
  const app = await world.app();
  const { headers, csrf } = await signedIn(world, 'anita');
  const page = await app.inject({ url: here, headers });
  assert.match(page.body, /value="30, 7, 1, 0"/);
  assert.match(page.body, /value="1, 7, 30"/);
  const post = (url: string, fields: Record<string, string>) =>
    app.inject({
      ...{
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      },
      payload: new URLSearchParams({ _csrf: csrf, ...fields }).toString(),
    });
  const wrong = await post(here, { personBefore: 'सात' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /अल्पविराम/);
  const given = await post(here, { personBefore: '10, 2', personAfter: '5', channels: 'sms' });
  assert.match(String(given.headers.location), /\/preview$/, 'whom other steps reach is looked at first');
  assert.match((await app.inject({ url: `${here}/preview`, headers })).body, /चालू करें/);
  const after = (await app.inject({ url: here, headers })).body;
  assert.match(after, /value="10, 2"/);
  assert.match(after, /30 नवंबर 2026<.*24 नवंबर 2026</s, 'what was sent on which day');
  assert.equal((await post(`${here}/pause`, {})).statusCode, 303);
  assert.match((await app.inject({ url: `${here}/preview`, headers })).body, /चालू करें/);
  assert.equal((await post(`${here}/activation`, {})).statusCode, 303);
  for (const url of [
    `${here}/log`,
    `${here}/log?state=officers`,
    `${here}/log?state=unknown&day=2026-11-24`,
    '/office/addresses',
  ])
    assert.equal((await app.inject({ url, headers })).statusCode, 200, url);
  const sunita = await signedIn(world, 'sunita');
  assert.equal((await app.inject({ url: here, headers: sunita.headers })).statusCode, 403);
});

test('other days by the API pause reminders that are on, as the page does; the same days again do not', async () => {
  const { headers } = await signedIn(world, 'anita');
  const api = await world.app();
  const url = '/api/v1/mandates/P%2F1/reminders';
  const stateAfter = async (payload: Record<string, unknown>) =>
    (await api.inject({ method: 'PUT', url, headers, payload })).json().state;
  const as = { personDays: [2, 10, -5], officerDays: [], channels: ['sms'] };
  assert.equal(await stateAfter(as), 'on');
  assert.equal(await stateAfter({ ...as, personDays: [39] }), 'paused');
  const again = await api.inject({ method: 'PUT', url: `${url}/state`, headers, payload: { state: 'on' } });
  assert.equal(again.json().state, 'on');
  assert.equal(await stateAfter({ ...as, personDays: [39] }), 'on');
  assert.equal(await stateAfter(as), 'paused');
  await switchReminders(world.system, id, 'on');
});

test('the order’s own pages name the days on which people are reminded; who may not switch reads who may', async () => {
  const app = await world.app();
  const body = async (key: string, url: string) =>
    (await app.inject({ url, headers: (await signedIn(world, key)).headers })).body;
  const own = await body('sunita', `/orders/${id}`);
  assert.match(own, /ये दिन बदले गए। अब याद दिलाना: अंतिम तिथि से 10, 2 दिन पहले, 5 दिन बाद/);
  assert.match(own, /<li>याद दिलाना: अंतिम तिथि से 30, 7, 1 दिन पहले/);
  assert.doesNotMatch(await body('anita', `/office/orders/${id}/history`), /10, 2 दिन पहले/);
  assert.match(await body('ramesh', here), /समाज कल्याण विभाग या उससे ऊपर के नोडल अधिकारी का काम/);
  assert.doesNotMatch(await body('anita', here), /उससे ऊपर के नोडल अधिकारी/);
});

test('a report of the gateway settles an SMS; a merged record takes along what it was told; old ones go', async () => {
  const { db } = world.runtime;
  const one = await sql<{ id: string }>`select reminder_sending_id as id from reminder_sending
    where channel = 'sms' and state = 'sent' order by 1 limit 1`.execute(db.read);
  const reference = one.rows[0]?.id ?? '';
  await recordReport(world.system, { reference, state: 'failed' });
  const after = await sql<{ state: string; reason: string }>`select state, reason from reminder_sending
    where reminder_sending_id = ${reference}`.execute(db.read);
  assert.deepEqual(after.rows, [{ state: 'failed', reason: 'reported_failed' }]);
  const pair = { survivorId: world.personId('kamla'), mergedId: world.personId('sunita') };
  const [effect] = await mergeReminders.preview(world.system, pair);
  assert.ok((effect?.count ?? 0) > 0);
  await db.transaction((tx) => mergeReminders.move(tx, world.system, pair));
  assert.equal((await mergeReminders.preview(world.system, pair))[0]?.count, 0);
  at('2028-06-01', '02:35');
  await forgetOldReminders(world.system);
  const left = await sql<{ n: number }>`select count(*) as n from reminder_digest`.execute(db.read);
  assert.equal(left.rows[0]?.n, 0);
});
