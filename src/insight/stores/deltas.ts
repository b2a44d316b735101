import { type RawBuilder, sql } from 'kysely';
import { hot, type Tx } from '../../kernel/db.ts';
import { countedColumns } from '../vector.ts';
import { anySum, columnNames, negatedColumns, sumsOf, typedColumns } from './columns.ts';
import { seeingCopies } from './seeing-only.ts';
import { type PersonSource, timelineSql, type Without } from './timeline.ts';

/** Up to so many persons, looking each up is quicker than reading the tables whole. */
const fewPersons = 500;

/** Only the one who holds this lock adds deltas to the counters. */
export const foldLock = 810_260_7;

export function sourceOfIds(ids: readonly string[]): PersonSource {
  return sql`select unnest(${ids}::uuid[])`;
}

export function sourceOfTable(table: string): PersonSource {
  return sql`select person_id from ${sql.id(table)}`;
}

/**
 * The timeline of a few persons, as JSON to be handed back to `writeDifference`. Kept prepared: to plan it costs more
 * than to run it.
 */
export async function timelineOf(tx: Tx, source: PersonSource, without?: Without): Promise<string> {
  const found = await plannedOnce(tx, () =>
    sql<{ rows: string | null }>`${hot}
    select json_agg(dated)::text as rows from (${datedNodes(source, without)}) dated`.execute(tx),
  );
  return found.rows[0]?.rows ?? '[]';
}

/** Writes what the persons add to each office and day now and did not in `before`; nothing for what stayed. */
export async function writeDifference(tx: Tx, source: PersonSource, before: string): Promise<void> {
  await plannedOnce(tx, () =>
    sql`${hot}with negative as (
      select nodes, day, ${negatedColumns}
      from json_to_recordset(${before}::json) as earlier (nodes uuid[], day date, ${typedColumns})
    ), by_node as (
      select node, day, ${sumsOf()}
      from (${datedNodes(source)} union all select * from negative) both_sides cross join unnest(nodes) as node
      group by node, day having ${anySum}
    )
    insert into counter_delta (offices, day, ${columnNames})
    select array_agg(node), day, ${columnNames} from by_node group by day, ${columnNames}`.execute(tx),
  );
}

/**
 * A timeline of a few takes three times as long to plan as to run. One plan is made for any few persons, by their
 * keys whatever the tables hold then: it is kept when they have filled.
 */
export async function plannedOnce<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const set = (mode: string, scans: string) =>
    sql`select set_config('plan_cache_mode', ${mode}, true), set_config('enable_seqscan', ${scans}, true)`.execute(
      tx,
    );
  await set('force_generic_plan', 'off');
  const result = await work();
  await set('auto', 'on');
  return result;
}

/** How the facts of some persons are read: as they stand, copied aside by key, or the tables whole. */
export type Way = 'few' | 'some' | 'most';

/** Beyond this part of all people, reading the tables whole is quicker than looking each person up. */
const mostLookedUp = 1 / 30;

/** The timeline of many persons, kept in a temporary table of this transaction; returns its name. */
export async function keepTimeline(tx: Tx, source: PersonSource, way?: Way): Promise<string> {
  const numbered = await sql<{ name: string; size: number; people: number }>`
    select 'insight_' || nextval(pg_get_serial_sequence('counter_delta', 'counter_delta_id')) as name,
      (select count(*) from (${source}) source) as size,
      (select reltuples from pg_class where oid = 'public.person'::regclass)::float8 as people`.execute(tx);
  const { name, size, people } = numbered.rows[0] ?? { name: '', size: 0, people: 0 };
  const create = async () => {
    await sql`create temporary table ${sql.id(name)} on commit drop as ${datedNodes(source)}`.execute(tx);
  };
  const ways = {
    few: create,
    some: () => seeingCopies(tx, source, () => plannedForMany(tx, create)),
    most: () => plannedForMany(tx, create),
  };
  await ways[way ?? wayOf(size, people)]();
  return name;
}

function wayOf(size: number, people: number): Way {
  if (size <= fewPersons) return 'few';
  return size < people * mostLookedUp ? 'some' : 'most';
}

/**
 * Rows written in the same transaction have no statistics yet, so the planner takes lakhs for a handful and
 * loops over them within loops: 81 s where hashing takes 3.
 */
export async function plannedForMany<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const wanted = { work_mem: '256MB', enable_nestloop: 'off', jit: 'off' };
  const names = Object.keys(wanted);
  const kept = await sql<{ name: string; value: string }>`
    select name, current_setting(name) as value from unnest(${names}::text[]) as name`.execute(tx);
  for (const [name, value] of Object.entries(wanted)) await setHere(tx, name, value);
  const result = await work();
  for (const { name, value } of kept.rows) await setHere(tx, name, value);
  return result;
}

async function setHere(tx: Tx, name: string, value: string): Promise<void> {
  await sql`select set_config(${name}, ${value}, true)`.execute(tx);
}

/** As `writeDifference`, for many persons: a delta for each path of offices and day, which folding spreads. */
export async function addDifference(tx: Tx, source: PersonSource, before: string): Promise<void> {
  const after = await keepTimeline(tx, source);
  const had = await sql`select 1 from ${sql.id(before)} limit 1`.execute(tx);
  await plannedForMany(tx, () =>
    had.rows.length > 0 ? writeChanges(tx, before, after) : writeAll(tx, after),
  );
  await sql`drop table ${sql.id(after)}, ${sql.id(before)}`.execute(tx);
}

async function writeChanges(tx: Tx, before: string, after: string): Promise<void> {
  await sql`insert into counter_delta (offices, day, ${columnNames})
    select nodes, day, ${sumsOf()}
    from (
      select nodes, day, ${columnNames} from ${sql.id(after)}
      union all select nodes, day, ${negatedColumns} from ${sql.id(before)}
    ) both_sides group by nodes, day having ${anySum}`.execute(tx);
}

async function writeAll(tx: Tx, after: string): Promise<void> {
  await sql`insert into counter_delta (offices, day, ${columnNames})
    select nodes, day, ${columnNames} from ${sql.id(after)}`.execute(tx);
}

/**
 * A timeline with the nodes of each row, as the tree is now: a change may move offices between the look
 * before and the look after. Which nodes an office and a class have is looked up once.
 */
export function datedNodes(source: PersonSource, without?: Without): RawBuilder<unknown> {
  return sql`with timeline as materialized (${timelineSql(source, without)}),
    counting as materialized (
      select office_id, class, office.nodes || array(
          select class_node(node, class) from unnest(office.class_nodes) as node where class is not null) as nodes
      from (select distinct office_id, class from timeline where is_path) here join office using (office_id)
    )
    select counting.nodes, day, ${columnNames}
    from timeline join counting on counting.office_id = timeline.office_id
      and counting.class is not distinct from timeline.class
    where is_path
    union all
    select array[office_id], day, ${columnNames} from timeline where not is_path`;
}

/** The day of the row that sums all days of an office, whenever they are. */
export const dayOfTotal = sql`date '0001-01-01'`;

/** Adds rows of (office_id, day, vector) to the counters of the day, its month and its year, and of all days. */
export async function addToCounters(tx: Tx, byDay: RawBuilder<unknown>, first = sql``): Promise<number> {
  const done = await sql`with ${first} by_day as (${byDay}),
    by_month as (
      select office_id, date_trunc('month', day)::date as day, ${sumsOf()} from by_day group by 1, 2),
    by_year as (
      select office_id, date_trunc('year', day)::date as day, ${sumsOf()} from by_month group by 1, 2),
    in_all as (select office_id, ${sumsOf()} from by_year group by 1)
    insert into office_counter (office_id, grain, day, ${columnNames})
    select office_id, 'd', day, ${columnNames} from by_day
    union all select office_id, 'm', day, ${columnNames} from by_month
    union all select office_id, 'y', day, ${columnNames} from by_year
    union all select office_id, 't', ${dayOfTotal}, ${columnNames} from in_all
    order by 1, 2, 3
    on conflict (office_id, grain, day) do update set ${additions}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

const additions = sql.raw(
  countedColumns.map((name) => `${name} = office_counter.${name} + excluded.${name}`).join(', '),
);
