import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { type Db, openDb } from './db.ts';
import { type EmbeddedDatabase, openEmbeddedDatabase } from './embedded-database.ts';

// A real standby: a copy of the stopped primary that streams from it.
let folder: string;
let primary: EmbeddedDatabase;
let standby: EmbeddedDatabase;
let db: Db;

before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'daksh-replica-')));
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  await (await openEmbeddedDatabase(one)).release();
  appendFileSync(
    join(one, 'pg', 'pg_hba.conf'),
    'local replication all scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n',
  );
  execFileSync('cp', ['-a', one, two]);
  primary = await openEmbeddedDatabase(one);
  standby = await startStandby(two, primary.url);
  db = openDb(primary.url, { replicaUrl: standby.url });
  await db.pool.query('create table written (n integer)');
});

after(async () => {
  await db.close();
  await endStandby();
  await primary.release();
  rmSync(folder, { recursive: true, force: true });
});

async function startStandby(dataDir: string, url: string): Promise<EmbeddedDatabase> {
  const { hostname, port, username, password } = new URL(url);
  const info = `host=${decodeURIComponent(hostname)} port=${port} user=${username} password=${password}`;
  const settings = join(dataDir, 'pg', 'postgresql.auto.conf');
  writeFileSync(settings, `${readFileSync(settings, 'utf8')}primary_conninfo = '${info}'\n`);
  writeFileSync(join(dataDir, 'pg', 'standby.signal'), '');
  return openEmbeddedDatabase(dataDir);
}

let isStandbyEnded = false;

async function endStandby(): Promise<void> {
  if (!isStandbyEnded) await standby.release();
  isStandbyEnded = true;
}

type Seen = { n: number; elsewhere: boolean };

const look = (): Promise<Seen> =>
  db.readElsewhere(async (pool: pg.Pool) => {
    const found = await pool.query<Seen>(
      'select coalesce(max(n), 0) as n, pg_is_in_recovery() as elsewhere from written',
    );
    return found.rows[0] ?? { n: 0, elsewhere: false };
  });

test('who reads from the standby finds what was committed just before', async () => {
  for (let n = 1; n <= 8; n += 1) {
    await db.pool.query('insert into written values ($1)', [n]);
    assert.deepEqual(await look(), { n, elsewhere: true });
  }
});

test('a standby that falls silent holds nobody: not who asks, nor whose work is under way', async () => {
  const { between, url, freeze } = await silencable(standby.url);
  const other = openDb(primary.url, { replicaUrl: url });
  const slowly = () =>
    other.readElsewhere(async (pool) => {
      const client = await pool.connect();
      try {
        const { rows } = await client.query<{ there: boolean }>(
          'select pg_is_in_recovery() as there, pg_sleep(case when pg_is_in_recovery() then 1.5 else 0 end)',
        );
        return rows[0]?.there;
      } finally {
        client.release();
      }
    });
  assert.equal(await slowly(), true);
  const under = slowly();
  await sleep(500);
  freeze();
  const began = performance.now();
  assert.deepEqual(await Promise.all([under, slowly()]), [false, false]);
  assert.ok(performance.now() - began < 9000, `${performance.now() - began} ms`);
  await other.close();
  between.close();
});

/** A way to a server through which no byte comes any more from a certain moment on, while it stays open. */
async function silencable(target: string) {
  const { hostname, port, username, password, pathname } = new URL(target);
  let isSilent = false;
  const between = createServer((from) => {
    const host = decodeURIComponent(hostname);
    const to = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port), host);
    from.on('data', (bytes) => isSilent || to.write(bytes));
    to.on('data', (bytes) => isSilent || from.write(bytes));
    for (const one of [from, to]) one.on('error', () => undefined);
    from.on('close', () => to.destroy());
    to.on('close', () => from.destroy());
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const { port: own } = between.address() as AddressInfo;
  return {
    between,
    url: `postgres://${username}:${password}@127.0.0.1:${own}${pathname}`,
    freeze: () => {
      isSilent = true;
    },
  };
}

test('an answer made aside reads from the standby, and writes where everybody does', async () => {
  await db.pool.query('insert into written values (20)');
  const there = await db.aside(async (aside) => {
    const found = await sql<Seen>`select max(n) as n, pg_is_in_recovery() as elsewhere from written`.execute(
      aside.read,
    );
    const written = await aside.transaction((tx) =>
      sql<Seen>`insert into written values (21) returning n, pg_is_in_recovery() as elsewhere`.execute(tx),
    );
    return [...found.rows, ...written.rows];
  });
  assert.deepEqual(there, [
    { n: 20, elsewhere: true },
    { n: 21, elsewhere: false },
  ]);
  await db.pool.query('delete from written where n >= 20');
});

test('a standby that is behind is not read from, and one that is gone is not missed', async () => {
  const there = openDb(standby.url);
  await there.pool.query('select pg_wal_replay_pause()');
  await there.close();
  await db.pool.query('insert into written values (9)');
  assert.deepEqual(await look(), { n: 9, elsewhere: false });
  // It rests now: the next ones do not wait again.
  const began = performance.now();
  assert.deepEqual(await look(), { n: 9, elsewhere: false });
  assert.ok(performance.now() - began < 1000);
  await endStandby();
  const other = openDb(primary.url, { replicaUrl: standby.url });
  assert.equal(await other.readElsewhere(async (pool) => (await pool.query('select 1')).rowCount), 1);
  await other.close();
});

test('a server that is no standby is not taken for one', async () => {
  const other = openDb(primary.url, { replicaUrl: primary.url });
  let pools = 0;
  await other.readElsewhere(async (pool) => {
    pools += 1;
    assert.equal(pool, other.bulk);
  });
  assert.equal(pools, 1);
  await other.close();
});
