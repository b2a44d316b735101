import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { columnNames, narrowColumns, narrowSums } from './columns.ts';
import { upperLevels } from './nodes.ts';
import { type PersonSource, timelineSql } from './timeline.ts';

/**
 * The persons' figures by node and day, from the events, in temporary tables that `nodeDays` reads.
 * Sums go up the trees of offices and areas a level at a time: there are fewer rows on each, where spreading a
 * row over all its nodes at once would add it a dozen times.
 */
export async function keepParts(tx: Tx, source: PersonSource): Promise<void> {
  await sql`create temporary table timeline_row on commit drop as
    select office_id, class, is_path, day, ${narrowColumns}
    from (${timelineSql(source)}) timeline`.execute(tx);
  await sql`create temporary table part on commit drop as
    select '' as tree, 0 as level, office_id as node, class, day, ${columnNames} from timeline_row with no data`.execute(
    tx,
  );
  await climb(tx, {
    name: 'lower',
    from: await deepestOffice(tx),
    to: upperLevels + 1,
    base: lowerBase,
    ways: offices,
  });
  await climb(tx, {
    name: 'upper',
    from: upperLevels,
    to: 1,
    base: await kept(tx, 'upper', upperBase),
    ways: offices,
  });
  await climb(tx, {
    name: 'area',
    from: await deepestArea(tx),
    to: 1,
    base: await kept(tx, 'area', areaBase),
    ways: areas,
  });
  await sql`drop table upper_base, area_base`.execute(tx);
}

/** (office_id, day, vector), several rows of a node and day: each node, and by class where it counts classes; courses. */
export const nodeDays: RawBuilder<unknown> = sql`
  select node as office_id, day, ${columnNames} from part
  union all
  select class_node(node, class), day, ${columnNames} from part
  where class is not null and (tree = 'upper' or tree = 'area' and node in (
    select node_id from area where kind in ('state', 'division', 'district')))
  union all
  -- People of several postings came with their nodes; courses are nodes themselves.
  select office_id, day, ${columnNames} from timeline_row where not is_path`;

/** The same put together, a row a node and day, in the temporary table `node_day`. */
export async function keepNodeDays(tx: Tx, source: PersonSource): Promise<void> {
  await keepParts(tx, source);
  await sql`create temporary table node_day on commit drop as
    select office_id, day, ${narrowSums} from (${nodeDays}) days group by office_id, day`.execute(tx);
  await dropParts(tx);
}

export async function dropParts(tx: Tx): Promise<void> {
  await sql`drop table timeline_row, part`.execute(tx);
}

type Tree = {
  name: 'lower' | 'upper' | 'area';
  /** Levels count from the top. */
  from: number;
  to: number;
  /** What comes in at a level: `node, class, day` and the vector. */
  base(level: number): RawBuilder<unknown>;
  /** `node, above` */
  ways: RawBuilder<unknown>;
};

async function climb(tx: Tx, { name, from, to, base, ways }: Tree): Promise<void> {
  for (let level = from; level >= to; level -= 1)
    await sql`insert into part (tree, level, node, class, day, ${columnNames})
      select ${name}, ${level}::integer, node, class, day, ${narrowSums}
      from (
        ${base(level)}
        union all
        select way.above, class, day, ${columnNames} from part join (${ways}) way using (node)
        where tree = ${name} and level = ${level + 1}::integer
      ) both_kinds group by node, class, day`.execute(tx);
}

const offices = sql`select office_id as node, parent_id as above from office`;
const areas = sql`select area.node_id as node, above.node_id as above
  from area join area above on above.area_id = area.parent_id`;

function lowerBase(level: number): RawBuilder<unknown> {
  return sql`select office_id as node, null::smallint as class, day, ${columnNames}
    from timeline_row join office using (office_id) where is_path and cardinality(path) = ${level}::integer`;
}

const upperBase = sql`select least(${upperLevels}::integer, cardinality(path)) as level,
    path[least(${upperLevels}::integer, cardinality(path))] as node, class, day, ${columnNames}
  from timeline_row join office using (office_id) where is_path`;
const areaBase = sql`select cardinality(nodes) - cardinality(path) as level, nodes[cardinality(path) + 1] as node,
    class, day, ${columnNames}
  from timeline_row join office using (office_id) where is_path and cardinality(nodes) > cardinality(path)`;

/** What comes in at several levels, summed once. */
async function kept(tx: Tx, name: 'upper' | 'area', rows: RawBuilder<unknown>): Promise<Tree['base']> {
  const table = sql.id(`${name}_base`);
  await sql`create temporary table ${table} on commit drop as
    select level, node, class, day, ${narrowSums} from (${rows}) rows group by level, node, class, day`.execute(
    tx,
  );
  return (level) =>
    sql`select node, class, day, ${columnNames} from ${table} where level = ${level}::integer`;
}

function deepestOffice(tx: Tx): Promise<number> {
  return one(tx, sql`select max(cardinality(path)) as value from office`);
}

function deepestArea(tx: Tx): Promise<number> {
  return one(tx, sql`select max(cardinality(nodes)) as value from area_way`);
}

async function one(tx: Tx, query: RawBuilder<unknown>): Promise<number> {
  const found = await sql<{ value: number | null }>`${query}`.execute(tx);
  return found.rows[0]?.value ?? 0;
}
