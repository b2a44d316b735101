import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { dropSteps } from './lanes.ts';
import type { PersonRange } from './live.ts';
import type { OrderRow } from './orders.ts';
import { everybodySql, officesSql } from './standing-sql.ts';

/** New sheets in the making: to put a draft in force, or to count every order again. */
export type Build = {
  buildId: string;
  /** The draft; null: all is counted again. */
  mandateId: string | null;
  askedBy: string | null;
  plannedAt: Date | null;
  finishedAt: Date | null;
  /** It could not be done, and nobody works on it until somebody asks for it again. */
  failedAt: Date | null;
  failure: string | null;
};

const columns = sql`build_id as "buildId", mandate_id as "mandateId", asked_by as "askedBy", planned_at as "plannedAt",
  finished_at as "finishedAt", failed_at as "failedAt", failure`;

/** Whose turn may come. Waiting after a fault is the machine's time, not the calendar's. */
export const isDue = sql`finished_at is null and failed_at is null
  and (not_before is null or not_before <= clock_timestamp())`;

export type NewBuild = { buildId: string; mandateId: string | null; now: Date; by: string | null };

export async function insertBuild(tx: Tx, build: NewBuild): Promise<void> {
  await sql`insert into mandate_build (build_id, mandate_id, asked_at, asked_by)
    values (${build.buildId}, ${build.mandateId}, ${build.now}, ${build.by})`.execute(tx);
  if (build.mandateId)
    await sql`update mandate set build_id = ${build.buildId} where mandate_id = ${build.mandateId}`.execute(
      tx,
    );
}

/** The one whose turn it is: they are made one after the other. */
export async function nextBuild(db: Reads | Tx): Promise<Build | undefined> {
  const found = await sql<Build>`select ${columns} from mandate_build where ${isDue}
    order by asked_at, build_id limit 1`.execute(db);
  return found.rows[0];
}

export async function buildById(db: Reads | Tx, buildId: string): Promise<Build | undefined> {
  const found = await sql<Build>`select ${columns} from mandate_build where build_id = ${buildId}`.execute(
    db,
  );
  return found.rows[0];
}

/** Held until the end of the transaction: of several who make it, one at a time takes such a step. */
export async function lockBuild(tx: Tx, buildId: string): Promise<Build | undefined> {
  const found = await sql<Build>`select ${columns} from mandate_build
    where build_id = ${buildId} for update`.execute(tx);
  return found.rows[0];
}

/** The orders whose sheets are to be made: the draft and what it cites, or all that are in force. */
export async function ordersToBuild(tx: Tx, draftId: string | null): Promise<string[]> {
  const which = draftId
    ? sql`mandate_id = ${draftId} or mandate_id = (
        select amends_mandate_id from mandate where mandate_id = ${draftId})`
    : sql`state = 'published'`;
  const found = await sql<{ mandateId: string }>`select mandate_id as "mandateId" from mandate
    where kind in ('order', 'amendment') and (${which}) order by mandate_id`.execute(tx);
  return found.rows.map((row) => row.mandateId);
}

export type PlannedSheet = { buildId: string; order: OrderRow; sheetId: string; size: number };

/** Lays out a sheet in parts of so many people by key, who together are everybody. */
export async function planSheet(tx: Tx, { buildId, order, sheetId, size }: PlannedSheet): Promise<void> {
  await sql`insert into mandate_build_sheet (build_id, mandate_id, sheet_id)
    values (${buildId}, ${order.mandateId}, ${sheetId})`.execute(tx);
  await sql`insert into mandate_build_part (sheet_id, part, after_id, until_id, persons)
    select ${sheetId}, (place - 1) / ${size}::bigint, lag(person_id) over (order by place),
      case when place < persons then person_id end, place - coalesce(lag(place) over (order by place), 0)
    from (
      select person_id, row_number() over (order by person_id) as place, count(*) over () as persons
      from (${everybodySql(order.rules)}) everybody
    ) placed where place % ${size}::bigint = 0 or place = persons`.execute(tx);
}

export async function markPlanned(tx: Tx, buildId: string, now: Date): Promise<void> {
  await sql`update mandate_build set planned_at = ${now} where build_id = ${buildId}`.execute(tx);
}

export type BuildSheet = { mandateId: string; sheetId: string; counted: boolean };

export async function sheetsOf(db: Reads | Tx, buildId: string): Promise<BuildSheet[]> {
  const found = await sql<BuildSheet>`select mandate_id as "mandateId", sheet_id as "sheetId",
      counted_at is not null as counted
    from mandate_build_sheet where build_id = ${buildId} order by mandate_id`.execute(db);
  return found.rows;
}

export type Part = { sheetId: string; part: number; mandateId: string } & PersonRange;

/** A part that nobody has made or is making; with `wait`, one that somebody else is making, once he is done or gone. */
export async function takePart(tx: Tx, buildId: string, others: 'skip' | 'wait'): Promise<Part | undefined> {
  const found = await sql<Part>`select part.sheet_id as "sheetId", part, mandate_id as "mandateId",
      after_id as "afterId", until_id as "untilId"
    from mandate_build_part part join mandate_build_sheet sheet using (sheet_id)
    where build_id = ${buildId} and done_at is null
    order by part.sheet_id, part limit 1 for update of part ${others === 'skip' ? sql`skip locked` : sql``}`.execute(
    tx,
  );
  return found.rows[0];
}

export async function hasPartsLeft(db: Reads | Tx, buildId: string): Promise<boolean> {
  const found = await sql<{ left: boolean }>`select exists (
    select from mandate_build_part join mandate_build_sheet using (sheet_id)
    where build_id = ${buildId} and done_at is null) as left`.execute(db);
  return found.rows[0]?.left ?? false;
}

export async function markPartDone(tx: Tx, part: Part, now: Date): Promise<void> {
  await sql`update mandate_build_part set done_at = ${now}
    where sheet_id = ${part.sheetId} and part = ${part.part}`.execute(tx);
}

/** The key that has half of a sheet's parts before it; null where it is one part. */
export async function middleOf(db: Reads | Tx, sheetId: string): Promise<string | null> {
  const found = await sql<{ middle: string | null }>`select until_id as middle from mandate_build_part
    where sheet_id = ${sheetId} order by part
    offset (select greatest(count(*) / 2 - 1, 0) from mandate_build_part where sheet_id = ${sheetId}) limit 1`.execute(
    db,
  );
  return found.rows[0]?.middle ?? null;
}

/** False where its figures are written already, or it was laid out anew and is not full yet. */
export async function lockUncounted(tx: Tx, sheetId: string): Promise<boolean> {
  const found = await sql<{ waits: boolean }>`select counted_at is null and not exists (
      select from mandate_build_part part where part.sheet_id = sheet.sheet_id and done_at is null) as waits
    from mandate_build_sheet sheet where sheet_id = ${sheetId} for update`.execute(tx);
  return found.rows[0]?.waits === true;
}

export async function markSheetCounted(tx: Tx, sheetId: string, now: Date): Promise<void> {
  await sql`update mandate_build_sheet set counted_at = ${now} where sheet_id = ${sheetId}`.execute(tx);
}

/** What was written in lakhs is planned for as what it is. */
export async function analyseSheets(tx: Tx, table: 'standing' | 'counter'): Promise<void> {
  await sql`analyze ${sql.table(`mandate_sheet_${table}`)}`.execute(tx);
}

/** Of those whose facts changed since the sheets were planned, so many; whoever takes them sees every change. */
export async function takeBuildTouched(
  tx: Tx,
  buildId: string,
  most: number,
): Promise<{ personIds: string[]; taken: number }> {
  const taken = await sql<{ personId: string }>`delete from mandate_build_touched where ctid in (
      select ctid from mandate_build_touched where build_id = ${buildId} limit ${most})
    returning person_id as "personId"`.execute(tx);
  return { personIds: [...new Set(taken.rows.map((row) => row.personId))], taken: taken.rows.length };
}

/** Whoever is settled on the sheets in use waits for those in the making too. */
export async function noteForBuilds(tx: Tx, personIds: string[]): Promise<void> {
  await sql`insert into mandate_build_touched (build_id, person_id)
    select build_id, person_id from mandate_build cross join unnest(${personIds}::uuid[]) as one (person_id)
    where planned_at is not null and finished_at is null`.execute(tx);
}

/** Whether all its sheets are filled and counted. */
export async function isMade(tx: Tx, buildId: string): Promise<boolean> {
  if (await hasPartsLeft(tx, buildId)) return false;
  return (await sheetsOf(tx, buildId)).every((sheet) => sheet.counted);
}

/** The sheets take the place of those in use. */
export async function useSheets(tx: Tx, buildId: string, now: Date): Promise<void> {
  await sql`insert into mandate_sheet_discarded (sheet_id, discarded_at)
    select mandate.sheet_id, ${now} from mandate join mandate_build_sheet made using (mandate_id)
    where made.build_id = ${buildId}`.execute(tx);
  await sql`update mandate set sheet_id = made.sheet_id, counted_at = ${now}
    from mandate_build_sheet made where made.build_id = ${buildId} and made.mandate_id = mandate.mandate_id`.execute(
    tx,
  );
}

/** They are of no use: what they were made for cannot be. */
export async function discardSheets(tx: Tx, buildId: string, now: Date): Promise<void> {
  await sql`insert into mandate_sheet_discarded (sheet_id, discarded_at)
    select sheet_id, ${now} from mandate_build_sheet where build_id = ${buildId}`.execute(tx);
}

export async function endBuild(
  tx: Tx,
  build: { buildId: string; now: Date; failure?: string },
): Promise<void> {
  await sql`update mandate_build set finished_at = ${build.now}, failure = ${build.failure ?? null}
    where build_id = ${build.buildId}`.execute(tx);
  await sql`update mandate set build_id = null where build_id = ${build.buildId}`.execute(tx);
  await sql`delete from mandate_build_touched where build_id = ${build.buildId}`.execute(tx);
}

/** One more attempt that ended in a fault; returns how many did. */
export async function countAttempt(tx: Tx, buildId: string): Promise<number> {
  const found = await sql<{ attempts: number }>`update mandate_build set attempts = attempts + 1
    where build_id = ${buildId} returning attempts`.execute(tx);
  return found.rows[0]?.attempts ?? 0;
}

type Fault = { build: Build; now: Date; failure: string };

/** It lets others pass. What was made of it is of no use: an attempt to come begins anew. */
export async function stopBuild(tx: Tx, { build, now, failure }: Fault): Promise<void> {
  const { buildId } = build;
  await unplanBuild(tx, buildId, now);
  const state = build.mandateId
    ? sql`failed_at = ${now}`
    : sql`not_before = clock_timestamp() + interval '10 minutes'`;
  await sql`update mandate_build set attempts = 0, failure = ${failure}, ${state}
    where build_id = ${buildId}`.execute(tx);
}

/** Its sheets are thrown away; whoever takes it up next lays them out anew. */
export async function unplanBuild(tx: Tx, buildId: string, now: Date): Promise<void> {
  await discardSheets(tx, buildId, now);
  await sql`delete from mandate_build_part using mandate_build_sheet sheet
    where sheet.build_id = ${buildId} and sheet.sheet_id = mandate_build_part.sheet_id`.execute(tx);
  await sql`delete from mandate_build_sheet where build_id = ${buildId}`.execute(tx);
  await sql`delete from mandate_build_touched where build_id = ${buildId}`.execute(tx);
  await sql`update mandate_build set planned_at = null where build_id = ${buildId}`.execute(tx);
}

/** At the end of the row of those that wait. */
export async function retryBuild(tx: Tx, build: { buildId: string; now: Date; by: string | null }) {
  await sql`update mandate_build set failed_at = null, failure = null, attempts = 0, asked_at = ${build.now},
      asked_by = ${build.by} where build_id = ${build.buildId}`.execute(tx);
}

/** A recount that failed and waits is tried at once; false where there is none. */
export async function wakeRecount(tx: Tx): Promise<boolean> {
  const found = await sql`update mandate_build set not_before = null
    where finished_at is null and mandate_id is null returning build_id`.execute(tx);
  return found.rows.length > 0;
}

/** Why everybody is not counted again yet, as told when it last failed; nothing where no recount waits. */
export async function recountFailure(db: Reads): Promise<string | undefined> {
  const found = await sql<{ failure: string }>`select failure from mandate_build
    where mandate_id is null and finished_at is null and failure is not null
    order by asked_at limit 1`.execute(db);
  return found.rows[0]?.failure;
}

export type BuildProgress = {
  planned: boolean;
  persons: number;
  done: number;
  failed: boolean;
  failure: string | null;
};

/** How far the last work on a draft is; nothing where none was begun. */
export async function progressOf(db: Reads, mandateId: string): Promise<BuildProgress | undefined> {
  const found = await sql<BuildProgress>`select planned_at is not null as planned, failure,
      failed_at is not null and finished_at is null as failed, coalesce(sum(persons), 0)::bigint as persons,
      coalesce(sum(persons) filter (where done_at is not null), 0)::bigint as done
    from mandate_build left join mandate_build_sheet using (build_id) left join mandate_build_part using (sheet_id)
    where mandate_build.mandate_id = ${mandateId}
    group by build_id order by asked_at desc, build_id desc limit 1`.execute(db);
  return found.rows[0];
}

/** Deletes some of what is discarded; false once nothing is left. */
export async function sweepSheets(tx: Tx, most: number): Promise<boolean> {
  const found = await sql<{ sheetId: string }>`select sheet_id as "sheetId" from mandate_sheet_discarded
    limit 1 for update skip locked`.execute(tx);
  const sheetId = found.rows[0]?.sheetId;
  if (!sheetId) return false;
  const deleted = await Promise.all(
    ['mandate_sheet_standing', 'mandate_sheet_counter'].map((table) =>
      deleteSome(tx, { table, sheetId, most }),
    ),
  );
  if (deleted.every((count) => count === 0)) {
    await dropSteps(tx, sheetId);
    await sql`delete from mandate_sheet_discarded where sheet_id = ${sheetId}`.execute(tx);
  }
  return true;
}

type Some = { table: string; sheetId: string; most: number };

async function deleteSome(tx: Tx, { table, sheetId, most }: Some): Promise<number> {
  const name = sql.table(table);
  const done = await sql`delete from ${name} where ctid in (
    select ctid from ${name} where sheet_id = ${sheetId} limit ${most})`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}

/** Whether an order concerns so many that they are not counted while somebody waits for the answer. */
export async function bindsMany(tx: Tx, order: OrderRow, many: number): Promise<boolean> {
  const whom: RawBuilder<unknown> =
    'scope' in order.rules
      ? sql`select person_id from posting where voided_at is null and office_id in (${officesSql(order.rules)})`
      : sql`select s.person_id from mandate join mandate_sheet_standing s using (sheet_id)
          where number = ${order.cites}`;
  const found = await sql<{ many: boolean }>`select exists (
    select from (${whom}) everybody offset ${many}) as many`.execute(tx);
  return found.rows[0]?.many ?? false;
}

/** Whether so many are posted at all. */
export async function postsMany(tx: Tx, many: number): Promise<boolean> {
  const found = await sql<{ many: boolean }>`select exists (
    select from posting where voided_at is null offset ${many}) as many`.execute(tx);
  return found.rows[0]?.many ?? false;
}
