import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { countedColumns } from '../vector.ts';
import { anySum, columnNames, narrowSums, negatedColumns } from './columns.ts';
import { dayOfTotal, plannedForMany } from './deltas.ts';
import { dropParts, keepParts, nodeDays } from './node-days.ts';

export type Difference = {
  officeCode: string;
  grain: 'd' | 'm' | 'y' | 't';
  day: string;
  metric: string;
  counted: number;
  expected: number;
};

/**
 * What the events say less what is counted, of one instant, where that is not nothing: into the temporary table
 * `differing`. First in its transaction.
 */
export async function keepDifferences(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
  await plannedForMany(tx, async () => {
    await keepParts(tx, sql`select person_id from person`);
    await sql`create temporary table differing on commit drop as
      select office_id, 'd'::text as grain, day, ${narrowSums} from (
        ${nodeDays}
        union all select office_id, day, ${negatedColumns} from office_counter where grain = 'd'
        union all select node, day, ${negatedColumns} from counter_delta, unnest(offices) as node
      ) both_sides group by office_id, day having ${anySum}`.execute(tx);
    await dropParts(tx);
    await addDifferingPeriods(tx);
  });
}

/** Months, years and totals against the days that they are made of; deltas still waiting belong to none of them. */
async function addDifferingPeriods(tx: Tx): Promise<void> {
  await sql`insert into differing
    select office_id, grain, day, ${narrowSums} from (
      select office_id, period.grain, period.day, ${columnNames}
      from office_counter cross join lateral (values ('m', date_trunc('month', day)::date),
        ('y', date_trunc('year', day)::date), ('t', ${dayOfTotal})) as period (grain, day)
      where office_counter.grain = 'd'
      union all
      select office_id, grain, day, ${negatedColumns} from office_counter where grain <> 'd'
    ) both_sides group by office_id, grain, day having ${anySum}`.execute(tx);
}

/** Each figure that differs, with what is counted and what is expected. */
export async function differences(tx: Tx, most: number): Promise<Difference[]> {
  const found = await sql<Difference>`
    select "officeCode", grain, day, metric, counted, counted + missing as expected
    from (select ${nodeCode} as "officeCode", differing.* from differing ${nodeNames}
        order by 1, grain, day limit ${most}) shown
      cross join lateral (
        select ${sql.raw(countedColumns.map((name) => `coalesce(sum(${name}), 0)::bigint as ${name}`).join(', '))}
        from (select ${columnNames} from office_counter counter where counter.office_id = shown.office_id
            and counter.grain = shown.grain and counter.day = shown.day
          union all
          select ${columnNames} from counter_delta where shown.grain = 'd'
            and offices @> array[shown.office_id] and counter_delta.day = shown.day) kept) kept
      cross join lateral (values ${pairs}) as figures (metric, counted, missing)
    where missing <> 0 order by 1, grain, day, metric limit ${most}`.execute(tx);
  return found.rows;
}

// An office by its code, an area by its own, a course; what counts a class of an office or area by its node.
const nodeCode = sql`coalesce(office.code, area.area_id, 'course ' || course.code, 'class ' || differing.office_id)`;
const nodeNames = sql`left join office using (office_id) left join area on area.node_id = differing.office_id
  left join course on course.course_id = differing.office_id`;

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
    from office_counter left join office using (office_id) where grain = 'd'`.execute(tx);
  return found.rows[0] ?? { offices: 0, days: 0 };
}

const pairs = sql.raw(countedColumns.map((name) => `('${name}', kept.${name}, shown.${name})`).join(', '));
