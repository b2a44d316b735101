import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Language } from '../../kernel/i18n.ts';

export type LiveToken = {
  tokenId: string;
  role: string | null;
  officeId: string | null;
  personId: string | null;
  language: Language | null;
};

const liveTokens = `select t.token_digest as digest, t.api_token_id as "tokenId", t.role, t.office_id as "officeId",
    t.person_id as "personId", p.language
  from api_token t left join person p on p.person_id = t.person_id
  where t.token_digest = any($1::bytea[]) and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2)
    and (t.person_id is null or p.merged_into is null)`;

/** The tokens of these digests that are in force, by the digest in hex: every request with a token asks. */
export async function liveTokensOf(db: Db, digests: Buffer[], now: Date): Promise<Map<string, LiveToken>> {
  const rows = await db.hot<LiveToken & { digest: Buffer }>('live-tokens', liveTokens, [digests, now]);
  return new Map(rows.map(({ digest, ...token }) => [digest.toString('hex'), token]));
}

export type NewToken = {
  tokenId: string;
  digest: Buffer;
  role?: string;
  officeId?: string;
  personId?: string;
  expiresAt?: Date;
  now: Date;
};

export async function insertToken(tx: Tx, token: NewToken): Promise<void> {
  await sql`insert into api_token (token_digest, api_token_id, role, office_id, person_id, created_at, expires_at)
    values (${token.digest}, ${token.tokenId}, ${token.role ?? null}, ${token.officeId ?? null},
      ${token.personId ?? null}, ${token.now}, ${token.expiresAt ?? null})`.execute(tx);
}

export async function revokeToken(tx: Tx, digest: Buffer, now: Date): Promise<string | undefined> {
  const done = await sql<{ id: string }>`update api_token set revoked_at = ${now}
    where token_digest = ${digest} and revoked_at is null returning api_token_id as id`.execute(tx);
  return done.rows[0]?.id;
}

/** The one person of this employee code; undefined where there is none, or more than one issuer knows it. */
export async function personOfCode(db: Db, code: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select person_id as id from person_code
    where code in (${code}, ${code.toUpperCase()}) group by person_id`.execute(db.read);
  return found.rows.length === 1 ? found.rows[0]?.id : undefined;
}
