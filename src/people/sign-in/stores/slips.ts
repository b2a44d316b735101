import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Tx } from '../../../kernel/db.ts';

export type NewSlip = {
  personId: string;
  slipId: string;
  keyDigest: Buffer;
  now: Date;
  madeBy: string | null;
  expiresAt: Date;
};

/** A new slip takes the place of the person's earlier ones. */
export async function insertSlip(tx: Tx, slip: NewSlip): Promise<void> {
  await cancelSlips(tx, slip.personId, slip.now);
  await sql`insert into sign_in_slip (person_id, sign_in_slip_id, key_digest, made_at, made_by, expires_at)
    values (${slip.personId}, ${slip.slipId}, ${slip.keyDigest}, ${slip.now}, ${slip.madeBy}, ${slip.expiresAt})`.execute(
    tx,
  );
}

export async function cancelSlips(tx: Tx, personId: string, now: Date): Promise<void> {
  await sql`update sign_in_slip set cancelled_at = ${now}
    where person_id = ${personId} and used_at is null and cancelled_at is null`.execute(tx);
}

/** The slip of one of these persons that this key opens and that is still good. */
export async function goodSlip(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  personIds: string[],
  keyDigest: Buffer,
): Promise<{ personId: string; slipId: string } | undefined> {
  const found = await sql<{ personId: string; slipId: string }>`
    select person_id as "personId", sign_in_slip_id as "slipId" from sign_in_slip
    where person_id = any(${personIds}::uuid[]) and key_digest = ${keyDigest}
      and used_at is null and cancelled_at is null and expires_at > ${ctx.clock.now()}`.execute(ctx.db.read);
  return found.rows[0];
}

/** A slip is good once. */
export async function spendSlip(
  tx: Tx,
  slip: { personId: string; slipId: string; now: Date },
): Promise<boolean> {
  const done = await sql`update sign_in_slip set used_at = ${slip.now}
    where person_id = ${slip.personId} and sign_in_slip_id = ${slip.slipId}
      and used_at is null and cancelled_at is null and expires_at > ${slip.now}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function openSlipOf(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  personId: string,
): Promise<{ madeAt: Date; expiresAt: Date } | undefined> {
  const found = await sql<{ madeAt: Date; expiresAt: Date }>`
    select made_at as "madeAt", expires_at as "expiresAt" from sign_in_slip
    where person_id = ${personId} and used_at is null and cancelled_at is null
      and expires_at > ${ctx.clock.now()} order by made_at desc limit 1`.execute(ctx.db.read);
  return found.rows[0];
}
