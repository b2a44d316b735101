import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld, type World } from '../../test/world.ts';
import { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { issueCertificates } from './issue-certificates.ts';
import { ownCertificates, searchCertificates } from './list-certificates.ts';
import { newCertificateNumber } from './number.ts';
import { reassignCertificates } from './reassign-certificates.ts';
import { replaceCertificate, replaceMisnamed } from './replace-certificate.ts';
import { revokeCertificate, revokeCertificateOfCompletion } from './revoke-certificate.ts';
import { publicKeySet, signingKey } from './signing-keys.ts';
import { insertCompletion, insertCourse, type TestCompletion } from './test-completion.ts';
import { verifyCertificate, verifyQrText } from './verify-certificate.ts';

let world: World;
let courseId: string;

before(async () => {
  world = await openWorld();
  courseId = await insertCourse(world, { code: 'CYBER', hi: 'साइबर स्वच्छता', en: 'Cyber hygiene' });
});
after(() => world.close());

test('twenty requests at once issue one certificate', async () => {
  const completion = await insertCompletion(world, 'sunita', { courseId });
  const numbers = await Promise.all(Array.from({ length: 20 }, () => issue(completion)));
  assert.equal(new Set(numbers).size, 1);
  assert.ok(numbers[0]);
  const kept = await rows(
    sql`select certificate_no from certificate where completion_id = ${completion.completionId}`,
  );
  assert.equal(kept.length, 1);
  const reserved = await rows(sql`select 1 from certificate_number where person_id = ${completion.personId}`);
  assert.equal(reserved.length, 1);
});

test('what is issued is frozen: both scripts, titles, day, minutes, department and government', async () => {
  const number = await issued('imran', { office: 'SW-BBK-SCH' });
  await world.runtime.db.transaction((tx) =>
    sql`update person set name_hi = 'कोई और' where person_id = ${world.personId('imran')}`.execute(tx),
  );
  const verdict = await verifyCertificate(world.system, number);
  assert.ok('certificate' in verdict);
  assert.equal(verdict.state, 'valid');
  assert.deepEqual(verdict.certificate.content, {
    form: 1,
    name: { hi: 'इमरान ख़ान', en: 'Imran Khan' },
    course: { code: 'CYBER', title: { hi: 'साइबर स्वच्छता', en: 'Cyber hygiene' } },
    minutes: 95,
    scorePercent: null,
    completedDay: '2026-11-20',
    issuedDay: '2026-11-22',
    issuer: {
      government: { hi: 'उत्तर प्रदेश शासन', en: 'Government of Uttar Pradesh' },
      department: { hi: 'समाज कल्याण विभाग', en: 'Social Welfare Department' },
      officeId: world.officeId('SW'),
    },
  });
});

test('an imported completion and one that was taken back get no certificate', async () => {
  const imported = await insertCompletion(world, 'pushpa', { courseId, source: 'igot', day: '2026-01-05' });
  assert.equal(await issue(imported), undefined);
  const voided = await insertCompletion(world, 'pushpa', { courseId, day: '2026-01-06' });
  await voidCompletion(voided);
  assert.equal(await issue(voided), undefined);
});

test('a certificate that its officer revokes stays revoked, with the reason, in the audit trail', async () => {
  const number = await issued('ramesh');
  const input = { certificateNo: number.toLowerCase(), reason: 'परीक्षा किसी और ने दी' };
  const revoked = await revokeCertificate(world.as('anita'), input);
  assert.ok(revoked.revokedAt);
  await revokeCertificate(world.as('anita'), { ...input, reason: 'एक और कारण' });
  const verdict = await verifyCertificate(world.system, number);
  assert.ok('certificate' in verdict);
  assert.equal(verdict.state, 'revoked');
  assert.equal(verdict.certificate.revokedReason, 'परीक्षा किसी और ने दी');
  assert.equal((await audited('certificate.revoked', number)).length, 1);
});

test('a new issue takes the name of today, cites the old number, and the old one leads to it', async () => {
  const number = await issued('kamla', { office: 'HF-BBK-CHC' });
  await world.runtime.db.transaction((tx) =>
    sql`update person set name_hi = 'कमला कुमारी' where person_id = ${world.personId('kamla')}`.execute(tx),
  );
  const input = { certificateNo: number, reason: 'नाम ठीक किया गया' };
  const next = await replaceCertificate(world.as('cmo'), input);
  const [old, fresh] = await Promise.all([number, next].map((no) => verifyCertificate(world.system, no)));
  assert.ok(old && 'certificate' in old && fresh && 'certificate' in fresh);
  assert.deepEqual([old.state, old.certificate.replacedByNo], ['replaced', next]);
  assert.deepEqual([fresh.state, fresh.certificate.replacesNo], ['valid', number]);
  assert.equal(fresh.certificate.content.name.hi, 'कमला कुमारी');
  assert.equal(old.certificate.content.name.hi, 'कमला देवी');
  await refused(replaceCertificate(world.as('cmo'), input), 'certificate_replaced');
  await refused(revokeCertificate(world.as('cmo'), input), 'certificate_replaced');
  assert.equal((await audited('certificate.replaced', number)).length, 1);
  const held = await ownCertificates(world.as('kamla'), { limit: 10 });
  assert.deepEqual(
    held.items.map((item) => item.certificateNo),
    [next],
  );
});

test('ten officers who replace one certificate at once make one new one', async () => {
  const number = await issued('geeta', { office: 'HF-BBK-CHC' });
  const tries = Array.from({ length: 10 }, () =>
    replaceCertificate(world.as('cmo'), { certificateNo: number, reason: 'नाम ठीक किया गया' }),
  );
  const done = (await Promise.allSettled(tries)).filter((result) => result.status === 'fulfilled');
  assert.equal(done.length, 1);
});

test('only the nodal officer over the person revokes or replaces; to others it is not there', async () => {
  const number = await issued('pushpa', { office: 'SW-JHS' });
  const input = { certificateNo: number, reason: 'किसी कारण से' };
  for (const key of ['ramesh', 'cmo']) {
    await refused(revokeCertificate(world.as(key), input), 'not_found');
    await refused(replaceCertificate(world.as(key), input), 'not_found');
    assert.deepEqual(await searchCertificates(world.as(key), number), []);
  }
  for (const key of ['pushpa', 'secretary', 'operator', 'auditor', 'author'])
    await refused(revokeCertificate(world.as(key), input), 'forbidden');
  await refused(revokeCertificate(world.as('anita'), { ...input, reason: ' ' }), 'invalid');
  assert.equal((await searchCertificates(world.as('anita'), 'SW2002')).length, 1);
  assert.equal((await searchCertificates(world.as('auditor'), number)).length, 1);
});

test('a completion taken back revokes its certificate, and nothing new is issued for it', async () => {
  const completion = await insertCompletion(world, 'author', { courseId, office: 'SW-DIR' });
  const number = await issue(completion);
  assert.ok(number);
  await voidCompletion(completion);
  await world.runtime.db.transaction((tx) =>
    revokeCertificateOfCompletion(tx, world.system, { ...completion, reason: 'वापस ली गई' }),
  );
  assert.equal((await verifyCertificate(world.system, number)).state, 'revoked');
  const again = replaceCertificate(world.as('anita'), { certificateNo: number, reason: 'फिर से जारी करें' });
  await refused(again, 'completion_taken_back');
});

test('certificates follow the person who remains after a merge, and one achievement keeps one', async () => {
  const twice = await insertCourse(world, { code: 'TWICE', hi: 'दोनों ने', en: 'Both' });
  const first = await issue(await insertCompletion(world, 'chief', { courseId: twice, office: 'UP' }));
  const second = await issue(await insertCompletion(world, 'secretary', { courseId: twice, office: 'SW' }));
  const number = await issued('secretary', { office: 'SW' });
  const pair = { mergedId: world.personId('secretary'), survivorId: world.personId('chief') };
  const moved = await world.runtime.db.transaction((tx) => reassignCertificates(tx, world.system, pair));
  assert.equal(moved, 2);
  const held = await ownCertificates(world.as('chief'), { limit: 10 });
  assert.deepEqual(new Set(held.items.map((item) => item.certificateNo)), new Set([first, second, number]));
  for (const [no, state] of [
    [first, 'valid'],
    [second, 'revoked'],
    [number, 'valid'],
  ] as const)
    assert.equal((await verifyCertificate(world.system, no ?? '')).state, state);
  assert.equal((await ownCertificates(world.as('secretary'), { limit: 10 })).items.length, 0);
});

test('a corrected name issues the valid certificates anew, once', async () => {
  const number = await issued('pushpa', { office: 'SW-JHS' });
  const correct = () =>
    world.runtime.db.transaction((tx) => replaceMisnamed(tx, world.as('anita'), world.personId('pushpa')));
  assert.equal(await correct(), 0);
  await world.runtime.db.transaction((tx) =>
    sql`update person set name_hi = 'पुष्पा देवी यादव' where person_id = ${world.personId('pushpa')}`.execute(
      tx,
    ),
  );
  assert.ok((await correct()) > 0);
  assert.equal(await correct(), 0);
  assert.equal((await verifyCertificate(world.system, number)).state, 'replaced');
  const { items } = await ownCertificates(world.as('pushpa'), { limit: 10 });
  assert.ok(items.every((item) => item.content.name.hi === 'पुष्पा देवी यादव'));
});

test('a record changed in the database no longer agrees with its signature', async () => {
  const number = await issued('auditor', { office: 'UP' });
  const change = (path: string, value: string) =>
    world.runtime.db.transaction((tx) =>
      sql`update certificate set content = jsonb_set(content, ${path}::text[], ${value}::jsonb)
        where certificate_no = ${number}`.execute(tx),
    );
  await change('{name,hi}', '"कोई और"');
  assert.equal((await verifyCertificate(world.system, number)).state, 'damaged');
  await change('{name,hi}', '"जोसेफ़ मैथ्यू"');
  assert.equal((await verifyCertificate(world.system, number)).state, 'valid');
});

test('a QR with one bit changed, of another installation, or of an unknown key is forged', async () => {
  const number = await issued('operator', { office: 'UP' });
  const verdict = await verifyCertificate(world.system, number);
  assert.ok('certificate' in verdict);
  const jws = verdict.certificate.signature;
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const qr = await verifyQrText(world.system, `https://daksh.example/verify/${number}#${jws}`);
  assert.ok(typeof qr === 'object');
  assert.deepEqual(
    [qr.signed.certificateNo, qr.signed.name, qr.verdict.state],
    [number, 'नेहा गुप्ता', 'valid'],
  );
  const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  for (const forged of [
    [header, flip(payload), signature],
    [header, payload, flip(signature)],
    [Buffer.from('{"alg":"none"}').toString('base64url'), payload, signature],
    [Buffer.from('{"alg":"EdDSA","kid":"../../x"}').toString('base64url'), payload, signature],
    ['AAAA', 'AAAA', signature],
  ])
    assert.equal(await verifyQrText(world.system, forged.join('.')), 'forged');
  assert.equal(await verifyQrText(world.system, 'https://example.in/'), 'not-a-qr');
});

test('one key is made however many ask first; another secret has a key of its own, both stay published', async () => {
  const other = await openWorld();
  try {
    const keys = await Promise.all(Array.from({ length: 20 }, () => signingKey(other.runtime.db)));
    assert.equal(new Set(keys.map((key) => key.kid)).size, 1);
    const { keys: published } = await publicKeySet(other.runtime.db);
    assert.equal(published.length, 1);
    assert.deepEqual(
      published.map(({ kty, crv, d }) => [kty, crv, d]),
      [['OKP', 'Ed25519', undefined]],
    );
    const { prepareSigningKeys } = await import('./signing-keys.ts');
    prepareSigningKeys({ db: other.runtime.db, secret: 'another secret of this installation' });
    assert.equal((await publicKeySet(other.runtime.db)).keys.length, 2);
  } finally {
    await other.close();
  }
});

test('a number never issued is unknown, a wrong character is called a typing mistake', async () => {
  assert.equal((await verifyCertificate(world.system, newCertificateNumber(2026))).state, 'unknown');
  assert.equal((await verifyCertificate(world.system, 'DK26-7F3K-9Q2M-4TX0')).state, 'mistyped');
  assert.equal((await verifyCertificate(world.system, 'UP-2024-001')).state, 'unknown');
});

test('a person pages through his own certificates, newest first, without gaps', async () => {
  for (const index of [1, 2, 3, 4, 5]) {
    const course = await insertCourse(world, { code: `P${index}`, hi: `पाठ्यक्रम ${index}`, en: null });
    await issue(await insertCompletion(world, 'cmo', { courseId: course, office: 'HF-BBK' }));
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await ownCertificates(world.as('cmo'), { limit: 2, after });
    seen.push(...page.items.map((item) => item.content.course.code));
    after = page.next ?? undefined;
  } while (after);
  assert.deepEqual(seen, ['P5', 'P4', 'P3', 'P2', 'P1']);
});

async function issue(completion: TestCompletion): Promise<string | undefined> {
  const issued = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  return issued.get(completion.completionId);
}

async function issued(who: string, where: { office?: string } = {}): Promise<string> {
  const code = `C-${newId()}`;
  const own = who === 'imran' ? courseId : await insertCourse(world, { code, hi: 'परीक्षण', en: 'Test' });
  const number = await issue(await insertCompletion(world, who, { courseId: own, ...where }));
  assert.ok(number);
  return number;
}

async function voidCompletion(completion: TestCompletion): Promise<void> {
  await world.runtime.db.transaction((tx) =>
    sql`update completion set voided_at = now() where completion_id = ${completion.completionId}`.execute(tx),
  );
}

async function rows(query: ReturnType<typeof sql>): Promise<unknown[]> {
  return (await query.execute(world.runtime.db.read)).rows;
}

function audited(action: string, subjectId: string): Promise<unknown[]> {
  return rows(sql`select 1 from audit_event where action = ${action} and subject_id = ${subjectId}`);
}

async function refused(work: Promise<unknown>, reason: string): Promise<void> {
  await assert.rejects(work, (error: unknown) => error instanceof Refusal && error.reason === reason);
}
