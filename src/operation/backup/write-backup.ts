import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import yazl from 'yazl';
import { Refusal } from '../../kernel/errors.ts';
import type { Runtime } from '../../kernel/feature.ts';
import { endWork, isLeftBehind, workName } from '../../kernel/left-behind.ts';
import { afterFilling } from '../../kernel/one-instant.ts';
import { type LastBackup, noteBackup } from './last-backup.ts';
import { type Tell, tellNobody } from './progress.ts';
import { sequencesOfTheirOwn, sourceOf, type TableShape, tablesInOrder } from './tables.ts';

export type BackupManifest = {
  format: 1;
  madeAt: string;
  migrations: string[];
  tables: string[];
  /** Of each table, in the order of its rows here; absent in backups of earlier versions. */
  columns?: Record<string, string[]>;
  /** Absent in backups of earlier versions. */
  sequences?: SequenceValue[];
  files: number;
};

export type WrittenBackup = BackupManifest & LastBackup;

/** Where a sequence stands that numbers more than one table's rows: what it gave is given to nobody again. */
export type SequenceValue = { name: string; lastValue: number; isCalled: boolean };

/**
 * Writes all data and files into one ZIP, of one instant (a repeatable-read snapshot), streaming. The file
 * appears under its name only when it is whole, readable by its owner alone. Stored files that are removed meanwhile
 * (portions of reports, what is kept for some days) are left out.
 */
export async function writeBackup(
  runtime: Runtime,
  path: string,
  tell: Tell = tellNobody,
): Promise<WrittenBackup> {
  const name = workName('partial');
  const partial = `${path}.${name}`;
  await refuseUnwritable(partial, path);
  await sweepLeftBehind(path);
  const started = performance.now();
  const client = await runtime.db.bulk.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(afterFilling);
    const manifest = await fillArchive(runtime, client, { path: partial, tell });
    await client.query('commit');
    await rename(partial, path);
    const note = {
      madeAt: manifest.madeAt,
      bytes: (await stat(path)).size,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
    await noteBackup(runtime.db.read, note);
    return { ...manifest, ...note };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    await rm(partial, { force: true }).catch(() => undefined);
    throw cannotWrite(error, path) ?? error;
  } finally {
    endWork(name);
    client.release();
  }
}

const longestMs = 24 * 60 * 60 * 1000;

/** What killed backups to the same file have left, which holds as much of everybody as they had read. */
async function sweepLeftBehind(path: string): Promise<void> {
  const [folder, stem] = [dirname(path), `${basename(path)}.`];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${stem}partial-`)) continue;
    const left = join(folder, name);
    if (await isLeftBehind(left, longestMs, name.slice(stem.length))) await rm(left, { force: true });
  }
}

/** Said before the long work is begun. */
async function refuseUnwritable(partial: string, path: string): Promise<void> {
  await writeFile(partial, '', { mode: 0o600 }).catch((error: unknown) => {
    throw cannotWrite(error, path) ?? error;
  });
}

function cannotWrite(error: unknown, path: string): Refusal | undefined {
  if (!(error instanceof Error && 'syscall' in error)) return undefined;
  const why = 'code' in error ? String(error.code) : '';
  return new Refusal(
    'invalid',
    {
      hi: `बैकअप यहाँ नहीं लिखा जा सका: ${path} (${why})`,
      en: `The backup could not be written to ${path} (${why})`,
    },
    { reason: 'cannot_write' },
  );
}

type Target = { path: string; tell: Tell };

async function fillArchive(runtime: Runtime, client: pg.PoolClient, to: Target): Promise<BackupManifest> {
  const archive = new yazl.ZipFile();
  const output = createWriteStream(to.path, { mode: 0o600, flush: true });
  const written = pipeline(archive.outputStream, output);
  // It may fail before anybody waits for it: told below all the same.
  written.catch(() => undefined);
  const failed = once(archive, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  const tables = await tablesInOrder(client);
  const manifest = await manifestOf(runtime, client, tables);
  const meter = await meterOf(client, tables, to.tell);
  const write = async () => {
    for (const table of tables) {
      const rows = client.query(copyTo(`copy ${sourceOf(table)} to stdout`));
      await addStream(archive, meter.through(table.name, rows), {
        name: `tables/${table.name}.copy`,
        compressionLevel,
      });
    }
    await addJobs(client, archive);
    manifest.files = await addFiles(runtime, archive, to.tell);
    archive.addBuffer(Buffer.from(JSON.stringify(manifest, null, 2)), 'manifest.json');
    addSecret(runtime, archive);
    archive.end();
    await written;
  };
  // Whichever fails first: a table that cannot be read, or a disk that cannot take it.
  await Promise.race([write(), failed, written.then(() => new Promise<never>(() => undefined))]);
  return manifest;
}

/** Twice as fast as ZIP's usual one, and a fifth larger. */
const compressionLevel = 6;

async function manifestOf(
  runtime: Runtime,
  client: pg.PoolClient,
  tables: TableShape[],
): Promise<BackupManifest> {
  const migrations = await client.query<{ name: string }>('select name from migration order by name');
  return {
    format: 1,
    madeAt: runtime.clock.now().toISOString(),
    migrations: migrations.rows.map((row) => row.name),
    tables: tables.map((table) => table.name),
    columns: Object.fromEntries(tables.map(({ name, columns }) => [name, columns])),
    sequences: await sequenceValues(client),
    files: 0,
  };
}

/** How far it is: tables by their size on disk, within one by what was read of it. */
async function meterOf(client: pg.PoolClient, tables: TableShape[], tell: Tell) {
  const { rows } = await client.query<{ name: string; bytes: number }>(
    // A plain table is in no tree of partitions, not even alone.
    `select name, coalesce((select sum(pg_table_size(relid)) from pg_partition_tree(name::regclass)),
        pg_table_size(name::regclass)) as bytes
      from unnest($1::text[]) as name`,
    [tables.map((table) => table.name)],
  );
  const sizes = new Map(rows.map((row) => [row.name, row.bytes]));
  const total = rows.reduce((sum, row) => sum + row.bytes, 0);
  let before = 0;
  return {
    through(table: string, rows: Readable): Readable {
      const size = sizes.get(table) ?? 0;
      const base = before;
      before += size;
      let read = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          read += chunk.length;
          tell('write', base + Math.min(read, size), total);
          done(null, chunk);
        },
      });
      // What fails here fails there too, where somebody waits.
      pipeline(rows, counted).catch(() => undefined);
      return counted;
    },
  };
}

/** One after the other: COPY needs the connection to itself. */
async function addStream(
  archive: yazl.ZipFile,
  stream: Readable,
  { name, compressionLevel: level }: { name: string; compressionLevel: number },
): Promise<void> {
  const ended = once(stream, 'end');
  archive.addReadStream(stream, name, { forceZip64Format: true, compressionLevel: level });
  await ended;
}

/**
 * All stored files, listed behind the rows that name them; returns how many there were. Recordings, pictures and PDFs
 * are compressed already.
 */
async function addFiles(runtime: Runtime, archive: yazl.ZipFile, tell: Tell): Promise<number> {
  const files = await storedFiles(runtime);
  let added = 0;
  for (const [at, key] of files.entries()) {
    const file = await openThere(fileOf(runtime, key));
    if (file) {
      await addStream(archive, file.createReadStream(), { name: `files/${key}`, compressionLevel: 0 });
      added += 1;
    }
    tell('files', at + 1, files.length);
  }
  return added;
}

/** Once open it may be removed and is read to its end all the same. */
async function openThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw cannotRead(error, path);
  }
}

function cannotRead(error: unknown, path: string): Refusal {
  const why = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new Refusal(
    'invalid',
    {
      hi: `यह फ़ाइल पढ़ी नहीं जा सकी, इसलिए बैकअप नहीं बना: ${path} (${why})`,
      en: `This file could not be read, so there is no backup: ${path} (${why})`,
    },
    { reason: 'cannot_read' },
  );
}

/** Sequences know no snapshot: they stand where the rows do, or further. */
async function sequenceValues(client: pg.PoolClient): Promise<SequenceValue[]> {
  const values: SequenceValue[] = [];
  for (const name of await sequencesOfTheirOwn(client)) {
    const { rows } = await client.query<Omit<SequenceValue, 'name'>>(
      `select last_value as "lastValue", is_called as "isCalled" from ${name}`,
    );
    values.push(...rows.map((row) => ({ name, ...row })));
  }
  return values;
}

export type KeptJob = {
  name: string;
  payload: unknown;
  queue: string | null;
  runAt: string;
  mostAttempts: number;
  key: string | null;
  priority: number;
};

/** The public view of a job has everything but what it is about. */
async function addJobs(client: pg.PoolClient, archive: yazl.ZipFile): Promise<void> {
  const { rows } = await client.query<KeptJob>(
    `select task_identifier as name, payload, queue_name as queue, job.run_at as "runAt", job.max_attempts as "mostAttempts",
      job.key, job.priority
    from graphile_worker.jobs job join graphile_worker._private_jobs using (id)
    where job.attempts < job.max_attempts order by id`,
  );
  archive.addBuffer(Buffer.from(JSON.stringify(rows)), 'jobs.json');
}

/** What this installation encrypts its keys with, where the operator gave no DAKSH_SECRET of his own. */
function addSecret(runtime: Runtime, archive: yazl.ZipFile): void {
  const path = join(runtime.config.dataDir, 'application-secret');
  if (!runtime.config.secret && existsSync(path)) archive.addFile(path, 'application-secret');
}

function fileOf(runtime: Runtime, key: string): string {
  return join(runtime.config.dataDir, 'files', key.slice(0, 2), key);
}

async function storedFiles(runtime: Runtime): Promise<string[]> {
  const folder = join(runtime.config.dataDir, 'files');
  if (!existsSync(folder)) return [];
  const parts = (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const lists = await Promise.all(parts.map((part) => readdir(join(folder, part))));
  return lists.flat().sort();
}
