import { PassThrough, pipeline, Readable } from 'node:stream';
import { sql } from 'kysely';
import { ZipFile } from 'yazl';
import { audit } from './audit.ts';
import type { Ctx } from './context.ts';
import { type Day, todayInIndia } from './dates.ts';
import type { Reads, Tx } from './db.ts';
import { notFound, Refusal } from './errors.ts';
import { type Export, keepExport } from './exports.ts';
import { type JobHandler, livingJobs } from './jobs.ts';
import { isOwnKey, type Storage } from './storage.ts';

/** A file full of names lies no longer than it is needed; it is quickly made again. */
export const fileDays = 7;
/** A file of more documents would be too large to hand over. */
export const mostInFile = 20_000;
const largestFile = 8_000_000_000;

/** Why a batch gave up: the disk is full, it was killed again and again, the asker's right is gone, or anything else. */
export type Failure = 'no_space' | 'interrupted' | 'no_right' | 'error';

/**
 * Writes a ZIP into the storage while it is being filled. `fill` answers whether all of it is there; where it was
 * stopped on the way, nothing is kept.
 */
export async function keepZip(
  storage: Storage,
  fill: (zip: ZipFile) => Promise<boolean>,
): Promise<{ key: string; bytes: number } | undefined> {
  const zip = new ZipFile();
  const out = new PassThrough();
  pipeline(Readable.from(zip.outputStream), out, () => {});
  const kept = storage.make(out, { maxBytes: largestFile });
  kept.catch(() => undefined);
  try {
    const isWhole = await fill(zip);
    zip.end();
    const { key, bytes } = await kept;
    if (isWhole) return { key, bytes };
    await storage.remove(key);
    return undefined;
  } catch (error) {
    out.destroy();
    throw error;
  }
}

/** A PDF is packed within already; packing it again costs time and saves nothing. */
export function addPdf(zip: ZipFile, name: string, pdf: Buffer): void {
  zip.addBuffer(pdf, name, { compress: false });
}

type Made = { storageKey: string | null };

/** As it may be offered: without the key of a file that went before its day, by a hand or with its disk. */
export async function asOffered<File extends Made>(storage: Storage, file: File): Promise<File> {
  const { storageKey } = file;
  return storageKey && !(await isThere(storage, storageKey)) ? { ...file, storageKey: null } : file;
}

export async function isThere(storage: Storage, key: string): Promise<boolean> {
  return storage.size(key).then(
    () => true,
    () => false,
  );
}

type Taking = { storageKey: string | null; file: Export & { rows: number | null } };

/** Hands a made file over and keeps that it was taken; one that is gone is told to be, and nobody has taken it. */
export async function takeMade(ctx: Ctx, storage: Storage, { storageKey, file }: Taking): Promise<Readable> {
  if (!storageKey) throw notFound();
  const body = await storage.open(storageKey).catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? fileGone() : error;
  });
  try {
    await keepExport(ctx, file);
    return body;
  } catch (error) {
    body.destroy();
    throw error;
  }
}

function fileGone(): Refusal {
  const text = {
    hi: 'यह फ़ाइल अब सर्वर पर नहीं है। इसे फिर से बनवाएँ।',
    en: 'This file is no longer on the server. Have it made again.',
  };
  return new Refusal('gone', text, { reason: 'file_gone' });
}

export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (isRightGone(error)) return 'no_right';
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'too_large' ? 'no_space' : 'error';
}

/** Whether whoever asked may no longer have it done: trying again is of no use. */
export function isRightGone(error: unknown): boolean {
  return error instanceof Refusal && ['forbidden', 'not_found', 'unauthenticated'].includes(error.code);
}

export type BatchKeeper = {
  open(ctx: Ctx): Promise<string[]>;
  jobKey(batchId: string): string;
  giveUp(ctx: Ctx, batchId: string, failure: Failure): Promise<void>;
  /** Lets go of one file whose days are over; undefined where there is none. */
  forget(tx: Tx, today: Day): Promise<Forgotten | undefined>;
  /** How that it is gone is put on record. */
  forgotten: { action: string; subjectKind: string };
};

/** The batch that a file was of, and the file's key. */
export type Forgotten = { batchId: string; key: string };

/**
 * Every few minutes: batches whose job nobody will begin again (its worker was killed at every try) are said to
 * have given up, and files whose days are over are removed.
 */
export function keepBatches(storage: Storage, keeper: BatchKeeper): JobHandler {
  return async (ctx) => {
    const open = await keeper.open(ctx);
    const living = await livingJobs(ctx.db.read, open.map(keeper.jobKey));
    for (const batchId of open)
      if (!living.has(keeper.jobKey(batchId))) await keeper.giveUp(ctx, batchId, 'interrupted');
    while (await forgetOne(ctx, storage, keeper));
  };
}

/** Removed before the commit: killed in between, the next turn forgets it again, and no file stays that no row names. */
function forgetOne(ctx: Ctx, storage: Storage, keeper: BatchKeeper): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const gone = await keeper.forget(tx, todayInIndia(ctx.clock));
    if (!gone) return false;
    await audit(tx, ctx, { ...keeper.forgotten, subjectId: gone.batchId });
    await removeMade(tx, storage, gone.key);
    return true;
  });
}

/** Removes a file that was made, whose name its row has just let go of. */
export async function removeMade(tx: Tx, storage: Storage, key: string): Promise<void> {
  // Files made before they had names of their own were kept by their content, which somebody may have put elsewhere
  // since: a report, printed and attached to an order.
  if (isOwnKey(key) || !(await namedKeys(tx, [key])).has(key)) await storage.remove(key);
}

/** Each hour: what a killed process left half written or unnamed in the storage goes. */
export function sweepFilesJob(storage: Storage): JobHandler {
  return async (ctx) => {
    await storage.sweep((keys) => namedKeys(ctx.db.read, keys));
  };
}

/** Every table whose rows name files of the storage. */
export const namingTables = [
  'file',
  'file_page',
  'mandate_scan',
  'report_run',
  'report_run_part',
  'statement_batch',
  'certificate_batch',
] as const;

async function namedKeys(db: Reads | Tx, keys: readonly string[]): Promise<Set<string>> {
  const named = namingTables.map(
    (table) =>
      sql`select storage_key as key from ${sql.table(table)} where storage_key = any(${[...keys]}::text[])`,
  );
  const found = await sql<{ key: string }>`${sql.join(named, sql` union `)}`.execute(db);
  return new Set(found.rows.map((row) => row.key));
}
