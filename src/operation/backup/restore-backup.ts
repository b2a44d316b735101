import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Refusal } from '../../kernel/errors.ts';
import type { Runtime } from '../../kernel/feature.ts';
import { holdMigrations } from '../../kernel/migrate.ts';
import { isOwnKey } from '../../kernel/storage.ts';
import { withoutIndexes } from '../without-indexes.ts';
import { type Archive, checkArchive, damaged, openArchive, totalBytes } from './archive.ts';
import { type Tell, tellNobody } from './progress.ts';
import { bringUpToDate, buildSchemaOfThen } from './schema-of-then.ts';
import { madeAgain, sequencesOfTheirOwn, switchTriggers, tablesInOrder } from './tables.ts';
import type { BackupManifest, KeptJob } from './write-backup.ts';

export type RestoredBackup = BackupManifest & {
  /** Migrations that brought the data of an earlier version to this one. */
  upgradedBy: string[];
  bytes: number;
  seconds: number;
};

/**
 * Fills an empty installation from a backup: all rows in one transaction, then the files. A backup of an earlier
 * version is loaded into the schema of then and migrated. Refuses where there is data already, where a newer
 * version made the backup, or where the file is damaged, which is looked at first; nothing is half done.
 */
export async function restoreBackup(
  runtime: Runtime,
  path: string,
  tell: Tell = tellNobody,
): Promise<RestoredBackup> {
  const started = performance.now();
  const archive = await openArchive(path);
  const client = await runtime.db.bulk.connect();
  const newFiles: string[] = [];
  try {
    await refuseUnfit(client, archive.manifest);
    await checkArchive(archive, tell);
    await client.query('begin');
    await holdMigrations(client);
    await refuseUnfit(client, archive.manifest);
    const upgradedBy = await loadRows(archive, client, tell);
    await restoreFiles(archive, runtime, newFiles);
    await client.query('commit');
    await client.query('analyze');
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return { ...archive.manifest, upgradedBy, bytes: totalBytes(archive), seconds };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    for (const one of newFiles) await rm(one, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    client.release();
    archive.close();
  }
}

/** There is data already, or this program does not know the schema of the backup. */
async function refuseUnfit(client: pg.PoolClient, manifest: BackupManifest): Promise<void> {
  const known = new Set(await appliedHere(client));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0) throw newerSchema(unknown);
  const { rows: filled } = await client.query(
    'select 1 from person union all select 1 from office union all select 1 from course limit 1',
  );
  if (filled.length > 0) throw notEmpty();
}

async function appliedHere(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name');
  return rows.map((row) => row.name);
}

async function loadRows(archive: Archive, client: pg.PoolClient, tell: Tell): Promise<string[]> {
  const { manifest } = archive;
  const isEarlier = manifest.migrations.length < (await appliedHere(client)).length;
  if (isEarlier) await buildSchemaOfThen(client, manifest.migrations);
  // A worker that was begun here before has noted that everybody's digests are made, when there was nobody.
  else await client.query(`truncate ${madeAgain.join(', ')}`);
  const tables = await tablesInOrder(client);
  // An empty installation has seeds (areas, facts); the backup brings its own.
  await client.query(`truncate ${tables.map((table) => table.name).join(', ')}`);
  await switchTriggers(client, 'disable');
  const total = totalBytes(archive);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    tell('load', done, total);
  };
  const load = async () => {
    for (const { name, columns } of tables)
      await loadTable(archive, client, { name, columns: manifest.columns?.[name] ?? columns, onBytes });
    tell('index', 0, 0);
  };
  const large = tables.map(({ name }) => name).filter((name) => bytesOf(archive, name) > largeBytes);
  if (large.length > 0) await withoutIndexes((statement) => client.query(statement), large, load);
  else await load();
  await switchTriggers(client, 'enable');
  await afterLoading(client, manifest);
  const upgradedBy = isEarlier ? await bringUpToDate(client, tell) : [];
  await addJobs(archive, client);
  return upgradedBy;
}

/** From here on making the indexes afterwards is quicker than keeping them up row by row. */
const largeBytes = 5_000_000;

function bytesOf({ entries }: Archive, table: string): number {
  return entries.get(entryOf(table))?.uncompressedSize ?? 0;
}

function entryOf(table: string): string {
  return `tables/${table}.copy`;
}

async function loadTable(
  archive: Archive,
  client: pg.PoolClient,
  table: { name: string; columns: string[]; onBytes: (bytes: number) => void },
): Promise<void> {
  const entry = entryOf(table.name);
  if (!archive.entries.has(entry)) return;
  const source = await archive.open(entry);
  source.on('data', (chunk: Buffer) => table.onBytes(chunk.length));
  const sink = client.query(copyFrom(`copy ${table.name} (${table.columns.join(',')}) from stdin`));
  await pipeline(source, sink);
}

/** Numbers go on after what was given out; transaction numbers of another server mean nothing here. */
async function afterLoading(client: pg.PoolClient, { sequences = [] }: BackupManifest): Promise<void> {
  await client.query(`update audit_event set written_by = pg_current_xact_id()`);
  const { rows } = await client.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and a.attidentity <> '' and c.relkind = 'r' and c.relpersistence = 'p'`);
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), coalesce((select max(${column}) from ${table}), 0) + 1, false)`,
    );
  }
  const here = await sequencesOfTheirOwn(client);
  for (const { name, lastValue, isCalled } of sequences)
    if (here.includes(name)) await client.query('select setval($1, $2, $3)', [name, lastValue, isCalled]);
}

async function addJobs(archive: Archive, client: pg.PoolClient): Promise<void> {
  const jobs = JSON.parse(await archive.text('jobs.json')) as KeptJob[];
  for (const job of jobs) {
    await client.query(
      `select graphile_worker.add_job(identifier => $1, payload => $2::json, queue_name => $3, run_at => $4,
        max_attempts => $5, job_key => $6, priority => $7)`,
      [
        ...[job.name, JSON.stringify(job.payload ?? {}), job.queue, job.runAt],
        ...[job.mostAttempts, job.key, job.priority],
      ],
    );
  }
}

/** `written` names what was not there before, for whoever must take it back. */
async function restoreFiles(archive: Archive, runtime: Runtime, written: string[]): Promise<void> {
  const { dataDir } = runtime.config;
  for (const name of archive.entries.keys()) {
    const key = /^files\/([0-9a-f]{32}|[0-9a-f]{64})$/.exec(name)?.[1];
    if (!key) continue;
    const target = join(dataDir, 'files', key.slice(0, 2), key);
    if (!existsSync(target)) written.push(target);
    await restoreFile(await archive.open(name), { key, target });
  }
  const secret = 'application-secret';
  if (archive.entries.has(secret))
    await writeFile(join(dataDir, secret), await archive.text(secret), { mode: 0o600 });
}

async function restoreFile(source: Readable, to: { key: string; target: string }): Promise<void> {
  await mkdir(dirname(to.target), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  source.on('data', (chunk: Buffer) => hash.update(chunk));
  const partial = `${to.target}.partial`;
  try {
    await pipeline(source, createWriteStream(partial, { mode: 0o600, flush: true }));
    // One that was made for a while is not named by what it holds.
    if (!isOwnKey(to.key) && hash.digest('hex') !== to.key) throw damaged();
    await rename(partial, to.target);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

function newerSchema(unknown: string[]): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह बैकअप दक्ष के नए संस्करण का है। पहले यहाँ वही या उससे नया संस्करण लाएँ, फिर पुनर्स्थापित करें।',
      en: 'A newer version of Daksh made this backup. Bring that version or a later one here first, then restore.',
    },
    { reason: 'backup_of_newer_version', details: { unknown } },
  );
}

function notEmpty(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यहाँ पहले से डेटा है। बैकअप केवल खाली स्थापना में पुनर्स्थापित होता है (नया DAKSH_DATA_DIR या नया डेटाबेस दें)।',
      en: 'There is data here already. A backup is restored only into an empty installation (give a new DAKSH_DATA_DIR or database).',
    },
    { reason: 'not_empty' },
  );
}
