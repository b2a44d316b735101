import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { countedColumns } from '../vector.ts';
import { columnNames, sumsOf } from './columns.ts';
import { plannedForMany } from './deltas.ts';
import { keepNodeDays } from './node-days.ts';

export type Difference = {
  officeCode: string;
  grain: 'd' | 'm' | 'y';
  day: string;
  metric: string;
  counted: number;
  expected: number;
};

/** Temporary tables of what the events say and of what is counted, both of one instant: first in its transaction. */
export async function keepBothSides(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
  await plannedForMany(tx, () => keepNodeDays(tx, sql`select person_id from person`));
  await keepCounted(tx);
}

async function keepCounted(tx: Tx): Promise<void> {
  await sql`create temporary table counted on commit drop as
    select office_id, day, ${sumsOf()} from (
      select office_id, day, ${columnNames} from office_counter where grain = 'd'
      union all select node, day, ${columnNames} from counter_delta, unnest(offices) as node
    ) parts group by office_id, day`.execute(tx);
}

export async function differingDays(tx: Tx, most: number): Promise<Difference[]> {
  const found = await sql<Difference>`
    select ${nodeCode} as "officeCode", 'd' as grain, day, metric, counted, expected
    from (select coalesce(c.office_id, e.office_id) as office_id, coalesce(c.day, e.day) as day, both_values.*
      from counted c full join node_day e on e.office_id = c.office_id and e.day = c.day
      cross join lateral (values ${pairs('c', 'e')}) as both_values (metric, counted, expected)
      where counted <> expected) differing
    ${nodeNames} order by 1, 3, 4 limit ${most}`.execute(tx);
  return found.rows;
}

/** Months and years against the days that they are made of; deltas still waiting belong to none of them. */
export async function differingPeriods(tx: Tx, most: number): Promise<Difference[]> {
  const found = await sql<Difference>`
    with days as (
      select office_id, grains.grain, date_trunc(grains.unit, day)::date as day, ${sumsOf()}
      from office_counter, (values ('m', 'month'), ('y', 'year')) as grains (grain, unit)
      where office_counter.grain = 'd' group by 1, 2, 3
    ), periods as (select * from office_counter where grain <> 'd')
    select ${nodeCode} as "officeCode", grain, day, metric, counted, expected
    from (select coalesce(c.office_id, e.office_id) as office_id, coalesce(c.grain, e.grain) as grain,
        coalesce(c.day, e.day) as day, both_values.*
      from periods c full join days e on e.office_id = c.office_id and e.grain = c.grain and e.day = c.day
      cross join lateral (values ${pairs('c', 'e')}) as both_values (metric, counted, expected)
      where counted <> expected) differing
    ${nodeNames} order by 1, 2, 3, 4 limit ${most}`.execute(tx);
  return found.rows;
}

// An office by its code, an area by its own; what counts a class of either by its node.
const nodeCode = sql`coalesce(office.code, area.area_id, 'class ' || differing.office_id)`;
const nodeNames = sql`left join office using (office_id) left join area on area.node_id = differing.office_id`;

/** Offices whose nodes are not those of their path and area now. */
export async function differingNodes(tx: Tx, most: number): Promise<Difference[]> {
  const found = await sql<Difference>`
    select office.code as "officeCode", 'd' as grain, '-' as day, 'nodes' as metric,
      cardinality(office.nodes) as counted, cardinality(office_way.nodes) as expected
    from office join office_way using (office_id)
    where office.nodes <> office_way.nodes or office.class_nodes <> office_way.class_nodes
    order by 1 limit ${most}`.execute(tx);
  return found.rows;
}

export async function countedDays(tx: Tx): Promise<{ offices: number; days: number }> {
  const found = await sql<{ offices: number; days: number }>`
    select count(distinct office.office_id) as offices, count(*) as days
    from node_day left join office using (office_id)`.execute(tx);
  return found.rows[0] ?? { offices: 0, days: 0 };
}

function pairs(counted: string, expected: string) {
  return sql.raw(
    countedColumns
      .map((name) => `('${name}', coalesce(${counted}.${name}, 0), coalesce(${expected}.${name}, 0))`)
      .join(', '),
  );
}
