import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { hashing } from './lanes.ts';
import { liveSql, type PersonRange } from './live.ts';
import type { OrderRow } from './orders.ts';
import { standingSql } from './standing-sql.ts';
import { type CounterDifference, statuses, stored } from './standings.ts';
import { atNodesSql, ownStepsSql } from './steps-sql.ts';

/** What the events say of the people of a portion, summed where they serve: `order_step`, filled portion by portion. */
export async function prepareSteps(tx: Tx): Promise<void> {
  await sql`create temporary table order_step (sheet_id uuid, office_id uuid, way smallint, day date,
    met integer, met_late integer, open integer, overdue integer, exempt integer) on commit drop`.execute(tx);
}

/**
 * Adds what people of a range do under an order, computed from their facts. Whose facts changed since everything was
 * settled still stand in the figures as they did before: they are taken as they are kept.
 */
export async function addSteps(tx: Tx, order: OrderRow, range: PersonRange): Promise<void> {
  const { sheetId } = order;
  const waits = sql`person_id in (select person_id from mandate_touched)`;
  await hashing(tx, () =>
    sql`with fresh as materialized (
        select ${stored} from (${standingSql(order, { range })}) computed where not (${waits})
        union all
        select ${stored} from mandate_sheet_standing
        where sheet_id = ${sheetId} and ${waits} and ${liveSql({ range }).within('mandate_sheet_standing')}
      )
      insert into order_step
      select ${sheetId}, office_id, way, day, ${statuses}
      from (${ownStepsSql(order, sql`select 1 as sign, fresh.* from fresh`)}) steps`.execute(tx),
  );
}

/** The steps of an order, as a query without parameters. */
export function stepsOfOrder({ sheetId }: OrderRow): string {
  return `select * from order_step where sheet_id = '${sheetId}'`;
}

/** Compares an order's counters with the steps of everybody; changes nothing. */
export async function differingCounters(tx: Tx, order: OrderRow, most: number): Promise<CounterDifference[]> {
  const { sheetId } = order;
  await hashing(tx, () =>
    sql`create temporary table missing_step on commit drop as
    with step as materialized (
      select office_id, way, day, sum(met)::integer as met, sum(met_late)::integer as met_late,
        sum(open)::integer as open, sum(overdue)::integer as overdue, sum(exempt)::integer as exempt
      from order_step where sheet_id = ${sheetId} group by office_id, way, day)
    select office_id, day, sum(met)::bigint as met, sum(met_late)::bigint as met_late, sum(open)::bigint as open,
      sum(overdue)::bigint as overdue, sum(exempt)::bigint as exempt
    from (
      select office_id, day, ${statuses} from (${atNodesSql(sql`true`)}) expected
      union all
      select office_id, day, -met, -met_late, -open, -overdue, -exempt
      from mandate_sheet_counter where sheet_id = ${sheetId}
    ) both_sides group by office_id, day
    having sum(met) <> 0 or sum(met_late) <> 0 or sum(open) <> 0 or sum(overdue) <> 0 or sum(exempt) <> 0`.execute(
      tx,
    ),
  );
  const found =
    await sql<CounterDifference>`select coalesce(office.code, area.area_id) as "officeCode", missed.day, metric,
      counted, counted + missing as expected
    from missing_step missed
      left join mandate_sheet_counter kept on kept.sheet_id = ${sheetId} and kept.office_id = missed.office_id
        and kept.day = missed.day
      left join office on office.office_id = missed.office_id left join area on area.node_id = missed.office_id
      cross join lateral (values ('met', coalesce(kept.met, 0), missed.met),
        ('metLate', coalesce(kept.met_late, 0), missed.met_late), ('open', coalesce(kept.open, 0), missed.open),
        ('overdue', coalesce(kept.overdue, 0), missed.overdue), ('exempt', coalesce(kept.exempt, 0), missed.exempt))
        as one (metric, counted, missing)
    where missing <> 0 order by 1, missed.day, metric limit ${most}`.execute(tx);
  await sql`drop table missing_step`.execute(tx);
  return found.rows;
}
