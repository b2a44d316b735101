import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** The statements by which graphile-worker notes that a job is done or failed, by the names it prepares them under. */
const noting = /^(complete|fail)_job(_q)?\//;

const againMs = 1000;

type Noted = { name?: string };
type Ask = (query: string | Noted, values?: unknown[]) => Promise<pg.QueryResult>;
/** What graphile-worker uses of a client that it has for one piece of work. */
type Lent = { query: Ask; release(): void };

/**
 * The worker's connections. graphile-worker notes a job's end once, and awaits it nowhere: a database away in that
 * moment would end the whole program. Here a note is tried again until the database has it; all else fails as ever,
 * and the worker asks again by itself.
 */
export class NotingPool {
  readonly pool: pg.Pool;
  private readonly stopping = new AbortController();
  private readonly lent = new Set<Lent>();
  private readonly connect: () => Promise<pg.PoolClient>;
  private readonly tell: (error: unknown) => void;

  constructor(url: string, { tell }: { tell(error: unknown): void }) {
    this.tell = tell;
    this.pool = new pg.Pool({
      connectionString: url,
      max: 4,
      application_name: 'daksh jobs',
      connectionTimeoutMillis: 10_000,
    });
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    const connect = this.pool.connect.bind(this.pool);
    this.connect = () => connect();
    const lend = (heard?: Parameters<typeof connect>[0]) => (heard ? connect(heard) : this.lend());
    this.pool.connect = lend as typeof this.pool.connect;
  }

  /** What can be noted now is noted; the rest begins again elsewhere or at the next start. */
  async end(): Promise<void> {
    this.stopping.abort();
    while (this.lent.size > 0) await sleep(10);
    await this.pool.end();
  }

  /** A connection is taken by the first statement: where there is none, that is what fails, and may be tried again. */
  private async lend(): Promise<Lent> {
    let client: Promise<pg.PoolClient> | undefined;
    const query: Ask = async (asked, values) => {
      if (typeof asked === 'object' && noting.test(asked.name ?? '')) return this.note(asked);
      client ??= this.connect();
      return (await client).query(asked as string, values);
    };
    const release = () => {
      this.lent.delete(lent);
      void client?.then((taken) => taken.release()).catch(() => undefined);
    };
    const lent = { query, release };
    this.lent.add(lent);
    return lent;
  }

  private async note(asked: Noted): Promise<pg.QueryResult> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.pool.query(asked as pg.QueryConfig);
      } catch (error) {
        if (tries === 0) this.tell(error);
      }
      // Nobody hears of the answer; a refusal would be heard by the whole program.
      if (this.stopping.signal.aborted) return { rows: [] } as unknown as pg.QueryResult;
      await sleep(againMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
