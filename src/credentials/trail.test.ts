import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld, type World } from '../../test/world.ts';
import type { App } from '../kernel/feature.ts';
import { issueCertificates } from './issue-certificates.ts';
import { insertCompletion, insertCourse } from './test-completion.ts';

let world: World;
let app: App;

before(async () => {
  world = await openWorld();
  app = await world.app();
});
after(() => world.close());

test('a name is corrected and the certificate issued anew within one screen; the check page tells no old name', async () => {
  const old = await issued('sunita');
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const url = `/office/certificates/${old}/replacement`;
  assert.match((await app.inject({ url, headers })).body, /value="सुनीता वर्मा"/);
  const payload = (fields: object) => new URLSearchParams({ _csrf: csrf, ...fields }).toString();
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const latin = { nameHi: 'Sunita', nameEn: 'Sunita Verma', reason: 'वर्तनी ठीक की' };
  assert.equal(
    (await app.inject({ method: 'POST', url, headers: form, payload: payload(latin) })).statusCode,
    422,
  );
  const right = { ...latin, nameHi: 'सुनीता शर्मा', nameEn: 'Sunita Sharma' };
  const sent = await app.inject({ method: 'POST', url, headers: form, payload: payload(right) });
  const next = String(sent.headers.location).split('=')[1] ?? '';
  assert.match(next, /^DK26-/);
  const page = (await app.inject({ url: `/verify/${old}` })).body;
  assert.match(page, /नाम ठीक किया गया/);
  assert.ok(page.includes(`/verify/${next}`));
  assert.ok(!page.includes('वर्मा') && !page.includes('Verma'), 'no old name');
  const answer = (
    await app.inject({ url: `/verify/${old}`, headers: { accept: 'application/json' } })
  ).json();
  assert.deepEqual([answer.state, answer.name, answer.signature], ['replaced', 'सुनीता शर्मा', undefined]);
  assert.deepEqual(
    answer.trail.map((step: { certificateNo: string; because?: string }) => [
      step.certificateNo,
      step.because,
    ]),
    [
      [old, 'name'],
      [next, undefined],
    ],
  );
});

test('a certificate outlives its course, its holder’s service and his office', async () => {
  const number = await issued('imran');
  await world.runtime.db.transaction(async (tx) => {
    await sql`update course set state = 'retired' where course_id = (select course_id from certificate where certificate_no = ${number})`.execute(
      tx,
    );
    await sql`update posting set ends_on = '2026-11-21' where person_id = ${world.personId('imran')}`.execute(
      tx,
    );
    await sql`update office set valid_until = '2026-11-21' where code in ('SW-BBK-SCH', 'SW-BBK', 'SW')`.execute(
      tx,
    );
  });
  assert.match((await app.inject({ url: `/verify/${number}` })).body, /यह प्रमाणपत्र मान्य है/);
  const { headers } = await signedIn(world, 'imran');
  const pdf = await app.inject({ url: `/certificates/${number}.pdf`, headers });
  assert.equal(pdf.statusCode, 200);
  const badge = await app.inject({ url: `/api/v1/certificates/${number}/badge`, headers });
  const [, , , , office] = badge.json().credential.issuer.id.split(':');
  assert.equal((await app.inject({ url: `/issuers/${office}/did.json` })).statusCode, 200);
});

test('revoked or not, the check page says no more of a person than the certificate does', async () => {
  const number = await issued('sunita');
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ _csrf: csrf, reason: 'गोपनीय कारण' }).toString();
  const url = `/office/certificates/${number}/revocation`;
  assert.equal((await app.inject({ method: 'POST', url, headers: form, payload })).statusCode, 303);
  const page = (await app.inject({ url: `/verify/${number}` })).body;
  const answer = (await app.inject({ url: `/verify/${number}`, headers: { accept: 'application/json' } }))
    .body;
  for (const said of [page, answer])
    for (const secret of ['गोपनीय', 'SW1001', '90000000', world.personId('sunita'), world.personId('ramesh')])
      assert.ok(!said.includes(secret), secret);
  assert.match(page, /निरस्त/);
  assert.match(page, /जारी होने की तिथि/);
});

let courses = 0;

async function issued(who: string): Promise<string> {
  courses += 1;
  const courseId = await insertCourse(world, { code: `R-${courses}`, hi: 'साइबर स्वच्छता', en: null });
  const completion = await insertCompletion(world, who, { courseId });
  const numbers = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  return numbers.get(completion.completionId) ?? '';
}
