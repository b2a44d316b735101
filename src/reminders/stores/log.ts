import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads } from '../../kernel/db.ts';
import type { SendingState } from './sendings.ts';

/** What was told of an order on a day, of the people of some offices. */
export type LogDay = {
  day: Day;
  people: number;
  officers: number;
  mailSent: number;
  mailNot: number;
  smsSent: number;
  smsNot: number;
  open: number;
};

type Where = { mandateId: string; scopes: string[] };

/** Inside the offices: a person is seen where he was posted when he was told. */
function within(scopes: string[]): RawBuilder<unknown> {
  if (scopes.includes('*')) return sql`true`;
  return sql`exists (select from office at where at.office_id = item.office_id and at.path && ${scopes}::uuid[])`;
}

const taken = sql`('sent', 'shared')`;
const lost = sql`('failed', 'unknown', 'bounced', 'lapsed')`;

export async function logDays(db: Reads, where: Where & { since: Day }): Promise<LogDay[]> {
  // A person has one item of an order in a digest: nothing is counted twice, and nothing has to be sorted for it.
  const count = (channel: string, states: RawBuilder<unknown>) =>
    sql`count(*) filter (where channel = ${channel} and state in ${states})`;
  const found = await sql<LogDay>`with told as materialized (
      select day, person_id, recipient_id, audience, reminder_digest_id from reminder_item item
      where mandate_id = ${where.mandateId} and day >= ${where.since} and reminder_digest_id is not null
        and ${within(where.scopes)}
    ),
    person as (
      select day, count(*) filter (where audience = 'person') as people,
        count(distinct case when audience = 'officer' then recipient_id end) as officers
      from told group by day
    ),
    message as (
      select told.day, ${count('mail', taken)} as "mailSent", ${count('mail', lost)} as "mailNot",
        ${count('sms', taken)} as "smsSent", ${count('sms', lost)} as "smsNot",
        count(*) filter (where state in ('waiting', 'sending')) as open
      from told join reminder_sending sending using (person_id, reminder_digest_id)
      where audience = 'person' group by told.day
    )
    select person.day, people, officers, coalesce("mailSent", 0) as "mailSent", coalesce("mailNot", 0) as "mailNot",
      coalesce("smsSent", 0) as "smsSent", coalesce("smsNot", 0) as "smsNot", coalesce(open, 0) as open
    from person left join message using (day) order by day desc`.execute(db);
  return found.rows;
}

export type LogRow = {
  key: string;
  day: Day;
  personId: string;
  nameHi: string | null;
  nameEn: string | null;
  audience: 'person' | 'officer';
  recipientHi: string | null;
  recipientEn: string | null;
  daysBefore: number;
  dueOn: Day;
  number: string;
  isSeen: boolean;
  mail: SendingState | null;
  mailReason: string | null;
  sms: SendingState | null;
  smsReason: string | null;
};

const columns = sql`item.day || '.' || item.person_id || '.' || item.audience || '.' || item.mandate_id as key, item.day,
  item.person_id as "personId", about.name_hi as "nameHi", about.name_en as "nameEn", audience,
  recipient.name_hi as "recipientHi", recipient.name_en as "recipientEn", days_before as "daysBefore",
  due_on as "dueOn", mandate.number, digest.seen_at is not null as "isSeen", mail.state as mail,
  mail.reason as "mailReason", sms.state as sms, sms.reason as "smsReason"`;

const joined = sql`reminder_item item join mandate using (mandate_id)
  join reminder_digest digest on digest.person_id = item.recipient_id
    and digest.reminder_digest_id = item.reminder_digest_id
  join person about on about.person_id = item.person_id
  join person recipient on recipient.person_id = item.recipient_id
  left join reminder_sending mail on mail.person_id = item.recipient_id
    and mail.reminder_digest_id = item.reminder_digest_id and mail.channel = 'mail'
  left join reminder_sending sms on sms.person_id = item.recipient_id
    and sms.reminder_digest_id = item.reminder_digest_id and sms.channel = 'sms'`;

export type LogWish = Where & {
  day?: Day;
  state?: 'sent' | 'not' | 'unknown';
  after?: { day: Day; personId: string };
  limit: number;
};

/** Each step that was told to the person himself, the newest day first, then by person's key. */
export async function logRows(db: Reads, wish: LogWish): Promise<LogRow[]> {
  const states = {
    sent: sql`and (mail.state in ${taken} or sms.state in ${taken})`,
    not: sql`and (mail.state in ${lost} or sms.state in ${lost})`,
    unknown: sql`and (mail.state = 'unknown' or sms.state = 'unknown')`,
  };
  const { after } = wish;
  const found = await sql<LogRow>`select ${columns} from ${joined}
    where item.mandate_id = ${wish.mandateId} and audience = 'person' and ${within(wish.scopes)}
      ${wish.day ? sql`and item.day = ${wish.day}` : sql``} ${wish.state ? states[wish.state] : sql``}
      ${after ? sql`and (item.day < ${after.day} or (item.day = ${after.day} and item.person_id > ${after.personId}))` : sql``}
    order by item.day desc, item.person_id limit ${wish.limit}`.execute(db);
  return found.rows;
}

export type OfficerRow = {
  key: string;
  day: Day;
  recipientHi: string | null;
  recipientEn: string | null;
  people: number;
  isSeen: boolean;
  mail: SendingState | null;
  mailReason: string | null;
};

/** Which officers were told of how many people of these offices, the newest day first. */
export async function officerRows(
  db: Reads,
  wish: Where & { day?: Day; limit: number },
): Promise<OfficerRow[]> {
  const found = await sql<OfficerRow>`select item.day || '.' || item.recipient_id as key, item.day,
      recipient.name_hi as "recipientHi", recipient.name_en as "recipientEn",
      count(distinct item.person_id) as people, digest.seen_at is not null as "isSeen", mail.state as mail,
      mail.reason as "mailReason"
    from reminder_item item
      join reminder_digest digest on digest.person_id = item.recipient_id
        and digest.reminder_digest_id = item.reminder_digest_id
      join person recipient on recipient.person_id = item.recipient_id
      left join reminder_sending mail on mail.person_id = item.recipient_id
        and mail.reminder_digest_id = item.reminder_digest_id and mail.channel = 'mail'
    where item.mandate_id = ${wish.mandateId} and audience = 'officer' and ${within(wish.scopes)}
      ${wish.day ? sql`and item.day = ${wish.day}` : sql``}
    group by 1, 2, 3, 4, 6, 7, 8 order by item.day desc, people desc, key limit ${wish.limit}`.execute(db);
  return found.rows;
}

type PersonWish = { personId: string; limit: number; audiences: LogRow['audience'][] };

/** What one person was told of himself, the newest first; and who was told of him, where officers look. */
export async function logOfPerson(db: Reads, wish: PersonWish): Promise<LogRow[]> {
  const found = await sql<LogRow>`select ${columns} from ${joined}
    where item.person_id = ${wish.personId} and audience = any(${wish.audiences}::text[]) order by item.day desc, item.mandate_id, audience limit ${wish.limit}`.execute(
    db,
  );
  return found.rows;
}
