import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Tx } from '../../../kernel/db.ts';
import type { Identifier } from '../identifier.ts';

/** A person that an identifier may mean, with what he can prove himself with. */
export type Candidate = {
  personId: string;
  passwordHash: string | null;
  pinHash: string | null;
};

/** Everybody with an account whom these readings name: by code, by mobile, by e-mail. */
export async function candidatesOf(ctx: Pick<Ctx, 'db'>, identifier: Identifier): Promise<Candidate[]> {
  const contacts = [identifier.mobile ?? '', identifier.email ?? ''].filter(Boolean);
  const found = await sql<Candidate>`
    select p.person_id as "personId", s.password_hash as "passwordHash", s.pin_hash as "pinHash"
    from person p left join sign_in_secret s on s.person_id = p.person_id
    where p.account_day is not null and p.merged_into is null and p.person_id in (
      select person_id from person_code where code = any(${identifier.codes}::text[])
      union select person_id from person_contact where value = any(${contacts}::text[]))
    order by p.person_id limit 20`.execute(ctx.db.read);
  return found.rows;
}

export async function setPassword(
  tx: Tx,
  secret: { personId: string; hash: string; now: Date },
): Promise<void> {
  await sql`insert into sign_in_secret (person_id, password_hash, password_set_at, changed_at)
    values (${secret.personId}, ${secret.hash}, ${secret.now}, ${secret.now})
    on conflict (person_id) do update set password_hash = excluded.password_hash,
      password_set_at = excluded.password_set_at, changed_at = excluded.changed_at`.execute(tx);
}

export async function setPin(
  tx: Tx,
  secret: { personId: string; hash: string | null; now: Date },
): Promise<void> {
  await sql`insert into sign_in_secret (person_id, pin_hash, pin_set_at, changed_at)
    values (${secret.personId}, ${secret.hash}, ${secret.now}, ${secret.now})
    on conflict (person_id) do update set pin_hash = excluded.pin_hash,
      pin_set_at = excluded.pin_set_at, changed_at = excluded.changed_at`.execute(tx);
}

/** Whether there was one to take away. */
export async function removePin(
  tx: Tx,
  { personId, now }: { personId: string; now: Date },
): Promise<boolean> {
  const changed =
    await sql`update sign_in_secret set pin_hash = null, pin_set_at = ${now}, changed_at = ${now}
    where person_id = ${personId} and pin_hash is not null`.execute(tx);
  return Number(changed.numAffectedRows ?? 0) > 0;
}

export async function secondFactorOf(ctx: Pick<Ctx, 'db'>, personId: string): Promise<Buffer | undefined> {
  const found = await sql<{ sealed: Buffer }>`select totp_sealed as sealed from sign_in_secret
    where person_id = ${personId} and totp_sealed is not null and totp_confirmed_at is not null`.execute(
    ctx.db.read,
  );
  return found.rows[0]?.sealed;
}

export async function setSecondFactor(
  tx: Tx,
  factor: { personId: string; sealed: Buffer; step: number; now: Date },
): Promise<void> {
  await sql`insert into sign_in_secret (person_id, totp_sealed, totp_confirmed_at, totp_last_step, changed_at)
    values (${factor.personId}, ${factor.sealed}, ${factor.now}, ${factor.step}, ${factor.now})
    on conflict (person_id) do update set totp_sealed = excluded.totp_sealed,
      totp_confirmed_at = excluded.totp_confirmed_at, totp_last_step = excluded.totp_last_step,
      changed_at = excluded.changed_at`.execute(tx);
}

/** A code counts once: true only for the first use of this half-minute or a later one. */
export async function spendTotpStep(tx: Tx, personId: string, step: number): Promise<boolean> {
  const done = await sql`update sign_in_secret set totp_last_step = ${step}
    where person_id = ${personId} and (totp_last_step is null or totp_last_step < ${step})`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function clearSecondFactor(tx: Tx, personId: string, now: Date): Promise<void> {
  await sql`update sign_in_secret set totp_sealed = null, totp_confirmed_at = null, totp_last_step = null,
    changed_at = ${now} where person_id = ${personId}`.execute(tx);
  await sql`delete from recovery_code where person_id = ${personId}`.execute(tx);
}

export async function replaceRecoveryCodes(
  tx: Tx,
  codes: { personId: string; ids: string[]; digests: Buffer[]; now: Date },
): Promise<void> {
  await sql`delete from recovery_code where person_id = ${codes.personId}`.execute(tx);
  await sql`insert into recovery_code (person_id, recovery_code_id, code_digest, made_at)
    select ${codes.personId}, id, digest, ${codes.now}
    from unnest(${codes.ids}::uuid[], ${codes.digests}::bytea[]) as c (id, digest)`.execute(tx);
}

export async function spendRecoveryCode(
  tx: Tx,
  code: { personId: string; digest: Buffer; now: Date },
): Promise<boolean> {
  const done = await sql`update recovery_code set used_at = ${code.now}
    where person_id = ${code.personId} and code_digest = ${code.digest} and used_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function recoveryCodesLeft(ctx: Pick<Ctx, 'db'>, personId: string): Promise<number> {
  const found = await sql<{ left: number }>`select count(*)::int as left from recovery_code
    where person_id = ${personId} and used_at is null`.execute(ctx.db.read);
  return found.rows[0]?.left ?? 0;
}
