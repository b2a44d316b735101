import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import { holdOrders } from '../../mandates/index.ts';
import { inScope } from '../../organisations/index.ts';
import type { InputPosting, StatementInputs } from '../statements/content.ts';
import type { ObjectionState } from './objections.ts';

type Reader = Reads | Tx;

export const visibilities = ['genuine', 'totals', 'items'] as const;
export type Visibility = (typeof visibilities)[number];

export type NewStatement = {
  personId: string;
  statementId: string;
  year: string;
  statementNo: string;
  calendarId: string | null;
  officeId: string | null;
  content: string;
  minutes: number;
  trainingDays: number;
  /** What the desk lists it by. */
  listedName: string;
  inputs: StatementInputs;
  digest: string;
  signature: string;
  keyId: string;
  frozenAt: Date;
  serviceOn: string;
  objectionDays: number;
  servedOn: string | null;
  objectionUntil: string | null;
  replacesNo: string | null;
  /** As the holder chose it for what this one takes the place of; absent: the narrowest. */
  visibility?: Visibility;
};

export type Statement = {
  personId: string;
  /** Whose it is by now: the person, or the record that his was merged into. */
  holderId: string;
  statementId: string;
  year: string;
  statementNo: string;
  calendarId: string | null;
  officeId: string | null;
  content: string;
  minutes: number;
  trainingDays: number;
  digest: string;
  signature: string;
  keyId: string;
  frozenAt: Date;
  /** When the first of the statements that it takes the place of was frozen; its own freeze where there is none. */
  firstFrozenAt: Date;
  /** The orders by which it, and what it takes the place of, were corrected. */
  orderNumbers: string[];
  serviceOn: string;
  objectionDays: number;
  servedOn: string | null;
  objectionUntil: string | null;
  isDisputed: boolean;
  replacesNo: string | null;
  replacedByNo: string | null;
  visibility: Visibility;
};

/** Up from a record that was merged to the one that stays. */
const holder = sql`coalesce((with recursive up as (
    select p.merged_into as person_id from person p where p.person_id = s.person_id and p.merged_into is not null
    union all select p.merged_into from up join person p using (person_id) where p.merged_into is not null)
  select up.person_id from up join person p using (person_id) where p.merged_into is null), s.person_id)`;

const firstFreeze = sql`case when s.replaces_no is null then s.frozen_at else (with recursive older as (
    select o.replaces_no, o.frozen_at from statement_number n join statement o using (person_id, statement_id)
      where n.statement_no = s.replaces_no
    union all
    select o.replaces_no, o.frozen_at from older join statement_number n on n.statement_no = older.replaces_no
      join statement o using (person_id, statement_id))
  select min(frozen_at) from older) end`;

/** By which orders this one and those before it were corrected. */
const orderNumbers = sql`case when s.replaces_no is null then '{}'::text[] else array(with recursive line as (
    select s.replaces_no, s.content::json #>> '{replaces,orderNumber}' as number
    union all
    select o.replaces_no, o.content::json #>> '{replaces,orderNumber}' from line
      join statement_number n on n.statement_no = line.replaces_no join statement o using (person_id, statement_id))
  select distinct number from line where number is not null order by number) end`;

const columns = sql`s.person_id as "personId", ${holder} as "holderId", ${firstFreeze} as "firstFrozenAt",
  ${orderNumbers} as "orderNumbers", s.statement_id as "statementId", s.year,
  s.statement_no as "statementNo", s.calendar_id as "calendarId", s.office_id as "officeId", s.content, s.minutes,
  s.training_days as "trainingDays",
  encode(s.digest, 'hex') as digest, encode(s.signature, 'base64') as signature, s.key_id as "keyId",
  s.frozen_at as "frozenAt", s.service_on as "serviceOn", s.objection_days as "objectionDays", s.served_on as "servedOn",
  s.objection_until as "objectionUntil", s.is_disputed as "isDisputed", s.replaces_no as "replacesNo",
  s.replaced_by_no as "replacedByNo", s.visibility`;

/** One freeze at a time in the whole installation, and no order comes into force meanwhile: words, orders and instants have one order. */
export async function lockFreezes(tx: Tx): Promise<Date> {
  await sql`select pg_advisory_xact_lock(hashtext('daksh statement freeze'))`.execute(tx);
  await holdOrders(tx);
  // Whole milliseconds, rounded up, so that the instant survives every program that reads it.
  const found = await sql<{ at: Date }>`select date_trunc('milliseconds', clock_timestamp())
    + interval '1 millisecond' as at`.execute(tx);
  return found.rows[0]?.at ?? new Date();
}

/** Writes those whose person has none of the year yet; returns the numbers that were written. */
export async function insertStatements(tx: Tx, statements: readonly NewStatement[]): Promise<Set<string>> {
  const rows = statements.map(({ inputs, ...row }) => ({ ...row, inputs }));
  const written = await sql<{ statementNo: string; personId: string; statementId: string }>`
    with row as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as r ("personId" uuid, "statementId" uuid,
        year text, "statementNo" text, "calendarId" uuid, "officeId" uuid, content text, minutes integer, "trainingDays" integer, "listedName" text, inputs jsonb, digest text,
        signature text, "keyId" text, "frozenAt" timestamptz, "serviceOn" date, "objectionDays" integer,
        "servedOn" date, "objectionUntil" date, "replacesNo" text, visibility text)),
    made as (insert into statement (person_id, statement_id, year, statement_no, calendar_id, office_id, content, minutes,
        training_days, listed_name, inputs, digest, signature, key_id, frozen_at, service_on, objection_days, served_on, objection_until, replaces_no, visibility)
      select "personId", "statementId", year, "statementNo", "calendarId", "officeId", content, minutes,
        "trainingDays", "listedName", inputs, decode(digest, 'hex'), decode(signature, 'base64'), "keyId", "frozenAt", "serviceOn", "objectionDays",
        "servedOn", "objectionUntil", "replacesNo", coalesce(visibility, 'genuine') from row
      on conflict (person_id, year) where replaced_by_no is null do nothing
      returning person_id, statement_id, statement_no, replaces_no),
    numbered as (insert into statement_number (statement_no, person_id, statement_id)
      select statement_no, person_id, statement_id from made),
    told as (insert into statement_event (person_id, statement_event_id, statement_id, kind)
      select person_id, new_id(), statement_id, case when replaces_no is null then 'frozen' else 'corrected' end
      from made)
    select statement_no as "statementNo" from made`.execute(tx);
  return new Set(written.rows.map((one) => one.statementNo));
}

export async function statementByNumber(db: Reader, statementNo: string): Promise<Statement | undefined> {
  const found = await sql<Statement>`select ${columns} from statement_number n
    join statement s using (person_id, statement_id) where n.statement_no = ${statementNo}`.execute(db);
  return found.rows[0];
}

/** The same, held against every other change until the transaction ends. */
export async function lockedStatement(tx: Tx, statementNo: string): Promise<Statement | undefined> {
  await sql`select 1 from statement s join statement_number n using (person_id, statement_id)
    where n.statement_no = ${statementNo} for update of s`.execute(tx);
  return statementByNumber(tx, statementNo);
}

/** Several at once, in one order, so that no two wait for each other. */
export async function lockedStatements(tx: Tx, numbers: readonly string[]): Promise<Statement[]> {
  await sql`select 1 from statement s where statement_no = any(${numbers}::text[])
      and (person_id, statement_id) in (select person_id, statement_id from statement_number
        where statement_no = any(${numbers}::text[]))
    order by s.statement_no for update`.execute(tx);
  const found = await sql<Statement>`select ${columns} from statement_number n
    join statement s using (person_id, statement_id)
    where n.statement_no = any(${numbers}::text[]) order by s.statement_no`.execute(tx);
  return found.rows;
}

/** The statements of a year that stand for these records and for those that were merged into them. */
export async function liveOfHolders(
  db: Reader,
  holderIds: readonly string[],
  year: string,
): Promise<{ holderId: string; statementNo: string }[]> {
  const found = await sql<{ holderId: string; statementNo: string }>`with recursive
    kin as (select holder, holder as person_id from unnest(${holderIds}::uuid[]) as holder
      union all select kin.holder, p.person_id from kin join person p on p.merged_into = kin.person_id)
    select kin.holder as "holderId", s.statement_no as "statementNo" from kin join statement s using (person_id)
    where s.year = ${year} and s.replaced_by_no is null order by s.statement_no`.execute(db);
  return found.rows;
}

/**
 * Of whose statements of the year before, those of merged records among them, an order let end before its last day: from
 * which day his training is in none.
 */
export async function leftFrom(
  db: Reader,
  personIds: readonly string[],
  yearBefore: string,
): Promise<Map<string, string>> {
  // Each looked up along the index of those that stand, so that a portion never reads a whole year.
  const found = await sql<{ personId: string; from: string }>`with recursive
    kin as (select holder, holder as person_id from unnest(${personIds}::uuid[]) as holder
      union all select kin.holder, p.person_id from kin join person p on p.merged_into = kin.person_id)
    select kin.holder as "personId", max(c.cut_off_on) + 1 as "from"
    from kin cross join lateral (select calendar_id from statement s
        where s.person_id = kin.person_id and s.year = ${yearBefore} and s.replaced_by_no is null limit 1) s
      left join appraisal_calendar c using (calendar_id)
    group by kin.holder having bool_and(coalesce(c.cut_off_on < c.until_on, false))`.execute(db);
  return new Map(found.rows.map((row) => [row.personId, row.from]));
}

export async function inputsOf(
  db: Reader,
  { personId, statementId }: Pick<Statement, 'personId' | 'statementId'>,
) {
  const found = await sql<{ inputs: StatementInputs }>`select inputs from statement
    where person_id = ${personId} and statement_id = ${statementId}`.execute(db);
  return found.rows[0]?.inputs;
}

/** Newest first; what a merged record had belongs to the survivor. */
export async function statementsOfPerson(db: Reader, personId: string): Promise<Statement[]> {
  const found = await sql<Statement>`with recursive kin as (select ${personId}::uuid as person_id
      union all select p.person_id from kin join person p on p.merged_into = kin.person_id)
    select ${columns} from statement s where s.person_id in (select person_id from kin)
    order by s.year desc, s.frozen_at desc`.execute(db);
  return found.rows;
}

export async function markReplaced(
  tx: Tx,
  old: Pick<Statement, 'personId' | 'statementId'>,
  by: { statementNo: string; at: Date },
): Promise<void> {
  await sql`update statement set replaced_by_no = ${by.statementNo}, replaced_at = ${by.at}, is_disputed = false
    where person_id = ${old.personId} and statement_id = ${old.statementId}`.execute(tx);
}

export async function setDisputed(
  tx: Tx,
  of: Pick<Statement, 'personId' | 'statementId'>,
  isDisputed: boolean,
): Promise<void> {
  await sql`update statement set is_disputed = ${isDisputed}
    where person_id = ${of.personId} and statement_id = ${of.statementId}`.execute(tx);
}

export async function setVisibility(
  tx: Tx,
  of: Pick<Statement, 'personId' | 'statementId'>,
  visibility: Visibility,
): Promise<void> {
  await sql`update statement set visibility = ${visibility}
    where person_id = ${of.personId} and statement_id = ${of.statementId}`.execute(tx);
}

type EventKind = 'disputed' | 'upheld' | 'rejected' | 'withdrawn';

export async function tellEvent(
  tx: Tx,
  { personId, statementId, kind }: { personId: string; statementId: string; kind: EventKind },
): Promise<void> {
  await sql`insert into statement_event (person_id, statement_event_id, statement_id, kind)
    values (${personId}, new_id(), ${statementId}, ${kind})`.execute(tx);
}

export type ServedBatch = { year: string; count: number };

/** Serves what is due: from that day the days of objection run. Some thousand at a time; tells how many of each year. */
export async function serveDue(tx: Tx, today: string): Promise<ServedBatch[]> {
  const served = await sql<ServedBatch>`with due as (select person_id, statement_id from statement
      where served_on is null and service_on <= ${today}::date and replaced_by_no is null limit 10000 for update skip locked),
    served as (
      update statement s set served_on = ${today}::date, objection_until = ${today}::date + s.objection_days
      from due where s.person_id = due.person_id and s.statement_id = due.statement_id
      returning s.person_id, s.statement_id, s.year),
    told as (insert into statement_event (person_id, statement_event_id, statement_id, kind)
      select person_id, new_id(), statement_id, 'served' from served)
    select year, count(*) as count from served group by year order by year`.execute(tx);
  return served.rows;
}

export type StandingStatement = { personId: string; statementId: string; postings: InputPosting[] };

/** The statements of a year that stand, of whoever was posted in a subtree, by person. */
export async function standingAt(
  tx: Tx,
  { year, officeId, after, limit }: { year: string; officeId: string; after: string | null; limit: number },
): Promise<StandingStatement[]> {
  const found = await sql<StandingStatement>`select person_id as "personId", statement_id as "statementId",
      inputs -> 'postings' as postings
    from statement where year = ${year} and replaced_by_no is null
      and person_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      and exists (select from jsonb_array_elements(inputs -> 'postings') p where p -> 'path' ? ${officeId}::text)
    order by person_id limit ${limit}`.execute(tx);
  return found.rows;
}

/**
 * As an order says: of who was not served yet its day of service and its days for objection; of who was, the last day,
 * and never an earlier one.
 */
export async function moveDays(
  tx: Tx,
  statements: readonly StandingStatement[],
  { serviceOn, objectionDays }: { serviceOn: string; objectionDays: number },
): Promise<number> {
  const [persons, ids] = [statements.map((one) => one.personId), statements.map((one) => one.statementId)];
  const moved = await sql`with moving as (
      select s.person_id, s.statement_id,
        case when s.served_on is null then ${serviceOn}::date else s.service_on end as service_on,
        greatest(s.objection_until, greatest(s.served_on, ${serviceOn}::date) + ${objectionDays}::int) as until
      from unnest(${persons}::uuid[], ${ids}::uuid[]) as w (person_id, statement_id)
        join statement s using (person_id, statement_id))
    update statement s set service_on = moving.service_on, objection_days = ${objectionDays},
      objection_until = case when s.served_on is not null then moving.until end
    from moving where s.person_id = moving.person_id and s.statement_id = moving.statement_id
      and (case when s.served_on is null
        then (s.service_on, s.objection_days) is distinct from (moving.service_on, ${objectionDays}::int)
        else s.objection_until is distinct from moving.until end)`.execute(tx);
  return Number(moved.numAffectedRows ?? 0);
}

/**
 * The statements of a year that stand, of the people of a subtree, whole. By person: whoever gets a corrected one in
 * the meantime keeps his place, while numbers are random.
 */
export async function standingAfter(
  db: Reader,
  { officeIds, year, after, limit }: { officeIds: string[]; year: string; after?: string; limit: number },
): Promise<Statement[]> {
  const found =
    await sql<Statement>`select ${columns} from statement s join office o on o.office_id = s.office_id
    where s.year = ${year} and s.replaced_by_no is null and (${after ?? null}::uuid is null or s.person_id > ${after ?? null})
      and ${inScope(sql`o.path`, officeIds)}
    order by s.person_id limit ${limit}`.execute(db);
  return found.rows;
}

export async function numbersAfter(
  db: Reader,
  { officeIds, year, after, limit }: { officeIds: string[]; year?: string; after: string; limit: number },
): Promise<Statement[]> {
  const found =
    await sql<Statement>`select ${columns} from statement s left join office o on o.office_id = s.office_id
    where (${year ?? null}::text is null or s.year = ${year ?? null}) and s.statement_no > ${after}
      and (${officeIds.includes('*')} or ${inScope(sql`o.path`, officeIds)})
    order by s.statement_no limit ${limit}`.execute(db);
  return found.rows;
}

export type Served = {
  statementNo: string;
  year: string;
  servedOn: string;
  objectionUntil: string;
  isCorrected: boolean;
  /** The last objection to it. */
  objection: ObjectionState | null;
  /** How the objection was decided by which it came. */
  cameBy: ObjectionState | null;
  decidedAt: Date | null;
};

// What is older than two months is no news.
const served = `select w.person_id || ' ' || w.day as name, s.statement_no as "statementNo", s.year,
    s.served_on as "servedOn", s.objection_until as "objectionUntil", s.replaces_no is not null as "isCorrected",
    last.state as objection, came.state as "cameBy", coalesce(last.decided_at, came.decided_at) as "decidedAt"
  from unnest($1::uuid[], $2::date[]) w (person_id, day)
  join statement s on s.person_id = w.person_id and s.replaced_by_no is null and s.served_on is not null
  left join lateral (select state, decided_at from objection j
    where j.person_id = s.person_id and j.statement_id = s.statement_id and j.state <> 'withdrawn'
    order by raised_at desc limit 1) last on true
  left join lateral (select state, decided_at from objection j
    where j.person_id = s.person_id and j.corrected_no = s.statement_no order by raised_at desc limit 1) came on true
  where s.objection_until >= w.day and s.served_on >= w.day - 60
    or last.state = 'open' or last.decided_at >= w.day - 60`;

const askServed = gatheringRows(
  (db: Pick<Db, 'hot'>, names) => {
    const parts = names.map((name) => name.split(' '));
    return db.hot<Served & { name: string }>('served-lately', served, [
      parts.map(([personId]) => personId),
      parts.map(([, day]) => day),
    ]);
  },
  (row) => row.name,
);

/**
 * Served in the last two months and still open to objection, under one, or decided lately; the homes of one moment ask
 * together.
 */
export function servedLately(db: Pick<Db, 'hot'>, personId: string, today: string): Promise<Served[]> {
  return askServed(db, `${personId} ${today}`);
}
