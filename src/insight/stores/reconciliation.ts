import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { countedColumns } from '../vector.ts';
import { columnNames } from './columns.ts';

export type Difference = {
  officeCode: string;
  grain: 'd' | 'm' | 'y' | 't';
  day: string;
  metric: string;
  counted: number;
  expected: number;
};

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
    select (select count(*) from office where exists (select from office_counter counter
        where counter.office_id = office.office_id and counter.grain = 'd')) as offices,
      (select count(*) from office_counter where grain = 'd') as days`.execute(tx);
  return found.rows[0] ?? { offices: 0, days: 0 };
}

const pairs = sql.raw(countedColumns.map((name) => `('${name}', kept.${name}, shown.${name})`).join(', '));
