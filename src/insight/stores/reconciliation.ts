import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { countedColumns } from '../vector.ts';
import { columnNames, sumsOf } from './columns.ts';
import { datedNodes, plannedForMany } from './deltas.ts';

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
  await plannedForMany(tx, () => keepExpected(tx));
  await keepCounted(tx);
}

async function keepExpected(tx: Tx): Promise<void> {
  await sql`create temporary table expected on commit drop as
    select node as office_id, day, ${sumsOf()}
    from (${datedNodes(sql`select person_id from person`)}) dated cross join unnest(nodes) as node
    group by node, day`.execute(tx);
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
    select office.code as "officeCode", 'd' as grain, day, metric, counted, expected
    from (select coalesce(c.office_id, e.office_id) as office_id, coalesce(c.day, e.day) as day, both_values.*
      from counted c full join expected e on e.office_id = c.office_id and e.day = c.day
      cross join lateral (values ${pairs('c', 'e')}) as both_values (metric, counted, expected)
      where counted <> expected) differing
    left join office using (office_id) order by 1, 3, 4 limit ${most}`.execute(tx);
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
    select office.code as "officeCode", grain, day, metric, counted, expected
    from (select coalesce(c.office_id, e.office_id) as office_id, coalesce(c.grain, e.grain) as grain,
        coalesce(c.day, e.day) as day, both_values.*
      from periods c full join days e on e.office_id = c.office_id and e.grain = c.grain and e.day = c.day
      cross join lateral (values ${pairs('c', 'e')}) as both_values (metric, counted, expected)
      where counted <> expected) differing
    left join office using (office_id) order by 1, 2, 3, 4 limit ${most}`.execute(tx);
  return found.rows;
}

export async function countedDays(tx: Tx): Promise<{ offices: number; days: number }> {
  const found = await sql<{ offices: number; days: number }>`
    select count(distinct office_id) as offices, count(*) as days from expected`.execute(tx);
  return found.rows[0] ?? { offices: 0, days: 0 };
}

function pairs(counted: string, expected: string) {
  return sql.raw(
    countedColumns
      .map((name) => `('${name}', coalesce(${counted}.${name}, 0), coalesce(${expected}.${name}, 0))`)
      .join(', '),
  );
}
