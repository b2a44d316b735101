import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { anySum, columnNames, negatedColumns, sumsOf, typedColumns, vectorOf } from './columns.ts';
import { dayOfTotal } from './deltas.ts';

/** Of several seats each compares the nodes whose keys fall to it. */
export type SeatNumber = { number: number; of: number };

/** The rows of a table that another seat compares, as a query without parameters. */
export function rowsOf(table: string, seat: SeatNumber): string {
  return `select * from ${table} where ${fallsTo('node', seat)}`;
}

/** Whether the nodes of a column fall to the seat, as SQL without parameters. */
export function fallsTo(node: string, seat: SeatNumber): string {
  return `(uuid_hash(${node}) & 1023) % ${seat.of} = ${seat.number}`;
}

export async function prepareResiduals(tx: Tx): Promise<void> {
  await sql`create temporary table residual (office_id uuid, grain text, day date, ${typedColumns}) on commit drop`.execute(
    tx,
  );
}

/**
 * What nodes of a seat should hold and do not, taking what those below hold for right: an office that is wrong
 * itself stands here, and the one above it with the opposite sign.
 */
export async function keepResiduals(tx: Tx, seat: SeatNumber): Promise<void> {
  const here = (node: string) => sql.raw(fallsTo(node, seat));
  await sql`insert into residual
    select node, 'd', day, ${sumsOf()} from (
      select node, day, ${columnNames} from event_row where ${here('node')}
      union all
      select node, day, ${courseVector} from course_row where ${here('node')} group by node, day
      union all
      select office_id, day, ${negatedColumns} from office_counter where grain = 'd' and ${here('office_id')}
      union all
      select above, day, ${columnNames} from office_counter join node_way on node = office_id
      where grain = 'd' and ${here('above')}
      union all
      select node, day, ${negatedColumns} from counter_delta cross join unnest(offices) as node where ${here('node')}
      union all
      select above, day, ${columnNames}
      from counter_delta cross join unnest(offices) as below join node_way on node = below where ${here('above')}
    ) both_sides group by node, day having ${anySum}`.execute(tx);
}

/** The columns of `course_row` by those of the vector. */
export const courseColumns = {
  activity_completions: 'completions',
  activity_renewals: 'renewals',
  activity_minutes: 'minutes',
};

const courseVector = vectorOf(
  Object.fromEntries(Object.entries(courseColumns).map(([name, column]) => [name, `sum(${column})`])),
);

/** Of a counter's row the period that it is summed into, null above totals. */
export const upperGrain = sql`case grain when 'd' then 'm' when 'm' then 'y' when 'y' then 't' end`;
export const upperPeriod = sql`case grain when 'd' then date_trunc('month', day::timestamp)::date
  when 'm' then date_trunc('year', day::timestamp)::date when 'y' then ${dayOfTotal} end`;

/** Months against their days, years against their months, totals against their years; deltas belong to none of them. */
export async function keepResidualPeriods(tx: Tx): Promise<void> {
  await sql`insert into residual
    select office_id, grain, day, ${sumsOf()} from (
      select office_id, ${upperGrain} as grain, ${upperPeriod} as day, ${columnNames}
      from office_counter where grain <> 't'
      union all
      select office_id, grain, day, ${negatedColumns} from office_counter where grain <> 'd'
    ) both_sides group by office_id, grain, day having ${anySum}`.execute(tx);
}

/** What is missing at each node, into `differing`: of what is residual there and at every node and period below. */
export async function keepDiffering(tx: Tx): Promise<void> {
  await sql`create temporary table differing on commit drop as
    with recursive up (node, at) as (
      select distinct office_id, office_id from residual where grain = 'd'
      union all
      select up.node, above from up join node_way on node_way.node = up.at
    )
    select at as office_id, grain, day, ${sumsOf()} from residual join up on node = office_id
    where grain = 'd' group by at, grain, day having ${anySum}
    union all
    select office_id, up_to.grain, up_to.day, ${sumsOf()}
    from residual cross join lateral (values (residual.grain, residual.day, true),
      ('y', date_trunc('year', day::timestamp)::date, false), ('t', ${dayOfTotal}, false)) as up_to (grain, day, is_itself)
    where residual.grain <> 'd' and (is_itself or position(up_to.grain in 'myt') > position(residual.grain in 'myt'))
    group by office_id, up_to.grain, up_to.day having ${anySum}`.execute(tx);
}
