import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrderRow } from './orders.ts';
import { everybodySql, matchesSql, officesSql, type PersonSource, standingSql } from './standing-sql.ts';
import { boundOn } from './status-sql.ts';

/** Standings to look at: those written, or those of an order that is not published, kept for the transaction. */
export type Standings = RawBuilder<unknown>;

// By the sheet's own id, so that its rows are read by their key where no loops are planned.
export function writtenStandings(mandateId: string): Standings {
  return sql`select * from mandate_sheet_standing
    where sheet_id = (select sheet_id from mandate where mandate_id = ${mandateId})`;
}

export async function keepStandings(tx: Tx, order: OrderRow, source?: PersonSource): Promise<Standings> {
  const standings = standingSql(order, source ? { source } : {});
  await sql`create temporary table mandate_preview on commit drop as ${standings}`.execute(tx);
  await sql`analyze mandate_preview`.execute(tx);
  return sql`select * from mandate_preview`;
}

/** Of one person in so many, kept for the transaction. */
export async function keepSomeStandings(tx: Tx, standings: Standings, everyNth: number): Promise<Standings> {
  await sql`create temporary table mandate_some on commit drop as select * from (${standings}) standing
    where uuid_hash(person_id) % ${everyNth}::integer = 0`.execute(tx);
  await sql`analyze mandate_some`.execute(tx);
  return sql`select * from mandate_some`;
}

/** How many are or were posted where an order binds. */
export async function countPosted(tx: Tx, { rules }: OrderRow): Promise<number> {
  const found = await sql<{ persons: number }>`select count(*) as persons from posting
    where voided_at is null and office_id in (${officesSql(rules)})`.execute(tx);
  return found.rows[0]?.persons ?? 0;
}

/** One person in so many of those who might be bound, spread evenly over all; kept for the transaction. */
export async function keepSample(tx: Tx, order: OrderRow, everyNth: number): Promise<PersonSource> {
  await sql`create temporary table mandate_sample on commit drop as
    select person_id from (${everybodySql(order.rules)}) everybody
    where uuid_hash(person_id) % ${everyNth}::integer = 0`.execute(tx);
  await sql`analyze mandate_sample`.execute(tx);
  return sql`select person_id from mandate_sample`;
}

export type BoundCounts = { bound: number; alreadyMet: number; exempt: number };

/** `overdue`: who would be so at once, his last day lying before the day `lateBy`. */
export type WholeCounts = BoundCounts & { overdue: number };

export async function countBound(
  tx: Tx,
  standings: Standings,
  { asOf, lateBy }: { asOf: Day; lateBy: Day },
): Promise<WholeCounts> {
  const found = await sql<WholeCounts>`select count(*) as bound,
      count(*) filter (where reached_on <= ${asOf} and not exempt_days @> ${asOf}::date) as "alreadyMet",
      count(*) filter (where exempt_days @> ${asOf}::date) as exempt,
      count(*) filter (where (reached_on is null or reached_on > ${asOf})
        and not exempt_days @> ${asOf}::date and overdue_from <= ${lateBy}) as overdue
    from (${standings}) standing where ${boundOn(asOf)}`.execute(tx);
  return found.rows[0] ?? { bound: 0, alreadyMet: 0, exempt: 0, overdue: 0 };
}

export type BoundPart = BoundCounts & { key: string | null; nameHi: string | null; nameEn: string | null };

/**
 * The bound by the offices right below the one of the scope, and who is posted at that one itself; or, of several, by
 * those of the scope. Each person once at each.
 */
export async function boundByOffice(
  tx: Tx,
  standings: Standings,
  { codes, asOf }: { codes: string[]; asOf: Day },
): Promise<BoundPart[]> {
  const named = sql`(select office_id from office where code = any(${codes}::text[]))`;
  // The offices shown are few, and found before anybody is looked at.
  const isShown =
    codes.length === 1
      ? sql`(office.parent_id in ${named} or office.office_id in ${named})
          and (office.parent_id in ${named} or office.office_id = at_id)`
      : sql`office.office_id in ${named}`;
  const found =
    await sql<BoundPart>`select office.code as key, office.name_hi as "nameHi", office.name_en as "nameEn",
      count(distinct person_id) as bound,
      count(distinct person_id) filter (where reached_on <= ${asOf} and not exempt_days @> ${asOf}::date) as "alreadyMet",
      count(distinct person_id) filter (where exempt_days @> ${asOf}::date) as exempt
    from (${standings}) standing cross join unnest(office_ids, bound_days) as one (at_id, days)
      join office posted on posted.office_id = at_id
      join office on ${isShown} and posted.path @> array[office.office_id]
    where days @> ${asOf}::date group by office.office_id order by office.office_id in ${named} and ${codes.length === 1} desc, office.code`.execute(
      tx,
    );
  return found.rows;
}

/** The bound by what the posting says that binds them: `service_group` or `engagement`. */
export async function boundByPosting(
  tx: Tx,
  standings: Standings,
  { order, column, asOf }: { order: OrderRow; column: 'service_group' | 'engagement'; asOf: Day },
): Promise<BoundPart[]> {
  const found =
    await sql<BoundPart>`select value as key, null as "nameHi", null as "nameEn", count(*) as bound,
      count(*) filter (where reached_on <= ${asOf} and not exempt_days @> ${asOf}::date) as "alreadyMet",
      count(*) filter (where exempt_days @> ${asOf}::date) as exempt
    from (
      select distinct on (standing.person_id) standing.*, posting.${sql.raw(column)} as value
      from (${standings}) standing join posting on posting.person_id = standing.person_id
        and posting.voided_at is null and posting.office_id = any(standing.office_ids)
      where ${boundOn(asOf)}
      order by standing.person_id, (${matchesSql(order)}
        and daterange(posting.starts_on, posting.ends_on, '[]') @> least(${asOf}::date, standing.last_day)) desc,
        posting.is_primary desc, posting.starts_on desc
    ) one group by value order by value nulls last`.execute(tx);
  return found.rows;
}

export type SampleRow = {
  personId: string;
  employeeCode: string | null;
  nameHi: string | null;
  nameEn: string | null;
  officeHi: string;
  officeEn: string | null;
};

/** Some of the bound at or below one of these offices. */
export async function sampleOfBound(
  tx: Tx,
  standings: Standings,
  { officeIds, asOf }: { officeIds: string[] | 'all'; asOf: Day },
): Promise<SampleRow[]> {
  const visible = officeIds === 'all' ? sql`true` : sql`office.path && ${officeIds}::uuid[]`;
  const found =
    await sql<SampleRow>`select person.person_id as "personId", person.employee_code as "employeeCode",
      person.name_hi as "nameHi", person.name_en as "nameEn", office.name_hi as "officeHi", office.name_en as "officeEn"
    from (${standings}) standing join person using (person_id)
      cross join lateral (select office.* from unnest(office_ids, bound_days) as one (at_id, days)
        join office on office.office_id = at_id where days @> ${asOf}::date and ${visible} order by code limit 1) office
    limit 12`.execute(tx);
  return found.rows;
}

/** How many are bound by both on the day. */
export async function boundByBoth(
  tx: Tx,
  standings: Standings,
  { other, asOf }: { other: string; asOf: Day },
): Promise<number> {
  const found = await sql<{ persons: number }>`select count(*) as persons
    from (${standings}) standing join (${writtenStandings(other)}) other using (person_id)
    where ${boundOn(asOf, sql`standing.bound_days`)}
      and ${boundOn(asOf, sql`other.bound_days`)}`.execute(tx);
  return found.rows[0]?.persons ?? 0;
}

/** Courses that count for an order: any, or those with a tag or in a list. */
export type Counting = { any: boolean; tags: string[]; codes: string[] };

/** Courses that count for both, at most fifty. */
export async function coursesOfBoth(tx: Tx, one: Counting, other: Counting): Promise<string[]> {
  const counts = (by: Counting) =>
    by.any ? sql`true` : sql`(tags && ${by.tags}::text[] or code = any(${by.codes}::text[]))`;
  const found = await sql<{ code: string }>`select code from course
    where state <> 'draft' and ${counts(one)} and ${counts(other)} order by code limit 50`.execute(tx);
  return found.rows.map((row) => row.code);
}
