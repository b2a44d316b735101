import pg from 'pg';

/** The space of advisory locks in which each living worker holds one, by its id. */
const space = 77_002;

const lost = `select distinct j.locked_by as id from graphile_worker._private_jobs j
  where j.locked_by is not null and not exists (select 1 from pg_locks l
    where l.locktype = 'advisory' and l.classid = ${space} and l.objid = hashtext(j.locked_by)::oid
      and l.objsubid = 2 and l.database = (select oid from pg_database where datname = current_database()))`;

/**
 * Jobs that a worker took with it when it was killed, or lost its machine, are freed and begin again: each
 * worker holds a lock as long as its connection lives, and who is twice seen to hold jobs without one is gone.
 * (graphile-worker itself waits four hours.)
 */
export class LostWorkers {
  private readonly workerIds = new Set<string>();
  private suspects = new Set<string>();
  private client: Promise<pg.Client> | undefined;
  private isStopped = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly url: string;
  private readonly everyMs: number;

  constructor(url: string, everyMs = 10_000) {
    this.url = url;
    this.everyMs = everyMs;
  }

  async start(): Promise<void> {
    await this.look();
    if (!this.isStopped) this.timer = setTimeout(() => void this.start(), this.everyMs);
  }

  /** A worker of this process: it lives while this connection does. */
  add(workerId: string): void {
    this.workerIds.add(workerId);
    this.connected()
      .then((client) => hold(client, workerId))
      .catch(() => this.drop());
  }

  /** A worker of this process that ended while the process goes on: what it left is free. */
  async leave(workerId: string): Promise<void> {
    this.workerIds.delete(workerId);
    await this.free([workerId]).catch(() => this.drop());
  }

  /** After the runner's own end: a job that it took in its last moment and never began is free at once. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.isStopped = true;
    await this.free([...this.workerIds]).catch(() => undefined);
    this.workerIds.clear();
    this.drop();
  }

  private async free(workerIds: string[]): Promise<void> {
    if (workerIds.length === 0) return;
    const client = await this.connected();
    await client.query('select graphile_worker.force_unlock_workers($1::text[])', [workerIds]);
  }

  /** Without the database nothing can be freed, and nothing runs; the next look finds it again. */
  private async look(): Promise<void> {
    try {
      const client = await this.connected();
      const { rows } = await client.query<{ id: string }>(lost);
      const ids = rows.map((row) => row.id).filter((id) => !this.workerIds.has(id));
      const gone = ids.filter((id) => this.suspects.has(id));
      this.suspects = new Set(ids);
      await this.free(gone);
    } catch {
      this.drop();
    }
  }

  private connected(): Promise<pg.Client> {
    this.client ??= this.connect();
    return this.client;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'daksh workers' });
    client.on('error', () => this.drop());
    await client.connect();
    // A machine that lost its power closes no connection: the database asks after it.
    await client.query(
      'set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4',
    );
    for (const id of this.workerIds) await hold(client, id);
    return client;
  }

  private drop(): void {
    const old = this.client;
    this.client = undefined;
    old?.then((client) => client.end()).catch(() => undefined);
  }
}

/** Shared: an earlier connection of this process may still hold it. */
async function hold(client: pg.Client, workerId: string): Promise<void> {
  await client.query(`select pg_advisory_lock_shared(${space}, hashtext($1))`, [workerId]);
}
