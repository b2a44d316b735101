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
 * one process at a time. A file that was applied and has changed since stops with a sentence.
 * Returns the names that were applied.
 */
export async function migrate(db: Db): Promise<string[]> {
  const client = await db.bulk.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await assertLocale(client);
    const applied = await applyPending(client);
    await migrateJobs(db);
    return applied;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]);
    client.release();
  }
}

async function applyPending(client: pg.PoolClient): Promise<string[]> {
  await client.query(`create table if not exists migration
    (name text primary key, digest text not null, applied_at timestamptz not null default now())`);
  const ledger = await client.query<{ name: string; digest: string }>('select name, digest from migration');
  const known = new Map(ledger.rows.map((row) => [row.name, row.digest]));
  const applied: string[] = [];
  for (const file of await migrationFiles()) {
    if (known.get(file.name) === file.digest) continue;
    if (known.has(file.name))
      throw new Error(`Migration ${file.name} was changed after it had been applied.`);
    await applyOne(client, file);
    applied.push(file.name);
  }
  return applied;
}

type MigrationFile = { name: string; digest: string; text: string };

async function migrationFiles(): Promise<MigrationFile[]> {
  const folder = join(projectRoot(), 'migrations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, digest: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function applyOne(client: pg.PoolClient, file: MigrationFile): Promise<void> {
  await client.query('begin');
  try {
    await client.query(file.text);
    await client.query('insert into migration (name, digest) values ($1, $2)', [file.name, file.digest]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${file.name} failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
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
