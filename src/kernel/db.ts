import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { watchStatements } from './metrics/slow-statements.ts';
import { Replica } from './replica.ts';

// Counts and minutes fit a double; days stay text, since a Date would move them across time zones.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(1182 as never, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',')));

/** The tables, named by each feature in its `tables.ts` by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: features add their tables to it
export interface Tables {}

export type Reads = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/**
 * Two ways to one database: `read` for single statements (pipelined over a few shared clients; no
 * transaction may ever run there), `transaction` for everything that changes something.
 */
export type Db = {
  url: string;
  read: Reads;
  /**
   * Inside `work` nothing may wait for another connection of the pool (`pool`, `transaction`): once every
   * connection waits so, nothing moves any more. Waits some seconds for a lock or a connection, then throws what
   * the edge answers with 503.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For work on a whole file or all events: on the `bulk` connections, and waits for locks without end. */
  longTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A plain pool, for single statements that `read` must not run. */
  pool: pg.Pool;
  /** A few connections beside the pool's, for COPY and long transactions: people at work never wait for these. */
  bulk: pg.Pool;
  /**
   * For reports: work that only reads, on a standby (DATABASE_REPLICA_URL) that has all which was committed before,
   * else on `bulk`. Where the standby fails under it, the work is done once more.
   */
  readElsewhere<T>(work: (pool: pg.Pool) => Promise<T>): Promise<T>;
  /**
   * The same database for an answer made of many or slow statements: its `read` has connections of its own (those of
   * the standby, as above), so that what others ask of `read` does not wait behind it.
   */
  aside<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** A named, prepared statement on a shared client: for the few hot paths that `bench/` measures. */
  hot<Row>(name: string, text: string, values: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
  /** From the moment on at which closing began: what fails then has not failed. */
  isClosed(): boolean;
};

const hotMark = '/* hot */';

/**
 * Begins a statement that runs thousands of times a minute, sql`${hot}select …`: it is parsed and planned
 * once a connection, not once a run. Not for statements whose best plan depends on the values.
 */
export const hot = sql.raw(`${hotMark} `);

const hotNames = new Map<string, string>();
let namesGiven = 0;

function hotName(text: string, stem: string): string {
  const known = hotNames.get(text);
  if (known) return known;
  namesGiven += 1;
  const name = `${stem}-${namesGiven}`;
  hotNames.set(text, name);
  return name;
}

type Query = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

/** What Kysely calls of a client, so that hot statements get their names. */
function naming(client: pg.ClientBase): { query: Query } {
  const query: Query = (text, values) =>
    text.startsWith(hotMark)
      ? prepared(client, { name: hotName(text, 'hot'), text, values })
      : client.query({ text, values });
  return { query };
}

/**
 * Where a migration beside a running server changed the columns that a statement answers, its prepared form is
 * of no use any more: it fails once and is then prepared anew, under another name.
 */
async function prepared(client: pg.ClientBase, query: pg.QueryConfig): Promise<pg.QueryResult> {
  try {
    return await client.query(query);
  } catch (error) {
    if (isOutdated(error)) hotNames.delete(query.text);
    throw error;
  }
}

function isOutdated(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.routine === 'RevalidateCachedQuery';
}

/** A statement outside of transactions, which may be asked again, since it did nothing where it was outdated. */
async function askedAgainIfOutdated(ask: () => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
  try {
    return await ask();
  } catch (error) {
    if (!isOutdated(error)) throw error;
    return ask();
  }
}

export type DbOptions = {
  readClients?: number;
  poolSize?: number;
  patienceMs?: number;
  replicaUrl?: string | undefined;
  reportsAtOnce?: number;
};

export function openDb(url: string, options: DbOptions = {}): Db {
  const shared = new SharedClients(url, options.readClients ?? usualClients);
  const pool = writers(url, options);
  const bulk = quietPool({ connectionString: url, max: bulkConnections(options), ...connection });
  const standby = options.replicaUrl ? standbyPool(options.replicaUrl, bulkConnections(options)) : undefined;
  const replica = standby && new Replica(pool, standby, () => cutAll(standby));
  const read = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: shared.asPool() }) });
  const write = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: namingPool(pool) }) });
  const writeLong = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: namingPool(bulk) }) });
  const slow = quietPool({ connectionString: url, max: asideConnections, ...connection });
  let isClosed = false;
  const db: Db = {
    url,
    read,
    pool,
    bulk,
    transaction: (work) => write.transaction().execute(work),
    longTransaction: (work) => writeLong.transaction().execute(work),
    readElsewhere: (work) => (replica ? replica.read(bulk, work) : work(bulk)),
    aside: (work) => {
      const there = (from: pg.Pool) => work(readingFrom(db, from));
      return replica ? replica.read(slow, there) : there(slow);
    },
    hot: async <Row>(name: string, text: string, values: unknown[]) => {
      const client = await shared.next();
      sendTogether(client);
      const result = await askedAgainIfOutdated(() =>
        prepared(client, { name: hotName(text, name), text, values }),
      );
      return result.rows as Row[];
    },
    // Not by Kysely: it leaves a pool open that it has not used itself.
    close: async () => {
      isClosed = true;
      await shared.close();
      await Promise.all([pool, bulk, slow, ...(standby ? [standby] : [])].map(endSoon));
    },
    isClosed: () => isClosed,
  };
  return db;
}

/** An answer made aside asks two things at once; more would take both processors from everybody else. */
const asideConnections = 2;
const readers = new WeakMap<pg.Pool, Db>();

/** One for each pool, since what is gathered or kept for a database hangs on it. */
function readingFrom(db: Db, pool: pg.Pool): Db {
  const known = readers.get(pool);
  if (known) return known;
  const read = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: namingPool(pool) }) });
  const made = { ...db, read };
  readers.set(pool, made);
  return made;
}

const endingMs = 2000;

/** Whoever still works after some seconds is cut off, so that a program can stop; the database undoes his work. */
async function endSoon(pool: pg.Pool): Promise<void> {
  if (pool.ended || pool.ending) return;
  const cut = setTimeout(() => cutAll(pool), endingMs);
  await pool.end();
  clearTimeout(cut);
}

function cutAll(pool: pg.Pool): void {
  for (const client of clientsOf.get(pool) ?? []) (client as unknown as Corked).connection?.stream?.destroy();
}

/** What one process takes of PostgreSQL at the most, beside its worker. */
export function mostConnections(options: Pick<DbOptions, 'reportsAtOnce'>): number {
  return usualClients + usualPool + asideConnections + bulkConnections(options);
}

const usualClients = 2;
const usualPool = 10;
/**
 * Parallel workers take some ten milliseconds to start, and among crores of rows the planner wants them for looking up
 * forty: only what takes long anyhow is worth them.
 */
const settings = '-c timezone=UTC -c parallel_setup_cost=20000';
const connection = { application_name: 'daksh', options: settings, keepAlive: true };
/** One more than reports take, so that an import or a backup does not wait for them. */
function bulkConnections({ reportsAtOnce = 3 }: Pick<DbOptions, 'reportsAtOnce'>): number {
  return Math.max(4, reportsAtOnce + 1);
}

const usualPatienceMs = 8000;

/** Who finds a row held by a long import is told so after a while: one who hangs holds a connection that others need. */
function writers(url: string, { poolSize = usualPool, patienceMs = usualPatienceMs }: DbOptions): pg.Pool {
  return quietPool({
    connectionString: url,
    max: poolSize,
    ...connection,
    options: `${connection.options} -c lock_timeout=${patienceMs}`,
    connectionTimeoutMillis: patienceMs * 1.5,
  });
}

function standbyPool(url: string, max: number): pg.Pool {
  return quietPool({
    connectionString: url,
    max,
    ...connection,
    connectionTimeoutMillis: 2000,
  });
}

/** Whether a statement gave up waiting for a row that another transaction holds. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '55P03';
}

/** A connection that breaks while nobody uses it is replaced; whoever uses it gets the error. */
function quietPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  const clients = new Set<pg.PoolClient>();
  clientsOf.set(pool, clients);
  pool.on('connect', (client) => {
    watchStatements(client);
    clients.add(client);
    client.on('error', () => undefined);
  });
  pool.on('remove', (client) => clients.delete(client));
  return pool;
}

const clientsOf = new WeakMap<pg.Pool, Set<pg.PoolClient>>();

/** The part of a pool that Kysely uses, with clients that name hot statements. */
function namingPool(pool: pg.Pool): pg.Pool {
  const connect = async () => {
    const client = await pool.connect();
    const release = (error?: boolean | Error) => client.release(error);
    return { ...naming(client), release, processID: (client as { processID?: number }).processID };
  };
  return { connect, end: () => pool.end(), on: () => undefined } as unknown as pg.Pool;
}

type Corked = { connection?: { stream?: { cork?(): void; uncork?(): void; destroy(): void } } };
const sending = new WeakSet<pg.Client>();

/** What one turn of the event loop asks of a client leaves in one write: a system call for many statements. */
function sendTogether(client: pg.Client): void {
  const stream = (client as unknown as Corked).connection?.stream;
  if (!stream?.cork || sending.has(client)) return;
  sending.add(client);
  stream.cork();
  setImmediate(() => {
    sending.delete(client);
    stream.uncork?.();
  });
}

/**
 * A few clients lent to many callers at once: statements of several requests travel in one round trip.
 * A lost connection is replaced at the next use; the statements on it fail and are not repeated.
 */
class SharedClients {
  readonly #url: string;
  readonly #clients: (Promise<pg.Client> | undefined)[];
  #turn = 0;
  #closed = false;

  constructor(url: string, count: number) {
    this.#url = url;
    this.#clients = new Array<Promise<pg.Client> | undefined>(count).fill(undefined);
  }

  next(): Promise<pg.Client> {
    if (this.#closed) return Promise.reject(new Error('the database is closed'));
    this.#turn = (this.#turn + 1) % this.#clients.length;
    const slot = this.#turn;
    const client = this.#clients[slot] ?? this.#connect(slot);
    this.#clients[slot] = client;
    return client;
  }

  async #connect(slot: number): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      pipeline: true,
      ...connection,
    } as pg.ClientConfig);
    watchStatements(client);
    const forget = () => {
      this.#clients[slot] = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
    } catch (error) {
      forget();
      throw error;
    }
    return client;
  }

  /** The part of pg's Pool that Kysely uses; a "released" client simply stays shared. */
  asPool(): pg.Pool {
    const lend = async () => {
      const client = await this.next();
      const { query } = naming(client);
      const asked: Query = (text, values) => {
        sendTogether(client);
        return text.startsWith(hotMark)
          ? askedAgainIfOutdated(() => query(text, values))
          : query(text, values);
      };
      return { query: asked, release: () => undefined };
    };
    return { connect: lend, end: () => this.close(), on: () => undefined } as unknown as pg.Pool;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const open = this.#clients.filter((client) => client !== undefined);
    await Promise.all(open.map(async (client) => (await client).end().catch(() => undefined)));
  }
}
