import { sql } from 'kysely';
import { type Db, hot, type Reads, type Tx } from '../../kernel/db.ts';
import type { Counted } from '../vector.ts';
import { columnNames, negatedColumns, sumsOf } from './columns.ts';
import { addToCounters, foldLock } from './deltas.ts';

export type OfficeCounted = Counted & { officeId: string; day: string };

/**
 * The figures of offices as of one or several days: all that is counted less what is dated later (whole years, then
 * whole months, then days), for little is; and the deltas still waiting, in one statement, so that a delta is seen
 * exactly once, folded or not.
 */
export async function countedAsOf(
  reads: Reads,
  officeIds: readonly string[],
  days: readonly string[],
): Promise<OfficeCounted[]> {
  const found = await sql<OfficeCounted>`${hot}
    select office_id as "officeId", wanted as day, ${sumsOf()} from (
      select office_id, wanted, ${columnNames} from office_counter, unnest(${days}::date[]) as wanted
      where office_id = any(${officeIds}::uuid[]) and grain = 't'
      union all
      select office_id, wanted, ${negatedColumns} from office_counter, unnest(${days}::date[]) as wanted
      where office_id = any(${officeIds}::uuid[]) and grain = 'y' and day > wanted
      union all
      select office_id, wanted, ${negatedColumns} from office_counter, unnest(${days}::date[]) as wanted
      where office_id = any(${officeIds}::uuid[]) and grain = 'm' and day > wanted
        and day < date_trunc('year', wanted) + interval '1 year'
      union all
      select office_id, wanted, ${negatedColumns} from office_counter, unnest(${days}::date[]) as wanted
      where office_id = any(${officeIds}::uuid[]) and grain = 'd' and day > wanted
        and day < date_trunc('month', wanted) + interval '1 month'
      union all
      select node, wanted, ${columnNames}
      from counter_delta, unnest(offices) as node, unnest(${days}::date[]) as wanted
      where node = any(${officeIds}::uuid[]) and day <= wanted
    ) parts group by office_id, wanted`.execute(reads);
  return found.rows;
}

export type MonthCounted = {
  month: string;
  completions: number;
  renewals: number;
  minutes: number;
  onboarded: number;
};

/** The activity of one office by month, from the month of `from` to the day `to`. */
export async function activityByMonth(
  reads: Reads,
  officeId: string,
  range: { from: string; to: string },
): Promise<MonthCounted[]> {
  const found = await sql<MonthCounted>`
    select month, sum(activity_completions)::bigint as completions, sum(activity_renewals)::bigint as renewals,
      sum(activity_minutes)::bigint as minutes, sum(onboarded)::bigint as onboarded
    from (
      select date_trunc('month', day)::date as month, activity_completions, activity_renewals, activity_minutes, onboarded
      from office_counter
      where office_id = ${officeId} and grain = 'd' and day between ${range.from}::date and ${range.to}::date
      union all
      select date_trunc('month', day)::date, activity_completions, activity_renewals, activity_minutes, onboarded
      from counter_delta
      where offices @> array[${officeId}::uuid] and day between ${range.from}::date and ${range.to}::date
    ) parts group by month order by month`.execute(reads);
  return found.rows;
}

export type DayCounted = {
  day: string;
  completions: number;
  renewals: number;
  minutes: number;
  onboarded: number;
};

/** The activity of one node by day, for the days on which there was any. */
export async function activityByDay(
  reads: Reads,
  nodeId: string,
  range: { from: string; to: string },
): Promise<DayCounted[]> {
  const found = await sql<DayCounted>`
    select day, sum(activity_completions)::bigint as completions, sum(activity_renewals)::bigint as renewals,
      sum(activity_minutes)::bigint as minutes, sum(onboarded)::bigint as onboarded
    from (
      select day, activity_completions, activity_renewals, activity_minutes, onboarded from office_counter
      where office_id = ${nodeId} and grain = 'd' and day between ${range.from}::date and ${range.to}::date
      union all
      select day, activity_completions, activity_renewals, activity_minutes, onboarded from counter_delta
      where offices @> array[${nodeId}::uuid] and day between ${range.from}::date and ${range.to}::date
    ) parts group by day`.execute(reads);
  return found.rows;
}

/** Takes up to `most` deltas into the counters; undefined where another process is at it. */
export async function foldSome(db: Db, most: number): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    const locked = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_xact_lock(${foldLock}) as mine`.execute(tx);
    if (!locked.rows[0]?.mine) return undefined;
    const waiting = await sql<{ last: number | null; count: number }>`
      select max(counter_delta_id) as last, count(*) as count from (
        select counter_delta_id from counter_delta order by counter_delta_id limit ${most}) oldest`.execute(
      tx,
    );
    const { last, count } = waiting.rows[0] ?? { last: null, count: 0 };
    if (last !== null) await takeUpTo(tx, last);
    return count;
  });
}

/** Deleted and added in one statement: whatever it sees is counted exactly once. */
async function takeUpTo(tx: Tx, last: number): Promise<void> {
  await addToCounters(
    tx,
    sql`select node as office_id, day, ${sumsOf()} from taken cross join lateral unnest(offices) as node
      group by node, day`,
    sql`taken as (delete from counter_delta where counter_delta_id <= ${last} returning *),`,
  );
}

export async function hasDeltas(reads: Reads): Promise<boolean> {
  const found = await sql`select 1 from counter_delta limit 1`.execute(reads);
  return found.rows.length > 0;
}
