import type { JWK } from 'jose';
import { sql } from 'kysely';
import type { Reads } from '../kernel/db.ts';

export type PublicKeyRow = { kid: string; publicJwk: JWK };
export type KeyRow = PublicKeyRow & { sealedPrivateJwk: Buffer };

export async function activeKeyRow(db: Reads, sealedBy: string): Promise<KeyRow | undefined> {
  const found =
    await sql<KeyRow>`select kid, public_jwk as "publicJwk", sealed_private_jwk as "sealedPrivateJwk"
    from signing_key where sealed_by = ${sealedBy} and retired_at is null`.execute(db);
  return found.rows[0];
}

/**
 * One statement of its own: a key must outlive the transaction that first asked for it, and a completion
 * that waits for it holds one connection already.
 */
export async function insertKeyUnlessActive(db: Reads, key: KeyRow & { sealedBy: string }): Promise<void> {
  await sql`insert into signing_key (kid, public_jwk, sealed_private_jwk, sealed_by)
    values (${key.kid}, ${JSON.stringify(key.publicJwk)}::jsonb, ${key.sealedPrivateJwk}, ${key.sealedBy})
    on conflict do nothing`.execute(db);
}

export async function publicKeyRows(db: Reads): Promise<PublicKeyRow[]> {
  const found = await sql<PublicKeyRow>`select kid, public_jwk as "publicJwk" from signing_key
    order by created_at, kid`.execute(db);
  return found.rows;
}
