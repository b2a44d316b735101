import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import yauzl from 'yauzl';
import { Refusal } from '../../kernel/errors.ts';
import type { Runtime } from '../../kernel/feature.ts';
import { sequencesOfTheirOwn, tablesInOrder } from './tables.ts';
import type { BackupManifest, KeptJob } from './write-backup.ts';

/**
 * Fills an empty installation from a backup: all rows in one transaction, then the files. Refuses where
 * there is data already, where the backup is of another schema, or where it is damaged; nothing is half done.
 */
export async function restoreBackup(runtime: Runtime, path: string): Promise<BackupManifest> {
  const archive = await openArchive(path);
  const client = await runtime.db.bulk.connect();
  try {
    await client.query('begin');
    const manifest = await checkedManifest(archive, client);
    await emptySeeds(client);
    await switchTriggers(client, 'disable');
    for (const table of await tablesInOrder(client)) await loadTable(archive, client, table);
    await switchTriggers(client, 'enable');
    await afterLoading(client, manifest);
    await addJobs(archive, client);
    await restoreFiles(archive, runtime);
    await client.query('commit');
    return manifest;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
    archive.close();
  }
}

type Archive = {
  entries: Map<string, yauzl.Entry>;
  open(name: string): Promise<Readable>;
  text(name: string): Promise<string>;
  close(): void;
};

async function openArchive(path: string): Promise<Archive> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject(damaged()) : resolve(file),
    );
  });
  const entries = new Map<string, yauzl.Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve());
    zip.once('error', () => reject(damaged()));
    zip.readEntry();
  });
  const open = (name: string) =>
    new Promise<Readable>((resolve, reject) => {
      const entry = entries.get(name);
      if (!entry) return reject(damaged());
      zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)));
    });
  const text = async (name: string) => Buffer.concat(await (await open(name)).toArray()).toString('utf8');
  return { entries, open, text, close: () => zip.close() };
}

async function checkedManifest(archive: Archive, client: pg.PoolClient): Promise<BackupManifest> {
  const manifest = JSON.parse(await archive.text('manifest.json')) as BackupManifest;
  const { rows } = await client.query<{ name: string }>('select name from migration order by name');
  const here = rows.map((row) => row.name).join('\n');
  if (manifest.migrations.join('\n') !== here) throw otherSchema();
  const { rows: filled } = await client.query(
    'select 1 from person union all select 1 from office union all select 1 from course limit 1',
  );
  if (filled.length > 0) throw notEmpty();
  return manifest;
}

/** An empty installation has seeds (areas, facts); the backup brings its own. */
async function emptySeeds(client: pg.PoolClient): Promise<void> {
  const tables = await tablesInOrder(client);
  await client.query(`truncate ${tables.map((table) => table.name).join(', ')}`);
}

/** What triggers once wrote is in the backup: written again it would stand twice. Foreign keys are still asked. */
async function switchTriggers(client: pg.PoolClient, how: 'disable' | 'enable'): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select distinct quote_ident(c.relname) as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace`);
  for (const { name } of rows) await client.query(`alter table ${name} ${how} trigger user`);
}

async function loadTable(
  archive: Archive,
  client: pg.PoolClient,
  table: { name: string; columns: string[] },
): Promise<void> {
  const name = `tables/${table.name}.copy`;
  if (!archive.entries.has(name)) return;
  const sink = client.query(copyFrom(`copy ${table.name} (${table.columns.join(',')}) from stdin`));
  await pipeline(await archive.open(name), sink);
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

async function restoreFiles(archive: Archive, runtime: Runtime): Promise<void> {
  for (const name of archive.entries.keys()) {
    if (name === 'application-secret') {
      await writeFile(join(runtime.config.dataDir, name), await archive.text(name), { mode: 0o600 });
    }
    const key = /^files\/([0-9a-f]{64})$/.exec(name)?.[1];
    if (key)
      await restoreFile(await archive.open(name), { key, folder: join(runtime.config.dataDir, 'files') });
  }
}

async function restoreFile(source: Readable, to: { key: string; folder: string }): Promise<void> {
  const target = join(to.folder, to.key.slice(0, 2), to.key);
  await mkdir(join(to.folder, to.key.slice(0, 2)), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  source.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(source, createWriteStream(`${target}.partial`, { mode: 0o600, flush: true }));
  if (hash.digest('hex') !== to.key) throw damaged();
  await rename(`${target}.partial`, target);
}

function damaged(): Refusal {
  return new Refusal(
    'malformed',
    { hi: 'यह बैकअप फ़ाइल अधूरी या ख़राब है।', en: 'This backup file is incomplete or damaged.' },
    { reason: 'damaged_backup' },
  );
}

function otherSchema(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह बैकअप दक्ष के दूसरे संस्करण का है। जिस संस्करण से बना, उसी में पुनर्स्थापित करें, फिर उन्नत करें।',
      en: 'This backup is of another version of Daksh. Restore it with the version that made it, then upgrade.',
    },
    { reason: 'backup_of_another_version' },
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
