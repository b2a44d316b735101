import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Db, Tables, Tx } from './db.ts';

/** A transaction on a connection of its own: one of several that work together, so that each keeps a processor. */
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
  return takeSeats(db, { count, begin: beginAtOneInstant, end: commitAll }, work);
}

/**
 * Does some work in a transaction (`writer`) for which another makes rows: these go over by `moveRows`, and each keeps
 * a processor. What the maker has made for itself is rolled back.
 */
export async function withMaker<T>(db: Db, work: (writer: Seat, maker: Seat) => Promise<T>): Promise<T> {
  return takeSeats(db, { count: 2, begin: beginEach, end: commitFirst }, async ([writer, maker]) => {
    if (!writer || !maker) throw new Error('Two seats were asked for.');
    return work(writer, maker);
  });
}

type Step = (clients: pg.PoolClient[]) => Promise<void>;
type Seating = { count: number; begin: Step; end: Step };

async function takeSeats<T>(db: Db, seating: Seating, work: (seats: Seat[]) => Promise<T>): Promise<T> {
  const before = waiting.get(db);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return sit(db, seating, work);
  })();
  waiting.set(db, turn);
  return turn;
}

async function sit<T>(
  db: Db,
  { count, begin, end }: Seating,
  work: (seats: Seat[]) => Promise<T>,
): Promise<T> {
  const clients: pg.PoolClient[] = [];
  let failure: unknown;
  try {
    while (clients.length < count) clients.push(await db.bulk.connect());
    await begin(clients);
    const result = await work(clients.map((client) => ({ client, tx: boundTo(client) })));
    await end(clients);
    return result;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    // After a failure a connection is closed: its transaction, temporary tables and a copy half done go with it.
    for (const client of clients) client.release(failure !== undefined);
  }
}

async function commitAll(clients: pg.PoolClient[]): Promise<void> {
  for (const client of clients) await client.query('commit');
}

async function commitFirst([first, ...others]: pg.PoolClient[]): Promise<void> {
  await first?.query('commit');
  for (const client of others) await client.query('rollback');
}

async function beginEach(clients: pg.PoolClient[]): Promise<void> {
  for (const client of clients) await client.query('begin');
}

/**
 * The first statement of a transaction that sees one instant, since it takes no snapshot itself: made-up people come in
 * frozen, so a snapshot from before their commit would see them, and nothing else that came with them.
 */
export const afterFilling = 'lock table person in access share mode';

async function beginAtOneInstant(clients: pg.PoolClient[]): Promise<void> {
  const [first, ...others] = clients;
  if (!first) return;
  await first.query('begin isolation level repeatable read');
  await first.query(afterFilling);
  const { rows } = await first.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
  for (const client of others) {
    await client.query('begin isolation level repeatable read');
    await client.query(`set transaction snapshot '${rows[0]?.snapshot}'`);
  }
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

/** `table` may name its columns; the rows of one that the same transaction has truncated can come in frozen. */
type Target = { seat: Seat; table: string; isFrozen?: boolean };

/** Adds what a query finds on one seat to a table of another, without looking at it. The query has no parameters. */
export async function moveRows(from: Seat, query: string, { seat, table, isFrozen }: Target): Promise<void> {
  const options = isFrozen ? 'format binary, freeze' : 'format binary';
  await pipeline(
    from.client.query(copyTo(`copy (${query}) to stdout (format binary)`)),
    seat.client.query(copyFrom(`copy ${table} from stdin (${options})`)),
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
