import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import type { Db } from '../kernel/db.ts';
import type { Runtime } from '../kernel/feature.ts';
import { activeKeyRow, insertKeyUnlessActive, type PublicKeyRow, publicKeyRows } from './key-store.ts';

export const signingAlgorithm = 'EdDSA';

export type SigningKey = { kid: string; privateKey: KeyObject };

type Keyring = { secret: string; active?: Promise<SigningKey>; publicKeys: Map<string, CryptoKey> };

const keyrings = new WeakMap<Db, Keyring>();

/** Given once at start: private keys are sealed with this installation's secret. */
export function prepareSigningKeys(runtime: Pick<Runtime, 'db' | 'secret'>): void {
  keyrings.set(runtime.db, { secret: runtime.secret, publicKeys: new Map() });
}

/** The key that signs now; the first use of an installation (or of a changed secret) makes it. */
export function signingKey(db: Db): Promise<SigningKey> {
  const keyring = keyringOf(db);
  keyring.active ??= openOrMakeKey(db, keyring.secret).catch((error: unknown) => {
    keyring.active = undefined;
    throw error;
  });
  return keyring.active;
}

/** The public half of a key by its id, retired ones too; undefined where this installation never had it. */
export async function publicKey(db: Db, kid: string): Promise<CryptoKey | undefined> {
  const { publicKeys } = keyringOf(db);
  const known = publicKeys.get(kid);
  if (known) return known;
  for (const row of await publicKeyRows(db.read)) {
    publicKeys.set(row.kid, (await importJWK(row.publicJwk, signingAlgorithm)) as CryptoKey);
  }
  return publicKeys.get(kid);
}

/** All public halves as a JWK set (RFC 7517), for whoever checks a certificate without us. */
export async function publicKeySet(db: Db): Promise<{ keys: JWK[] }> {
  await signingKey(db);
  const rows = await publicKeyRows(db.read);
  return { keys: rows.map(published) };
}

function published({ kid, publicJwk }: PublicKeyRow): JWK {
  return { ...publicJwk, kid, use: 'sig', alg: signingAlgorithm };
}

function keyringOf(db: Db): Keyring {
  const found = keyrings.get(db);
  if (!found) throw new Error('credentials.prepare has not run for this database');
  return found;
}

/** Two processes may both make a key at the same moment: the database keeps one, both then use that. */
async function openOrMakeKey(db: Db, secret: string): Promise<SigningKey> {
  const sealedBy = fingerprintOf(secret);
  const existing = await activeKeyRow(db.read, sealedBy);
  if (!existing) await insertKeyUnlessActive(db.read, { ...(await makeKey(secret)), sealedBy });
  const row = existing ?? (await activeKeyRow(db.read, sealedBy));
  if (!row) throw new Error('The signing key could not be kept.');
  const jwk = JSON.parse(unseal(row.sealedPrivateJwk, secret).toString('utf8')) as JWK;
  return { kid: row.kid, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

async function makeKey(secret: string) {
  const pair = await generateKeyPair(signingAlgorithm, { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  // Short, since every QR carries it; the database refuses a second key of the same id.
  const kid = (await calculateJwkThumbprint(publicJwk)).slice(0, 8);
  const privateJwk = JSON.stringify(await exportJWK(pair.privateKey));
  return { kid, publicJwk, sealedPrivateJwk: seal(Buffer.from(privateJwk), secret) };
}

/** nonce (12 bytes) | tag (16 bytes) | ciphertext */
function seal(plain: Buffer, secret: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function unseal(sealed: Buffer, secret: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}

function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'daksh certificate signing key', 32));
}

/** Which secret sealed a key, told by a hash of what is derived from it. */
function fingerprintOf(secret: string): string {
  return createHash('sha256').update(sealingKey(secret)).digest('base64url').slice(0, 16);
}
