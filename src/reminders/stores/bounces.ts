import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Channel } from './rules.ts';

export type Bounce = {
  address: string;
  channel: Channel;
  reason: string | null;
  source: 'server' | 'report';
  /** When the message left that was not taken; null where somebody told it by hand. */
  messageAt: Date | null;
  now: Date;
};

export async function keepBounce(tx: Tx, bounce: Bounce): Promise<void> {
  await sql`insert into reminder_bounce (address, channel, reason, source, message_at, recorded_at)
    values (${bounce.address}, ${bounce.channel}, ${bounce.reason}, ${bounce.source}, ${bounce.messageAt},
      ${bounce.now})
    on conflict (address, channel) do update set reason = excluded.reason, source = excluded.source,
      message_at = excluded.message_at, recorded_at = excluded.recorded_at`.execute(tx);
}

/** False where the address was not held back. */
export async function forgetBounce(tx: Tx, wish: { address: string; channel: Channel }): Promise<boolean> {
  const gone = await sql`delete from reminder_bounce where address = ${wish.address}
    and channel = ${wish.channel}`.execute(tx);
  return Number(gone.numAffectedRows ?? 0) > 0;
}

/** A message that left after the one that was not taken, or that very one, arrived. False where none was held back. */
export async function forgetBounceBefore(
  tx: Tx,
  wish: { address: string; channel: Channel; arrivedFrom: Date },
): Promise<boolean> {
  const gone = await sql`delete from reminder_bounce where address = ${wish.address}
    and channel = ${wish.channel} and coalesce(message_at, recorded_at) <= ${wish.arrivedFrom}`.execute(tx);
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

/** A person has a row for each channel: both are the place in the list. */
export type BouncePlace = { personId: string; channel: Channel };

type BouncedWish = { scopes: string[]; day: Day; personId?: string; after?: BouncePlace; limit: number };

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
    where (person.person_id, bounce.channel) > (${wish.after?.personId ?? nobody}::uuid, ${wish.after?.channel ?? ''}::text) ${one}
    order by person.person_id, bounce.channel limit ${wish.limit}`.execute(db);
  return found.rows;
}

export async function countBounced(db: Reads, wish: { scopes: string[]; day: Day }): Promise<number> {
  return (await bouncedPersons(db, { ...wish, limit: 1000 })).length;
}

/** Who has an address; of several the first. */
export async function holderOf(
  db: Reads,
  { address, channel }: { address: string; channel: Channel },
): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select person_id as id from person_contact
    where value = ${address} and kind = ${channel === 'mail' ? 'email' : 'mobile'} order by 1 limit 1`.execute(
    db,
  );
  return found.rows[0]?.id;
}

/** Whether a person is posted in these offices today. */
export async function isPersonWithin(
  db: Reads,
  wish: { personId: string; scopes: string[]; today: Day },
): Promise<boolean> {
  if (wish.scopes.includes('*')) return true;
  const found = await sql<{ within: boolean }>`select exists (
    select from posting join office using (office_id)
    where posting.person_id = ${wish.personId} and ${isHeldOn(wish.today)}
      and office.path && ${wish.scopes}::uuid[]) as within`.execute(db);
  return found.rows[0]?.within ?? false;
}

/** Whether somebody posted in these offices today has the address. */
export async function isAddressWithin(
  db: Reads,
  wish: { address: string; channel: Channel; scopes: string[]; today: Day },
): Promise<boolean> {
  const offices = wish.scopes.filter((one) => one !== '*');
  const kind = wish.channel === 'mail' ? 'email' : 'mobile';
  const found = await sql<{ within: boolean }>`select exists (
    select from person_contact contact join posting using (person_id) join office using (office_id)
    where contact.value = ${wish.address} and contact.kind = ${kind} and ${isHeldOn(wish.today)}
      and office.path && ${offices}::uuid[]) as within`.execute(db);
  return wish.scopes.includes('*') || (found.rows[0]?.within ?? false);
}

function isHeldOn(day: Day) {
  return sql`posting.voided_at is null and posting.starts_on <= ${day}::date
    and (posting.ends_on is null or posting.ends_on >= ${day}::date)`;
}
