import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../db.ts';
import type { Bilingual } from '../i18n.ts';
import type { ImportKind, ImportOptions, ImportSamples, ImportWarning } from './kind.ts';

export type ImportState =
  | 'receiving'
  | 'received'
  | 'checking'
  | 'checked'
  | 'committing'
  | 'committed'
  | 'undoing'
  | 'undone'
  | 'failed'
  | 'discarded';

export type ImportReading = {
  rows: number;
  unreadable: number;
  format: string;
  warnings: Record<string, number>;
  /** Headings that mean nothing to this kind of file; absent in readings of former days. */
  unknownHeadings?: string[];
};

export type ImportProblem = Bilingual & { code: string };

/** What an import does or did, as the command prints it; further figures stand beside. */
export type ImportResult = {
  id: string;
  kind: string;
  committed: boolean;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  ended: number;
  rejected: number;
  startedOnImportDay?: number;
  /** Of these: changes of a posting that the file does not date, and people listed again after an end. */
  changedOnImportDay?: number;
  againOnImportDay?: number;
  waiting?: number;
  /** Columns of the file that were not understood, and are left out. */
  unknownHeadings?: string[];
  warnings: ImportWarning[];
};

export type ImportRow = {
  importId: string;
  kind: string;
  state: ImportState;
  fileName: string | null;
  headings: string[];
  hasStaging: boolean;
  scopeOfficeIds: string[] | null;
  officeId: string | null;
  options: ImportOptions;
  reading: ImportReading | null;
  result: (ImportResult & { endedOf?: { ended: number; open: number } }) | null;
  samples: ImportSamples | null;
  problem: ImportProblem | null;
  rowsDone: number | null;
  /** What was asked for last, and how often it was begun; more than once where its worker died. */
  askedAct: 'check' | 'commit' | null;
  tries: number | null;
  createdAt: Date;
  createdBy: string | null;
  committedAt: Date | null;
  undoneAt: Date | null;
};

const columns = sql`import_id as "importId", kind, state, file_name as "fileName", headings,
  has_staging as "hasStaging", scope_office_ids as "scopeOfficeIds", office_id as "officeId", options, reading, result,
  samples, problem, asked ->> 'act' as "askedAct", (asked ->> 'tries')::int as tries,
  (select rows_done from import_progress p where p.import_id = import.import_id) as "rowsDone", created_at as "createdAt", created_by as "createdBy", committed_at as "committedAt",
  undone_at as "undoneAt"`;

export async function importById(db: Reads | Tx, importId: string): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`select ${columns} from import where import_id = ${importId}`.execute(db);
  return found.rows[0];
}

/** The row, held until the transaction ends: two commits of one import come one after the other. */
export async function lockImport(tx: Tx, importId: string): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`select ${columns} from import where import_id = ${importId}
    for update`.execute(tx);
  return found.rows[0];
}

export type ImportPage = { scopes: string[]; after?: string; limit: number; kinds: string[] };

/**
 * Imports that somebody with these scopes may look at, newest first: his offices cover all that the importer
 * might touch. Dry runs whose file is no longer here are left out.
 */
export async function listImports(db: Reads, page: ImportPage): Promise<ImportRow[]> {
  const isGlobal = page.scopes.includes('*');
  const scopes = page.scopes.filter((scope) => scope !== '*');
  const found = await sql<ImportRow>`select ${columns} from import
    where kind = any(${page.kinds}::text[]) and state <> 'discarded'
      and (has_staging or committed_at is not null or state = 'failed')
      and (${isGlobal} or (scope_office_ids is not null and not exists (
        select 1 from unnest(scope_office_ids) as part (office_id)
        where not exists (select 1 from office o where o.office_id = part.office_id and o.path && ${scopes}::uuid[]))))
      and (${page.after ?? null}::uuid is null or (created_at, import_id) <
        (select created_at, import_id from import where import_id = ${page.after ?? null}::uuid))
    order by created_at desc, import_id desc limit ${page.limit}`.execute(db);
  return found.rows;
}

export type NewImport = {
  importId: string;
  kind: string;
  fileName: string | null;
  scopes: string[];
  options: ImportOptions;
  createdBy: string | null;
};

export async function insertImport(db: Db, row: NewImport): Promise<void> {
  const scope = row.scopes.includes('*') ? null : row.scopes;
  await db.pool.query(
    `insert into import (import_id, kind, state, file_name, has_staging, scope_office_ids, office_id, options, created_by)
     values ($1, $2, 'receiving', $3, true, $4, $5, $6, $7)`,
    [
      row.importId,
      row.kind,
      row.fileName,
      scope,
      row.options.officeId ?? null,
      JSON.stringify(row.options),
      row.createdBy,
    ],
  );
}

export async function setImport(
  db: Db,
  importId: string,
  change: {
    state?: ImportState;
    headings?: string[];
    reading?: ImportReading;
    problem?: ImportProblem;
  },
): Promise<void> {
  await db.pool.query(
    `update import set state = coalesce($2, state), headings = coalesce($3, headings), reading = coalesce($4, reading),
       problem = $5, changed_at = now() where import_id = $1`,
    [importId, change.state ?? null, change.headings ?? null, json(change.reading), json(change.problem)],
  );
}

/**
 * Told apart from the import's own row, which its transaction is holding, and never waited for: that transaction
 * must not need a second connection to go on. What is not told in time is not missed.
 */
export function tellProgress(reads: Reads, importId: string, rowsDone: number): void {
  sql`insert into import_progress as told (import_id, rows_done) values (${importId}, ${rowsDone})
    on conflict (import_id) do update set rows_done = excluded.rows_done, changed_at = now()`
    .execute(reads)
    .catch(() => undefined);
}

/** Other choices for an import that still waits for its commit. */
export async function setOptions(db: Db, importId: string, options: Partial<ImportOptions>): Promise<void> {
  await db.bulk.query(`update import set options = options || $2, changed_at = now() where import_id = $1`, [
    importId,
    JSON.stringify(options),
  ]);
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

export type Outcome = {
  importId: string;
  state: ImportState;
  result: ImportResult & { endedOf?: { ended: number; open: number } };
  samples: ImportSamples;
  today: string;
};

export async function saveOutcome(tx: Tx, outcome: Outcome): Promise<void> {
  await sql`update import set state = ${outcome.state}, result = ${JSON.stringify(outcome.result)}::jsonb,
    samples = ${JSON.stringify(outcome.samples)}::jsonb, problem = null, import_day = ${outcome.today}::date, changed_at = now()
    where import_id = ${outcome.importId}`.execute(tx);
}

export async function markCommitted(tx: Tx, importId: string, by: string | null): Promise<void> {
  // The wall clock, not the transaction's: what somebody did while a long commit ran came before it.
  await sql`update import set committed_at = clock_timestamp(), committed_by = ${by} where import_id = ${importId}`.execute(
    tx,
  );
}

export async function markDiscarded(tx: Tx, importId: string): Promise<void> {
  await sql`update import set state = 'discarded', problem = null, changed_at = now()
    where import_id = ${importId}`.execute(tx);
}

export async function markUndone(tx: Tx, importId: string, by: string | null): Promise<void> {
  await sql`update import set state = 'undone', undone_at = clock_timestamp(), undone_by = ${by}, changed_at = now()
    where import_id = ${importId}`.execute(tx);
}

const commitLock = 8_102_030;

/** One commit or undo at a time in an installation. */
export async function lockCommits(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${commitLock})`.execute(tx);
}

/** Room for hashing a whole roster in memory, for this transaction only. */
export async function prepareForSets(tx: Tx): Promise<void> {
  await sql`set local work_mem = '160MB'`.execute(tx);
  await sql`set local jit = off`.execute(tx);
}

export function stagingName(importId: string): { rowTable: string; faultTable: string } {
  const name = `import_${importId.replaceAll('-', '')}`;
  return { rowTable: `staging.${name}`, faultTable: `staging.${name}_fault` };
}

export async function createStaging(db: Db, importId: string, kind: ImportKind): Promise<void> {
  const { rowTable, faultTable } = stagingName(importId);
  const own = Object.entries(kind.staging).map(([name, type]) => `${name} ${type}`);
  // No statistics by column but one ANALYZE after the COPY; autovacuum would only come in the way.
  await db.pool.query(`create unlogged table ${rowTable} (line integer, cells text, fault text, ${own.join(', ')})
    with (autovacuum_enabled = false)`);
  await db.pool.query(`create unlogged table ${faultTable} (line integer, fault text)`);
}

export async function dropStaging(db: Db, importId: string): Promise<void> {
  const { rowTable, faultTable } = stagingName(importId);
  await db.bulk.query(`drop table if exists ${rowTable}, ${faultTable}`);
  await db.bulk.query('update import set has_staging = false where import_id = $1', [importId]);
}

/** False after a crash of the database: unlogged tables come back empty. */
export async function hasStagedRows(tx: Tx, importId: string): Promise<boolean> {
  const { rowTable } = stagingName(importId);
  const found = await sql<{ there: boolean }>`select to_regclass(${rowTable}) is not null as there`.execute(
    tx,
  );
  if (!found.rows[0]?.there) return false;
  const any = await sql<{ any: boolean }>`select exists (select 1 from ${sql.raw(rowTable)}) as any`.execute(
    tx,
  );
  return any.rows[0]?.any ?? false;
}

export type RejectedRow = { line: number; cells: string; fault: string };

/** The refused rows by line, with the cells as the file has them; in chunks, from after a line. */
export async function rejectedRows(db: Reads, importId: string, after: number): Promise<RejectedRow[]> {
  const { rowTable, faultTable } = stagingName(importId);
  const found = await sql<RejectedRow>`
    with refused as (
      select line, string_agg(fault, '|') as fault from (
        select line, fault from ${sql.raw(rowTable)} where fault is not null
        union all select line, fault from ${sql.raw(faultTable)}) f
      where line > ${after} group by line order by line limit 5000)
    select r.line, r.fault, s.cells from refused r join ${sql.raw(rowTable)} s using (line) order by r.line`.execute(
    db,
  );
  return found.rows;
}

/** Accepted rows of which a value was left out; only kinds whose staging says so (`left_out`) have such. */
export async function leftOutRows(db: Reads, importId: string, after: number): Promise<RejectedRow[]> {
  const { rowTable, faultTable } = stagingName(importId);
  const found = await sql<RejectedRow>`select s.line, s.left_out as fault, s.cells from ${sql.raw(rowTable)} s
    where s.line > ${after} and s.left_out is not null and s.fault is null
      and not exists (select 1 from ${sql.raw(faultTable)} f where f.line = s.line)
    order by s.line limit 5000`.execute(db);
  return found.rows;
}

/** Imports whose staging nobody needs any more: committed, failed, or left lying for a week. */
export async function staleStagings(db: Db): Promise<string[]> {
  const found = await db.pool.query<{ id: string }>(`select import_id as id from import where has_staging
    and (created_at < now() - interval '7 days'
      or (state in ('receiving', 'failed', 'undone', 'discarded') and changed_at < now() - interval '1 day'))`);
  return found.rows.map((row) => row.id);
}
