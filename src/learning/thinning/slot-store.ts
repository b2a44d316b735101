import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

/** Of the tables between which single reports take turns: those that were closed so long ago, or are begun. */
export async function dueSlots(db: Reads, closedBefore: Date): Promise<number[]> {
  const found = await sql<{ slot: number }>`select slot from engagement_slot
    where state = 'thinning' or (state = 'closed' and closed_at <= ${closedBefore}::timestamptz)
    order by state = 'closed', closed_at, slot`.execute(db);
  return found.rows.map((row) => row.slot);
}

/**
 * Closes the open table where it holds something and was opened so long ago, and lets an empty one take its place.
 * Whoever writes at that moment may still write into the closed one: nobody adds it up before it has rested.
 */
export async function turnSlot(
  tx: Tx,
  { now, openedBefore }: { now: Date; openedBefore: Date },
): Promise<void> {
  const open = await sql<{ slot: number }>`select slot from engagement_slot s
    where state = 'open' and coalesce(opened_at, '-infinity') <= ${openedBefore}::timestamptz
      and exists (select from engagement e where e.slot = s.slot) for update`.execute(tx);
  const free = await sql<{ slot: number }>`select slot from engagement_slot
    where state = 'empty' order by slot limit 1 for update`.execute(tx);
  const [from, to] = [open.rows[0]?.slot, free.rows[0]?.slot];
  if (from === undefined || to === undefined) return;
  await sql`update engagement_slot set state = 'closed', closed_at = ${now}::timestamptz where slot = ${from}`.execute(
    tx,
  );
  await sql`update engagement_slot set state = 'open', opened_at = ${now}::timestamptz where slot = ${to}`.execute(
    tx,
  );
}

/** Up to whom a table has been added up, its row locked; undefined where another worker is at it, or nothing is left. */
export async function lockedPlace(tx: Tx, slot: number): Promise<string | undefined> {
  const found = await sql<{
    upTo: string;
  }>`select coalesce(after_person_id, ${nobody}::uuid) as "upTo" from engagement_slot
    where slot = ${slot} and state in ('closed', 'thinning') for no key update skip locked`.execute(tx);
  return found.rows[0]?.upTo;
}

const nobody = '00000000-0000-0000-0000-000000000000';
const everybody = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The last person of the next so many reports: nobody's reports are torn in two. */
export async function endOfPortion(
  tx: Tx,
  portion: { slot: number; from: string; most: number },
): Promise<string> {
  const { slot, from, most } = portion;
  const found = await sql<{ upTo: string }>`select person_id as "upTo" from engagement
    where slot = ${slot} and person_id > ${from} order by person_id offset ${most - 1} limit 1`.execute(tx);
  return found.rows[0]?.upTo ?? everybody;
}

type Persons = { slot: number; from: string; upTo: string };
export type Added = { reports: number; days: number };

/** What these persons' reports add up to goes to what stands there of these days, and the place is noted. */
export async function addUp(tx: Tx, { slot, from, upTo }: Persons): Promise<Added> {
  const found = await sql<Added>`with sums as materialized (
      select ${sums} from engagement where slot = ${slot} and person_id > ${from} and person_id <= ${upTo} group by ${key}
    ), kept as (
      insert into engagement_day as d (${columns}) select ${columns} from sums ${addedToStanding}
    )
    select coalesce(sum(reports), 0)::float8 as reports, count(*)::float8 as days from sums`.execute(tx);
  const added = found.rows[0] ?? { reports: 0, days: 0 };
  await sql`update engagement_slot set state = 'thinning', after_person_id = ${upTo}, reports = reports + ${added.reports},
    days = days + ${added.days} where slot = ${slot}`.execute(tx);
  return added;
}

const key = sql`person_id, enrolment_id, lesson_id, day`;
const columns = sql`${key}, reports, reported_seconds, credited_seconds, first_at, last_at, position, seen`;

const sums = sql`person_id, enrolment_id, lesson_id, (happened_at at time zone 'Asia/Kolkata')::date as day,
  count(*)::int as reports, sum(reported_seconds) as reported_seconds, sum(credited_seconds)::int as credited_seconds,
  min(happened_at) as first_at, max(happened_at) as last_at,
  (max(array[extract(epoch from happened_at), position]) filter (where position is not null))[2] as position,
  range_agg(seen) as seen`;

/** A day may come in two tables, or in one twice after a merge: its sums grow. */
const addedToStanding = sql`on conflict (${key}) do update set reports = d.reports + excluded.reports,
  reported_seconds = d.reported_seconds + excluded.reported_seconds,
  credited_seconds = d.credited_seconds + excluded.credited_seconds,
  first_at = least(d.first_at, excluded.first_at), last_at = greatest(d.last_at, excluded.last_at),
  position = case when excluded.last_at < d.last_at then coalesce(d.position, excluded.position)
    else coalesce(excluded.position, d.position) end,
  seen = case when d.seen is null then excluded.seen else d.seen + coalesce(excluded.seen, '{}') end`;

/**
 * Nothing is left to be added up: counted once more, since what the table holds is soon gone. In a transaction after
 * that of the last portion: the instant that is noted here is later than its commit.
 */
export async function markThinned(tx: Tx, slot: number): Promise<void> {
  const found = await sql<{ held: number; reports: number }>`select reports::float8 as reports,
      (select count(*) from engagement where slot = ${slot})::float8 as held
    from engagement_slot where slot = ${slot}`.execute(tx);
  const { held = 0, reports = 0 } = found.rows[0] ?? {};
  if (held !== reports)
    throw new Error(`${tableOf(slot)} holds ${held} reports and ${reports} are added up: it is not emptied.`);
  await sql`update engagement_slot set state = 'thinned', after_person_id = ${everybody}, thinned_at = clock_timestamp()
    where slot = ${slot}`.execute(tx);
}

export type Thinned = Added & { slot: number; openedAt: Date | null; closedAt: Date };

/**
 * Tables whose reports all stand in `engagement_day`, and that nobody sees as they were before: emptying a table
 * knows no snapshot, so that a backup under way would miss in both places what it has yet to read.
 */
export async function emptiableSlots(tx: Tx): Promise<Thinned[]> {
  const found =
    await sql<Thinned>`select slot, reports, days, opened_at as "openedAt", closed_at as "closedAt"
    from engagement_slot s where state = 'thinned' and not exists (select from pg_stat_activity a
      where a.pid <> pg_backend_pid() and a.datname = current_database() and a.backend_xmin is not null
        and a.xact_start <= s.thinned_at)
    order by slot for update skip locked`.execute(tx);
  return found.rows;
}

/** Waits a moment at most for whoever reads the table; the disk has its room back when this commits. */
export async function emptySlot(tx: Tx, slot: number): Promise<void> {
  await sql`set local lock_timeout = '500ms'`.execute(tx);
  await sql`truncate ${sql.table(tableOf(slot))}`.execute(tx);
  await sql`update engagement_slot set state = 'empty', opened_at = null, closed_at = null, after_person_id = null,
    reports = 0, days = 0, thinned_at = null where slot = ${slot}`.execute(tx);
}

function tableOf(slot: number): string {
  return `engagement_${slot}`;
}

export type ReportsKept = {
  /** Single reports, as PostgreSQL estimates them, and the disk that their tables take. */
  kept: number;
  bytes: number;
  /** Of these, such as should have been added up by now, and for how long the oldest of their tables has been due. */
  waiting: number;
  lateSeconds: number;
};

/** How many single reports there are; nothing is read but PostgreSQL's own notes. `closedBefore` null: all are kept. */
export async function reportsKept(db: Reads, closedBefore: Date | null): Promise<ReportsKept> {
  const found =
    await sql<ReportsKept>`select coalesce(sum(kept), 0)::float8 as kept, coalesce(sum(bytes), 0)::float8 as bytes,
      coalesce(sum(kept) filter (where is_due), 0)::float8 as waiting,
      coalesce(extract(epoch from ${closedBefore}::timestamptz - min(closed_at) filter (where is_due)), 0)::float8 as "lateSeconds"
    from (select state in ('closed', 'thinning', 'thinned') and closed_at <= ${closedBefore}::timestamptz as is_due, closed_at,
        greatest(0, pg_stat_get_live_tuples(name) - reports) as kept, pg_total_relation_size(name) as bytes
      from engagement_slot, lateral (select ('engagement_' || slot)::regclass as name) as its) as one`.execute(
      db,
    );
  return found.rows[0] ?? { kept: 0, bytes: 0, waiting: 0, lateSeconds: 0 };
}
