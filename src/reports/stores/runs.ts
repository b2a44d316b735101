import { sql } from 'kysely';
import type { Failure, Forgotten } from '../../kernel/batch-files.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Language } from '../../kernel/i18n.ts';
import type { Definition, Format } from '../definition.ts';
import type { Range } from './subject.ts';

type Reader = Reads | Tx;

export type RunFailure = Failure | 'too_long' | 'too_many' | 'unknown_value';

/** One file of a report. */
export type Run = {
  runId: string;
  reportId: string | null;
  createdBy: string;
  officeId: string;
  officeHi: string;
  officeEn: string | null;
  name: string;
  definition: Definition;
  asOf: Day;
  format: Format;
  language: Language;
  /** The day on which its schedule had it made. */
  scheduledOn: Day | null;
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  parts: number | null;
  partsDone: number;
  rows: number;
  bytes: number | null;
  storageKey: string | null;
  fileUntil: Day | null;
  failure: RunFailure | null;
  createdAt: Date;
  finishedAt: Date | null;
};

// An office may have another code by now than when it was asked for.
const selected = sql`select u.run_id as "runId", u.report_id as "reportId", u.created_by as "createdBy", u.office_id as "officeId",
    o.name_hi as "officeHi", o.name_en as "officeEn", u.name,
    u.definition || jsonb_build_object('office', o.code) as definition, u.as_of as "asOf",
    u.format, u.language, u.scheduled_on as "scheduledOn", u.state, u.parts, u.parts_done as "partsDone", u.rows, u.bytes,
    u.storage_key as "storageKey", u.file_until as "fileUntil", u.failure, u.created_at as "createdAt",
    u.finished_at as "finishedAt"
  from report_run u join office o using (office_id)`;

export type NewRun = Pick<
  Run,
  | 'runId'
  | 'reportId'
  | 'createdBy'
  | 'officeId'
  | 'name'
  | 'definition'
  | 'asOf'
  | 'format'
  | 'language'
  | 'createdAt'
  | 'scheduledOn'
>;

/** False where that day's scheduled file was asked for before. */
export async function insertRun(tx: Tx, run: NewRun): Promise<boolean> {
  const made = await sql`insert into report_run
      (run_id, report_id, created_by, office_id, name, definition, as_of, format, language, scheduled_on, created_at)
    values (${run.runId}, ${run.reportId}, ${run.createdBy}, ${run.officeId}, ${run.name},
      ${JSON.stringify(run.definition)}::jsonb, ${run.asOf}, ${run.format}, ${run.language}, ${run.scheduledOn}, ${run.createdAt})
    on conflict (report_id, scheduled_on) where scheduled_on is not null do nothing`.execute(tx);
  return Number(made.numAffectedRows ?? 0) === 1;
}

/** Whoever begins another file of the same person waits until this transaction is over. */
export async function holdRunsOf(tx: Tx, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`report file of ${personId}`}, 0))`.execute(tx);
}

/** A file like this one that the same person waits for. */
export async function sameOpenRun(
  tx: Tx,
  asked: Pick<Run, 'createdBy' | 'definition' | 'name' | 'asOf' | 'format' | 'language'> & {
    reportId?: string | undefined;
  },
): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select run_id as id from report_run
    where created_by = ${asked.createdBy} and state in ('waiting', 'running') and scheduled_on is null
      and definition = ${JSON.stringify(asked.definition)}::jsonb and name = ${asked.name} and as_of = ${asked.asOf}
      and format = ${asked.format} and language = ${asked.language}
      and report_id is not distinct from ${asked.reportId ?? null}::uuid
    order by created_at desc limit 1`.execute(tx);
  return found.rows[0]?.id;
}

/** How many files a person has asked for that are not made yet; those of schedules are not among them. */
export async function countOpenRuns(tx: Tx, personId: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::integer as count from report_run
    where created_by = ${personId} and state in ('waiting', 'running') and scheduled_on is null`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

export async function runById(db: Reader, runId: string): Promise<Run | undefined> {
  const found = await sql<Run>`${selected} where u.run_id = ${runId}`.execute(db);
  return found.rows[0];
}

/** The last files of a person, or of one of the reports. */
export async function ownRuns(
  db: Reader,
  { personId, reportId, limit }: { personId: string; reportId?: string; limit: number },
): Promise<Run[]> {
  const found = await sql<Run>`${selected} where u.created_by = ${personId}
      and (${reportId ?? null}::uuid is null or u.report_id = ${reportId ?? null}::uuid)
    order by u.created_at desc, u.run_id desc limit ${limit}`.execute(db);
  return found.rows;
}

export type Part = Range & {
  part: number;
  rows: number | null;
  storageKey: string | null;
  doneAt: Date | null;
};

/** The ranges of a file, in their order; written once, so that whoever goes on reads the same ones. */
export async function planParts(tx: Tx, runId: string, ranges: readonly Range[]): Promise<void> {
  await sql`insert into report_run_part (run_id, part, after_id, until_id, posted_below)
    select ${runId}, (place - 1)::integer, after_id, until_id, below
    from unnest(${ranges.map((range) => range.afterId)}::uuid[], ${ranges.map((range) => range.untilId)}::uuid[],
      ${ranges.map((range) => range.postedBelow ?? null)}::uuid[]) with ordinality as one (after_id, until_id, below, place)
    on conflict do nothing`.execute(tx);
  await sql`update report_run set parts = ${ranges.length} where run_id = ${runId} and parts is null`.execute(
    tx,
  );
}

export async function partsOf(db: Reader, runId: string): Promise<Part[]> {
  const found = await sql<Part>`select part, after_id as "afterId", until_id as "untilId",
      posted_below as "postedBelow", rows, storage_key as "storageKey", done_at as "doneAt"
    from report_run_part where run_id = ${runId} order by part`.execute(db);
  return found.rows.map((row) => ({ ...row, postedBelow: row.postedBelow ?? undefined }));
}

/** False where another worker, taken for lost, has kept it meanwhile. */
export async function keepPart(
  db: Reader,
  runId: string,
  kept: { part: Pick<Part, 'part' | 'storageKey'>; rows: number; storageKey: string | null; at: Date },
): Promise<boolean> {
  const noted =
    await sql`update report_run_part set rows = ${kept.rows}, storage_key = ${kept.storageKey}, done_at = ${kept.at}
    where run_id = ${runId} and part = ${kept.part.part}
      and storage_key is not distinct from ${kept.part.storageKey}`.execute(db);
  return Number(noted.numAffectedRows ?? 0) === 1;
}

/** How far it is, by its parts; false where it was stopped in the meantime. */
export async function noteProgress(db: Reader, runId: string): Promise<boolean> {
  const noted = await sql`update report_run u set state = 'running', parts_done = made.parts, rows = made.rows
    from (select count(*) filter (where done_at is not null) as parts, coalesce(sum(rows), 0) as rows
      from report_run_part where run_id = ${runId}) made
    where u.run_id = ${runId} and u.state in ('waiting', 'running')`.execute(db);
  return Number(noted.numAffectedRows ?? 0) === 1;
}

export type Ending = {
  state: 'done' | 'stopped' | 'failed';
  at: Date;
  file?: { key: string; bytes: number; rows: number; until: Day };
  failure?: RunFailure;
};

/** False where it had ended before. */
export async function endRun(
  db: Reader,
  runId: string,
  { state, at, file, failure }: Ending,
): Promise<boolean> {
  const ended =
    await sql`update report_run set state = ${state}, finished_at = ${at}, failure = ${failure ?? null},
      storage_key = ${file?.key ?? null}, bytes = ${file?.bytes ?? null}, rows = coalesce(${file?.rows ?? null}::bigint, rows),
      file_until = ${file?.until ?? null}
    where run_id = ${runId} and state in ('waiting', 'running')`.execute(db);
  return Number(ended.numAffectedRows ?? 0) === 1;
}

/**
 * Begun again by whoever asked: after it failed, what was written of it still stands; after its file went, all is read
 * anew. False where it is no more as it `was`.
 */
export async function reopenRun(
  tx: Tx,
  runId: string,
  was: Pick<Run, 'state' | 'storageKey'>,
): Promise<boolean> {
  const opened =
    await sql`update report_run set state = 'waiting', failure = null, finished_at = null, storage_key = null,
      bytes = null, file_until = null
    where run_id = ${runId} and state = ${was.state} and storage_key is not distinct from ${was.storageKey}`.execute(
      tx,
    );
  if (Number(opened.numAffectedRows ?? 0) !== 1) return false;
  if (was.state === 'done')
    await sql`update report_run_part set rows = null, done_at = null where run_id = ${runId}`.execute(tx);
  return true;
}

export async function openRuns(db: Reader): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`select run_id as id from report_run where state in ('waiting', 'running')`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Takes the names of a run's portions away and returns them. */
export async function dropParts(db: Tx, runId: string): Promise<string[]> {
  const gone = await sql<{ key: string }>`with old as (
      select distinct storage_key as key from report_run_part where run_id = ${runId} and storage_key is not null),
    gone as (update report_run_part set storage_key = null where run_id = ${runId})
    select key from old`.execute(db);
  return gone.rows.map((row) => row.key);
}

/** Ended runs whose portions nobody took away: their program was killed in between. */
export async function endedWithParts(db: Reader, before: Date): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`select distinct run_id as id from report_run_part join report_run using (run_id)
    where report_run_part.storage_key is not null and (state in ('done', 'stopped')
      or state = 'failed' and finished_at < ${before}) limit 100`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Lets go of one file whose days are over, and returns its key. */
export async function forgetOld(tx: Tx, today: Day): Promise<Forgotten | undefined> {
  const gone = await sql<Forgotten>`
    with old as (select run_id as id, storage_key as key from report_run
      where storage_key is not null and file_until < ${today}::date order by file_until limit 1 for update skip locked),
    gone as (update report_run u set storage_key = null from old where u.run_id = old.id)
    select id as "batchId", key from old`.execute(tx);
  return gone.rows[0];
}
