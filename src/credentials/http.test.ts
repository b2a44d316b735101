import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compactVerify, importJWK, type JWK } from 'jose';
import { sql } from 'kysely';
import { keptExports } from '../../test/kept-exports.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld, type World } from '../../test/world.ts';
import type { App } from '../kernel/feature.ts';
import { makeToken, privacyNoticeVersion } from '../people/index.ts';
import { issueCertificates } from './issue-certificates.ts';
import { newCertificateNumber } from './number.ts';
import { insertCompletion, insertCourse } from './test-completion.ts';

let world: World;
let app: App;
let number: string;
const json = { accept: 'application/json' };

before(async () => {
  world = await openWorld();
  app = await world.app();
  // No second factor is demanded in the demonstration; the notice was read long ago.
  world.runtime.config.isDemonstration = true;
  await world.runtime.db.transaction((tx) =>
    sql`update person set notice_accepted_at = now(), notice_version = ${privacyNoticeVersion}`.execute(tx),
  );
  number = await issueTo('sunita', 'साइबर स्वच्छता');
});
after(() => world.close());

test('the check answers anybody in JSON, in the language asked, with nothing but what is printed', async () => {
  const reply = await app.inject({ url: `/verify/${number}`, headers: json });
  assert.equal(reply.statusCode, 200);
  assert.match(String(reply.headers['content-type']), /^application\/json/);
  const { signature, ...answer } = reply.json();
  assert.equal(signature.split('.').length, 3);
  assert.deepEqual(answer, {
    valid: true,
    certificateNo: number,
    name: 'सुनीता वर्मा',
    course: 'साइबर स्वच्छता',
    issuedAt: '2026-11-22T06:00:00.000Z',
    state: 'valid',
    names: { hi: 'सुनीता वर्मा', en: 'Sunita Verma' },
    courseCode: 'C-1',
    courseTitle: { hi: 'साइबर स्वच्छता', en: null },
    completedOn: '2026-11-20',
    issuer: { hi: 'समाज कल्याण विभाग', en: 'Social Welfare Department' },
  });
  const english = await app.inject({
    url: `/verify/${number}`,
    headers: { ...json, 'accept-language': 'en' },
  });
  assert.equal(english.json().name, 'Sunita Verma');
});

test('a compressed answer still says by what else it differs', async () => {
  const reply = await app.inject({ url: `/verify/${number}`, headers: { 'accept-encoding': 'gzip' } });
  assert.equal(reply.headers['content-encoding'], 'gzip');
  assert.equal(reply.headers.vary, 'Accept, Cookie, Accept-Encoding');
});

test('the check page says in both languages that it is valid, and is not to be found by search engines', async () => {
  const reply = await app.inject({ url: `/verify/${number.toLowerCase().replaceAll('-', ' ')}` });
  assert.equal(reply.statusCode, 200);
  for (const text of [
    'यह प्रमाणपत्र मान्य है',
    'This certificate is valid',
    'सुनीता वर्मा',
    'Sunita Verma',
    number,
  ])
    assert.ok(reply.body.includes(text), text);
  assert.equal(reply.headers['x-robots-tag'], 'noindex');
  for (const secret of ['SW1001', '9000000001', 'पर्यवेक्षक']) assert.ok(!reply.body.includes(secret));
});

test('a number never issued is 404 in both forms; a mistyped one says so', async () => {
  for (const [no, said, code] of [
    [newCertificateNumber(2026), 'कोई प्रमाणपत्र जारी नहीं हुआ', 'not_found'],
    [wrongCharacter(number), 'लिखने में कोई भूल', 'certificate_number_mistyped'],
    ['IGOT-2024-77', 'कोई प्रमाणपत्र जारी नहीं हुआ', 'not_found'],
  ]) {
    const page = await app.inject({ url: `/verify/${no}` });
    assert.equal(page.statusCode, 404);
    assert.ok(page.body.includes(said ?? ''), no);
    const answer = await app.inject({ url: `/verify/${no}`, headers: json });
    assert.deepEqual([answer.statusCode, answer.json().code], [404, code]);
  }
});

test('who tries numbers out gets no answer for a minute, right numbers included; others go on', async () => {
  const ask = (no: string, remoteAddress: string) =>
    app.inject({ url: `/verify/${no}`, headers: json, remoteAddress });
  const statuses = [];
  for (let turn = 0; turn < 40; turn += 1)
    statuses.push((await ask(newCertificateNumber(2026), '10.9.9.9')).statusCode);
  assert.deepEqual([statuses[0], statuses[29], statuses[30], statuses[39]], [404, 404, 429, 429]);
  const refused = await ask(number, '10.9.9.9');
  assert.deepEqual([refused.statusCode, refused.json().code], [429, 'too_many_attempts']);
  assert.equal((await ask(number, '10.9.9.8')).statusCode, 200);
  for (let turn = 0; turn < 100; turn += 1) assert.equal((await ask(number, '10.9.9.7')).statusCode, 200);
  const before = world.clock.now();
  world.clock.set(new Date(before.getTime() + 61_000));
  assert.equal((await ask(number, '10.9.9.9')).statusCode, 200);
  world.clock.set(before);
});

test('the form leads to the check page, takes a whole address or QR text, and asks for what is missing', async () => {
  const found = await app.inject({ url: `/verify?no=${encodeURIComponent(` ${number.toLowerCase()} `)}` });
  assert.deepEqual([found.statusCode, found.headers.location], [303, `/verify/${number}`]);
  const address = await app.inject({
    url: `/verify?no=${encodeURIComponent(`https://x.in/verify/${number}`)}`,
  });
  assert.equal(address.headers.location, `/verify/${number}`);
  const { signature } = (await app.inject({ url: `/verify/${number}`, headers: json })).json();
  const whole = encodeURIComponent(`https://x.in/verify/${number}#${signature}`);
  assert.match((await app.inject({ url: `/verify?no=${whole}` })).body, /QR कोड में लिखा है/);
  const at = whole.length - 20;
  const other = whole.charAt(at) === 'A' ? 'B' : 'A';
  const changed = whole.slice(0, at) + other + whole.slice(at + 1);
  const forged = await app.inject({ url: `/verify?no=${changed}` });
  assert.equal(forged.statusCode, 404);
  assert.match(forged.body, /जारी किया हुआ नहीं/);
  assert.equal((await app.inject({ url: '/verify' })).statusCode, 200);
  assert.equal((await app.inject({ url: '/verify?no=' })).statusCode, 422);
});

test('what the QR carries is checked with the published key alone', async () => {
  const { keys } = (await app.inject({ url: '/.well-known/daksh-keys.json' })).json() as { keys: JWK[] };
  const { signature } = (await app.inject({ url: `/verify/${number}`, headers: json })).json();
  const { protectedHeader } = await compactVerify(signature, await importJWK(keys[0] ?? {}, 'EdDSA'));
  assert.deepEqual(protectedHeader, { alg: 'EdDSA', zip: 'DEF', kid: keys[0]?.kid });
  assert.ok(keys.every((key) => key.d === undefined));
});

test('the contract says what a check and the keys answer, and the check is limited per address', async () => {
  const { paths } = (await app.inject({ url: '/api/v1/openapi.json' })).json();
  const check = paths['/verify/{certificateNo}'].get.responses['200'].content;
  assert.deepEqual(Object.keys(check), ['application/json', 'text/html']);
  assert.ok(check['application/json'].schema.properties.certificateNo);
  assert.ok(paths['/.well-known/daksh-keys.json'].get.responses['200']);
  assert.ok(paths['/api/v1/me/certificates'].get.responses['200']);
  assert.equal(paths['/certificates'], undefined);
  const reply = await app.inject({ url: '/verify' });
  assert.ok(Number(reply.headers['x-ratelimit-limit']) >= 100);
});

test('the PDF is for its holder and for who may read names there; to others it is not found', async () => {
  for (const key of ['sunita', 'ramesh', 'anita', 'auditor']) {
    const reply = await app.inject({
      url: `/certificates/${number}.pdf`,
      headers: (await signedIn(world, key)).headers,
    });
    assert.equal(reply.statusCode, 200, key);
    assert.equal(reply.headers['content-type'], 'application/pdf');
    assert.equal(reply.rawPayload.subarray(0, 5).toString(), '%PDF-');
    assert.match(reply.rawPayload.toString('latin1'), /NotoSans/);
  }
  const kept = await keptExports(world, 'certificate');
  assert.deepEqual(
    kept.map(({ office, personId }) => [office, personId]),
    Array(3).fill(['SW-BBK', world.personId('sunita')]),
    'whoever takes another’s is kept, the holder is not',
  );
  for (const key of ['imran', 'cmo', 'secretary', 'operator', 'author']) {
    const reply = await app.inject({
      url: `/certificates/${number}.pdf`,
      headers: (await signedIn(world, key)).headers,
    });
    assert.equal(reply.statusCode, 404, key);
  }
  const anonymous = await app.inject({ url: `/certificates/${number}.pdf` });
  assert.equal(anonymous.statusCode, 401);
});

test('an unchanged PDF is not sent twice', async () => {
  const { headers } = await signedIn(world, 'sunita');
  const url = `/certificates/${number}.pdf`;
  const { etag } = (await app.inject({ url, headers })).headers;
  const again = await app.inject({ url, headers: { ...headers, 'if-none-match': String(etag) } });
  assert.deepEqual([again.statusCode, again.rawPayload.length], [304, 0]);
});

test('a PDF takes any name and title: markup, both scripts missing, 120 letters', async () => {
  for (const [hi, en, title] of [
    ['#panic("क") ]', null, '*महिला* $x$ <a> @b'],
    [null, 'O’Brien \\ "quoted" #[x]', 'क'.repeat(120)],
    ['श्रीमती राजराजेश्वरी लक्ष्मीनारायण त्रिपाठी उपाध्याय क्षत्रिय'.repeat(3), 'X'.repeat(90), 'क्षत्रिय '.repeat(13)],
  ]) {
    const no = await issueTo('pushpa', title ?? '', { hi: hi ?? null, en: en ?? null });
    const reply = await app.inject({
      url: `/certificates/${no}.pdf`,
      headers: (await signedIn(world, 'pushpa')).headers,
    });
    assert.equal(reply.statusCode, 200);
    assert.match(reply.rawPayload.toString('latin1'), /\/Count 1\b/, 'one page');
  }
});

test('my certificates are listed with session or token, and paged', async () => {
  const token = await tokenFor('SW1001');
  const reply = await app.inject({ url: '/api/v1/me/certificates', headers: token });
  assert.equal(reply.statusCode, 200);
  const { items, next } = reply.json();
  assert.equal(next, null);
  assert.deepEqual([items.length, items[0].certificateNo, items[0].courseCode], [1, number, 'C-1']);
  assert.match(items[0].issuedAt, /^2026-11-22T06:00:00/);
  assert.equal((await app.inject({ url: '/api/v1/me/certificates' })).statusCode, 401);
  const bad = await app.inject({ url: '/api/v1/me/certificates?limit=0', headers: token });
  assert.equal(bad.statusCode, 422);
});

test('the page of my certificates shows them, or what to do first', async () => {
  const own = await app.inject({ url: '/certificates', headers: (await signedIn(world, 'sunita')).headers });
  assert.ok(own.body.includes(`/certificates/${number}.pdf`));
  const empty = await app.inject({ url: '/certificates', headers: (await signedIn(world, 'imran')).headers });
  assert.equal(empty.statusCode, 200);
  assert.match(empty.body, /अभी कोई प्रमाणपत्र नहीं/);
  assert.equal((await app.inject({ url: '/certificates' })).statusCode, 401);
});

test('an officer issues anew and revokes through the API; the check page tells it at once', async () => {
  const old = await issueTo('imran', 'पुराना', undefined, 'SW-BBK-SCH');
  const { headers } = await signedIn(world, 'ramesh');
  const post = (path: string, payload: object, as = headers) =>
    app.inject({ method: 'POST', url: `/api/v1/certificates/${path}`, payload, headers: as });
  assert.equal((await post(`${old}/replacements`, {})).statusCode, 422);
  const made = await post(`${old}/replacements`, { reason: 'नाम ठीक किया गया' });
  assert.equal(made.statusCode, 201);
  const { certificateNo, replaces } = made.json();
  assert.equal(replaces, old);
  const saved = await app.inject({
    url: `/certificates/${old}.pdf`,
    headers: (await signedIn(world, 'pushpa')).headers,
  });
  assert.equal(saved.headers.location, `/verify/${old}`, 'a saved link leads to what became of it');
  const page = await app.inject({ url: `/verify/${old}` });
  assert.ok(page.body.includes(`/verify/${certificateNo}`));
  const answer = (await app.inject({ url: `/verify/${old}`, headers: json })).json();
  assert.deepEqual([answer.valid, answer.state, answer.replacedBy], [false, 'replaced', certificateNo]);
  assert.equal((await post(`${old}/revocation`, { reason: 'किसी कारण से' })).statusCode, 409);
  const other = (await signedIn(world, 'cmo')).headers;
  assert.equal((await post(`${certificateNo}/revocation`, { reason: 'किसी कारण से' }, other)).statusCode, 404);
  const learner = (await signedIn(world, 'sunita')).headers;
  assert.equal(
    (await post(`${certificateNo}/revocation`, { reason: 'किसी कारण से' }, learner)).statusCode,
    403,
  );
  const revoked = await post(`${certificateNo}/revocation`, { reason: 'किसी कारण से' });
  assert.deepEqual([revoked.statusCode, revoked.json().state], [200, 'revoked']);
  const now = (await app.inject({ url: `/verify/${certificateNo}`, headers: json })).json();
  assert.deepEqual([now.valid, now.revoked, now.state], [false, true, 'revoked']);
  assert.match((await app.inject({ url: `/verify/${certificateNo}` })).body, /यह प्रमाणपत्र निरस्त है/);
  const own = await app.inject({ url: '/certificates', headers: (await signedIn(world, 'imran')).headers });
  assert.match(own.body, /जारीकर्ता ने इसे निरस्त कर दिया/);
  assert.ok(!own.body.includes(`${certificateNo}.jwt`), 'nothing is handed on that is worth nothing');
});

test("the office's pages find, ask, keep what was typed, and change", async () => {
  const no = await issueTo('ramesh', 'कार्यालय');
  const { headers, csrf } = await signedIn(world, 'anita');
  const desk = await app.inject({ url: '/office/certificates?no=SW1002', headers });
  assert.ok(desk.body.includes(`/office/certificates/${no}/revocation`));
  assert.equal((await app.inject({ url: '/office/certificates?no=HF1001', headers })).statusCode, 200);
  const asks = await app.inject({ url: `/office/certificates/${no}/revocation`, headers });
  assert.equal(asks.statusCode, 200);
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const send = (kind: string, reason: string) =>
    app.inject({
      method: 'POST',
      url: `/office/certificates/${no}/${kind}`,
      headers: form,
      payload: new URLSearchParams({ _csrf: csrf, reason }).toString(),
    });
  const short = await send('revocation', 'abc');
  assert.equal(short.statusCode, 422);
  assert.match(short.body, /कारण लिखें \(5 से 500 अक्षर\)/);
  assert.match(short.body, /abc/);
  const done = await send('revocation', 'किसी कारण से');
  assert.deepEqual([done.statusCode, done.headers.location], [303, `/office/certificates?no=${no}`]);
  const anew = await send('replacement', 'भूल से निरस्त हुआ था');
  assert.match(String(anew.headers.location), /^\/office\/certificates\?no=DK26-/);
  const learner = await app.inject({
    url: '/office/certificates',
    headers: (await signedIn(world, 'sunita')).headers,
  });
  assert.equal(learner.statusCode, 403);
  const outside = await app.inject({
    url: `/office/certificates/${no}/revocation`,
    headers: (await signedIn(world, 'cmo')).headers,
  });
  assert.equal(outside.statusCode, 404);
});

let courses = 0;

async function issueTo(
  who: string,
  title: string,
  name?: { hi: string | null; en: string | null },
  office?: string,
): Promise<string> {
  courses += 1;
  if (name)
    await world.runtime.db.transaction((tx) =>
      sql`update person set name_hi = ${name.hi}, name_en = ${name.en} where person_id = ${world.personId(who)}`.execute(
        tx,
      ),
    );
  const courseId = await insertCourse(world, { code: `C-${courses}`, hi: title, en: null });
  const completion = await insertCompletion(world, who, { courseId, office });
  const issued = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  const no = issued.get(completion.completionId);
  assert.ok(no);
  return no;
}

async function tokenFor(code: string): Promise<Record<string, string>> {
  const token = await makeToken(world.system, { employeeCode: code });
  return { authorization: `Bearer ${token}` };
}

function wrongCharacter(no: string): string {
  return no.slice(0, 6) + (no[6] === 'A' ? 'B' : 'A') + no.slice(7);
}
