import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

export type Registration = {
  registrationId: string;
  nameHi: string | null;
  nameEn: string | null;
  issuer: string;
  code: string;
  mobile: string;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  path: string[];
  designation: string | null;
  serviceGroup: 'A' | 'B' | 'C' | 'D' | null;
  engagement: string | null;
  joinedOn: string | null;
  language: 'hi' | 'en';
  requestedAt: Date;
  state: 'open' | 'approved' | 'refused';
  decisionReason: string | null;
  personId: string | null;
};

const columns = sql`r.registration_request_id as "registrationId", r.name_hi as "nameHi", r.name_en as "nameEn",
  r.issuer, r.employee_code as code, r.mobile, r.office_id as "officeId", o.code as "officeCode",
  o.name_hi as "officeHi", o.name_en as "officeEn", o.path, r.designation, r.service_group as "serviceGroup",
  r.engagement, r.joined_on as "joinedOn", r.language, r.requested_at as "requestedAt", r.state,
  r.decision_reason as "decisionReason", r.person_id as "personId"`;

export type NewRegistration = {
  registrationId: string;
  nameHi: string | null;
  nameEn: string | null;
  issuer: string;
  code: string;
  mobile: string;
  officeId: string;
  designation: string | null;
  serviceGroup: string | null;
  engagement: string | null;
  joinedOn: string | null;
  language: string;
  now: Date;
};

/** A second request for a code that waits already changes nothing. */
export async function insertRegistration(tx: Tx, request: NewRegistration): Promise<boolean> {
  const made = await sql`insert into registration_request (registration_request_id, name_hi, name_en, issuer,
      employee_code, mobile, office_id, designation, service_group, engagement, joined_on, language, requested_at)
    values (${request.registrationId}, ${request.nameHi}, ${request.nameEn}, ${request.issuer}, ${request.code},
      ${request.mobile}, ${request.officeId}, ${request.designation}, ${request.serviceGroup},
      ${request.engagement}, ${request.joinedOn}, ${request.language}, ${request.now})
    on conflict (employee_code, issuer) where state = 'open' do nothing`.execute(tx);
  return (made.numAffectedRows ?? 0n) > 0n;
}

export async function openRegistrations(db: Reads, scopes: readonly string[]): Promise<Registration[]> {
  const found = await sql<Registration>`select ${columns}
    from registration_request r join office o on o.office_id = r.office_id
    where r.state = 'open' and ${inScope(sql`o.path`, scopes)}
    order by r.requested_at, r.registration_request_id limit 200`.execute(db);
  return found.rows;
}

export async function countOpenRegistrations(db: Reads, scopes: readonly string[]): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count
    from registration_request r join office o on o.office_id = r.office_id
    where r.state = 'open' and ${inScope(sql`o.path`, scopes)}`.execute(db);
  return found.rows[0]?.count ?? 0;
}

export async function registrationById(db: Reads | Tx, id: string): Promise<Registration | undefined> {
  return one(db, id, sql``);
}

/** The request, locked: two officers who decide at once come one after the other. */
export async function lockRegistration(tx: Tx, id: string): Promise<Registration | undefined> {
  return one(tx, id, sql`for update of r`);
}

async function one(db: Reads | Tx, id: string, lock: RawBuilder<unknown>): Promise<Registration | undefined> {
  const found = await sql<Registration>`select ${columns}
    from registration_request r join office o on o.office_id = r.office_id
    where r.registration_request_id = ${id} ${lock}`.execute(db);
  return found.rows[0];
}

export type Decision = {
  registrationId: string;
  state: 'approved' | 'refused';
  now: Date;
  by: string | null;
  reason: string | null;
  personId: string | null;
};

export async function writeDecision(tx: Tx, decision: Decision): Promise<void> {
  await sql`update registration_request set state = ${decision.state}, decided_at = ${decision.now},
      decided_by = ${decision.by}, decision_reason = ${decision.reason}, person_id = ${decision.personId}
    where registration_request_id = ${decision.registrationId}`.execute(tx);
}
