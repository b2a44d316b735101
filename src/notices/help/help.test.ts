import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { Refusal } from '../../kernel/errors.ts';
import { mergePersons } from '../../people/desk/merge-persons.ts';
import { movePerson } from '../../people/desk/move-person.ts';
import { openNoticesOf } from '../index.ts';
import { answerHelp, closeHelp, reopenHelp } from './answer-help.ts';
import { addToHelp, askHelp } from './ask-help.ts';
import { deskInbox, ownHelp, readOwnHelp } from './help-views.ts';
import { pagePathOf } from './page-path.ts';
import { closeVisitorHelp, listVisitors } from './visitor-help.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const refusedAs = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const textsOf = (rows: { firstText: string }[]) => rows.map((row) => row.firstText);

test('a question keeps the page it was asked on, without what was searched there', () => {
  assert.deepEqual(pagePathOf('/courses/cyber-hygiene/lessons/2?x=1'), {
    path: '/courses/cyber-hygiene/lessons/2',
    courseCode: 'cyber-hygiene',
  });
  assert.equal(pagePathOf('https://elsewhere.example/x').path, '/');
  assert.equal(pagePathOf(undefined).path, '/');
});

test('a question reaches the nearest nodal officer up the tree, and nobody beside it', async () => {
  const { helpRequestId } = await askHelp(world.as('imran'), { text: 'पाठ 2 नहीं खुलता', from: '/courses/x' });
  assert.deepEqual(textsOf(await deskInbox(world.as('ramesh'), 'mine')), ['पाठ 2 नहीं खुलता']);
  assert.deepEqual(textsOf(await deskInbox(world.as('anita'), 'mine')), []);
  assert.deepEqual(textsOf(await deskInbox(world.as('anita'), 'below')), ['पाठ 2 नहीं खुलता']);
  assert.deepEqual(await deskInbox(world.as('cmo'), 'mine'), []);
  assert.deepEqual(await deskInbox(world.as('operator'), 'mine'), []);
  const key = { personId: world.personId('imran'), helpRequestId };
  await assert.rejects(answerHelp(world.as('cmo'), { ...key, text: 'x' }), refusedAs('not_found'));
  await assert.rejects(answerHelp(world.as('imran'), { ...key, text: 'x' }), refusedAs('forbidden'));
});

test('the answer waits on the home page until it was read; writing on puts the question back', async () => {
  const imran = world.as('imran');
  const personId = world.personId('imran');
  const [own] = await ownHelp(imran);
  assert.ok(own);
  const key = { personId, helpRequestId: own.helpRequestId };
  world.clock.set('2026-11-22T07:00:00Z');
  await answerHelp(world.as('ramesh'), { ...key, text: 'पृष्ठ फिर से खोलें' });
  const news = await openNoticesOf(imran, personId);
  assert.deepEqual(
    news.map((notice) => notice.href),
    [`/help/${own.helpRequestId}`],
  );
  world.clock.set('2026-11-22T07:05:00Z');
  const { messages } = await readOwnHelp(imran, own.helpRequestId);
  assert.deepEqual(
    messages.map((message) => message.isFromDesk),
    [false, true],
  );
  assert.deepEqual(await openNoticesOf(imran, personId), []);
  await addToHelp(imran, { helpRequestId: own.helpRequestId, text: 'अब भी नहीं' });
  assert.equal((await ownHelp(imran))[0]?.state, 'open');
});

test('a request is closed and opened again, once each', async () => {
  const ramesh = world.as('ramesh');
  const [own] = await ownHelp(world.as('imran'));
  const key = { personId: world.personId('imran'), helpRequestId: own?.helpRequestId ?? '' };
  await closeHelp(ramesh, key);
  await assert.rejects(closeHelp(ramesh, key), refusedAs('conflict'));
  await reopenHelp(ramesh, key);
  await assert.rejects(reopenHelp(ramesh, key), refusedAs('conflict'));
});

test('a nodal officer’s own question goes to the next one up, and what has none goes to the operators', async () => {
  await askHelp(world.as('ramesh'), { text: 'रमेश का प्रश्न' });
  assert.deepEqual(textsOf(await deskInbox(world.as('anita'), 'mine')), ['रमेश का प्रश्न']);
  await askHelp(world.as('chief'), { text: 'मुख्य सचिव का प्रश्न' });
  assert.deepEqual(textsOf(await deskInbox(world.as('operator'), 'mine')), ['मुख्य सचिव का प्रश्न']);
});

test('nobody sends more than ten messages an hour', async () => {
  const kamla = world.as('kamla');
  for (let index = 0; index < 10; index += 1) await askHelp(kamla, { text: `प्रश्न ${index}` });
  await assert.rejects(askHelp(kamla, { text: 'एक और' }), refusedAs('too_many'));
});

test('a visitor asks without signing in, reachable by mobile or code, and an operator closes it once', async () => {
  const send = (fields: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/help',
      headers: form,
      payload: new URLSearchParams(fields).toString(),
    });
  const wrong = await send({ name: 'राम', text: 'साइन-इन नहीं होता' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /मोबाइल या कर्मचारी कोड लिखें/);
  assert.equal((await send({ name: 'राम', text: 'साइन-इन नहीं होता', mobile: '9444444444' })).statusCode, 303);
  const [request] = await listVisitors(world.as('operator'), 'open');
  assert.ok(request);
  await assert.rejects(listVisitors(world.as('ramesh'), 'open'), refusedAs('forbidden'));
  await masksTheMobile(request.visitorId);
  await closeVisitorHelp(world.as('operator'), { visitorId: request.visitorId, note: 'फ़ोन पर बताया' });
  await assert.rejects(
    closeVisitorHelp(world.as('operator'), { visitorId: request.visitorId, note: 'फिर' }),
    refusedAs('conflict'),
  );
});

/** The visitor's whole mobile stands on no page before an operator has asked for it, which is written down. */
async function masksTheMobile(visitorId: string): Promise<void> {
  const { headers } = await signedIn(world, 'operator');
  const url = `/office/help/visitors/${visitorId}`;
  const see = async (method: 'GET' | 'POST', path: string) =>
    (await app.inject({ method, url: path, headers })).body;
  const masked = await see('GET', url);
  assert.match(masked, /94••••••44/);
  assert.doesNotMatch(masked, /9444444444/);
  assert.match(await see('POST', `${url}/contact`), /9444444444/);
  const looks = await sql<{ by: string }>`select actor_person_id as by from audit_event
    where action = 'help.visitor_contact_revealed' and subject_id = ${visitorId}`.execute(
    world.runtime.db.read,
  );
  assert.deepEqual(looks.rows, [{ by: world.personId('operator') }]);
}

test('a transfer tells the person and the nodal officer who receives, and opening a notice ends it', async () => {
  const personId = world.personId('pushpa');
  await movePerson(world.as('anita'), { personId, officeCode: 'SW-BBK', startsOn: '2026-12-01' });
  assert.equal((await openNoticesOf(world.as('pushpa'), personId)).length, 1);
  const rameshId = world.personId('ramesh');
  const [notice] = await openNoticesOf(world.as('ramesh'), rameshId);
  assert.match(notice?.text ?? '', /बाराबंकी/);
  const ramesh = await signedIn(world, 'ramesh');
  const opened = await app.inject({ url: notice?.href ?? '', headers: ramesh.headers });
  assert.equal(opened.statusCode, 303);
  assert.equal(opened.headers.location, `/office/persons/${personId}`);
  assert.deepEqual(await openNoticesOf(world.as('ramesh'), rameshId), []);
});

test('questions follow the survivor of a merge', async () => {
  const survivorId = world.personId('sunita');
  await mergePersons(world.as('anita'), { survivorId, mergedId: world.personId('imran') });
  assert.deepEqual(textsOf(await ownHelp(world.as('sunita'))), ['पाठ 2 नहीं खुलता']);
});

test('the pages open for whom they are, and for nobody else', async () => {
  for (const url of ['/help', '/help/sent', '/accessibility', '/about', '/privacy'])
    assert.equal((await app.inject({ url })).statusCode, 200, url);
  const sunita = await signedIn(world, 'sunita');
  const mine = await app.inject({ url: '/help/mine', headers: sunita.headers });
  assert.equal(mine.statusCode, 200);
  assert.equal((await app.inject({ url: '/help/mine' })).statusCode, 401);
  assert.equal((await app.inject({ url: '/office/help', headers: sunita.headers })).statusCode, 403);
  const operator = await signedIn(world, 'operator');
  for (const url of [
    '/office/help',
    '/office/help?tab=below',
    '/office/help?tab=closed',
    '/office/help/visitors',
  ])
    assert.equal((await app.inject({ url, headers: operator.headers })).statusCode, 200, url);
});

test('the API asks, lists and answers', async () => {
  const geeta = await signedIn(world, 'geeta');
  const asked = await app.inject({
    method: 'POST',
    url: '/api/v1/help-requests',
    headers: geeta.headers,
    payload: { text: 'ऑडियो नहीं चलता', from: '/courses/asha-home-visits' },
  });
  assert.equal(asked.statusCode, 201);
  const { helpRequestId } = asked.json() as { helpRequestId: string };
  const cmo = await signedIn(world, 'cmo');
  const answered = await app.inject({
    method: 'POST',
    url: `/api/v1/help-desk/${world.personId('geeta')}/${helpRequestId}/answers`,
    headers: cmo.headers,
    payload: { text: 'फ़ोन की आवाज़ बढ़ाएँ' },
  });
  assert.equal(answered.statusCode, 204);
  const read = await app.inject({ url: `/api/v1/help-requests/${helpRequestId}`, headers: geeta.headers });
  assert.equal(read.json().messages.length, 2);
  assert.equal(read.json().courseCode, 'asha-home-visits');
});
