import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type StrayPath = { officeCode: string; counted: number; expected: number };

/** Offices whose path is not the way by their parents, which is walked from the roots; with the steps of both. */
export async function strayPaths(db: Reads | Tx, most: number): Promise<StrayPath[]> {
  const found = await sql<StrayPath>`${walked}
    select code as "officeCode", cardinality(office.path) as counted, coalesce(cardinality(way.path), 0) as expected
    from office left join way using (office_id)
    where way.path is distinct from office.path order by code limit ${most}`.execute(db);
  return found.rows;
}

const walked = sql`with recursive way as (
    select office_id, array[office_id] as path from office where parent_id is null
    union all
    select office.office_id, way.path || office.office_id from office join way on office.parent_id = way.office_id)`;
