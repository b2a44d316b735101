import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import { type BenchWorld, cores } from './bench-world.ts';
import type { LimitDone, LimitKind } from './limit-work.ts';
import { requestText, runLoad } from './load.ts';
import { programArgs } from './own-server.ts';

const limitSeconds = 3;

type LimitWish = { kind: LimitKind; each: number; clients: number };

/**
 * The bare database: as many processes as the server has, each with its share of the clients, doing nothing
 * else. Answers how many requests' worth a second they do together.
 */
export async function bareDatabase(world: BenchWorld, wish: LimitWish): Promise<number> {
  const order = { ...wish, clients: Math.max(1, Math.round(wish.clients / cores)), seconds: limitSeconds };
  const done = await Promise.all(Array.from({ length: cores }, () => runElsewhere(world, order)));
  return done.reduce((sum, one) => sum + one.perSecond, 0);
}

async function runElsewhere(world: BenchWorld, order: object): Promise<LimitDone> {
  const child = spawn(process.execPath, programArgs(['bench', `--limit-work=${JSON.stringify(order)}`]), {
    env: { ...process.env, DATABASE_URL: world.databaseUrl, DAKSH_DATA_DIR: world.folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout)) as LimitDone;
}

/** The same server's empty route, with as many clients. */
export async function emptyRoute(world: BenchWorld, clients: number): Promise<number> {
  const request = requestText({ path: '/healthz' });
  const plan = { port: world.port, clients, seconds: limitSeconds, next: () => request, expect: 200 };
  return (await runLoad(plan)).perSecond;
}

export type Activity = { transactions: number; rows: number; wal: number; size: number };

/**
 * What the database has done so far: transactions (a statement outside of one counts as one), rows written,
 * bytes of write-ahead log (the whole server's) and the database's size. A difference over a benchmark, divided by
 * its requests, is what one request asks of the database.
 */
export async function activityOf(db: Db): Promise<Activity> {
  await new Promise((resolve) => setTimeout(resolve, 1200)); // sessions report about once a second
  const found = await sql<Activity>`select pg_stat_get_db_xact_commit(oid)::float8 as transactions,
      (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables)::float8 as rows,
      pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal, pg_database_size(oid)::float8 as size
    from pg_database where datname = current_database()`.execute(db.read);
  return found.rows[0] ?? { transactions: 0, rows: 0, wal: 0, size: 0 };
}
