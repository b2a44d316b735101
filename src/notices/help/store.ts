import { type RawBuilder, sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import { inScope } from '../../organisations/index.ts';

export type HelpState = 'open' | 'answered' | 'closed';

export type HelpRequest = {
  personId: string;
  helpRequestId: string;
  officeId: string | null;
  deskOfficeId: string | null;
  pagePath: string;
  courseCode: string | null;
  language: 'hi' | 'en';
  state: HelpState;
  askedAt: Date;
  changedAt: Date;
  seenAt: Date | null;
};

const columns = sql`h.person_id as "personId", h.help_request_id as "helpRequestId", h.office_id as "officeId",
  h.desk_office_id as "deskOfficeId", h.page_path as "pagePath", h.course_code as "courseCode", h.language, h.state,
  h.asked_at as "askedAt", h.changed_at as "changedAt", h.seen_at as "seenAt"`;

export type NewHelpRequest = {
  personId: string;
  helpRequestId: string;
  officeId: string | null;
  deskOfficeId: string | null;
  pagePath: string;
  courseCode: string | null;
  language: string;
  now: Date;
};

export async function insertRequest(tx: Tx, request: NewHelpRequest): Promise<void> {
  await sql`insert into help_request (person_id, help_request_id, office_id, desk_office_id, page_path, course_code,
      language, asked_at, changed_at, seen_at)
    values (${request.personId}, ${request.helpRequestId}, ${request.officeId}, ${request.deskOfficeId},
      ${request.pagePath}, ${request.courseCode}, ${request.language}, ${request.now}, ${request.now}, ${request.now})`.execute(
    tx,
  );
}

export type NewMessage = {
  personId: string;
  helpMessageId: string;
  helpRequestId: string;
  authorPersonId: string;
  isFromDesk: boolean;
  text: string;
  now: Date;
};

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  await sql`insert into help_message (person_id, help_message_id, help_request_id, author_person_id, is_from_desk,
      text, written_at)
    values (${message.personId}, ${message.helpMessageId}, ${message.helpRequestId}, ${message.authorPersonId},
      ${message.isFromDesk}, ${message.text}, ${message.now})`.execute(tx);
}

/** How much this person has written since, for the limit. */
export async function messagesSince(
  tx: Tx,
  { personId, since }: { personId: string; since: Date },
): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from help_message
    where person_id = ${personId} and not is_from_desk and written_at > ${since}`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

export type HelpKey = { personId: string; helpRequestId: string };

export async function lockRequest(tx: Tx, key: HelpKey): Promise<HelpRequest | undefined> {
  const found = await sql<HelpRequest>`select ${columns} from help_request h
    where h.person_id = ${key.personId} and h.help_request_id = ${key.helpRequestId} for update`.execute(tx);
  return found.rows[0];
}

export async function writeState(tx: Tx, change: HelpKey & { state: HelpState; now: Date }): Promise<void> {
  await sql`update help_request set state = ${change.state}, changed_at = ${change.now},
      closed_at = ${change.state === 'closed' ? change.now : null}
    where person_id = ${change.personId} and help_request_id = ${change.helpRequestId}`.execute(tx);
}

export async function writeSeen(tx: Tx, seen: HelpKey & { now: Date }): Promise<void> {
  await sql`update help_request set seen_at = ${seen.now}
    where person_id = ${seen.personId} and help_request_id = ${seen.helpRequestId}`.execute(tx);
}

export type ListedHelp = HelpRequest & { firstText: string; isNews: boolean };

const firstText = sql`(select m.text from help_message m where m.person_id = h.person_id
  and m.help_request_id = h.help_request_id order by m.written_at, m.help_message_id limit 1) as "firstText",
  h.state <> 'open' and (h.seen_at is null or h.changed_at > h.seen_at) as "isNews"`;

export async function requestsOf(db: Reads, personId: string): Promise<ListedHelp[]> {
  const found = await sql<ListedHelp>`select ${columns}, ${firstText} from help_request h
    where h.person_id = ${personId} order by h.changed_at desc, h.help_request_id limit 100`.execute(db);
  return found.rows;
}

export type DeskHelp = ListedHelp & {
  nameHi: string | null;
  nameEn: string | null;
  code: string | null;
  officeHi: string | null;
  officeEn: string | null;
  path: string[] | null;
};

const deskColumns = sql`${columns}, ${firstText}, p.name_hi as "nameHi", p.name_en as "nameEn",
  p.employee_code as code, o.name_hi as "officeHi", o.name_en as "officeEn", o.path`;
const deskJoins = sql`help_request h join person p on p.person_id = h.person_id
  left join office o on o.office_id = h.office_id`;

export type DeskFilter = {
  /** `mine`: on my own desk; `below`: on the desks of officers below me. */
  desk: 'mine' | 'below';
  nodalScopes: readonly string[];
  /** Operators have what has no nodal officer. */
  isOperator: boolean;
  states: readonly HelpState[];
  exceptPersonId?: string;
  limit: number;
};

export async function deskRequests(db: Reads, filter: DeskFilter): Promise<DeskHelp[]> {
  const found = await sql<DeskHelp>`select ${deskColumns} from ${deskJoins}
    where h.state = any(${filter.states}::text[]) and ${onDesk(filter)}
      and h.person_id is distinct from ${filter.exceptPersonId ?? null}::uuid
    order by h.state = 'open' desc, case when h.state = 'open' then h.changed_at end, h.changed_at desc, h.help_request_id
    limit ${filter.limit}`.execute(db);
  return found.rows;
}

export async function countDesk(db: Reads, filter: Omit<DeskFilter, 'limit'>): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from ${deskJoins}
    where h.state = any(${filter.states}::text[]) and ${onDesk(filter)}
      and h.person_id is distinct from ${filter.exceptPersonId ?? null}::uuid`.execute(db);
  return found.rows[0]?.count ?? 0;
}

function onDesk({ desk, nodalScopes, isOperator }: Omit<DeskFilter, 'limit'>): RawBuilder<boolean> {
  const own = sql<boolean>`h.desk_office_id = any(${nodalScopes.filter((id) => id !== '*')}::uuid[])`;
  if (desk === 'mine') return isOperator ? sql<boolean>`(${own} or h.desk_office_id is null)` : own;
  return sql<boolean>`(${inScope(sql`o.path`, nodalScopes)} and not coalesce(${own}, false))`;
}

export async function deskRequest(db: Reads, key: HelpKey): Promise<DeskHelp | undefined> {
  const found = await sql<DeskHelp>`select ${deskColumns} from ${deskJoins}
    where h.person_id = ${key.personId} and h.help_request_id = ${key.helpRequestId}`.execute(db);
  return found.rows[0];
}

export type HelpMessage = {
  helpMessageId: string;
  isFromDesk: boolean;
  text: string;
  writtenAt: Date;
  nameHi: string | null;
  nameEn: string | null;
};

export async function messagesOf(db: Reads, key: HelpKey): Promise<HelpMessage[]> {
  const found =
    await sql<HelpMessage>`select m.help_message_id as "helpMessageId", m.is_from_desk as "isFromDesk",
      m.text, m.written_at as "writtenAt", p.name_hi as "nameHi", p.name_en as "nameEn"
    from help_message m left join person p on p.person_id = m.author_person_id
    where m.person_id = ${key.personId} and m.help_request_id = ${key.helpRequestId}
    order by m.written_at, m.help_message_id`.execute(db);
  return found.rows;
}

export type UnseenAnswer = Pick<HelpRequest, 'personId' | 'helpRequestId' | 'state' | 'changedAt'>;

const unseen = `select w.person_id as "personId", found.* from unnest($1::uuid[]) w (person_id) cross join lateral (
    select h.help_request_id as "helpRequestId", h.state, h.changed_at as "changedAt" from help_request h
    where h.person_id = w.person_id and h.state <> 'open' and (h.seen_at is null or h.changed_at > h.seen_at)
    order by h.changed_at desc limit 20) found`;

/** Answers that the person has not looked at; the homes of one moment ask together. */
export const unseenAnswers = gatheringRows(
  (db: Pick<Db, 'hot'>, personIds) => db.hot<UnseenAnswer>('unseen-answers', unseen, [personIds]),
  (row) => row.personId,
);

/** Copies a merged person's requests to the survivor and takes them off the other. */
export async function reassignHelp(tx: Tx, pair: { survivorId: string; mergedId: string }): Promise<void> {
  await sql`insert into help_request (person_id, help_request_id, office_id, desk_office_id, page_path, course_code,
      language, state, asked_at, changed_at, closed_at, seen_at)
    select ${pair.survivorId}::uuid, help_request_id, office_id, desk_office_id, page_path, course_code, language,
      state, asked_at, changed_at, closed_at, seen_at from help_request where person_id = ${pair.mergedId}`.execute(
    tx,
  );
  await sql`insert into help_message (person_id, help_message_id, help_request_id, author_person_id, is_from_desk,
      text, written_at)
    select ${pair.survivorId}::uuid, help_message_id, help_request_id,
      case when author_person_id = ${pair.mergedId} then ${pair.survivorId}::uuid else author_person_id end,
      is_from_desk, text, written_at from help_message where person_id = ${pair.mergedId}`.execute(tx);
  await sql`delete from help_message where person_id = ${pair.mergedId}`.execute(tx);
  await sql`delete from help_request where person_id = ${pair.mergedId}`.execute(tx);
}

export async function countHelpOf(db: Reads, personId: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from help_request
    where person_id = ${personId}`.execute(db);
  return found.rows[0]?.count ?? 0;
}

export type VisitorRequest = {
  visitorId: string;
  name: string;
  code: string | null;
  mobile: string | null;
  pagePath: string;
  text: string;
  askedAt: Date;
  state: 'open' | 'closed';
  closingNote: string | null;
  closedAt: Date | null;
};

const visitorColumns = sql`visitor_help_request_id as "visitorId", name, employee_code as code, mobile,
  page_path as "pagePath", text, asked_at as "askedAt", state, closing_note as "closingNote", closed_at as "closedAt"`;

export type NewVisitorRequest = {
  visitorId: string;
  name: string;
  code: string | null;
  mobile: string | null;
  pagePath: string;
  language: string;
  text: string;
  now: Date;
};

export async function insertVisitor(tx: Tx, request: NewVisitorRequest): Promise<void> {
  await sql`insert into visitor_help_request (visitor_help_request_id, name, employee_code, mobile, page_path,
      language, text, asked_at)
    values (${request.visitorId}, ${request.name}, ${request.code}, ${request.mobile}, ${request.pagePath},
      ${request.language}, ${request.text}, ${request.now})`.execute(tx);
}

export async function visitorRequests(db: Reads, state: 'open' | 'closed'): Promise<VisitorRequest[]> {
  const found =
    await sql<VisitorRequest>`select ${visitorColumns} from visitor_help_request where state = ${state}
    order by case when state = 'open' then asked_at end, closed_at desc limit 200`.execute(db);
  return found.rows;
}

export async function visitorById(db: Reads | Tx, visitorId: string): Promise<VisitorRequest | undefined> {
  const found = await sql<VisitorRequest>`select ${visitorColumns} from visitor_help_request
    where visitor_help_request_id = ${visitorId}`.execute(db);
  return found.rows[0];
}

/** False where somebody has closed it before. */
export async function closeVisitor(
  tx: Tx,
  closing: { visitorId: string; by: string | null; note: string; now: Date },
): Promise<boolean> {
  const done = await sql`update visitor_help_request set state = 'closed', closed_at = ${closing.now},
      closed_by = ${closing.by}, closing_note = ${closing.note}
    where visitor_help_request_id = ${closing.visitorId} and state = 'open'`.execute(tx);
  return (done.numAffectedRows ?? 0n) > 0n;
}

/** Questions closed before the instant go, with what was written on them. Returns how many questions. */
export async function deleteClosedHelp(tx: Tx, before: Date): Promise<number> {
  const asked =
    await sql`with gone as (delete from help_request where state = 'closed' and closed_at < ${before}
      returning person_id, help_request_id),
    words as (delete from help_message m using gone
      where m.person_id = gone.person_id and m.help_request_id = gone.help_request_id)
    select 1 from gone`.execute(tx);
  const byVisitors = await sql`delete from visitor_help_request
    where state = 'closed' and closed_at < ${before} returning 1`.execute(tx);
  return asked.rows.length + byVisitors.rows.length;
}
