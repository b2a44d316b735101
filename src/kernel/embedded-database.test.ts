import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedDatabaseTrouble } from './embedded-database/trouble.ts';
import { embeddedDatabaseStatus, openEmbeddedDatabase } from './embedded-database.ts';

const here = import.meta.url;
const folders: string[] = [];

after(() => {
  for (const folder of folders) {
    for (const pid of serverProcesses(folder)) kill(pid);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('four processes that begin at once share one server, and the last to leave stops it', async () => {
  const folder = dataFolder();
  const programs = await Promise.all([1, 2, 3, 4].map(() => program(folder)));
  const servers = new Set(programs.map(({ server }) => server));
  assert.equal(servers.size, 1);
  for (const one of programs.slice(1)) await one.leave();
  assert.equal(await status(folder), 'running');
  await programs[0]?.leave();
  assert.equal(await status(folder), 'stopped');
});

test('a server left by a killed program is adopted by the next, which stops it', async () => {
  const folder = dataFolder();
  const owner = await program(folder);
  await owner.kill();
  const next = await program(folder);
  assert.equal(next.server, owner.server);
  await next.leave();
  assert.deepEqual(serverProcesses(folder), []);
});

test('a program that ends without releasing stops the server all the same', async () => {
  const folder = dataFolder();
  const owner = await program(folder);
  owner.child.stdin?.write('exit\n');
  await once(owner.child, 'exit');
  const again = await program(folder);
  assert.notEqual(again.server, owner.server);
  await again.leave();
});

test('when everything is killed, every acknowledged row is there after the next start', async () => {
  const folder = dataFolder();
  for (const round of [1, 2, 3]) {
    const writer = await program(folder);
    const acknowledged = await writeUntilKilled(writer, folder, 150 * round);
    const database = await openEmbeddedDatabase(folder);
    const kept = await query(database.url, 'select coalesce(max(n), 0)::int as n from written');
    await database.release();
    assert.ok(Number(kept[0]?.n) >= acknowledged, `${kept[0]?.n} kept of ${acknowledged} in round ${round}`);
    assert.ok(acknowledged > 0);
  }
});

test('a server that dies while in use is soon there again at the same address', async () => {
  for (const folder of [dataFolder(), join(dataFolder(), 'a-long-name'.repeat(8))]) {
    const database = await openEmbeddedDatabase(folder);
    const { pid = 0 } = await embeddedDatabaseStatus(folder);
    kill(pid);
    await sleep(1000);
    for (let tries = 0; tries < 100 && (await status(folder)) !== 'running'; tries += 1) await sleep(100);
    assert.equal((await query(database.url, 'select 1 as one'))[0]?.one, 1);
    await database.release();
    assert.equal(await status(folder), 'stopped');
  }
});

test('a first start killed midway is begun again', async () => {
  const folder = dataFolder();
  const child = spawn(process.execPath, script(folder), { stdio: 'ignore', detached: true });
  while (!existsSync(join(folder, 'pg.new', 'base'))) await sleep(1);
  kill(-(child.pid ?? 0));
  await once(child, 'exit');
  assert.equal(existsSync(join(folder, 'pg')), false);
  const database = await openEmbeddedDatabase(folder);
  assert.equal((await query(database.url, 'select current_database() as name'))[0]?.name, 'daksh');
  await database.release();
});

test('a lock file of a dead server whose number another process has now is no hindrance', async () => {
  const folder = dataFolder();
  await (await openEmbeddedDatabase(folder)).release();
  const lines = [process.pid, join(folder, 'pg'), 1, 5432, '.', '', '0 0', 'ready'];
  writeFileSync(join(folder, 'pg', 'postmaster.pid'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'pg', '.s.PGSQL.5432.lock'), `${process.pid}\n`);
  assert.equal(await status(folder), 'stopped');
  await (await openEmbeddedDatabase(folder)).release();
});

test('a path too long for a socket is served on the loopback below port 32768', async () => {
  const folder = join(dataFolder(), 'a-long-name'.repeat(8));
  const database = await openEmbeddedDatabase(folder, { unsafeFast: true });
  const { hostname, port } = new URL(database.url);
  assert.equal(hostname, '127.0.0.1');
  assert.ok(Number(port) < 32768);
  await database.release();
});

test('letters of India are letters to the server, and sort by the Hindi collation', async () => {
  const database = await openEmbeddedDatabase(dataFolder(), { unsafeFast: true });
  await query(database.url, 'create extension pg_trgm');
  const [row] = await query(
    database.url,
    `select 'कर्मयोगी' ~ '^[[:alpha:]]' as letter, similarity('प्रशिक्षण', 'प्रशिक्षक') > 0 as similar,
            'ज्ञ' collate "hi-x-icu" > 'क' as sorted, current_setting('timezone') as zone`,
  );
  assert.deepEqual(row, { letter: true, similar: true, sorted: true, zone: 'UTC' });
  await database.release();
});

test('a folder that cannot be made is refused with a sentence in both languages', async () => {
  const folder = dataFolder();
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(openEmbeddedDatabase(join(folder, 'file', 'below')), (error: unknown) => {
    assert.ok(error instanceof EmbeddedDatabaseTrouble);
    assert.equal(error.code, 'folder_unusable');
    assert.match(error.text.hi, /DAKSH_DATA_DIR/);
    return true;
  });
});

async function status(folder: string): Promise<string> {
  return (await embeddedDatabaseStatus(folder)).state;
}

type Program = { child: ChildProcess; server: number; leave(): Promise<void>; kill(): Promise<void> };

/** Another process that has opened the folder, and does what it is told on its standard input. */
async function program(folder: string): Promise<Program> {
  const child = spawn(process.execPath, script(folder), { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  assert.equal(line, 'open');
  const { pid = 0 } = await embeddedDatabaseStatus(folder);
  const ended = once(child, 'exit');
  return {
    child,
    server: pid,
    leave: async () => {
      child.stdin.write('release\n');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function script(folder: string): string[] {
  const source = `
    import { createInterface } from 'node:readline';
    const { openEmbeddedDatabase } = await import(new URL('embedded-database.ts', ${JSON.stringify(here)}));
    const database = await openEmbeddedDatabase(${JSON.stringify(folder)});
    console.log('open');
    for await (const line of createInterface({ input: process.stdin })) {
      if (line === 'exit') process.exit(0);
      await database.release();
      process.exit(0);
    }`;
  return ['--input-type=module', '-e', source];
}

/** Inserts row after row, kills the program and all of the server midway; the last number acknowledged. */
async function writeUntilKilled(writer: Program, folder: string, milliseconds: number): Promise<number> {
  const { url, release } = await openEmbeddedDatabase(folder);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table if not exists written (n int primary key)');
  const first = await client.query('select coalesce(max(n), 0)::int as n from written');
  let acknowledged: number = first.rows[0].n;
  const end = sleep(milliseconds).then(async () => {
    for (const pid of serverProcesses(folder)) kill(pid);
    await writer.kill();
  });
  try {
    for (;;) {
      await client.query('insert into written values ($1)', [acknowledged + 1]);
      acknowledged += 1;
    }
  } catch {
    await end;
    await release();
    return acknowledged;
  }
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

function dataFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'daksh-pg-')));
  folders.push(folder);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The processes whose working folder lies in ours: only servers that these tests have started. */
function serverProcesses(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && workingFolder(pid).startsWith(`${folder}/`));
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
