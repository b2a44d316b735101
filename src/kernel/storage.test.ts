import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { openTestDatabase } from '../../test/database.ts';
import { namingTables } from './batch-files.ts';
import { projectRoot } from './project-root.ts';
import { localStorage } from './storage.ts';

const folder = await mkdtemp(join(tmpdir(), 'daksh-storage-'));
const database = await openTestDatabase();
after(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});
const storage = localStorage(folder);
const limits = { maxBytes: 1_000_000 };
const none = () => Promise.resolve(new Set<string>());
const all = (keys: readonly string[]) => Promise.resolve(new Set(keys));
const partials = async () => (await readdir(folder)).filter((name) => name.startsWith('partial-'));
const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
const age = (key: string) => utimes(join(folder, key.slice(0, 2), key), twoDaysAgo, twoDaysAgo);

test('a part whose writer was killed goes at once; one that is being written stays, however old', async () => {
  const script = `
    const { localStorage } = await import(${JSON.stringify(join(projectRoot(), 'src/kernel/storage.ts'))});
    const { Readable } = await import('node:stream');
    const endless = async function* () { yield Buffer.alloc(1000); console.log('writing'); await new Promise((done) => setTimeout(done, 60_000)); };
    await localStorage(${JSON.stringify(folder)}).make(Readable.from(endless()), { maxBytes: 1e9 });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: projectRoot(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  assert.equal((await partials()).length, 1);
  assert.equal(await storage.sweep(none), 0, 'its writer lives');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const slow = new PassThrough();
  const kept = storage.make(slow, limits);
  slow.write('half');
  while ((await partials()).length < 2) await sleep(10);
  assert.equal(await storage.sweep(none), 1);
  const [own = ''] = await partials();
  await utimes(join(folder, own), twoDaysAgo, twoDaysAgo);
  assert.equal(await storage.sweep(none), 0);
  slow.end();
  const { key, bytes } = await kept;
  assert.equal(bytes, 4);
  await storage.remove(key);
});

test('what another machine wrote goes when it has not changed for a day', async () => {
  const path = join(folder, 'partial-elsewhere-12-0123456789abcdef');
  await writeFile(path, 'x');
  assert.equal(await storage.sweep(all), 0);
  await utimes(path, twoDaysAgo, twoDaysAgo);
  assert.equal(await storage.sweep(all), 1);
  assert.deepEqual(await partials(), []);
});

test('a made file that no row names goes after a day; one that is named, is new, or was put stays', async () => {
  const make = async (text: string) => (await storage.make(Readable.from([Buffer.from(text)]), limits)).key;
  const [lost, named, fresh] = [await make('lost'), await make('named'), await make('fresh')];
  const { key: put } = await storage.put(Readable.from([Buffer.from('put')]), limits);
  for (const key of [lost, named, put]) await age(key);
  const gone = await storage.sweep(async (keys) => new Set(keys.filter((key) => key === named)));
  assert.equal(gone, 1);
  await assert.rejects(storage.size(lost));
  for (const key of [named, fresh, put]) assert.ok((await storage.size(key)) > 0);
});

test('every table that names files of the storage is known to the sweep', async () => {
  const found = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where column_name = 'storage_key' and table_schema = 'public' order by 1`.execute(database.db.read);
  assert.deepEqual(
    found.rows.map(({ name }) => name),
    namingTables.toSorted(),
  );
});
