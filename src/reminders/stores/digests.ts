import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import { type Db, hot, type Reads, type Tx } from '../../kernel/db.ts';
import { gatheringPer, gatheringRows } from '../../kernel/gather.ts';
import { newId } from '../../kernel/ids.ts';
import { dueSql } from '../../mandates/index.ts';
import { isStillTold } from './collect.ts';
import type { Channel } from './rules.ts';

/** The next of those who are to be told something today and were not told anything yet. */
export async function nextRecipients(tx: Tx, day: Day, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select distinct recipient_id as id from reminder_item item
    where day = ${day} and reminder_digest_id is null and not exists (
      select from reminder_digest told where told.person_id = item.recipient_id and told.day = ${day})
    order by 1 limit ${limit}`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Of what waits for these, drops what is due no more: done since, exempt, on leave, another due day. */
export async function dropNoLongerDue(tx: Tx, day: Day, recipientIds: string[]): Promise<void> {
  const waiting = sql`day = ${day} and reminder_digest_id is null and recipient_id = any(${recipientIds}::uuid[])`;
  const persons = sql`select person_id from reminder_item where ${waiting}`;
  await sql`delete from reminder_item item where ${waiting} and not exists (
    select from (${dueSql({ asOf: day, persons })}) due join reminder_rule rule using (mandate_id)
    where due.person_id = item.person_id and due.mandate_id = item.mandate_id and due.due_on = item.due_on
      and rule.state = 'on')`.execute(tx);
}

export type NewDigests = { recipientIds: string[]; day: Day; now: Date; channels: Channel[] };

/** One digest for each who has anything left, with a sending for each channel that reaches him. */
export async function insertDigests(tx: Tx, wish: NewDigests): Promise<number> {
  const { recipientIds, day, now, channels } = wish;
  const ids = recipientIds.map(() => newId());
  const made = await sql<{ id: string }>`with wanted as (
      select * from unnest(${recipientIds}::uuid[], ${ids}::uuid[]) as w (person_id, digest_id)
      where exists (select from reminder_item where recipient_id = w.person_id and day = ${day}
        and reminder_digest_id is null)
    )
    insert into reminder_digest (person_id, reminder_digest_id, day, made_at)
    select person_id, digest_id, ${day}, ${now} from wanted
    on conflict (person_id, day) do nothing returning reminder_digest_id as id`.execute(tx);
  const digestIds = made.rows.map((row) => row.id);
  await sql`update reminder_item item set reminder_digest_id = digest.reminder_digest_id from reminder_digest digest
    where digest.reminder_digest_id = any(${digestIds}::uuid[]) and digest.person_id = any(${recipientIds}::uuid[])
      and item.recipient_id = digest.person_id and item.day = ${day} and item.reminder_digest_id is null`.execute(
    tx,
  );
  for (const channel of channels) await insertSendings(tx, { digestIds, recipientIds, day, channel, now });
  return digestIds.length;
}

type NewSendings = { digestIds: string[]; recipientIds: string[]; day: Day; channel: Channel; now: Date };

// An SMS is for one's own training; what concerns others stands in the inbox and the mail.
async function insertSendings(tx: Tx, wish: NewSendings): Promise<void> {
  const { digestIds, recipientIds, day, channel, now } = wish;
  const address = channel === 'mail' ? sql`person.email` : sql`person.mobile`;
  const own = channel === 'sms' ? sql`and item.audience = 'person'` : sql``;
  const ids = digestIds.map(() => newId());
  await sql`insert into reminder_sending
      (person_id, reminder_digest_id, channel, reminder_sending_id, day, state, reason, settled_at)
    select digest.person_id, digest_id, ${channel}, sending_id, ${day},
      case when is_bounced then 'bounced' else 'waiting' end, null, case when is_bounced then ${now}::timestamptz end
    from unnest(${digestIds}::uuid[], ${ids}::uuid[]) as w (digest_id, sending_id)
      join reminder_digest digest on reminder_digest_id = digest_id and digest.person_id = any(${recipientIds}::uuid[])
      join person using (person_id)
      cross join lateral (select exists (select from reminder_bounce bounce
        where bounce.channel = ${channel} and bounce.address = ${address}) as is_bounced) known
    where ${address} is not null and exists (
      select from reminder_item item join reminder_rule rule using (mandate_id)
      where item.reminder_digest_id = digest_id ${own} and ${channel} = any(rule.channels))`.execute(tx);
}

/** One order in a digest, as it stands on a day: still due for so many. */
export type DigestLine = {
  digestId: string;
  mandateId: string;
  audience: 'person' | 'officer';
  number: string;
  titleHi: string | null;
  titleEn: string | null;
  people: number;
  /** The earliest one. */
  dueOn: Day;
  /** Whether the order's reminders are on now, and by what they leave. */
  isOn: boolean;
  channels: Channel[];
};

/** What of these digests is still to be done, by due day; of others only what the reader is still told of. */
export async function openLines(
  db: Reads | Tx,
  wish: { digestIds: string[]; asOf: Day },
): Promise<DigestLine[]> {
  const [first] = wish.digestIds;
  // One alone has a plan that fits every other one: it is planned once a connection, which saves a home most of it.
  const those = wish.digestIds.length === 1 ? sql`= ${first}::uuid` : sql`= any(${wish.digestIds}::uuid[])`;
  const persons = sql`select person_id from reminder_item where reminder_digest_id ${those}`;
  const found =
    await sql<DigestLine>`${hot}select item.reminder_digest_id as "digestId", item.mandate_id as "mandateId",
      audience, number, title_hi as "titleHi", title_en as "titleEn", rule.state = 'on' as "isOn", rule.channels,
      count(distinct item.person_id) as people, min(due.due_on) as "dueOn"
    from reminder_item item join mandate using (mandate_id) join reminder_rule rule using (mandate_id)
      join (${dueSql({ asOf: wish.asOf, persons })}) due
        on due.person_id = item.person_id and due.mandate_id = item.mandate_id
    where item.reminder_digest_id ${those} and ${isStillTold(wish.asOf)}
    group by 1, 2, 3, 4, 5, 6, 7, 8 order by "dueOn", number`.execute(db);
  return found.rows;
}

type AskedLines = { digestIds: string[]; asOf: Day };

/** The same for the homes of one moment, which ask together. */
export const openLinesOf = gatheringPer(
  async (db: Pick<Db, 'read'>, asked: AskedLines[]): Promise<DigestLine[][]> => {
    const byDay = new Map<Day, DigestLine[]>();
    for (const [asOf, those] of Map.groupBy(asked, (one) => one.asOf)) {
      const digestIds = those.flatMap((one) => one.digestIds);
      byDay.set(asOf, await openLines(db.read, { digestIds, asOf }));
    }
    return asked.map(({ digestIds, asOf }) =>
      (byDay.get(asOf) ?? []).filter((line) => digestIds.includes(line.digestId)),
    );
  },
);

export type OpenDigest = { personId: string; digestId: string; day: Day; madeAt: Date };

const mostUnseen = 45;

const unseen = `select w.person_id as "personId", found.* from unnest($1::uuid[]) w (person_id) cross join lateral (
    select reminder_digest_id as "digestId", day, made_at as "madeAt" from reminder_digest d
    where d.person_id = w.person_id and seen_at is null order by day desc limit ${mostUnseen}) found`;

/** Those that the person has not opened, the newest first; the homes of one moment ask together. */
export const unseenDigests = gatheringRows(
  (db: Pick<Db, 'hot'>, personIds) => db.hot<OpenDigest>('unseen-reminders', unseen, [personIds]),
  (row) => row.personId,
);

export type SeenDigest = OpenDigest & {
  /** This one, and those before it that nobody had opened until now. */
  togetherIds: string[];
};

/** Marks this digest and all before it as seen; undefined where it is not this person's. */
export async function seeDigest(
  tx: Tx,
  seen: { personId: string; digestId: string; since: Day; now: Date },
): Promise<SeenDigest | undefined> {
  const found = await sql<OpenDigest>`select person_id as "personId", reminder_digest_id as "digestId", day,
      made_at as "madeAt" from reminder_digest
    where person_id = ${seen.personId} and reminder_digest_id = ${seen.digestId}`.execute(tx);
  const digest = found.rows[0];
  if (!digest) return undefined;
  const marked = await sql<{ id: string; day: Day }>`update reminder_digest set seen_at = ${seen.now}
    where person_id = ${seen.personId} and day <= ${digest.day} and seen_at is null
    returning reminder_digest_id as id, day`.execute(tx);
  const ids = marked.rows.filter(({ day }) => day >= seen.since).map(({ id }) => id);
  return { ...digest, togetherIds: [...new Set([digest.digestId, ...ids])] };
}

export type TeamRow = {
  personId: string;
  nameHi: string | null;
  nameEn: string | null;
  officeHi: string;
  officeEn: string | null;
  titleHi: string | null;
  titleEn: string | null;
  number: string;
  dueOn: Day;
  /** How many there are in all. */
  total: number;
};

/** Those of whom an officer was told, whose officer he still is and who have it still before them; at most so many, by name. */
export async function teamOf(
  db: Reads,
  wish: { digestIds: string[]; asOf: Day; limit: number },
): Promise<TeamRow[]> {
  const mine = sql`reminder_digest_id = any(${wish.digestIds}::uuid[]) and audience = 'officer'`;
  const persons = sql`select person_id from reminder_item where ${mine}`;
  const found = await sql<TeamRow>`select item.person_id as "personId", person.name_hi as "nameHi",
      person.name_en as "nameEn", office.name_hi as "officeHi", office.name_en as "officeEn",
      title_hi as "titleHi", title_en as "titleEn", number, due.due_on as "dueOn", count(*) over () as total
    from (select distinct person_id, mandate_id, audience, recipient_id from reminder_item where ${mine}) item join mandate using (mandate_id) join person on person.person_id = item.person_id
      join (${dueSql({ asOf: wish.asOf, persons })}) due
        on due.person_id = item.person_id and due.mandate_id = item.mandate_id
      join office on office.office_id = due.office_id
    where ${isStillTold(wish.asOf)} order by due.due_on, coalesce(person.name_hi, person.name_en), item.person_id
    limit ${wish.limit}`.execute(db);
  return found.rows;
}
