import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Tx } from '../../../kernel/db.ts';

export type FlowPurpose = 'sign_in' | 'first_use' | 'slip';

export type Flow = {
  purpose: FlowPurpose;
  candidateIds: string[];
  contactKind: 'mobile' | 'email' | null;
  contactValue: string | null;
  isContactShared: boolean;
  codeExpiresAt: Date | null;
  triesLeft: number;
  isVerified: boolean;
  personId: string | null;
  isIdentityChecked: boolean;
  slipId: string | null;
  returnPath: string | null;
};

const flowColumns = sql`purpose, candidate_ids as "candidateIds", contact_kind as "contactKind",
  contact_value as "contactValue", contact_is_shared as "isContactShared", code_expires_at as "codeExpiresAt",
  tries_left as "triesLeft", verified_at is not null as "isVerified", person_id as "personId",
  identity_checked_at is not null as "isIdentityChecked", sign_in_slip_id as "slipId", return_path as "returnPath"`;

/** The flow of this browser while it is open: neither over time nor used up. */
export async function openFlow(ctx: Pick<Ctx, 'db' | 'clock'>, digest: Buffer): Promise<Flow | undefined> {
  const found = await sql<Flow>`select ${flowColumns} from sign_in_flow
    where flow_digest = ${digest} and consumed_at is null and expires_at > ${ctx.clock.now()}`.execute(
    ctx.db.read,
  );
  return found.rows[0];
}

export type NewFlow = {
  digest: Buffer;
  purpose: FlowPurpose;
  candidateIds: string[];
  contact?: { kind: 'mobile' | 'email'; value: string; isShared: boolean };
  code?: { digest: Buffer; expiresAt: Date };
  isIdentityChecked: boolean;
  /** A slip proves as much as a code does. */
  slip?: { slipId: string; personId: string };
  returnPath?: string;
  now: Date;
  expiresAt: Date;
};

export async function insertFlow(tx: Tx, flow: NewFlow): Promise<void> {
  const provenAt = flow.slip ? flow.now : null;
  await sql`insert into sign_in_flow (flow_digest, purpose, candidate_ids, contact_kind, contact_value,
      contact_is_shared, code_digest, code_expires_at, verified_at, person_id, identity_checked_at,
      sign_in_slip_id, return_path, created_at, expires_at)
    values (${flow.digest}, ${flow.purpose}, ${flow.candidateIds}::uuid[], ${flow.contact?.kind ?? null},
      ${flow.contact?.value ?? null}, ${flow.contact?.isShared ?? false}, ${flow.code?.digest ?? null},
      ${flow.code?.expiresAt ?? null}, ${provenAt}, ${flow.slip?.personId ?? null},
      ${flow.isIdentityChecked ? flow.now : null}, ${flow.slip?.slipId ?? null}, ${flow.returnPath ?? null},
      ${flow.now}, ${flow.expiresAt})`.execute(tx);
}

/** Takes one of the five tries; undefined where none is left, the code is over time or was used. */
export async function takeTry(
  tx: Tx,
  digest: Buffer,
  now: Date,
): Promise<{ codeDigest: Buffer | null } | undefined> {
  const done = await sql<{ codeDigest: Buffer | null }>`update sign_in_flow set tries_left = tries_left - 1
    where flow_digest = ${digest} and tries_left > 0 and verified_at is null and consumed_at is null
      and code_expires_at > ${now} returning code_digest as "codeDigest"`.execute(tx);
  return done.rows[0];
}

/** A code counts once: of two submissions one gets true. */
export async function markVerified(
  tx: Tx,
  flow: { digest: Buffer; personId: string | null },
  now: Date,
): Promise<boolean> {
  const done = await sql`update sign_in_flow set verified_at = ${now}, person_id = ${flow.personId}
    where flow_digest = ${flow.digest} and verified_at is null and consumed_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function choosePersonOf(tx: Tx, digest: Buffer, personId: string): Promise<boolean> {
  const done = await sql`update sign_in_flow set person_id = ${personId}
    where flow_digest = ${digest} and verified_at is not null and consumed_at is null
      and ${personId}::uuid = any(candidate_ids)`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

/** "This is not me": that person is no longer among those that this flow may become. */
export async function excludePerson(tx: Tx, digest: Buffer, personId: string): Promise<boolean> {
  const done =
    await sql`update sign_in_flow set candidate_ids = array_remove(candidate_ids, ${personId}::uuid),
      person_id = nullif(person_id, ${personId}::uuid)
    where flow_digest = ${digest} and verified_at is not null and consumed_at is null
      and ${personId}::uuid = any(candidate_ids)`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function markIdentityChecked(tx: Tx, digest: Buffer, now: Date): Promise<void> {
  await sql`update sign_in_flow set identity_checked_at = ${now}
    where flow_digest = ${digest} and verified_at is not null and consumed_at is null`.execute(tx);
}

/** Uses the flow up; of two requests one gets true and opens the session. */
export async function consumeFlow(tx: Tx, digest: Buffer, now: Date): Promise<boolean> {
  const done = await sql`update sign_in_flow set consumed_at = ${now}
    where flow_digest = ${digest} and verified_at is not null and consumed_at is null
      and expires_at > ${now}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function deleteOldFlows(tx: Tx, before: Date): Promise<void> {
  await sql`delete from sign_in_flow where expires_at < ${before}`.execute(tx);
}
