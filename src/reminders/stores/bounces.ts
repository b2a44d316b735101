import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Channel } from './rules.ts';

export type Bounce = {
  address: string;
  channel: Channel;
  reason: string | null;
  source: 'server' | 'report';
  now: Date;
};

export async function keepBounce(tx: Tx, bounce: Bounce): Promise<void> {
  await sql`insert into reminder_bounce (address, channel, reason, source, recorded_at)
    values (${bounce.address}, ${bounce.channel}, ${bounce.reason}, ${bounce.source}, ${bounce.now})
    on conflict (address, channel) do update set reason = excluded.reason, source = excluded.source,
      recorded_at = excluded.recorded_at`.execute(tx);
}

/** False where the address was not held back. */
export async function forgetBounce(tx: Tx, wish: { address: string; channel: Channel }): Promise<boolean> {
  const gone = await sql`delete from reminder_bounce where address = ${wish.address}
    and channel = ${wish.channel}`.execute(tx);
  return Number(gone.numAffectedRows ?? 0) > 0;
}

export type BouncedPerson = {
  personId: string;
  nameHi: string | null;
  nameEn: string | null;
  officeHi: string;
  officeEn: string | null;
  channel: Channel;
  address: string;
  reason: string | null;
  recordedAt: Date;
};

type BouncedWish = { scopes: string[]; day: Day; personId?: string; after?: string; limit: number };

const nobody = '00000000-0000-0000-0000-000000000000';

/** People posted in these offices whose present address takes no messages, by key. */
export async function bouncedPersons(db: Reads, wish: BouncedWish): Promise<BouncedPerson[]> {
  const isAll = wish.scopes.includes('*');
  const offices = wish.scopes.filter((one) => one !== '*');
  const one = wish.personId ? sql`and person.person_id = ${wish.personId}` : sql``;
  const found = await sql<BouncedPerson>`select person.person_id as "personId", person.name_hi as "nameHi",
      person.name_en as "nameEn", home.name_hi as "officeHi", home.name_en as "officeEn", bounce.channel,
      bounce.address, bounce.reason, bounce.recorded_at as "recordedAt"
    from reminder_bounce bounce
      join person_contact contact on contact.value = bounce.address
        and contact.kind = case when bounce.channel = 'mail' then 'email' else 'mobile' end
      join person on person.person_id = contact.person_id and person.merged_into is null
        and bounce.address = case when bounce.channel = 'mail' then person.email else person.mobile end
      cross join lateral (
        select office.* from posting join office using (office_id)
        where posting.person_id = person.person_id and posting.voided_at is null and posting.starts_on <= ${wish.day}::date
          and (posting.ends_on is null or posting.ends_on >= ${wish.day}::date)
          and (${isAll} or office.path && ${offices}::uuid[])
        order by posting.is_primary desc limit 1) home
    where person.person_id > ${wish.after ?? nobody}::uuid ${one}
    order by person.person_id, bounce.channel limit ${wish.limit}`.execute(db);
  return found.rows;
}

export async function countBounced(db: Reads, wish: { scopes: string[]; day: Day }): Promise<number> {
  return (await bouncedPersons(db, { ...wish, limit: 1000 })).length;
}

/** Whether somebody posted in these offices has the address. */
export async function isAddressWithin(
  db: Reads,
  wish: { address: string; channel: Channel; scopes: string[] },
): Promise<boolean> {
  const offices = wish.scopes.filter((one) => one !== '*');
  const kind = wish.channel === 'mail' ? 'email' : 'mobile';
  const found = await sql<{ within: boolean }>`select exists (
    select from person_contact contact join posting using (person_id) join office using (office_id)
    where contact.value = ${wish.address} and contact.kind = ${kind} and posting.voided_at is null
      and office.path && ${offices}::uuid[]) as within`.execute(db);
  return wish.scopes.includes('*') || (found.rows[0]?.within ?? false);
}
