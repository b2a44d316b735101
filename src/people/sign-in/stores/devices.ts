import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Tx } from '../../../kernel/db.ts';

/** Whether one of these persons has signed in with this browser before. */
export async function isKnownDevice(
  ctx: Pick<Ctx, 'db'>,
  personIds: string[],
  digest: Buffer,
): Promise<boolean> {
  if (personIds.length === 0) return false;
  const found = await sql`select 1 from known_device
    where person_id = any(${personIds}::uuid[]) and device_digest = ${digest} limit 1`.execute(ctx.db.read);
  return found.rows.length > 0;
}

export async function rememberDevice(
  tx: Tx,
  device: { personId: string; digest: Buffer; now: Date },
): Promise<void> {
  await sql`insert into known_device (person_id, device_digest, first_seen_at, last_seen_at)
    values (${device.personId}, ${device.digest}, ${device.now}, ${device.now})
    on conflict (person_id, device_digest) do update set last_seen_at = excluded.last_seen_at`.execute(tx);
}
