import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

export type NameRequest = {
  personId: string;
  nameRequestId: string;
  nameHi: string | null;
  nameEn: string | null;
  reason: string;
  requestedAt: Date;
  state: 'open' | 'approved' | 'refused' | 'withdrawn';
  decidedAt: Date | null;
  decisionReason: string | null;
};

const columns = sql`person_id as "personId", name_request_id as "nameRequestId", name_hi as "nameHi",
  name_en as "nameEn", reason, requested_at as "requestedAt", state, decided_at as "decidedAt",
  decision_reason as "decisionReason"`;

export type NewNameRequest = {
  personId: string;
  nameRequestId: string;
  nameHi: string | null;
  nameEn: string | null;
  reason: string;
  now: Date;
};

/** False where one waits already. */
export async function insertNameRequest(tx: Tx, request: NewNameRequest): Promise<boolean> {
  const made =
    await sql`insert into name_request (person_id, name_request_id, name_hi, name_en, reason, requested_at)
    values (${request.personId}, ${request.nameRequestId}, ${request.nameHi}, ${request.nameEn},
      ${request.reason}, ${request.now})
    on conflict (person_id) where state = 'open' do nothing`.execute(tx);
  return (made.numAffectedRows ?? 0n) > 0n;
}

export async function nameRequestsOf(db: Reads, personId: string): Promise<NameRequest[]> {
  const found = await sql<NameRequest>`select ${columns} from name_request where person_id = ${personId}
    order by requested_at desc limit 20`.execute(db);
  return found.rows;
}

export type WaitingName = NameRequest & {
  code: string | null;
  oldHi: string | null;
  oldEn: string | null;
  officeHi: string | null;
  officeEn: string | null;
};

type Waiting = { scopes: readonly string[]; today: string; exceptPersonId?: string };

/**
 * Open requests of persons who stand in the scopes, oldest first: by a posting that runs or is to come, or
 * by the last one. Nobody decides his own.
 */
export async function waitingNameRequests(db: Reads, waiting: Waiting): Promise<WaitingName[]> {
  const found = await sql<WaitingName>`select n.*, p.employee_code as code, p.name_hi as "oldHi",
      p.name_en as "oldEn", s.name_hi as "officeHi", s.name_en as "officeEn"
    from (select ${columns} from name_request where state = 'open') n
      join person p on p.person_id = n."personId"
      ${standing(waiting)}
    where n."personId" is distinct from ${waiting.exceptPersonId ?? null}::uuid
    order by n."requestedAt", n."nameRequestId" limit 200`.execute(db);
  return found.rows;
}

/** The posting by which the person stands in the scopes; it drops whoever does not. */
function standing({ scopes, today }: Waiting): RawBuilder<unknown> {
  return sql`join lateral (
    select l.* from (
      select o.name_hi, o.name_en, o.path, coalesce(po.ends_on >= ${today}::date, true) as stands,
        rank() over (order by coalesce(po.ends_on, 'infinity') desc, po.starts_on desc, po.posting_id desc) as place
      from posting po join office o on o.office_id = po.office_id
      where po.person_id = p.person_id and po.voided_at is null
    ) l where (l.stands or l.place = 1) and ${inScope(sql`l.path`, scopes)} order by l.place limit 1
  ) s on true`;
}

type Key = { personId: string; nameRequestId: string };

export async function nameRequestByKey(db: Reads, key: Key): Promise<NameRequest | undefined> {
  const found = await sql<NameRequest>`select ${columns} from name_request
    where person_id = ${key.personId} and name_request_id = ${key.nameRequestId}`.execute(db);
  return found.rows[0];
}

export type NameDecision = Key & {
  state: 'approved' | 'refused' | 'withdrawn';
  now: Date;
  by: string | null;
  reason: string | null;
};

/** False where it was decided or withdrawn before. */
export async function decideNameRequest(tx: Tx, decision: NameDecision): Promise<boolean> {
  const done = await sql`update name_request set state = ${decision.state}, decided_at = ${decision.now},
      decided_by = ${decision.by}, decision_reason = ${decision.reason}
    where person_id = ${decision.personId} and name_request_id = ${decision.nameRequestId} and state = 'open'`.execute(
    tx,
  );
  return (done.numAffectedRows ?? 0n) > 0n;
}
