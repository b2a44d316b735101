import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { sql } from 'kysely';
import { keptExports } from '../../../test/kept-exports.ts';
import { plainPdf } from '../../../test/pdf.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';
import { openNoticesOf } from '../../notices/index.ts';
import { mergePersons, previewPersonsMerge } from '../../people/desk/merge-persons.ts';
import { askExtension } from '../extensions/ask-extension.ts';
import {
  decidedRequests,
  decideExtension,
  ownRequests,
  takeBackExtension,
  waitingRequests,
} from '../extensions/decide-extension.ts';
import { commitMandate } from '../import-mandate.ts';
import { reconcileMandates } from '../reconcile-mandates.ts';
import { readOrder } from '../rules/order-file.ts';
import { publishedOrder } from '../service/test-orders.ts';
import { settleMandates } from '../settle.ts';
import { standingOfPerson } from '../standing.ts';
import { claimToDecide, ownClaims, waitingClaims } from './claims.ts';
import { decideClaim, takeBackClaim } from './decide-claim.ts';
import { makeClaim } from './make-claim.ts';

const world = await openWorld();
after(() => world.close());
const sunita = world.personId('sunita');
const order = await publishedOrder(world, '9/2026');
const refusal = (reason: string) => (error: unknown) => (error as { reason?: string }).reason === reason;

/** A picture of one dot; `salt` makes another file of it. */
function picture(salt: string): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(salt))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

async function hand(key: string, url: string, given: { fields: Record<string, string>; file: Buffer }) {
  const { headers } = await signedIn(world, key);
  const form = new FormData();
  for (const [name, value] of Object.entries(given.fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(given.file)]), 'प्रमाणपत्र.png');
  const sent = new Response(form);
  const type = sent.headers.get('content-type') ?? '';
  const payload = Buffer.from(await sent.arrayBuffer());
  const app = await world.app();
  return app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': type }, payload });
}

const fields = {
  title: 'एआई का परिचय',
  provider: 'iGOT',
  minutes: '90',
  completedOn: '2026-10-01',
  certificateNo: 'IG/77',
};
const statusOf = async () =>
  (await standingOfPerson(world.as('sunita'), sunita)).find((one) => one.mandate.id === order)?.status;

test('a claim counts for its order from its acceptance, and no more once that is taken back', async () => {
  assert.equal(await statusOf(), 'open');
  const made = await hand('sunita', '/api/v1/me/claims', { fields, file: picture('a') });
  assert.equal(made.statusCode, 201, made.body);
  assert.equal(await statusOf(), 'open');
  const key = { personId: sunita, claimId: made.json<{ id: string }>().id };
  const accepted = { decision: 'accepted', reason: 'प्रमाणपत्र सही है' } as const;
  for (const other of ['cmo', 'pushpa', 'auditor'])
    await assert.rejects(decideClaim(world.as(other), key, accepted));
  assert.equal((await waitingClaims(world.as('ramesh'))).items[0]?.claimId, key.claimId);
  assert.deepEqual((await waitingClaims(world.as('cmo'))).items, []);
  await decideClaim(world.as('ramesh'), key, accepted);
  assert.equal(await statusOf(), 'met');
  const page = async () =>
    (
      await (
        await world.app()
      ).inject({
        url: `/office/persons/${sunita}`,
        headers: (await signedIn(world, 'ramesh')).headers,
      })
    ).body;
  assert.match(await page(), /दूसरी जगह के मान्य कोर्स[\s\S]*एआई का परिचय, iGOT[\s\S]*IG\/77/);
  await assert.rejects(decideClaim(world.as('anita'), key, accepted), refusal('already_decided'));
  await takeBackClaim(world.as('anita'), key, { reason: 'प्रमाणपत्र असत्य' });
  assert.equal(await statusOf(), 'open');
  assert.equal((await ownClaims(world.as('sunita'))).items[0]?.isTakenBack, true);
  assert.doesNotMatch(await page(), /दूसरी जगह के मान्य कोर्स/);
});

test('the same certificate or course is claimed once; another person’s is shown as a number', async () => {
  const first = { ...fields, certificateNo: 'IG/78', title: 'साइबर सुरक्षा' };
  assert.equal(
    (await hand('sunita', '/api/v1/me/claims', { fields: first, file: picture('b') })).statusCode,
    201,
  );
  const again = [
    {
      fields: { ...first, certificateNo: 'ig/78', title: 'अन्य', completedOn: '2026-10-02' },
      file: picture('c'),
    },
    {
      fields: { ...first, certificateNo: 'IG/79', title: 'अन्य', completedOn: '2026-10-02' },
      file: picture('b'),
    },
    { fields: { ...first, certificateNo: 'IG/79' }, file: picture('d') },
  ];
  for (const one of again) assert.equal((await hand('sunita', '/api/v1/me/claims', one)).statusCode, 409);
  const [, sameFile] = again;
  const told = await hand('sunita', '/claims', sameFile as (typeof again)[number]);
  assert.match(told.body, /id="file-error"[\s\S]*“साइबर सुरक्षा” \(1 अक्टूबर 2026\)/, 'the file is at fault');
  const law = { title: 'विधि', provider: 'NLU', completedOn: '2026-10-03', certificateNo: 'IG/78' };
  const elsewhere = await hand('sunita', '/api/v1/me/claims', {
    ...{ fields: { ...fields, ...law }, file: picture('f') },
  });
  assert.equal(elsewhere.statusCode, 201, 'another institute counts from 1 as well');
  const kept = createHash('sha256').update(picture('d')).digest('hex');
  await assert.rejects(world.runtime.storage.size(kept), 'a refused claim leaves no file behind');
  const other = await hand('imran', '/api/v1/me/claims', { fields: first, file: picture('e') });
  const key = { personId: world.personId('imran'), claimId: other.json<{ id: string }>().id };
  assert.equal((await claimToDecide(world.as('ramesh'), key)).sameElsewhere, 1);
});

test('a claim has topics: the person says them, and only those count that who accepts it confirms', async () => {
  const number = 'विषय/1';
  await commitMandate(
    world.system,
    readOrder({
      order: { number, date: '2026-04-01', issuer: 'शासन' },
      title: { hi: 'एआई का एक कोर्स' },
      scope: { offices: ['SW'] },
      window: { from: '2026-04-01', to: '2027-03-31' },
      condition: { courses: { atLeast: 1, tag: 'ai' } },
    }),
  );
  const imran = world.personId('imran');
  const standing = async () => {
    const own = await standingOfPerson(world.as('imran'), imran);
    const found = own.find((one) => one.mandate.number === number);
    return [found?.status, found?.conditions[0]?.done];
  };
  const claimed = async (title: string, topics: string, salt: string) => {
    const given = { title, provider: 'iGOT', minutes: '९०', completedOn: `2026-10-0${salt.length}`, topics };
    const made = await hand('imran', '/api/v1/me/claims', { fields: given, file: picture(salt) });
    assert.equal(made.statusCode, topics === 'मनगढ़ंत' ? 422 : 201, made.body);
    return { personId: imran, claimId: made.json<{ id: string }>().id };
  };
  await claimed('AI for All', 'मनगढ़ंत', 't');
  const first = await claimed('AI for All', 'ai', 'tt');
  const accepted = { decision: 'accepted', reason: 'प्रमाणपत्र सही है' } as const;
  await decideClaim(world.as('ramesh'), first, accepted);
  assert.deepEqual(await standing(), ['open', 0]);
  const again = await claimed('ai for all', '', 'ttt');
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const url = `/office/claims/${imran}/${again.claimId}`;
  const app = await world.app();
  const page = await app.inject({ url: `${url}?find=एआई`, headers });
  assert.match(page.body, /पहले मान्य हो चुका है[\s\S]*2 अक्तूबर 2026|पहले मान्य हो चुका है[\s\S]*2 अक्टूबर 2026/);
  assert.match(page.body, /name="topics"/);
  const payload = new URLSearchParams({ _csrf: csrf, ...accepted, topics: 'ai', courseCode: '' }).toString();
  const sent = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal((await app.inject({ method: 'POST', url, headers: sent, payload })).statusCode, 303);
  assert.deepEqual(await standing(), ['met', 1]);
  const mine = (await signedIn(world, 'imran')).headers;
  const own = await standingOfPerson(world.as('imran'), imran);
  const id = own.find((one) => one.mandate.number === number)?.mandate.id;
  const order = await app.inject({ url: `/orders/${id}`, headers: mine });
  assert.match(order.body, /अब तक गिने गए[\s\S]*ai for all/);
  const year = await app.inject({ url: '/orders/year', headers: mine });
  assert.match(year.body, /दूसरी जगह 3 घंटे/);
  await settleMandates(world.system);
  assert.deepEqual(await reconcileMandates(world.system), []);
});

test('the certificate is a PDF or a picture by its content, and only the person and his officer open it', async () => {
  const noPicture = await hand('imran', '/claims', { fields, file: Buffer.from('<html>प्रमाणपत्र</html>') });
  assert.equal(noPicture.statusCode, 415);
  assert.match(noPicture.body, /केवल PDF या चित्र/);
  assert.match(noPicture.body, /एआई का परिचय/);
  const wrong = await hand('imran', '/claims', {
    fields: { ...fields, completedOn: '2027-01-01' },
    file: picture('f'),
  });
  assert.equal(wrong.statusCode, 422);
  const faulty = [
    { file: Buffer.from('%PDF-1.4 fake'), status: 415 },
    { file: Buffer.concat([plainPdf(1), Buffer.alloc(10_000_000)]), status: 413 },
    { file: picture('g'), fields: { ...fields, minutes: '1e4' }, status: 422 },
    { file: picture('g'), fields: { ...fields, minutes: '0x10' }, status: 422 },
    { file: picture('g'), fields: { ...fields, completedOn: '1901-01-01' }, status: 422 },
  ];
  for (const one of faulty)
    assert.equal((await hand('imran', '/api/v1/me/claims', { fields, ...one })).statusCode, one.status);
  const claim = (await ownClaims(world.as('sunita'))).items[0];
  const app = await world.app();
  const status = async (who: string, url: string) =>
    (await app.inject({ url, headers: (await signedIn(world, who)).headers })).statusCode;
  const office = `/office/claims/${sunita}/${claim?.claimId}/file`;
  assert.deepEqual(
    [
      await status('sunita', `/claims/${claim?.claimId}/file`),
      await status('imran', `/claims/${claim?.claimId}/file`),
    ],
    [200, 404],
  );
  assert.deepEqual(
    [await status('ramesh', office), await status('cmo', office), await status('auditor', office)],
    [200, 404, 403],
  );
  const kept = await keptExports(world, 'claim_file');
  assert.deepEqual(
    kept.map((one) => [one.office, one.personId]),
    [['SW-BBK', sunita]],
  );
  assert.equal(await status('author', `/media/${claim?.fileId}`), 404);
});

test('more time is asked from one’s order and moves its due day once it is granted', async () => {
  const me = world.as('sunita');
  await assert.rejects(
    askExtension(me, order, { until: '2027-03-31', reason: 'चुनाव ड्यूटी' }),
    refusal('invalid'),
  );
  const slip = askExtension(me, order, { until: '2035-06-30', reason: 'चुनाव ड्यूटी' });
  await assert.rejects(slip, /31 March 2028/, 'a slip of the year is not sent');
  await assert.rejects(
    askExtension(world.as('kamla'), order, { until: '2027-06-30', reason: 'चुनाव ड्यूटी' }),
    refusal('not_found'),
  );
  const { id } = await askExtension(me, order, { until: '2027-06-30', reason: 'चुनाव ड्यूटी' });
  await assert.rejects(
    askExtension(me, order, { until: '2027-07-31', reason: 'चुनाव ड्यूटी' }),
    refusal('already_asked'),
  );
  assert.equal((await waitingRequests(world.as('ramesh'))).items[0]?.requestId, id);
  const key = { personId: sunita, requestId: id };
  const granted = { decision: 'granted', until: '2027-05-31', reason: 'ड्यूटी आदेश देखा' } as const;
  await assert.rejects(decideExtension(world.as('cmo'), key, granted), refusal('not_found'));
  const page = `/office/extensions/${sunita}/${id}`;
  const { headers } = await signedIn(world, 'ramesh');
  const app = await world.app();
  assert.match((await app.inject({ url: page, headers })).body, /अभी की अंतिम तिथि[\s\S]*31 मार्च 2027/);
  await assert.rejects(
    decideExtension(world.as('ramesh'), key, { ...granted, until: '2027-03-31' }),
    refusal('invalid'),
  );
  await decideExtension(world.as('ramesh'), key, granted);
  const [row] = (await ownRequests(me)).items;
  assert.deepEqual([row?.state, row?.grantedUntil], ['granted', '2027-05-31']);
  const standing = (await standingOfPerson(me, sunita)).find((one) => one.mandate.id === order);
  assert.equal(standing?.dueOn, '2027-05-31');
  assert.match(
    (await app.inject({ url: `/office/persons/${sunita}/service`, headers })).body,
    new RegExp(page),
  );
  const [notice] = await openNoticesOf(me, sunita);
  assert.match(notice?.text ?? '', /31 मई 2027 तक का समय मिला/);
  await takeBackExtension(world.as('ramesh'), key, { reason: 'भूल से दिया गया' });
  const [later] = await openNoticesOf(me, sunita);
  assert.match(later?.text ?? '', /समय वापस लिया गया/);
  const after = (await standingOfPerson(me, sunita)).find((one) => one.mandate.id === order);
  assert.equal(after?.dueOn, '2027-03-31');
  const told = await sql<{ detail: string }>`select detail::text as detail from audit_event
    where subject_id in (${id}, ${sunita}) or person_id = ${sunita}`.execute(world.runtime.db.read);
  assert.doesNotMatch(JSON.stringify(told.rows), /ड्यूटी|भूल/);
  const decided = (await app.inject({ url: page, headers })).body;
  assert.match(decided, /वापस लिया गया[\s\S]*22 नवंबर 2026, रमेश चन्द्र[\s\S]*भूल से दिया गया/);
  assert.ok((await app.inject({ url: '/office/decisions', headers })).body.includes(page), 'found again');
  // Taken back after another's was decided, it is the newest.
  await sql`insert into extension_request (person_id, extension_request_id, mandate_id, asked_until, state, decided_at,
      recorded_at, reason)
    select ${world.personId('imran')}, ${newId()}, mandate_id, asked_until, 'refused', decided_at + interval '1 hour',
      recorded_at, reason from extension_request where extension_request_id = ${id}`.execute(
    world.runtime.db.read,
  );
  await sql`update extension_request set voided_at = voided_at + interval '2 hours'
    where extension_request_id = ${id}`.execute(world.runtime.db.read);
  const lately = await decidedRequests(world.as('ramesh'));
  assert.deepEqual([lately.length, lately[0]?.requestId], [2, id]);
  const own = await askExtension(world.as('ramesh'), order, { until: '2027-06-30', reason: 'चुनाव ड्यूटी' });
  const mine = { personId: world.personId('ramesh'), requestId: own.id };
  await assert.rejects(decideExtension(world.as('ramesh'), mine, granted), refusal('own_matter'));
});

test('under an amendment stands what was asked under the order whose place it took, by the keys of both', async () => {
  const me = world.as('ramesh');
  const touch = () =>
    sql`insert into mandate_touched (person_id) values (${world.personId('ramesh')})`.execute(
      world.runtime.db.read,
    );
  const old = await publishedOrder(world, 'S/पहले');
  await touch();
  const asked = await askExtension(me, old, { until: '2027-06-30', reason: 'बाढ़ ड्यूटी' });
  const amended = await publishedOrder(world, 'S/बाद में');
  await sql`update mandate set kind = 'amendment', amends_mandate_id = ${old}, lineage = array[${old}::uuid],
    effective_on = '2026-11-01' where mandate_id = ${amended}`.execute(world.runtime.db.read);
  await touch();
  const { headers } = await signedIn(world, 'ramesh');
  const app = await world.app();
  for (const id of [amended, old]) {
    const page = await app.inject({ url: `/orders/${id}/extension`, headers });
    assert.match(page.body, /S\/बाद में[\s\S]*30 जून 2027[\s\S]*बाढ़ ड्यूटी/);
    assert.match(page.body, new RegExp(`/orders/${amended}/extension/${asked.id}/withdrawal`));
    const again = askExtension(me, id, { until: '2027-07-31', reason: 'बाढ़ ड्यूटी' });
    await assert.rejects(again, refusal('already_asked'));
  }
  const home = await app.inject({ url: `/orders/${amended}`, headers });
  assert.match(home.body, new RegExp(`/orders/${amended}/extension">[^<]*निर्णय की प्रतीक्षा`));
  await sql`update mandate set state = 'withdrawn' where mandate_id in (${old}, ${amended})`.execute(
    world.runtime.db.read,
  );
});

test('every page of it opens, empty or full', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'sunita');
  for (const url of [
    '/claims',
    '/claims/new',
    '/attendance',
    '/my-service',
    `/orders/${order}/extension`,
    '/orders',
  ]) {
    const page = await app.inject({ url, headers });
    assert.equal(page.statusCode, 200, url);
    assert.ok(page.body.length < 40_000, `${url} is ${page.body.length}`);
  }
  const officer = (await signedIn(world, 'ramesh')).headers;
  const page = await app.inject({ url: '/office/decisions', headers: officer });
  assert.match(page.body, /साइबर सुरक्षा/);
});

test('an officer enters a claim for a person with its certificate; another decides it, and nobody enters for strangers', async () => {
  const { storage } = world.runtime;
  const claim = { title: 'बाहर का कोर्स', provider: 'NIELIT', minutes: 60, completedOn: '2026-10-20' };
  const enter = (key: string, forPersonId: string) => {
    const file = { source: Readable.from([picture(`${key} ${forPersonId}`)]), name: 'p.png' };
    return makeClaim(world.as(key), storage, { claim, file, forPersonId });
  };
  await assert.rejects(enter('cmo', sunita), { code: 'not_found' });
  await assert.rejects(enter('anita', world.personId('anita')), refusal('own_matter'));
  const { id: claimId } = await enter('anita', sunita);
  assert.ok((await ownClaims(world.as('sunita'))).items.some((one) => one.claimId === claimId));
  const key = { personId: sunita, claimId };
  const decision = { decision: 'accepted', reason: 'प्रमाणपत्र सही है', topics: [] } as const;
  await assert.rejects(
    decideClaim(world.as('anita'), key, { ...decision, topics: [] }),
    refusal('own_entry'),
  );
  await decideClaim(world.as('ramesh'), key, { ...decision, topics: [] });
  const { headers } = await signedIn(world, 'anita');
  const page = await (await world.app()).inject({ url: `/office/persons/${sunita}/claims/new`, headers });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, new RegExp(`action="/office/persons/${sunita}/claims`));
});

test('whoever claims or decides reads that the course is recorded already', async () => {
  const courseId = newId();
  const day = '2026-11-02';
  await sql`insert into course (course_id, code, title_hi, state) values (${courseId}, 'REC-1', 'दर्ज कोर्स', 'published')`.execute(
    world.runtime.db.read,
  );
  await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
    values (${sunita}, ${newId()}, ${courseId}, ${day}, 'igot', 67)`.execute(world.runtime.db.read);
  const claim = {
    title: 'दर्ज कोर्स',
    provider: 'iGOT',
    minutes: 60,
    completedOn: '2026-10-10',
    courseCode: 'REC-1',
  };
  const file = { source: Readable.from([picture('recorded')]), name: 'r.png' };
  const { id } = await makeClaim(world.as('sunita'), world.runtime.storage, { claim, file });
  const app = await world.app();
  for (const [who, url] of [
    ['sunita', '/claims'],
    ['ramesh', `/office/claims/${sunita}/${id}`],
  ] as const)
    assert.match(
      (await app.inject({ url, headers: (await signedIn(world, who)).headers })).body,
      /2 नवंबर 2026 को पूर्ण दर्ज/,
    );
});

test('two records made one: a certificate number alone makes no two claims one; of those alike one counts, and it is told', async () => {
  const pair = { survivorId: world.personId('imran'), mergedId: world.personId('pushpa') };
  const db = world.runtime.db.read;
  const accepted = async (personId: string, [title, provider, day]: [string, string, string]) => {
    const claimId = newId();
    await sql`insert into claim (person_id, claim_id, course_title, provider, minutes, completed_on, certificate_no,
      state, decided_at) values (${personId}, ${claimId}, ${title}, ${provider}, 60, ${day}, '1', 'accepted', now())`.execute(
      db,
    );
    return claimId;
  };
  const first = await accepted(pair.survivorId, ['AI', 'IGNOU', '2026-05-01']);
  const other = await accepted(pair.mergedId, ['Law', 'NLU', '2026-06-01']);
  const same = await accepted(pair.mergedId, ['A.I.', 'ignou', '2026-05-02']);
  const { effects } = await previewPersonsMerge(world.system, pair);
  assert.equal(effects.find(({ label }) => label.en.startsWith('Claims accepted'))?.count, 1);
  await mergePersons(world.system, pair);
  const kept = await sql<{ claimId: string }>`select claim_id as "claimId" from claim
    where person_id = ${pair.survivorId} and certificate_no = '1' and voided_at is null order by completed_on`.execute(
    db,
  );
  assert.deepEqual(
    kept.rows.map(({ claimId }) => claimId),
    [first, other],
  );
  const told = await sql<{
    id: string;
  }>`select subject_id as id from audit_event where action = 'claim.left_out'`.execute(db);
  assert.deepEqual(told.rows, [{ id: same }]);
});

test('claims and requests that wait come by pages to the last one, also where many were entered at once', async () => {
  const at = '2026-11-22T06:00:00Z';
  for (let count = 0; count < 5; count += 1) {
    await sql`insert into claim (person_id, claim_id, course_title, minutes, completed_on, state, recorded_at)
      values (${sunita}, ${newId()}, ${`पृष्ठ ${count}`}, 60, '2026-05-01', 'asked', ${at})`.execute(
      world.runtime.db.read,
    );
    await sql`insert into extension_request (person_id, extension_request_id, mandate_id, asked_until, state, recorded_at)
      values (${sunita}, ${newId()}, ${order}, '2027-06-30', 'asked', ${at})`.execute(world.runtime.db.read);
  }
  const app = await world.app();
  for (const [key, list] of [
    ['ramesh', '/api/v1/claims'],
    ['ramesh', '/api/v1/extensions'],
    ['sunita', '/api/v1/me/claims'],
    ['sunita', '/api/v1/me/extensions'],
  ] as const) {
    const { headers } = await signedIn(world, key);
    const get = async (query: string) => (await app.inject({ url: `${list}?${query}`, headers })).json();
    const all: { id: string }[] = (await get('limit=500')).items;
    assert.ok(all.length >= 5, list);
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page = await get(`limit=2${next && `&after=${next}`}`);
      seen.push(...page.items.map((one: { id: string }) => one.id));
      next = page.next;
    }
    assert.deepEqual(
      seen,
      all.map((one) => one.id),
    );
    assert.equal((await app.inject({ url: `${list}?after=x`, headers })).statusCode, 422);
  }
});
