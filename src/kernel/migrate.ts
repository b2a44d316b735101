import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Db } from './db.ts';
import { migrateJobs } from './jobs.ts';
import { projectRoot } from './project-root.ts';

const lockKey = 8_102_026;

/**
 * Brings the schema up to date: numbered SQL files, forward only, each in a transaction of its own,
 * one process at a time. A file that was applied and has changed since stops with a sentence, and so does a
 * database that a newer program has brought further. Returns the names that were applied.
 */
export async function migrate(db: Db): Promise<string[]> {
  const client = await db.bulk.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await assertLocale(client);
    const pending = await pendingMigrations(client);
    for (const file of pending) await applyAlone(client, file);
    await migrateJobs(db);
    return pending.map((file) => file.name);
  } finally {
    // Where the connection is lost, so is the lock with it.
    await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
    client.release();
  }
}

/** In the caller's transaction: until its end nobody else migrates. */
export async function holdMigrations(client: pg.PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
}

export type Migration = { name: string; digest: string; text: string };

/** What is still to be applied here, in its order; `among` narrows it to an earlier release's. */
export async function pendingMigrations(
  client: pg.PoolClient,
  among: (name: string) => boolean = () => true,
): Promise<Migration[]> {
  await client.query(`create table if not exists migration
    (name text primary key, digest text not null, applied_at timestamptz not null default now())`);
  const ledger = await client.query<{ name: string; digest: string }>('select name, digest from migration');
  const applied = new Map(ledger.rows.map((row) => [row.name, row.digest]));
  const files = await migrationFiles();
  const unknown = [...applied.keys()].filter((name) => !files.some((file) => file.name === name));
  if (unknown.length > 0) throw olderProgram(unknown.sort());
  const changed = files.find(({ name, digest }) => applied.has(name) && applied.get(name) !== digest);
  if (changed) throw changedFile(changed.name);
  return files.filter(({ name }) => !applied.has(name) && among(name));
}

/** In the caller's transaction. */
export async function applyMigration(client: pg.PoolClient, file: Migration): Promise<void> {
  try {
    await client.query(file.text);
    await client.query('insert into migration (name, digest) values ($1, $2)', [file.name, file.digest]);
  } catch (error) {
    throw new Error(`Migration ${file.name} failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

async function applyAlone(client: pg.PoolClient, file: Migration): Promise<void> {
  await client.query('begin');
  try {
    await applyMigration(client, file);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function migrationFiles(): Promise<Migration[]> {
  const folder = join(projectRoot(), 'migrations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, digest: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

function olderProgram(unknown: string[]): Error {
  const last = unknown.at(-1);
  return new Error(
    `यह डेटाबेस दक्ष के नए संस्करण का है (${last}); पुराना प्रोग्राम इसे नहीं चलाएगा। नया संस्करण चलाएँ, या उन्नयन से पहले का बैकअप खाली स्थापना में पुनर्स्थापित करें।\nThis database belongs to a newer version of Daksh (${last}), and an older program does not touch it. Run the newer version, or restore the backup from before the upgrade into an empty installation.`,
  );
}

function changedFile(name: string): Error {
  return new Error(
    `माइग्रेशन ${name} लागू होने के बाद बदला गया है; प्रोग्राम की फ़ाइलें फिर से वैसी ही लाएँ जैसी जारी हुई थीं।\nMigration ${name} was changed after it had been applied; bring the program's files back as they were released.`,
  );
}

/** With LC_CTYPE "C", pg_trgm sees no letters in Devanagari and search finds nothing: refuse early. */
async function assertLocale(client: pg.PoolClient): Promise<void> {
  const found = await client.query<{ alnum: boolean }>(`select 'प' ~ '[[:alpha:]]' as alnum`);
  if (!found.rows[0]?.alnum) {
    throw new Error(
      'The database must be made with LC_CTYPE = C.UTF-8 (createdb --lc-ctype=C.UTF-8 --template=template0).',
    );
  }
}
