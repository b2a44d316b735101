import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { PersonRange } from './live.ts';
import type { OrderRow } from './orders.ts';
import { postedAt } from './posted-at.ts';
import { type PersonSource, standingSql } from './standing-sql.ts';
import { statusOn } from './status-sql.ts';
import { firstCountedDay, stepsSql } from './steps-sql.ts';

/** The five figures of an office on a day; they add up to the bound. */
export type StatusCounts = { met: number; metLate: number; open: number; overdue: number; exempt: number };

export const statuses = sql`met, met_late, open, overdue, exempt`;

export const stored = sql`person_id, office_ids, bound_days, reached_on, due_on, overdue_from, exempt_days, first_day,
  last_day, in_days`;

/**
 * Computes standings anew (of some, or of everybody), writes what differs on the order's sheet, and moves its
 * counters by the difference. One statement; returns how many standings changed. The caller sees to it that
 * nobody else writes these persons on this sheet.
 */
export async function settleOrder(tx: Tx, order: OrderRow, source?: PersonSource): Promise<number> {
  const { sheetId } = order;
  const mine = source ? sql`and person_id in (${source})` : sql``;
  const done = await sql<{ changed: number }>`with
    fresh as materialized (select ${stored} from (${standingSql(order, source ? { source } : {})}) computed),
    old as materialized (select ${stored} from mandate_sheet_standing where sheet_id = ${sheetId} ${mine}),
    made as materialized (select * from fresh except select * from old),
    gone as materialized (select * from old except select * from fresh),
    removed as (
      delete from mandate_sheet_standing sheet using gone
      where sheet.sheet_id = ${sheetId} and sheet.person_id = gone.person_id
        and not exists (select from made where made.person_id = gone.person_id)
    ),
    written as (
      insert into mandate_sheet_standing (sheet_id, ${stored}) select ${sheetId}, made.* from made
      on conflict (person_id, sheet_id) do update set office_ids = excluded.office_ids,
        bound_days = excluded.bound_days, reached_on = excluded.reached_on, due_on = excluded.due_on,
        overdue_from = excluded.overdue_from, exempt_days = excluded.exempt_days, first_day = excluded.first_day,
        last_day = excluded.last_day, in_days = excluded.in_days
    ),
    counted as (
      insert into mandate_sheet_counter as sheet (sheet_id, office_id, day, ${statuses})
      select ${sheetId}, steps.* from (${stepsSql(
        order,
        sql`select 1 as sign, made.* from made union all select -1, gone.* from gone`,
      )}) steps
      on conflict (sheet_id, office_id, day) do update set met = sheet.met + excluded.met,
        met_late = sheet.met_late + excluded.met_late, open = sheet.open + excluded.open,
        overdue = sheet.overdue + excluded.overdue, exempt = sheet.exempt + excluded.exempt
    )
    select (select count(*) from made) + (select count(*) from gone) as changed`.execute(tx);
  return done.rows[0]?.changed ?? 0;
}

/** Fills a part of a new sheet, which has nobody of the range yet; the figures are written when all parts are there. */
export async function fillSheet(tx: Tx, order: OrderRow, range: PersonRange): Promise<void> {
  await sql`insert into mandate_sheet_standing (sheet_id, ${stored})
    select ${order.sheetId}, ${stored} from (${standingSql(order, { range })}) computed order by person_id`.execute(
    tx,
  );
}

/** Writes the figures of a sheet that has all its standings and none of its figures. */
export async function countSheet(tx: Tx, order: OrderRow): Promise<void> {
  const { sheetId } = order;
  const standings = sql`select 1 as sign, ${stored} from mandate_sheet_standing where sheet_id = ${sheetId}`;
  await sql`insert into mandate_sheet_counter (sheet_id, office_id, day, ${statuses})
    select ${sheetId}, steps.* from (${stepsSql(order, standings)}) steps`.execute(tx);
}

/**
 * Sums a sheet's standings anew. Where an office moves, nobody stands elsewhere than before, and yet the offices
 * above are others: there is no difference of standings to move the counters by.
 */
export async function sumAgain(tx: Tx, order: OrderRow): Promise<void> {
  await sql`delete from mandate_sheet_counter where sheet_id = ${order.sheetId}`.execute(tx);
  await countSheet(tx, order);
}

type Counted = StatusCounts & { officeId: string };

/** The figures of offices on a day: from the counters, and before their first day from the standings themselves. */
export async function countedOn(db: Reads | Tx, asked: Then): Promise<Counted[]> {
  const { order, officeIds, asOf } = asked;
  if (asOf < firstCountedDay(order)) return countedThen(db, asked);
  const found = await sql<Counted>`select office_id as "officeId",
      sum(met)::bigint as met, sum(met_late)::bigint as "metLate", sum(open)::bigint as open,
      sum(overdue)::bigint as overdue, sum(exempt)::bigint as exempt
    from mandate_counter where mandate_id = ${order.mandateId} and office_id = any(${officeIds}::uuid[])
      and day <= ${asOf} group by office_id`.execute(db);
  return found.rows;
}

/** The figures of several orders at one node, on a day that lies before none of their own first days. */
export async function countedAtNode(
  db: Reads,
  { mandateIds, nodeId, asOf }: { mandateIds: string[]; nodeId: string; asOf: Day },
): Promise<Map<string, StatusCounts & { bound: number }>> {
  const found = await sql<
    StatusCounts & { mandateId: string; bound: number }
  >`select mandate_id as "mandateId",
      sum(met + met_late + open + overdue + exempt)::bigint as bound, sum(met)::bigint as met,
      sum(met_late)::bigint as "metLate", sum(open)::bigint as open, sum(overdue)::bigint as overdue,
      sum(exempt)::bigint as exempt
    from mandate_counter where mandate_id = any(${mandateIds}::uuid[]) and office_id = ${nodeId} and day <= ${asOf}
    group by mandate_id`.execute(db);
  return new Map(found.rows.map(({ mandateId, ...figures }) => [mandateId, figures]));
}

type Then = {
  order: OrderRow;
  officeIds: string[];
  /** One that is above all of them. */
  above?: string | undefined;
  asOf: Day;
  few?: number;
};

/** Nearly everybody is bound at one office: those are summed there before they are multiplied by the offices above. */
async function countedThen(db: Reads | Tx, { order, officeIds, above, asOf, few }: Then): Promise<Counted[]> {
  const of = (status: string) => sql`coalesce(sum(persons) filter (where status = ${status}), 0)::bigint`;
  const here = above ? await postedAt(db, above, few) : sql`true`;
  const bound = sql`standing.sheet_id = (select sheet_id from mandate where mandate_id = ${order.mandateId}) and ${here}`;
  const found =
    await sql<Counted>`select node as "officeId", ${of('met')} as met, ${of('metLate')} as "metLate",
      ${of('open')} as open, ${of('overdue')} as overdue, ${of('exempt')} as exempt
    from (
      select node, status, persons from (
        select office_ids[1] as office_id, ${statusOn(asOf)} as status, count(*) as persons
        from mandate_sheet_standing standing
        where ${bound} and cardinality(office_ids) = 1 and bound_days[1] @> ${asOf}::date group by 1, 2
      ) at_one join office using (office_id) cross join unnest(nodes) as node
      union all
      select node, status, count(distinct person_id) from (
        select person_id, node, ${statusOn(asOf)} as status
        from mandate_sheet_standing standing cross join unnest(office_ids, bound_days) as one (office_id, days)
          join office using (office_id) cross join unnest(nodes) as node
        where ${bound} and cardinality(office_ids) > 1 and days @> ${asOf}::date
      ) at_several group by node, status
    ) bound where node = any(${officeIds}::uuid[]) group by node`.execute(db);
  return found.rows;
}

/** Steps that the counters hold and the events do not say, or the other way round. */
export type CounterDifference = {
  officeCode: string | null;
  day: Day;
  metric: string;
  counted: number;
  expected: number;
};
