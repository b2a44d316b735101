import { sign } from 'node:crypto';
import type { Db } from '../../kernel/db.ts';
import { publicKeySet, signingAlgorithm, signingKey } from '../signing-keys.ts';

type Credential = { id: string; issuer: string | { id: string }; validFrom: string };

/**
 * A credential as a compact JWT (Open Badges 3.0, 8.2; W3C VC-JOSE-COSE): its members are the claims. The key
 * is named by its DID URL and enclosed, for those who resolve no DID.
 */
export async function signCredential(db: Db, credential: Credential): Promise<string> {
  const [{ kid, privateKey }, { keys }] = await Promise.all([signingKey(db), publicKeySet(db)]);
  const issuer = typeof credential.issuer === 'string' ? credential.issuer : credential.issuer.id;
  const own = keys.find((key) => key.kid === kid);
  const jwk = own && { kty: own.kty, crv: own.crv, x: own.x };
  const header = { alg: signingAlgorithm, typ: 'JWT', kid: `${issuer}#${kid}`, jwk };
  const claims = {
    ...credential,
    iss: issuer,
    jti: credential.id,
    nbf: Math.floor(new Date(credential.validFrom).getTime() / 1000),
  };
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}
