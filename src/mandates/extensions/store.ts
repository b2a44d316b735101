import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { ListKey, ListPage } from '../../kernel/lists.ts';
import { type DeskWish, isAtDesk } from '../stores/desk.ts';

export type ExtensionRow = {
  requestId: string;
  personId: string;
  mandateId: string;
  mandateNumber: string;
  titleHi: string | null;
  titleEn: string | null;
  askedUntil: string;
  reason: string | null;
  state: 'asked' | 'granted' | 'refused' | 'withdrawn';
  grantedUntil: string | null;
  /** Granted, and taken back. */
  isTakenBack: boolean;
  decisionReason: string | null;
  decidedAt: Date | null;
  /** Who decided it last: refused, granted or took it back. */
  deciderHi: string | null;
  deciderEn: string | null;
  recordedAt: Date;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
};

const columns = sql`x.extension_request_id as "requestId", x.person_id as "personId", x.mandate_id as "mandateId",
  m.number as "mandateNumber", m.title_hi as "titleHi", m.title_en as "titleEn", x.asked_until as "askedUntil", x.reason,
  x.state, x.granted_until as "grantedUntil", x.voided_at is not null as "isTakenBack",
  coalesce(x.void_reason, x.decision_reason) as "decisionReason", coalesce(x.voided_at, x.decided_at) as "decidedAt",
  x.recorded_at as "recordedAt", p.employee_code as code, p.name_hi as "nameHi", p.name_en as "nameEn",
  d.name_hi as "deciderHi", d.name_en as "deciderEn"`;
const tables = sql`extension_request x join mandate m using (mandate_id) join person p on p.person_id = x.person_id
  left join person d on d.person_id = coalesce(x.voided_by, x.decided_by)`;

/** One person's requests, the newest first. */
export async function requestsOf(
  db: Reads | Tx,
  personId: string,
  page: ListPage = { limit: 500 },
): Promise<ExtensionRow[]> {
  const found = await sql<ExtensionRow>`select ${columns} from ${tables} where x.person_id = ${personId}
      and ${page.after ? sql`(x.recorded_at, x.extension_request_id) < ${placeOf(page.after)}` : sql`true`}
    order by x.recorded_at desc, x.extension_request_id desc limit ${page.limit}`.execute(db);
  return found.rows;
}

function placeOf({ personId, id }: ListKey) {
  return sql`(select recorded_at, extension_request_id from extension_request
    where person_id = ${personId} and extension_request_id = ${id})`;
}

export async function requestById(
  db: Reads | Tx,
  key: { personId: string; requestId: string },
): Promise<ExtensionRow | undefined> {
  const found = await sql<ExtensionRow>`select ${columns} from ${tables}
    where x.person_id = ${key.personId} and x.extension_request_id = ${key.requestId}`.execute(db);
  return found.rows[0];
}

export async function openRequests(db: Reads, wish: DeskWish & ListPage): Promise<ExtensionRow[]> {
  const isMine = await isAtDesk(db, sql`x.person_id`, wish);
  const found =
    await sql<ExtensionRow>`select ${columns} from ${tables} where x.state = 'asked' and p.merged_into is null
      and ${isMine} and ${wish.after ? sql`(x.recorded_at, x.extension_request_id) > ${placeOf(wish.after)}` : sql`true`}
    order by x.recorded_at, x.extension_request_id limit ${wish.limit}`.execute(db);
  return found.rows;
}

/** What was decided or taken back last, newest first. */
export async function decidedRequests(
  db: Reads,
  wish: DeskWish & { limit: number },
): Promise<ExtensionRow[]> {
  const isMine = await isAtDesk(db, sql`x.person_id`, wish);
  const found =
    await sql<ExtensionRow>`select ${columns} from ${tables} where x.decided_at is not null and p.merged_into is null
      and ${isMine} order by coalesce(x.voided_at, x.decided_at) desc limit ${wish.limit}`.execute(db);
  return found.rows;
}

/** How many wait, up to `most`. */
export async function countOpenRequests(db: Reads, wish: DeskWish & { most: number }): Promise<number> {
  const isMine = await isAtDesk(db, sql`x.person_id`, wish);
  const found = await sql<{ count: number }>`select count(*) as count from (
    select from extension_request x join person p using (person_id)
    where x.state = 'asked' and p.merged_into is null and ${isMine} limit ${wish.most}) waiting`.execute(db);
  return found.rows[0]?.count ?? 0;
}

export type NewRequest = {
  personId: string;
  requestId: string;
  mandateId: string;
  askedUntil: string;
  reason: string;
  now: Date;
};

export async function insertRequest(tx: Tx, row: NewRequest): Promise<void> {
  await sql`insert into extension_request (person_id, extension_request_id, mandate_id, asked_until, reason, recorded_at)
    values (${row.personId}, ${row.requestId}, ${row.mandateId}, ${row.askedUntil}, ${row.reason}, ${row.now})`.execute(
    tx,
  );
}

export async function withdrawRow(tx: Tx, key: { personId: string; requestId: string }): Promise<void> {
  await sql`update extension_request set state = 'withdrawn'
    where person_id = ${key.personId} and extension_request_id = ${key.requestId}`.execute(tx);
}

export type DecidedRequest = {
  personId: string;
  requestId: string;
  state: 'granted' | 'refused';
  grantedUntil: string | null;
  by: string;
  now: Date;
  reason: string;
};

export async function decideRow(tx: Tx, row: DecidedRequest): Promise<void> {
  await sql`update extension_request set state = ${row.state}, granted_until = ${row.grantedUntil}, decided_by = ${row.by},
      decided_at = ${row.now}, decision_reason = ${row.reason}
    where person_id = ${row.personId} and extension_request_id = ${row.requestId}`.execute(tx);
}

export type TakenBack = { personId: string; requestId: string; by: string; now: Date; reason: string };

/** The state stays as it was decided: what was known on any day can be told from the two instants. */
export async function voidRow(tx: Tx, row: TakenBack): Promise<void> {
  await sql`update extension_request set voided_at = ${row.now}, voided_by = ${row.by}, void_reason = ${row.reason}
    where person_id = ${row.personId} and extension_request_id = ${row.requestId}`.execute(tx);
}
