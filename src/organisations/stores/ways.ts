import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { movingOffices } from './moving.ts';
import { reshapeTree } from './tree-locks.ts';

export type StrayPath = { officeCode: string; counted: number; expected: number };

/**
 * Offices whose path is not their parent's and one step more, with the steps of both. Where none is, every path is the way from
 * a root: that is shown step by step, without walking, which the planner would take for a short way and look through anew for
 * each office.
 */
export async function strayPaths(db: Reads | Tx, most: number): Promise<StrayPath[]> {
  const found = await sql<StrayPath>`select office.code as "officeCode", cardinality(office.path) as counted,
      coalesce(cardinality(above.path), 0) + 1 as expected
    from office left join office above on above.office_id = office.parent_id
    where office.path is distinct from coalesce(above.path, '{}') || office.office_id order by office.code limit ${most}`.execute(
    db,
  );
  return found.rows;
}

/** Every office by the way of its parents again, with the nodes that count it; whoever is counted there goes along. Codes. */
export async function straighten(tx: Tx): Promise<string[]> {
  await reshapeTree(tx);
  await sql`create temp table stray on commit drop as with recursive way as (
      select office_id, array[office_id] as path from office where parent_id is null
      union all
      select office.office_id, way.path || office.office_id from office join way on office.parent_id = way.office_id)
    select office_id, way.path from way join office using (office_id) join office_way using (office_id)
    where way.path <> office.path or office.nodes <> office_way.nodes
      or office.class_nodes <> office_way.class_nodes`.execute(tx);
  await movingOffices(tx, sql`select office_id from stray`, async () => {
    await sql`update office set path = stray.path from stray
      where stray.office_id = office.office_id and stray.path <> office.path`.execute(tx);
    await sql`select keep_nodes((select array_agg(office_id) from stray))`.execute(tx);
  });
  const moved = await sql<{
    code: string;
  }>`select code from stray join office using (office_id) order by code`.execute(tx);
  return moved.rows.map(({ code }) => code);
}
