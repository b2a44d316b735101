import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { countedColumns } from '../vector.ts';
import { anySum, columnNames, negatedColumns, sumsOf, typedColumns } from './columns.ts';
import { type PersonSource, timelineSql, type Without } from './timeline.ts';

/** Above this many (office, day) pairs a change is added to the counters at once: see `addDifference`. */
const mostDeltas = 20_000;

/** Only the one who holds this lock adds deltas to the counters. */
export const foldLock = 810_260_7;

export function sourceOfIds(ids: readonly string[]): PersonSource {
  return sql`select unnest(${ids}::uuid[])`;
}

export function sourceOfTable(table: string): PersonSource {
  return sql`select person_id from ${sql.id(table)}`;
}

/** The timeline of a few persons, as JSON to be handed back to `writeDifference`. */
export async function timelineOf(tx: Tx, source: PersonSource, without?: Without): Promise<string> {
  const found = await sql<{ rows: string | null }>`
    select json_agg(dated)::text as rows from (${datedNodes(source, without)}) dated`.execute(tx);
  return found.rows[0]?.rows ?? '[]';
}

/** Writes what the persons add to each office and day now and did not in `before`; nothing for what stayed. */
export async function writeDifference(tx: Tx, source: PersonSource, before: string): Promise<void> {
  await sql`with negative as (
      select nodes, day, ${negatedColumns}
      from json_to_recordset(${before}::json) as earlier (nodes uuid[], day date, ${typedColumns})
    ), by_node as (
      select node, day, ${sumsOf()}
      from (${datedNodes(source)} union all select * from negative) both_sides cross join unnest(nodes) as node
      group by node, day having ${anySum}
    )
    insert into counter_delta (offices, day, ${columnNames})
    select array_agg(node), day, ${columnNames} from by_node group by day, ${columnNames}`.execute(tx);
}

/** The timeline of many persons, kept in a temporary table of this transaction; returns its name. */
export async function keepTimeline(tx: Tx, source: PersonSource): Promise<string> {
  const numbered = await sql<{ name: string }>`
    select 'insight_' || nextval(pg_get_serial_sequence('counter_delta', 'counter_delta_id')) as name`.execute(
    tx,
  );
  const name = numbered.rows[0]?.name ?? '';
  await sql`set local work_mem = '256MB'`.execute(tx);
  await sql`create temporary table ${sql.id(name)} on commit drop as ${datedNodes(source)}`.execute(tx);
  return name;
}

/**
 * As `writeDifference`, for many persons. A roster of lakhs would leave so many deltas that folding them took
 * longer than the import: they go straight into the counters, under the folder's lock until the commit.
 */
export async function addDifference(tx: Tx, source: PersonSource, before: string): Promise<void> {
  const after = await keepTimeline(tx, source);
  const difference = `${after}_difference`;
  await sql`create temporary table ${sql.id(difference)} on commit drop as
    select nodes, day, ${sumsOf()}
    from (
      select nodes, day, ${columnNames} from ${sql.id(after)}
      union all select nodes, day, ${negatedColumns} from ${sql.id(before)}
    ) both_sides group by nodes, day having ${anySum}`.execute(tx);
  const size = await sql<{ size: number }>`select count(*) as size from ${sql.id(difference)}`.execute(tx);
  if ((size.rows[0]?.size ?? 0) <= mostDeltas) await writeDeltas(tx, difference);
  else await addAtOnce(tx, difference);
  await sql`drop table ${sql.id(after)}, ${sql.id(before)}, ${sql.id(difference)}`.execute(tx);
}

/**
 * A timeline with the offices of each row, as the tree is now: a change may move offices between the look
 * before and the look after.
 */
export function datedNodes(source: PersonSource, without?: Without): RawBuilder<unknown> {
  return sql`select case when is_path then office.path else array[timeline.office_id] end as nodes, day, ${columnNames}
    from (${timelineSql(source, without)}) timeline join office on office.office_id = timeline.office_id`;
}

async function writeDeltas(tx: Tx, difference: string): Promise<void> {
  await sql`insert into counter_delta (offices, day, ${columnNames})
    select nodes, day, ${columnNames} from ${sql.id(difference)}`.execute(tx);
}

async function addAtOnce(tx: Tx, difference: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${foldLock})`.execute(tx);
  await addToCounters(
    tx,
    sql`select node as office_id, day, ${sumsOf()}
      from ${sql.id(difference)} cross join unnest(nodes) as node group by node, day`,
  );
}

/** Adds rows of (office_id, day, vector) to the counters of the day, its month and its year. */
export async function addToCounters(tx: Tx, byDay: RawBuilder<unknown>, first = sql``): Promise<number> {
  const done = await sql`with ${first} by_day as (${byDay}),
    by_month as (
      select office_id, date_trunc('month', day)::date as day, ${sumsOf()} from by_day group by 1, 2),
    by_year as (
      select office_id, date_trunc('year', day)::date as day, ${sumsOf()} from by_month group by 1, 2)
    insert into office_counter (office_id, grain, day, ${columnNames})
    select office_id, 'd', day, ${columnNames} from by_day
    union all select office_id, 'm', day, ${columnNames} from by_month
    union all select office_id, 'y', day, ${columnNames} from by_year
    on conflict (office_id, grain, day) do update set ${additions}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

const additions = sql.raw(
  countedColumns.map((name) => `${name} = office_counter.${name} + excluded.${name}`).join(', '),
);
