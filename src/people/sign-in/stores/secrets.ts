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
