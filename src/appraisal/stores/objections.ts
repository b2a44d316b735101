import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

type Reader = Reads | Tx;

export type ObjectionState = 'open' | 'upheld' | 'partly' | 'rejected' | 'withdrawn';

export type Objection = {
  personId: string;
  /** Who has the record today: it may have been merged. */
  holderId: string;
  objectionId: string;
  statementId: string;
  statementNo: string;
  year: string;
  items: string[];
  body: string;
  raisedBy: string | null;
  helperHi: string | null;
  helperEn: string | null;
  isByHelper: boolean;
  raisedAt: Date;
  state: ObjectionState;
  decision: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  correctedNo: string | null;
  /** The order by which it was decided. */
  orderNumber: string | null;
  /** Of the statement: who has charge of it decides. */
  officeId: string | null;
  nameHi: string | null;
  nameEn: string | null;
  code: string | null;
};

const selected = sql`select j.person_id as "personId", coalesce(p.merged_into, p.person_id) as "holderId", j.objection_id as "objectionId", j.statement_id as "statementId",
    s.statement_no as "statementNo", s.year, j.items, j.body, coalesce(h.merged_into, j.raised_by) as "raisedBy", case when j.is_by_helper then h.name_hi end as "helperHi",
    case when j.is_by_helper then h.name_en end as "helperEn", j.is_by_helper as "isByHelper", j.raised_at as "raisedAt", j.state, j.decision,
    j.decided_by as "decidedBy", j.decided_at as "decidedAt", j.corrected_no as "correctedNo", j.order_number as "orderNumber", s.office_id as "officeId", p.name_hi as "nameHi",
    p.name_en as "nameEn", p.employee_code as code
  from objection j join statement s using (person_id, statement_id) join person p using (person_id)
    left join person h on h.person_id = j.raised_by
    left join office o on o.office_id = s.office_id`;

export async function objectionsOfStatement(db: Reader, statementNo: string): Promise<Objection[]> {
  const found = await sql<Objection>`${selected} where s.statement_no = ${statementNo}
    order by j.raised_at desc`.execute(db);
  return found.rows;
}

export async function objectionById(db: Reader, objectionId: string): Promise<Objection | undefined> {
  const found = await sql<Objection>`${selected} where j.objection_id = ${objectionId}`.execute(db);
  return found.rows[0];
}

/** Held until the transaction ends. */
export async function lockedObjection(tx: Tx, objectionId: string): Promise<Objection | undefined> {
  await sql`select 1 from objection where objection_id = ${objectionId} for update`.execute(tx);
  return objectionById(tx, objectionId);
}

type ObjectionPage = { officeIds: string[]; isOpen: boolean; after?: string | undefined; limit: number };

/** What waits longest comes first; of what is decided, what was raised last. `after`: the last one seen. */
export async function listObjections(
  db: Reader,
  { officeIds, isOpen, after, limit }: ObjectionPage,
): Promise<{ items: Objection[]; next: string | null }> {
  const beyond = after
    ? sql`and (j.raised_at, j.objection_id) ${sql.raw(isOpen ? '>' : '<')} (select raised_at, objection_id
        from objection where objection_id = ${after}::uuid)`
    : sql``;
  const direction = sql.raw(isOpen ? 'asc' : 'desc');
  const found = await sql<Objection>`${selected} where j.state ${sql.raw(isOpen ? '=' : '<>')} 'open'
      and ${inScope(sql`o.path`, officeIds)} ${beyond}
    order by j.raised_at ${direction}, j.objection_id ${direction} limit ${limit + 1}`.execute(db);
  const items = found.rows.slice(0, limit);
  return { items, next: found.rows.length > limit ? (items.at(-1)?.objectionId ?? null) : null };
}

export async function countOpenObjections(
  db: Reader,
  { officeIds, year }: { officeIds: string[]; year: string },
): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count
    from objection j join statement s using (person_id, statement_id) join office o on o.office_id = s.office_id
    where j.state = 'open' and s.year = ${year} and ${inScope(sql`o.path`, officeIds)}`.execute(db);
  return found.rows[0]?.count ?? 0;
}

type NewObjection = Pick<
  Objection,
  'personId' | 'objectionId' | 'statementId' | 'items' | 'body' | 'isByHelper' | 'raisedAt'
> & { raisedBy: string | undefined };

/** False where one is open already. */
export async function insertObjection(tx: Tx, one: NewObjection): Promise<boolean> {
  const done = await sql`insert into objection (person_id, objection_id, statement_id, items, body, raised_by,
      is_by_helper, raised_at)
    values (${one.personId}, ${one.objectionId}, ${one.statementId}, ${JSON.stringify(one.items)}::jsonb, ${one.body},
      ${one.raisedBy ?? null}, ${one.isByHelper}, ${one.raisedAt})
    on conflict (person_id, statement_id) where state = 'open' do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

type Ending = {
  personId: string;
  objectionId: string;
  state: ObjectionState;
  decision: string | null;
  by: string | undefined;
  at: Date;
  correctedNo?: string;
  orderNumber?: string | undefined;
};

export async function endObjection(tx: Tx, ending: Ending): Promise<void> {
  await sql`update objection set state = ${ending.state}, decision = ${ending.decision}, decided_by = ${ending.by ?? null},
      decided_at = ${ending.at}, corrected_no = ${ending.correctedNo ?? null}, order_number = ${ending.orderNumber ?? null}
    where person_id = ${ending.personId} and objection_id = ${ending.objectionId}`.execute(tx);
}
