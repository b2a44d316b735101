import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { Refusal } from '../kernel/errors.ts';
import { personRecord } from './desk/stores/person-record.ts';
import { onNameCorrected } from './hooks.ts';
import { approveNameRequest, listNameRequests, refuseNameRequest } from './profile/decide-name-request.ts';
import { requestName, withdrawNameRequest } from './profile/request-name.ts';
import { approveRegistration, refuseRegistration } from './registration/decide-registration.ts';
import { listRegistrations, requireRegistration } from './registration/registrations.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const refusedAs = (code: string, reason?: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code && (reason === undefined || error.reason === reason);

const applicant = {
  nameHi: 'राधा मिश्रा',
  code: 'SW7001',
  mobile: '9333333333',
  officeQuery: 'SW-BBK',
  designation: 'कनिष्ठ सहायक',
};

function register(fields: Record<string, string>) {
  return app.inject({
    method: 'POST',
    url: '/register',
    headers: form,
    payload: new URLSearchParams(fields).toString(),
  });
}

test('who is not on the roster asks to be registered; no person and no account come of the asking', async () => {
  const sent = await register(applicant);
  assert.equal(sent.statusCode, 303);
  const found = await sql`select 1 from person_code where code = 'SW7001'`.execute(world.runtime.db.read);
  assert.equal(found.rows.length, 0);
  assert.equal(
    (await register({ ...applicant, code: 'SW1001' })).statusCode,
    303,
    'a known code answers alike',
  );
  const blank = await register({});
  assert.equal(blank.statusCode, 422);
  for (const field of ['nameHi', 'code', 'mobile']) assert.match(blank.body, new RegExp(`href="#${field}"`));
  const wrong = await register({ ...applicant, mobile: '12' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /value="SW7001"/);
});

test('the office’s nodal officer sees the request, others do not', async () => {
  const rows = await listRegistrations(world.as('ramesh'));
  assert.deepEqual(rows.map((row) => row.code).sort(), ['SW1001', 'SW7001']);
  assert.deepEqual(await listRegistrations(world.as('cmo')), []);
  const registrationId = idIn(rows, 'SW7001');
  await assert.rejects(requireRegistration(world.as('cmo'), registrationId), refusedAs('not_found'));
  await assert.rejects(listRegistrations(world.as('sunita')), refusedAs('forbidden'));
});

test('approval makes an account that counts from today, once, also when two decide together', async () => {
  const ramesh = world.as('ramesh');
  const registrationId = idIn(await listRegistrations(ramesh), 'SW7001');
  const both = await Promise.allSettled([
    approveRegistration(ramesh, { registrationId, startsOn: '2026-11-01' }),
    approveRegistration(world.as('anita'), { registrationId, startsOn: '2026-11-01' }),
  ]);
  const made = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.personId] : []));
  assert.equal(made.length, 1);
  const person = await personRecord(world.runtime.db.read, made[0] ?? '');
  assert.equal(person?.accountDay, '2026-11-22');
  assert.equal(person?.accountSource, 'self');
  assert.equal(person?.postings[0]?.startsOn, '2026-11-01');
});

test('a code that is taken cannot be approved, and is refused with a reason', async () => {
  const ramesh = world.as('ramesh');
  const registrationId = idIn(await listRegistrations(ramesh), 'SW1001');
  await assert.rejects(
    approveRegistration(ramesh, { registrationId, startsOn: '2026-11-01' }),
    (error: unknown) => {
      return error instanceof Refusal && error.fields[0]?.code === 'code_taken';
    },
  );
  await refuseRegistration(ramesh, { registrationId, reason: 'कोड पहले से दर्ज है' });
  await assert.rejects(
    refuseRegistration(ramesh, { registrationId, reason: 'फिर' }),
    refusedAs('conflict', 'already_decided'),
  );
});

test('a learner asks for a corrected name, one request at a time, and may withdraw it', async () => {
  const sunita = world.as('sunita');
  await requestName(sunita, { nameHi: 'सुनीता वर्मा सिंह', reason: 'विवाह' });
  await assert.rejects(
    requestName(sunita, { nameHi: 'सुनीता सिंह', reason: 'विवाह' }),
    refusedAs('conflict', 'request_waits'),
  );
  await withdrawNameRequest(sunita);
  await requestName(sunita, { nameHi: 'सुनीता सिंह', nameEn: 'Sunita Singh', reason: 'विवाह' });
});

test('the nodal officer of the subtree decides; the name changes with its history and others are told', async () => {
  const told: string[] = [];
  onNameCorrected('test', async (_tx, _ctx, correction) => {
    told.push(correction.after.nameHi ?? '');
  });
  assert.deepEqual(await listNameRequests(world.as('cmo')), []);
  const [request] = await listNameRequests(world.as('ramesh'));
  assert.ok(request);
  const key = { personId: request.personId, nameRequestId: request.nameRequestId };
  await assert.rejects(approveNameRequest(world.as('cmo'), key), refusedAs('not_found'));
  await approveNameRequest(world.as('ramesh'), key);
  await assert.rejects(
    refuseNameRequest(world.as('ramesh'), { ...key, reason: 'x' }),
    refusedAs('conflict', 'already_decided'),
  );
  const person = await personRecord(world.runtime.db.read, request.personId);
  assert.deepEqual([person?.nameHi, person?.nameEn], ['सुनीता सिंह', 'Sunita Singh']);
  assert.deepEqual(told, ['सुनीता सिंह']);
});

test('nobody decides the correction of his own name', async () => {
  const ramesh = world.as('ramesh');
  const { nameRequestId } = await requestName(ramesh, { nameHi: 'रमेश चन्द्र वर्मा', reason: 'भूल' });
  const key = { personId: world.personId('ramesh'), nameRequestId };
  assert.deepEqual(await listNameRequests(ramesh), []);
  await assert.rejects(approveNameRequest(ramesh, key), refusedAs('forbidden'));
  await approveNameRequest(world.as('anita'), key);
});

test('the profile shows what is kept, and the pages of requests open for the nodal officer', async () => {
  const sunita = await signedIn(world, 'sunita');
  for (const url of ['/profile', '/profile/name', '/profile/roles']) {
    const page = await app.inject({ url, headers: sunita.headers });
    assert.equal(page.statusCode, 200, url);
  }
  const profile = await app.inject({ url: '/profile', headers: sunita.headers });
  assert.match(profile.body, /सुनीता सिंह/);
  assert.match(profile.body, /90••••••01/);
  assert.equal((await app.inject({ url: '/profile' })).statusCode, 401);
  const ramesh = await signedIn(world, 'ramesh');
  for (const url of [
    '/office/registrations',
    '/office/name-requests',
    '/api/v1/registrations',
    '/api/v1/name-requests',
  ])
    assert.equal((await app.inject({ url, headers: ramesh.headers })).statusCode, 200, url);
});

function idIn(rows: { registrationId: string; code: string }[], code: string): string {
  return rows.find((row) => row.code === code)?.registrationId ?? '';
}
