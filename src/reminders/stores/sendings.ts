import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Channel } from './rules.ts';

export type SendingState =
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'failed'
  | 'unknown'
  | 'shared'
  | 'bounced'
  | 'lapsed';

export type Waiting = {
  sendingId: string;
  personId: string;
  digestId: string;
  channel: Channel;
  attempts: number;
  address: string | null;
  isBounced: boolean;
  nameHi: string | null;
  nameEn: string | null;
  language: string;
};

const waitingColumns = sql`sending.reminder_sending_id as "sendingId", sending.person_id as "personId",
  sending.reminder_digest_id as "digestId", sending.channel, attempts, name_hi as "nameHi", name_en as "nameEn",
  language, case when sending.channel = 'mail' then person.email else person.mobile end as address,
  exists (select from reminder_bounce bounce where bounce.channel = sending.channel
    and bounce.address = case when sending.channel = 'mail' then person.email else person.mobile end) as "isBounced"`;

export type WaitingWish = { day: Day; now: Date; channels: Channel[]; limit: number };

/** The next that wait to leave today, held until the end of the transaction. */
export async function nextWaiting(tx: Tx, wish: WaitingWish): Promise<Waiting[]> {
  const found = await sql<Waiting>`select ${waitingColumns}
    from reminder_sending sending join person using (person_id)
    where sending.day = ${wish.day} and sending.state = 'waiting' and channel = any(${wish.channels}::text[])
      and (retry_at is null or retry_at <= ${wish.now})
    order by sending.person_id, channel limit ${wish.limit} for update of sending`.execute(tx);
  return found.rows;
}

/** Further SMS of the day to these numbers, which wait too. */
export async function alsoAtNumbers(
  tx: Tx,
  wish: { day: Day; numbers: string[]; exceptIds: string[] },
): Promise<Waiting[]> {
  if (wish.numbers.length === 0) return [];
  const found = await sql<Waiting>`select ${waitingColumns}
    from person_contact contact join reminder_sending sending using (person_id) join person using (person_id)
    where contact.value = any(${wish.numbers}::text[]) and contact.kind = 'mobile' and person.mobile = contact.value
      and sending.day = ${wish.day} and sending.channel = 'sms' and sending.state = 'waiting'
      and sending.reminder_sending_id <> all(${wish.exceptIds}::uuid[])
    order by sending.person_id for update of sending`.execute(tx);
  return found.rows;
}

/** Takes the one SMS that each number gets on a day; answers which sending has each. */
export async function takeNumbers(
  tx: Tx,
  taken: { day: Day; pairs: { number: string; sendingId: string }[] },
): Promise<Map<string, string>> {
  const numbers = taken.pairs.map(({ number }) => number);
  const ids = taken.pairs.map(({ sendingId }) => sendingId);
  const found = await sql<{
    number: string;
    id: string;
  }>`insert into reminder_number as held (number, day, reminder_sending_id)
    select number, ${taken.day}, sending_id from unnest(${numbers}::text[], ${ids}::uuid[]) as one (number, sending_id)
    order by number
    on conflict (number, day) do update set number = excluded.number
    returning held.number, held.reminder_sending_id as id`.execute(tx);
  return new Map(found.rows.map((row) => [row.number, row.id]));
}

export type Settlement = { state: SendingState; reason?: string; now: Date; retryAt?: Date };

/** Before anything leaves: from here on it is sent, refused or unknown, never sent again; and where it goes to. */
export async function markSending(tx: Tx, leaving: Waiting[], now: Date): Promise<void> {
  const ids = leaving.map(({ sendingId }) => sendingId);
  const addresses = leaving.map(({ address }) => address);
  await sql`update reminder_sending set state = 'sending', claimed_at = ${now}, attempts = attempts + 1,
      address = one.address
    from unnest(${ids}::uuid[], ${addresses}::text[]) as one (sending_id, address)
    where reminder_sending_id = one.sending_id`.execute(tx);
}

/** Who has his name in the message of another leaves with it. */
export async function markShared(tx: Tx, pairs: { sendingId: string; carrierId: string }[], now: Date) {
  if (pairs.length === 0) return;
  const ids = pairs.map(({ sendingId }) => sendingId);
  const carriers = pairs.map(({ carrierId }) => carrierId);
  await sql`update reminder_sending set state = 'shared', reason = 'same_number', settled_at = ${now},
      carried_by = one.carrier_id
    from unnest(${ids}::uuid[], ${carriers}::uuid[]) as one (sending_id, carrier_id)
    where reminder_sending_id = one.sending_id`.execute(tx);
}

/**
 * What became of a message, unless a report said so before the answer of the server came. Where surely nothing was
 * taken, the number is free for another one of the day.
 */
export async function settleSent(tx: Tx, sendingId: string, end: Settlement): Promise<void> {
  const found = await sql`select from reminder_sending where reminder_sending_id = ${sendingId}
    and state = 'sending' for update`.execute(tx);
  if (found.rows.length === 0) return;
  await settleCarrier(tx, sendingId, end);
  if (end.state !== 'sent' && end.state !== 'unknown')
    await sql`delete from reminder_number held using reminder_sending sending
      where sending.reminder_sending_id = ${sendingId} and held.number = sending.address and held.day = sending.day
        and held.reminder_sending_id = ${sendingId}`.execute(tx);
}

/** One message, and all whose names it carried. */
export async function settleCarrier(tx: Tx, sendingId: string, end: Settlement): Promise<void> {
  await settle(tx, [sendingId], end);
  const isSent = end.state === 'sent';
  const reason = isSent ? 'same_number' : (end.reason ?? null);
  await sql`update reminder_sending set state = ${isSent ? 'shared' : end.state}, reason = ${reason},
      retry_at = ${end.retryAt ?? null}, settled_at = case when ${end.state} = 'waiting' then null else ${end.now}::timestamptz end,
      carried_by = case when ${end.state} = 'waiting' then null else carried_by end
    where carried_by = ${sendingId}`.execute(tx);
}

export async function settle(tx: Tx, sendingIds: string[], end: Settlement): Promise<void> {
  await sql`update reminder_sending set state = ${end.state}, reason = ${end.reason ?? null},
      retry_at = ${end.retryAt ?? null}, settled_at = case when ${end.state} = 'waiting' then null else ${end.now}::timestamptz end
    where reminder_sending_id = any(${sendingIds}::uuid[])`.execute(tx);
}

/** What somebody who is no more had begun: nobody knows whether it left. */
export async function settleAbandoned(tx: Tx, now: Date): Promise<number> {
  const found = await sql`with abandoned as (
      update reminder_sending set state = 'unknown', reason = 'interrupted', settled_at = ${now}
      where state = 'sending' returning reminder_sending_id)
    update reminder_sending set state = 'unknown', reason = 'interrupted'
    where carried_by in (select reminder_sending_id from abandoned)`.execute(tx);
  return Number(found.numAffectedRows ?? 0);
}

export type SendingRow = {
  sendingId: string;
  personId: string;
  channel: Channel;
  address: string;
  claimedAt: Date;
};

/** The sending behind a gateway's report, with the address that it went to; undefined where nothing left. */
export async function sendingByReference(db: Reads, sendingId: string): Promise<SendingRow | undefined> {
  const found =
    await sql<SendingRow>`select reminder_sending_id as "sendingId", person_id as "personId", channel, address,
      claimed_at as "claimedAt"
    from reminder_sending where reminder_sending_id = ${sendingId} and address is not null`.execute(db);
  return found.rows[0];
}

const keptDays = 400;

/** What is older than the privacy notice promises goes; returns how many digests went. */
export async function deleteOld(tx: Tx, today: Day): Promise<number> {
  const old = sql`day < ${today}::date - ${keptDays}::integer`;
  await sql`delete from reminder_number where day < ${today}::date - 2`.execute(tx);
  await sql`delete from reminder_sending where ${old}`.execute(tx);
  await sql`delete from reminder_item where ${old} and due_on < ${today}::date - ${keptDays}::integer`.execute(
    tx,
  );
  const gone = await sql`delete from reminder_digest where ${old}`.execute(tx);
  return Number(gone.numAffectedRows ?? 0);
}
