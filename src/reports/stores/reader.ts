import { sql } from 'kysely';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Db } from '../../kernel/db.ts';
import { inlined } from '../../kernel/inlined.ts';
import { afterFilling } from '../../kernel/one-instant.ts';
import type { ColumnType, Sql } from './subject.ts';

type Asked = {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /**
   * People by keys or ranges, and places made of paths, are taken for a few rows by the planner, which would join
   * a hundred thousand by sixty thousand one by one.
   */
  isWithoutLoops?: boolean | undefined;
};

/** The rows of a report's statement, each as an array. */
export async function readRows(db: Db, query: Sql, asked: Asked): Promise<unknown[][]> {
  return withReader(db, asked, (client) => rowsOf(db, client, query));
}

/** Answers a statement, joining row by row only where `loops` are wanted. */
export type Ask = (query: Sql, loops?: 'loops') => Promise<unknown[][]>;

/** Several statements, which all see one instant. */
export async function readAtOnce<T>(db: Db, asked: Asked, work: (ask: Ask) => Promise<T>): Promise<T> {
  return withReader(db, asked, async (client) => {
    await client.query('set transaction isolation level repeatable read');
    await client.query(afterFilling);
    // Sums are made by every worker of what it reads: rows are not to be handed over one by one, however few they seem.
    // Offices are few beside digests: a worker of their own for them would keep the digests from being shared out.
    await client.query(
      `set local parallel_tuple_cost = 0.5; set local parallel_setup_cost = 100; set local min_parallel_table_scan_size = '64MB'`,
    );
    return work(async (query, loops) => {
      await client.query(`set local enable_nestloop = ${loops ? 'on' : 'off'}`);
      return rowsOf(db, client, query);
    });
  });
}

async function rowsOf(db: Db, client: pg.PoolClient, query: Sql): Promise<unknown[][]> {
  const found = await client.query({ text: inlined(db.read, query), rowMode: 'array' });
  return found.rows as unknown[][];
}

export type Portion = { bytes: Buffer; rows: number };

/** The rows as lines of CSV, written by the database itself: a portion fits the memory, and holds no connection longer. */
export function readCsv(db: Db, query: Sql, asked: Asked): Promise<Portion> {
  return copyOut(db, { query, form: 'format csv' }, asked);
}

/** Rows of one JSON text each, as lines: JSON has none of these control characters, so nothing is ever quoted. */
export function readJsonLines(db: Db, query: Sql, asked: Asked): Promise<Portion> {
  return copyOut(db, { query, form: "format csv, delimiter E'\\x02', quote E'\\x01'" }, asked);
}

async function copyOut(
  db: Db,
  { query, form }: { query: Sql; form: string },
  asked: Asked,
): Promise<Portion> {
  return withReader(db, asked, async (client) => {
    const stream = client.query(copyTo(`copy (${inlined(db.read, query)}) to stdout (${form})`));
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(withCarriageReturns(chunk as Buffer));
    return { bytes: Buffer.concat(chunks), rows: stream.rowCount ?? 0 };
  });
}

/** RFC 4180 ends lines with CR LF, COPY with LF. Byte for byte, since latin1 keeps each. */
function withCarriageReturns(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

/** As `guardCell` does: what a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvValue(value: Sql, type: ColumnType): Sql {
  if (type !== 'text') return value;
  return sql`case when left((${value})::text, 1) in ('=', '+', '-', '@', chr(9), chr(13))
      and (${value})::text !~ '^[+-]?[0-9]+([.][0-9]+)?$'
    then '''' || (${value})::text else nullif((${value})::text, '') end`;
}

const mostAtOnce = 2;
let reading = 0;
const waiting: (() => void)[] = [];

/** At most two at a time in a process: imports and backups use the same few connections. */
async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
  while (reading >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  reading += 1;
  if (signal?.aborted) {
    endTurn();
    throw nobodyWaits();
  }
}

function requireWaiting({ signal }: Asked): void {
  if (signal?.aborted) throw nobodyWaits();
}

function nobodyWaits(): Error {
  return new Error('nobody waits for this report any more');
}

function endTurn(): void {
  reading -= 1;
  waiting.shift()?.();
}

/** A connection for one reading statement, with a time limit; of a standby where there is one. */
async function withReader<T>(db: Db, asked: Asked, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  await takeTurn(asked.signal);
  try {
    return await db.readElsewhere((pool) => readFrom(pool, asked, work));
  } finally {
    endTurn();
  }
}

/** Where nobody waits for the answer any more the statement is cancelled, not only forgotten. */
async function readFrom<T>(
  pool: pg.Pool,
  asked: Asked,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const cancel = () => void cancelQuery(pool, client);
  asked.signal?.addEventListener('abort', cancel, { once: true });
  try {
    // Whoever went away while a connection was waited for is not told of by the listener any more.
    requireWaiting(asked);
    await client.query('begin transaction read only');
    await client.query(
      `set local statement_timeout = ${Math.round(asked.timeoutMs)}; set local jit = off; set local work_mem = '96MB'`,
    );
    if (asked.isWithoutLoops) await client.query('set local enable_nestloop = off');
    requireWaiting(asked);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    asked.signal?.removeEventListener('abort', cancel);
    client.release(asked.signal?.aborted ? true : undefined);
  }
}

/** On the same server, whichever it is. */
async function cancelQuery(pool: pg.Pool, client: pg.PoolClient): Promise<void> {
  const { processID } = client as unknown as { processID: number };
  await pool.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined);
}

/** Whether a statement was ended by its time limit, or because somebody cancelled it. */
export function isTimedOut(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '57014';
}
