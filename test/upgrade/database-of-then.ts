import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { fixedClock } from '../../src/kernel/clock.ts';
import { readConfig } from '../../src/kernel/config.ts';
import type { Runtime } from '../../src/kernel/feature.ts';
import { migrateJobs } from '../../src/kernel/jobs.ts';
import { applyMigration, pendingMigrations } from '../../src/kernel/migrate.ts';
import { projectRoot } from '../../src/kernel/project-root.ts';
import { localStorage } from '../../src/kernel/storage.ts';
import { switchTriggers, tablesInOrder } from '../../src/operation/backup/tables.ts';
import { openEmptyDatabase, type TestDatabase } from '../database.ts';

/** What an earlier version left: its rows, and what it showed of them. */
export type Release = { lastMigration: string; figures: object; order: object | null; sql: string };

/** `write-release.ts` wrote it with the program of then; the name is the number of its last migration. */
export function releaseOf(lastMigration: string): Release {
  const sql = readFileSync(join(projectRoot(), 'test/upgrade', `${lastMigration}.sql`), 'utf8');
  const shown = (what: string) =>
    JSON.parse(new RegExp(`^-- ${what}: (.*)$`, 'm').exec(sql)?.[1] ?? 'null') as object | null;
  return { lastMigration, figures: shown('figures') ?? {}, order: shown('order'), sql };
}

/** A database with the schema of then, and the rows of then in it. */
export async function openDatabaseOfThen({ lastMigration, sql }: Release): Promise<TestDatabase> {
  const database = await openEmptyDatabase();
  const client = await database.db.bulk.connect();
  try {
    for (const file of await pendingMigrations(client, (name) => name.slice(0, 4) <= lastMigration))
      await applyMigration(client, file);
    await migrateJobs(database.db);
    await fill(client, sql);
    client.release();
    return database;
  } catch (error) {
    client.release();
    await database.close();
    throw error;
  }
}

async function fill(client: pg.PoolClient, sql: string): Promise<void> {
  // What migrations bring by themselves is among the rows of then.
  const tables = await tablesInOrder(client);
  await client.query(`truncate ${tables.map((table) => table.name).join(', ')}`);
  await switchTriggers(client, 'disable');
  await client.query(sql);
  await switchTriggers(client, 'enable');
}

/** The program's runtime on this database, on the day when `write-release.ts` wrote, with the secret of then. */
export function runtimeOn({ db, url }: TestDatabase): { runtime: Runtime; folder: string; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'daksh-upgrade-'));
  const runtime: Runtime = {
    db,
    config: readConfig({ DATABASE_URL: url, DAKSH_DATA_DIR: folder, PORT: '3000' }),
    clock: fixedClock('2026-11-22T06:00:00Z'),
    storage: localStorage(join(folder, 'files')),
    log: () => undefined,
    secret: 'test-secret-test-secret-test-secret',
  };
  return { runtime, folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}
