import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld, type World } from '../../../test/world.ts';
import type { App } from '../../kernel/feature.ts';
import { issueCertificates } from '../issue-certificates.ts';
import { replaceCertificate } from '../replace-certificate.ts';
import { revokeCertificate } from '../revoke-certificate.ts';
import { certificateByNumber } from '../store.ts';
import { insertCompletion, insertCourse } from '../test-completion.ts';
import { isBitSet, listLength, statusPosition } from './status-position.ts';

let world: World;
let app: App;

before(async () => {
  world = await openWorld();
  app = await world.app();
});
after(() => world.close());

type Method = { id: string; publicKeyJwk: JWK };

test('a badge is a VC-JWT whose key is found by its did:web document alone', async () => {
  const { certificate, credential, jwt } = await badge();
  const header = decodeProtectedHeader(jwt);
  assert.deepEqual([header.alg, header.typ], ['EdDSA', 'JWT']);
  const did = credential.issuer.id;
  assert.equal(did, `did:web:localhost%3A3000:issuers:${world.officeId('SW')}`);
  const document = await get(`/${did.split(':').slice(3).join('/')}/did.json`);
  assert.equal(document.id, did);
  const method = document.verificationMethod.find((one: Method) => one.id === header.kid);
  assert.ok(document.assertionMethod.includes(method.id));
  const { payload } = await compactVerify(jwt, await importJWK(method.publicKeyJwk, 'EdDSA'));
  const claims = JSON.parse(new TextDecoder().decode(payload));
  assert.deepEqual([claims.iss, claims.jti], [did, credential.id]);
  assert.equal(claims.nbf, Math.floor(certificate.issuedAt.getTime() / 1000));
  const { iss, jti, nbf, ...members } = claims;
  assert.deepEqual(members, credential);
});

test('a badge names the contexts, types and members that Open Badges 3.0 asks for', async () => {
  const { credential } = await badge();
  assert.deepEqual(credential['@context'], [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ]);
  assert.deepEqual(credential.type, ['VerifiableCredential', 'OpenBadgeCredential']);
  const { achievement, identifier, type } = credential.credentialSubject;
  assert.deepEqual(type, ['AchievementSubject']);
  assert.deepEqual(identifier[0].identityHash, 'सुनीता वर्मा');
  for (const member of ['id', 'type', 'name', 'description', 'criteria'])
    assert.ok(achievement[member], member);
  assert.match(credential.validFrom, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  for (const address of [
    credential.id,
    achievement.id,
    credential.issuer.url,
    credential.credentialStatus.id,
  ])
    assert.ok(URL.canParse(address), address);
  const profile = await get(new URL(credential.issuer.url).pathname);
  assert.deepEqual([profile.id, profile.type], [credential.issuer.id, ['Profile']]);
});

test('revoking and replacing set the bit in the published list; others stay clear', async () => {
  const [kept, revoked, replaced] = [await badge(), await badge(), await badge()];
  await revokeCertificate(world.as('anita'), {
    certificateNo: revoked.certificate.certificateNo,
    reason: 'किसी कारण से',
  });
  await replaceCertificate(world.as('anita'), {
    certificateNo: replaced.certificate.certificateNo,
    reason: 'किसी कारण से',
  });
  world.clock.set('2026-11-22T06:05:00Z');
  for (const [one, isWithdrawn] of [
    [kept, false],
    [revoked, true],
    [replaced, true],
  ] as const) {
    const { statusListCredential, statusListIndex, statusPurpose } = one.credential.credentialStatus;
    assert.equal(statusPurpose, 'revocation');
    const list = await published(statusListCredential);
    assert.equal(isBitSet(list.bits, Number(statusListIndex)), isWithdrawn);
  }
});

test('the list is a credential of its own, long enough and kept no longer than it says', async () => {
  const { credential } = await badge();
  const list = await published(credential.credentialStatus.statusListCredential);
  assert.deepEqual(list.claims.type, ['VerifiableCredential', 'BitstringStatusListCredential']);
  assert.equal(list.claims.credentialSubject.type, 'BitstringStatusList');
  assert.equal(list.claims.id, credential.credentialStatus.statusListCredential);
  assert.equal(list.bits.length * 8, listLength);
  assert.equal(list.headers['cache-control'], 'public, max-age=60');
  assert.equal((await app.inject({ url: '/status-lists/9' })).statusCode, 404);
});

test('the file of a badge and the API are for who may read the certificate', async () => {
  const { certificate } = await badge();
  for (const url of [
    `/certificates/${certificate.certificateNo}.jwt`,
    `/api/v1/certificates/${certificate.certificateNo}/badge`,
  ]) {
    assert.equal(
      (await app.inject({ url, headers: (await signedIn(world, 'sunita')).headers })).statusCode,
      200,
    );
    assert.equal(
      (await app.inject({ url, headers: (await signedIn(world, 'cmo')).headers })).statusCode,
      404,
    );
    assert.equal((await app.inject({ url })).statusCode, 401);
  }
});

test('a badge keeps the public rules of Open Badges 3.0 and Verifiable Credentials 2.0', async () => {
  const { credential, jwt } = await badge();
  openBadgeRules.parse(credential);
  const header = decodeProtectedHeader(jwt);
  assert.ok(header.kid?.startsWith(`${credential.issuer.id}#`), 'the key is named by its DID URL');
  assert.deepEqual(header.crit, undefined);
  // No null, no empty text: JSON-LD reads both otherwise than they are meant.
  JSON.stringify(credential, (key, value) => {
    assert.ok(value !== null && value !== '', key);
    return value;
  });
  const list = await published(credential.credentialStatus.statusListCredential);
  listRules.parse(list.claims);
  assert.ok(list.bits.length * 8 >= 131_072, 'never below 16 kB');
  const index = credential.credentialStatus.statusListIndex;
  assert.match(index, /^(0|[1-9]\d*)$/);
  assert.ok(Number(index) < list.bits.length * 8);
  assert.equal(isBitSet(list.bits, Number(index)), false);
});

const types = (first: string, second: string) => z.tuple([z.literal(first), z.literal(second)], z.string());
const did = z.string().regex(/^did:web:[A-Za-z0-9.%-]+(:[A-Za-z0-9.%-]+)*$/);
const instant = z.iso.datetime({ offset: true });
const profile = z.strictObject({
  id: did,
  type: z.tuple([z.literal('Profile')]),
  name: z.string(),
  url: z.url(),
});
const achievement = z.strictObject({
  id: z.url(),
  type: z.tuple([z.literal('Achievement')]),
  achievementType: z.literal('CertificateOfCompletion'),
  humanCode: z.string(),
  inLanguage: z.enum(['hi', 'en']),
  name: z.string(),
  description: z.string(),
  criteria: z.strictObject({ narrative: z.string() }),
});
const identity = z.strictObject({
  type: z.literal('IdentityObject'),
  hashed: z.literal(false),
  identityHash: z.string(),
  identityType: z.literal('name'),
});

/** What the specifications demand, and nothing that they do not know: strict where the schema is closed. */
const openBadgeRules = z.strictObject({
  '@context': z.tuple([
    z.literal('https://www.w3.org/ns/credentials/v2'),
    z.literal('https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'),
  ]),
  id: z.url(),
  type: types('VerifiableCredential', 'OpenBadgeCredential'),
  name: z.string(),
  issuer: profile,
  validFrom: instant,
  credentialSubject: z.strictObject({
    type: z.tuple([z.literal('AchievementSubject')]),
    identifier: z.array(identity).length(1),
    activityEndDate: instant,
    achievement,
  }),
  credentialStatus: z.strictObject({
    id: z.url(),
    type: z.literal('BitstringStatusListEntry'),
    statusPurpose: z.literal('revocation'),
    statusListIndex: z.string(),
    statusListCredential: z.url(),
  }),
  credentialSchema: z.array(
    z.strictObject({ id: z.url(), type: z.literal('1EdTechJsonSchemaValidator2019') }),
  ),
});
const listRules = z.object({
  '@context': z.tuple([z.literal('https://www.w3.org/ns/credentials/v2')]),
  type: types('VerifiableCredential', 'BitstringStatusListCredential'),
  issuer: did,
  validFrom: instant,
  credentialSubject: z.strictObject({
    id: z.url(),
    type: z.literal('BitstringStatusList'),
    statusPurpose: z.literal('revocation'),
    ttl: z.number().int().positive(),
    encodedList: z.string().regex(/^uH4sI[\w-]+$/, 'multibase u, then gzip'),
  }),
});

test('every certificate has a place of its own in the lists', () => {
  const seen = new Set<number>();
  for (let index = 0; index < listLength; index += 1) seen.add(statusPosition(index).position);
  assert.equal(seen.size, listLength);
  fc.assert(
    fc.property(fc.nat(2 ** 40), (index) => {
      const { list, position } = statusPosition(index);
      assert.ok(
        Number.isInteger(position) && position < listLength && list === Math.floor(index / listLength),
      );
    }),
  );
});

let courses = 0;

async function badge() {
  courses += 1;
  const courseId = await insertCourse(world, {
    code: `B-${courses}`,
    hi: 'साइबर स्वच्छता',
    en: 'Cyber hygiene',
  });
  const completion = await insertCompletion(world, 'sunita', { courseId });
  const numbers = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  const certificate = await certificateByNumber(
    world.system.db.read,
    numbers.get(completion.completionId) ?? '',
  );
  assert.ok(certificate);
  const { headers } = await signedIn(world, 'sunita');
  const reply = await app.inject({ url: `/api/v1/certificates/${certificate.certificateNo}/badge`, headers });
  assert.equal(reply.statusCode, 200, reply.body);
  return { certificate, ...reply.json() };
}

async function get(url: string) {
  const reply = await app.inject({ url });
  assert.equal(reply.statusCode, 200, url);
  return reply.json();
}

async function published(address: string) {
  const reply = await app.inject({ url: new URL(address).pathname });
  assert.equal(reply.headers['content-type'], 'application/vc+jwt');
  const { keys } = await get('/.well-known/daksh-keys.json');
  const { payload } = await compactVerify(reply.body, await importJWK(keys[0], 'EdDSA'));
  const claims = JSON.parse(new TextDecoder().decode(payload));
  const { encodedList } = claims.credentialSubject;
  assert.equal(encodedList[0], 'u');
  return { claims, headers: reply.headers, bits: gunzipSync(Buffer.from(encodedList.slice(1), 'base64url')) };
}
