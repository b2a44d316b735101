import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Db, Tables, Tx } from './db.ts';

/** One of several transactions that all see the database as it was at one instant. */
export type Seat = { tx: Tx; client: pg.PoolClient };

const waiting = new WeakMap<Db, Promise<unknown>>();

/**
 * Does some work that only reads (and keeps temporary tables) in `count` transactions at once, on `bulk` connections,
 * so that it uses as many processors. Of two that ask for several connections in one process the second waits, or each
 * might hold what the other waits for.
 */
export async function atOneInstant<T>(
  db: Db,
  count: number,
  work: (seats: Seat[]) => Promise<T>,
): Promise<T> {
  const before = waiting.get(db);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return takeSeats(db, count, work);
  })();
  waiting.set(db, turn);
  return turn;
}

async function takeSeats<T>(db: Db, count: number, work: (seats: Seat[]) => Promise<T>): Promise<T> {
  const clients: pg.PoolClient[] = [];
  let failure: unknown;
  try {
    while (clients.length < count) clients.push(await db.bulk.connect());
    const result = await work(await seatsOf(clients));
    for (const client of clients) await client.query('commit');
    return result;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    // After a failure a connection is closed: its transaction, temporary tables and a copy half done go with it.
    for (const client of clients) client.release(failure !== undefined);
  }
}

async function seatsOf(clients: pg.PoolClient[]): Promise<Seat[]> {
  const [first, ...others] = clients;
  if (!first) return [];
  await first.query('begin isolation level repeatable read');
  const { rows } = await first.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
  for (const client of others) {
    await client.query('begin isolation level repeatable read');
    await client.query(`set transaction snapshot '${rows[0]?.snapshot}'`);
  }
  return clients.map((client) => ({ client, tx: boundTo(client) }));
}

/** Statements on this one connection, whose transaction is begun and ended elsewhere. */
function boundTo(client: pg.PoolClient): Tx {
  const lent = {
    query: (text: string, values?: unknown[]) => client.query(text, values),
    release: () => undefined,
  };
  const pool = { connect: async () => lent, end: async () => undefined } as unknown as pg.Pool;
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) as unknown as Tx;
}

/** Adds what a query finds on one seat to a table of another, without looking at it. The query has no parameters. */
export async function moveRows(from: Seat, query: string, to: { seat: Seat; table: string }): Promise<void> {
  await pipeline(
    from.client.query(copyTo(`copy (${query}) to stdout (format binary)`)),
    to.seat.client.query(copyFrom(`copy ${to.table} from stdin (format binary)`)),
  );
}

/** Does some work on every seat at once, and goes on when all are done or have failed. */
export async function onEach<T>(
  seats: Seat[],
  work: (seat: Seat, number: number) => Promise<T>,
): Promise<T[]> {
  const done = await Promise.allSettled(seats.map(work));
  return done.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
