import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseUrl } from '../src/kernel/database-url.ts';
import { type Db, type DbOptions, openDb } from '../src/kernel/db.ts';
import { openEmbeddedDatabase } from '../src/kernel/embedded-database.ts';
import { newId } from '../src/kernel/ids.ts';
import { migrate } from '../src/kernel/migrate.ts';
import { projectRoot } from '../src/kernel/project-root.ts';
import { seedAreas } from '../src/organisations/index.ts';

export type TestDatabase = {
  db: Db;
  url: string;
  /** Drops it. */
  close(): Promise<void>;
  /** Leaves it on the server under this name, to be copied. */
  keepAs(name: string): Promise<void>;
};

/**
 * A database of one's own, cloned from a migrated template; dropped by `close`. The server is
 * TEST_DATABASE_URL's, else an embedded one in `.daksh/test` (without fsync).
 */
export async function openTestDatabase(options: DbOptions = {}): Promise<TestDatabase> {
  return openMadeOf(options, async (admin, url) => copyOf(await ensureTemplate(admin, url)));
}

/** A copy of the database of this name, which the first to ask makes. */
export async function openKeptDatabase(
  name: string,
  make: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> {
  return openMadeOf({}, async (admin) => {
    await admin.query('select pg_advisory_lock(77002, hashtext($1))', [name]);
    try {
      const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
      if (found.rowCount === 0) await makeKept(name, make);
    } finally {
      await admin.query('select pg_advisory_unlock(77002, hashtext($1))', [name]);
    }
    return copyOf(name);
  });
}

async function makeKept(name: string, make: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await openTestDatabase();
  try {
    await make(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  await database.keepAs(name);
}

/** Copied file by file, which is half the work of copying it through the log. */
function copyOf(template: string): string {
  return `${template} strategy file_copy`;
}

/** A database with nothing in it, no table either. */
export async function openEmptyDatabase(options: DbOptions = {}): Promise<TestDatabase> {
  return openMadeOf(options, async () => emptyTemplate);
}

const emptyTemplate = `template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`;

async function openMadeOf(
  options: DbOptions,
  templateOf: (admin: pg.Client, url: string) => Promise<string>,
): Promise<TestDatabase> {
  const server = await testServer();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const name = `t_${newId().replaceAll('-', '')}`;
  await admin.query(`create database ${name} template ${await templateOf(admin, server.url)}`);
  const url = databaseUrl(server.url, name);
  const db = openDb(url, { poolSize: 6, ...options });
  const end = async (last: string) => {
    await db.close();
    await untilLeft(admin, name);
    await admin.query(last);
    await admin.end();
    await server.release();
  };
  return {
    db,
    url,
    close: () => end(`drop database if exists ${name} with (force)`),
    keepAs: (kept) => end(`alter database ${name} rename to ${kept}`),
  };
}

/** A connection that is just ending would learn of the drop instead, with nobody left to hear of it. */
async function untilLeft(admin: pg.Client, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const left = await admin.query('select 1 from pg_stat_activity where datname = $1 limit 1', [name]);
    if (left.rowCount === 0) return;
    await sleep(10);
  }
}

async function testServer(): Promise<{ url: string; release(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, release: async () => undefined };
  return openEmbeddedDatabase(join(projectRoot(), '.daksh', 'test'), { unsafeFast: true });
}

/** Named by the migrations' content, so an old template is simply never used again. */
async function ensureTemplate(admin: pg.Client, url: string): Promise<string> {
  const folder = join(projectRoot(), 'migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  const template = `template_${hash.digest('hex').slice(0, 16)}`;
  await admin.query('select pg_advisory_lock(77001)');
  try {
    const found = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) await makeTemplate(admin, url, template);
  } finally {
    await admin.query('select pg_advisory_unlock(77001)');
  }
  return template;
}

async function makeTemplate(admin: pg.Client, url: string, template: string): Promise<void> {
  const making = `${template}_making`;
  await admin.query(`drop database if exists ${making} with (force)`);
  await admin.query(`create database ${making} template ${emptyTemplate}`);
  const db = openDb(databaseUrl(url, making), { poolSize: 3 });
  await migrate(db);
  await seedAreas({ db });
  await db.close();
  await admin.query(`alter database ${making} rename to ${template}`);
}
