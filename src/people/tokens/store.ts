import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Language } from '../../kernel/i18n.ts';
import { inScope } from '../../organisations/index.ts';
import { effectiveGrant } from '../sign-in/stores/sessions.ts';

export type LiveToken = {
  tokenId: string;
  role: string | null;
  officeId: string | null;
  personId: string | null;
  language: Language | null;
  lastUsedAt: Date | null;
};

// What somebody made on a page holds no longer than the right that it was made with.
const liveTokens = (
  which: string,
) => `select t.token_digest as digest, t.api_token_id as "tokenId", t.role, t.office_id as "officeId",
    t.person_id as "personId", p.language, t.last_used_at as "lastUsedAt"
  from api_token t left join person p on p.person_id = t.person_id
  where ${which} and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2)
    and (t.person_id is null or p.merged_into is null)
    and (t.created_by is null or exists (select 1 from role_grant g join office o on o.office_id = t.office_id
      where g.role in (t.role, 'operator') and g.office_id = any(o.path) and ${effectiveGrant('t.created_by', '$3::date')}))`;

const liveByDigest = liveTokens('t.token_digest = any($1::bytea[])');
const liveById = liveTokens('t.api_token_id = $1::uuid');

/** A token that is in force still. */
export async function liveTokenById(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  tokenId: string,
): Promise<LiveToken | undefined> {
  const [row] = await db.hot<LiveToken>('live-token', liveById, [tokenId, clock.now(), todayInIndia(clock)]);
  return row;
}

/** The tokens of these digests that are in force, by the digest in hex: every request with a token asks. */
export async function liveTokensOf(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  digests: Buffer[],
): Promise<Map<string, LiveToken>> {
  const rows = await db.hot<LiveToken & { digest: Buffer }>('live-tokens', liveByDigest, [
    digests,
    clock.now(),
    todayInIndia(clock),
  ]);
  return new Map(rows.map(({ digest, ...token }) => [digest.toString('hex'), token]));
}

const touch = `update api_token set last_used_at = $2 where token_digest in (select token_digest from api_token
  where token_digest = any($1::bytea[]) and (last_used_at is null or last_used_at < $2) for update skip locked)`;

/** Notes that these tokens are in use; what another process is noting at this moment is left to it. */
export async function touchTokens(db: Db, digests: Buffer[], now: Date): Promise<void> {
  await db.hot('touch-tokens', touch, [digests, now]);
}

export type ListedToken = {
  tokenId: string;
  name: string | null;
  role: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  makerHi: string | null;
  makerEn: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
};

/** Whose tokens: all over the offices of an operator, and those that one has made oneself. */
export type TokenFilter = { operatorScopes: string[]; madeBy?: string };

function listed({ operatorScopes, madeBy }: TokenFilter, now: Date): RawBuilder<unknown> {
  return sql`from api_token t join office o on o.office_id = t.office_id left join person p on p.person_id = t.created_by
    where t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now}) and t.role is not null
      and (${inScope(sql`o.path`, operatorScopes)} or t.created_by = ${madeBy ?? null}::uuid)`;
}

export async function tokensIn(db: Db, filter: TokenFilter, now: Date): Promise<ListedToken[]> {
  const found =
    await sql<ListedToken>`select t.api_token_id as "tokenId", t.name, t.role, o.code as "officeCode",
      o.name_hi as "officeHi", o.name_en as "officeEn", p.name_hi as "makerHi", p.name_en as "makerEn",
      t.created_at as "createdAt", t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt"
    ${listed(filter, now)} order by t.api_token_id desc limit 500`.execute(db.read);
  return found.rows;
}

/** Ends one of these tokens; false where it is none of them. */
export async function revokeTokenById(
  tx: Tx,
  { tokenId, filter, now }: { tokenId: string; filter: TokenFilter; now: Date },
): Promise<boolean> {
  const done = await sql`update api_token set revoked_at = ${now} where api_token_id = ${tokenId}
    and api_token_id in (select t.api_token_id ${listed(filter, now)})`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export type NewToken = {
  tokenId: string;
  digest: Buffer;
  role?: string;
  officeId?: string;
  personId?: string;
  expiresAt?: Date;
  name?: string;
  createdBy?: string;
  now: Date;
};

export async function insertToken(tx: Tx, token: NewToken): Promise<void> {
  await sql`insert into api_token (token_digest, api_token_id, role, office_id, person_id, created_at, expires_at,
      name, created_by)
    values (${token.digest}, ${token.tokenId}, ${token.role ?? null}, ${token.officeId ?? null},
      ${token.personId ?? null}, ${token.now}, ${token.expiresAt ?? null},
      ${token.name ?? null}, ${token.createdBy ?? null})`.execute(tx);
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
