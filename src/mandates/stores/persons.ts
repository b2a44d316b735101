import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import { type Db, hot, type Reads } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import type { MandateStatus } from '../standing.ts';
import { postedAt } from './posted-at.ts';
import type { PersonSource } from './standing-sql.ts';
import { statusOn } from './status-sql.ts';

export type BoundPerson = {
  personId: string;
  employeeCode: string | null;
  nameHi: string | null;
  nameEn: string | null;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  status: MandateStatus;
  reachedOn: Day | null;
  dueOn: Day | null;
  overdueFrom: Day | null;
  /** From when what he does counts, and how much of the window he serves where that is asked. */
  firstDay: Day;
  inDays: number | null;
};

export type PersonsWish = {
  mandateId: string;
  officeId: string;
  asOf: Day;
  status?: MandateStatus;
  after?: string;
  limit: number;
  /** From more on the order's people are walked through. */
  few?: number;
};

/**
 * Those bound at or below an office on a day, by key. Where few are posted there they are looked up; else the
 * order's people are walked through until there are enough.
 */
export async function boundPersons(db: Reads, wish: PersonsWish): Promise<BoundPerson[]> {
  const { asOf, officeId, limit } = wish;
  const after = wish.after ? sql`and standing.person_id > ${wish.after}` : sql``;
  const status = wish.status ? sql`and ${statusOn(asOf)} = ${wish.status}` : sql``;
  const found =
    await sql<BoundPerson>`select one.*, person.employee_code as "employeeCode", person.name_hi as "nameHi",
      person.name_en as "nameEn"
    from (
      select standing.person_id as "personId", at.code as "officeCode", at.name_hi as "officeHi", at.name_en as "officeEn",
        ${statusOn(asOf)} as status, reached_on as "reachedOn", due_on as "dueOn", overdue_from as "overdueFrom",
        first_day as "firstDay", in_days as "inDays"
      from mandate_sheet_standing standing cross join lateral (
        select office.* from unnest(office_ids, bound_days) as one (at_id, days) join office on office.office_id = at_id
        where days @> ${asOf}::date and office.path @> array[${officeId}::uuid] order by office.code limit 1) at
      where standing.sheet_id = (select sheet_id from mandate where mandate_id = ${wish.mandateId})
        and ${await postedAt(db, officeId, wish.few)} ${after} ${status}
      order by standing.person_id limit ${limit}
    ) one join person on person.person_id = one."personId" order by one."personId"`.execute(db);
  return found.rows;
}

export type StandingRow = {
  mandateId: string;
  officeIds: string[];
  firstDay: Day;
  lastDay: Day;
  /** How many of the window's days he serves, where the order asks in proportion. */
  inDays: number | null;
  reachedOn: Day | null;
  dueOn: Day | null;
  overdueFrom: Day | null;
  status: MandateStatus;
  /** Where he is bound on the day. */
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  serviceGroup: string | null;
  engagement: string | null;
  designation: string | null;
  exemptFrom: Day | null;
  exemptUntil: Day | null;
  exemptOrder: string | null;
  exemptClass: string | null;
};

export type AskedStanding = { personId: string; asOf: Day };

type StandingSource = AskedStanding & { rows: RawBuilder<unknown> };

/** Where one person stands on a day, with the posting that binds; `rows` are computed standings. */
export async function standingsOn(
  db: Reads,
  { personId, asOf, rows }: StandingSource,
): Promise<StandingRow[]> {
  const asked = sql`select ${personId}::uuid as person_id, ${asOf}::date as as_of`;
  const found = await sql<StandingRow>`with asked as (${asked}) ${placedSql(rows)}`.execute(db);
  return found.rows;
}

/**
 * Standings of whoever is `asked` (`person_id`, `as_of`), with the place that binds on the day: of several the primary
 * posting, then the newest.
 */
function placedSql(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select asked.person_id as "personId", asked.as_of as "askedOn", standing.mandate_id as "mandateId", office_ids as "officeIds",
      first_day as "firstDay", last_day as "lastDay", in_days as "inDays", reached_on as "reachedOn", due_on as "dueOn",
      overdue_from as "overdueFrom", ${statusOn(sql`asked.as_of`)} as status, at.code as "officeCode",
      at.name_hi as "officeHi", at.name_en as "officeEn", at.service_group as "serviceGroup", at.engagement,
      at.designation, given.starts_on as "exemptFrom", given.ends_on as "exemptUntil", given.order_number as "exemptOrder",
      given.reason_class as "exemptClass"
    from asked join (${rows}) standing using (person_id) join mandate using (mandate_id)
      cross join lateral (
        select office.code, office.name_hi, office.name_en, posting.service_group, posting.engagement,
          designation.name as designation
        from unnest(office_ids, bound_days) as one (at_id, days) join office on office.office_id = at_id
          left join lateral (
            select * from posting where posting.person_id = asked.person_id and posting.office_id = at_id
              and posting.voided_at is null
            order by daterange(starts_on, ends_on, '[]') @> asked.as_of desc, starts_on desc limit 1) posting on true
          left join designation using (designation_id)
        where days @> asked.as_of
        order by posting.is_primary desc nulls last, posting.starts_on desc nulls last, office.code limit 1) at
      left join lateral (
        select starts_on, ends_on, order_number, reason_class from exemption
        where exemption.person_id = asked.person_id and voided_at is null
          and exemption.mandate_id = any(array_append(mandate.lineage, mandate.mandate_id))
          and daterange(starts_on, ends_on, '[]') @> asked.as_of
        order by ends_on desc nulls first limit 1) given on true`;
}

type WrittenRow = { askedId: string; askedDay: Day; settled: boolean } & (
  | StandingRow
  | { [Name in keyof StandingRow]: null }
);

/**
 * What is written of a person under the orders in force; undefined while that is not all that is known. The homes
 * of one moment ask together.
 */
export async function writtenStandings(
  db: Pick<Db, 'read'>,
  { personId, asOf }: AskedStanding,
): Promise<StandingRow[] | undefined> {
  const rows = await askWritten(db, `${personId} ${asOf}`);
  if (!rows.every((row) => row.settled)) return undefined;
  return rows.filter((row) => row.mandateId !== null);
}

const askWritten = gatheringRows(
  async (db: Pick<Db, 'read'>, names: string[]) => {
    const parts = names.map((name) => name.split(' '));
    const found = await sql<WrittenRow>`${hot}with asked as materialized (
        select person_id, as_of, not exists (select from mandate_touched where mandate_touched.person_id = w.person_id)
          and not exists (select from mandate_recount) as settled
        from unnest(${parts.map(([id]) => id)}::uuid[], ${parts.map(([, day]) => day)}::date[]) as w (person_id, as_of)
      )
      select wanted.person_id as "askedId", wanted.as_of as "askedDay", wanted.settled, placed.*
      from asked wanted left join (${placedSql(sql`select * from mandate_standing`)}) placed
        on wanted.settled and placed."personId" = wanted.person_id and placed."askedOn" = wanted.as_of`.execute(
      db.read,
    );
    return found.rows;
  },
  (row) => `${row.askedId} ${row.askedDay}`,
);

export function ofPerson(personId: string): PersonSource {
  return sql`select ${personId}::uuid as person_id`;
}
