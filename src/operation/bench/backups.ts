import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import { openDb, type Reads } from '../../kernel/db.ts';
import { sizeText } from '../backup/progress.ts';
import { sourceOf, tablesInOrder } from '../backup/tables.ts';
import type { BenchWorld } from './bench-world.ts';
import type { Benchmark } from './measure.ts';
import { createOwnDatabase } from './own-database.ts';
import { programArgs } from './own-server.ts';
import { resultOf } from './result.ts';
import { settle } from './settle.ts';

export const backup: Benchmark = {
  name: 'backup',
  what: 'rows of all tables that `daksh backup FILE` writes, the start of the program included',
  async run(world) {
    await settle(world.ctx);
    const rows = await rowsOf(world);
    const { ms, megabytes } = await runProgram(world, world.databaseUrl, ['backup', fileOf(world)]);
    const bare = await bareCopy(world);
    const limits = [{ name: 'COPY of the same rows, read and let go', perSecond: (rows * 1000) / bare.ms }];
    const notes = [
      `${(ms / 1000).toFixed(1)} s`,
      `${rows} rows, ${sizeText(bare.bytes)}, in the file ${sizeText(statSync(fileOf(world)).size)}`,
      `${megabytes} MB of memory at most`,
    ];
    const perSecond = (rows * 1000) / ms;
    return resultOf({ ...backup, clients: 1, median: ms, p99: ms, perSecond, failed: 0, limits, notes });
  },
};

export const backupRestore: Benchmark = {
  name: 'backup-restore',
  what: 'rows of that file that `daksh restore FILE` brings into an empty database, read twice and indexed',
  async run(world) {
    const rows = await rowsOf(world);
    await runProgram(world, world.databaseUrl, ['backup', fileOf(world)]);
    const empty = await createOwnDatabase(world.databaseUrl);
    try {
      const { ms, megabytes } = await runProgram(world, empty.url, ['restore', fileOf(world)]);
      await assertSame(world, empty.url);
      const bare = await bareInsert(world);
      const limits = [
        { name: 'completions into a table without indexes, by one statement', perSecond: bare },
      ];
      const notes = [`${(ms / 1000).toFixed(1)} s`, `${megabytes} MB of memory at most`];
      const perSecond = (rows * 1000) / ms;
      return resultOf({
        ...{ ...backupRestore, clients: 1, median: ms, p99: ms, perSecond, failed: 0, limits, notes },
      });
    } finally {
      await empty.drop();
    }
  },
};

function fileOf({ folder }: BenchWorld): string {
  return join(folder, 'bench-backup.zip');
}

/** The program itself, as an operator starts it, and the most memory that it held. */
async function runProgram({ folder }: BenchWorld, databaseUrl: string, args: string[]) {
  const began = performance.now();
  const child = spawn(process.execPath, programArgs(args), {
    env: { ...process.env, DATABASE_URL: databaseUrl, DAKSH_DATA_DIR: join(folder, 'backup') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, residentMegabytes(child.pid));
  }, 100);
  const [status] = await once(child, 'exit');
  clearInterval(watch);
  if (status !== 0) throw new Error(`daksh ${args.join(' ')} ended with ${status}`);
  return { ms: performance.now() - began, megabytes };
}

function residentMegabytes(pid: number | undefined): number {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(found?.[1] ?? 0) / 1000);
  } catch {
    return 0; // it has just ended
  }
}

/** Of the tables that a backup takes along. */
async function rowsOf({ ctx }: BenchWorld): Promise<number> {
  const client = await ctx.db.bulk.connect();
  try {
    const { rows } = await client.query<{ rows: number }>(
      `select sum(greatest(reltuples, 0))::bigint as rows from pg_class
        where relkind = 'r' and coalesce(pg_partition_root(oid), oid) = any($1::text[]::regclass[])`,
      [(await tablesInOrder(client)).map(({ name }) => name)],
    );
    return rows[0]?.rows ?? 0;
  } finally {
    client.release();
  }
}

async function bareCopy({ ctx }: BenchWorld): Promise<{ ms: number; bytes: number }> {
  const client = await ctx.db.bulk.connect();
  let bytes = 0;
  try {
    const began = performance.now();
    for (const table of await tablesInOrder(client)) {
      const nowhere = new Writable({
        write(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          done();
        },
      });
      await pipeline(client.query(copyTo(`copy ${sourceOf(table)} to stdout`)), nowhere);
    }
    return { ms: performance.now() - began, bytes };
  } finally {
    client.release();
  }
}

/** Completions a second. */
async function bareInsert({ ctx }: BenchWorld): Promise<number> {
  const began = performance.now();
  const made = await ctx.db.bulk.query('create table bench_completion as select * from completion');
  const took = performance.now() - began;
  await ctx.db.bulk.query('drop table bench_completion');
  return ((made.rowCount ?? 0) * 1000) / took;
}

async function assertSame({ ctx }: BenchWorld, restoredUrl: string): Promise<void> {
  const restored = openDb(restoredUrl, { poolSize: 1, readClients: 1 });
  try {
    const [there, here] = [await countsOf(restored.read), await countsOf(ctx.db.read)];
    if (JSON.stringify(there) !== JSON.stringify(here))
      throw new Error(`Restored were ${JSON.stringify(there)} of ${JSON.stringify(here)}.`);
  } finally {
    await restored.close();
  }
}

async function countsOf(db: Reads): Promise<unknown> {
  const found =
    await sql`select (select count(*) from person) as people, (select count(*) from posting) as postings,
    (select count(*) from completion) as completions, (select sum(minutes) from completion) as minutes,
    (select count(*) from office_counter) + (select count(*) from counter_delta) as counters`.execute(db);
  return found.rows[0];
}
