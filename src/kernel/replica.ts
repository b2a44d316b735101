import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A report waits so long at most for a replica that is behind, then reads from the primary. */
const patienceMs = 1500;
/** One that was behind or gone is left alone so long, so that not every report waits for it. */
const restMs = 10_000;
/** So long a standby may take to say where it is, connecting to it included, and between two looks at one that works. */
const answerMs = 2500;

/**
 * Reads that may go to a standby. Whoever reads there finds all that was committed before he asked: the primary is
 * asked how far its log is, and the standby is used once it has replayed that far. No clock is compared.
 */
export class Replica {
  readonly #primary: pg.Pool;
  readonly #standby: pg.Pool;
  readonly #cut: () => void;
  #restsUntil = 0;
  #underWay = 0;
  #isWatched = false;

  /** `cut` breaks every connection to the standby at once, without a word to it. */
  constructor(primary: pg.Pool, standby: pg.Pool, cut: () => void) {
    this.#primary = primary;
    this.#standby = standby;
    this.#cut = cut;
  }

  /** Work that only reads, and may be done twice: on the standby where that is able, else on `other`. */
  async read<T>(other: pg.Pool, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
    if (performance.now() < this.#restsUntil) return work(other);
    this.#underWay += 1;
    void this.#watch();
    try {
      if (await this.#isCurrent()) return await work(this.#standby);
    } catch (error) {
      if (!isOfStandby(error)) throw error;
      this.#rest();
    } finally {
      this.#underWay -= 1;
    }
    return work(other);
  }

  async #isCurrent(): Promise<boolean> {
    try {
      const { rows } = await this.#primary.query<{ place: string }>(
        'select pg_current_wal_flush_lsn()::text as place',
      );
      if (await inTime(this.#reaches(rows[0]?.place ?? '0/0'))) return true;
    } catch {
      // The primary's own trouble is met again by who reads from it.
    }
    this.#rest();
    return false;
  }

  /** False also of a server that is no standby: it replays nothing. */
  async #reaches(place: string): Promise<boolean> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const { rows } = await this.#standby.query<{ there: boolean | null }>(
        'select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() >= $1::pg_lsn end as there',
        [place],
      );
      const there = rows[0]?.there ?? null;
      if (there) return true;
      if (there === null || performance.now() >= until) return false;
      await sleep(25);
    }
  }

  /**
   * A server whose machine stands still or whose network is gone says nothing, and TCP waits for it a quarter of an
   * hour. While anybody works there it is asked, on a connection of its own, whether it still answers; where it does
   * not, all connections are cut, and the work is done again elsewhere.
   */
  async #watch(): Promise<void> {
    if (this.#isWatched) return;
    this.#isWatched = true;
    while (this.#underWay > 0) {
      await sleep(answerMs, undefined, { ref: false });
      if (this.#underWay === 0 || (await answers(this.#standby.options))) continue;
      this.#rest();
      this.#cut();
    }
    this.#isWatched = false;
  }

  #rest(): void {
    this.#restsUntil = performance.now() + restMs;
  }
}

/** Cancelled by what is replayed (40001), shut down, or out of reach: the primary can still answer. */
function isOfStandby(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error && isBroken(error);
  return error.code === '40001' || error.code === '25006' || /^(08|57P)/.test(error.code ?? '');
}

function isBroken(error: Error & { code?: string }): boolean {
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|ENOENT|EHOST)/.test(error.code ?? '') ||
    /terminated|timeout/i.test(error.message)
  );
}

async function inTime(answer: Promise<boolean>): Promise<boolean> {
  answer.catch(() => undefined);
  return Promise.race([answer, sleep(answerMs, false, { ref: false })]);
}

/** Whether it says anything, be it that it takes nobody more. */
async function answers(options: pg.PoolConfig): Promise<boolean> {
  const limits = { connectionTimeoutMillis: answerMs, query_timeout: answerMs };
  const client = new pg.Client({ ...options, ...limits });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  } finally {
    void client.end().catch(() => undefined);
  }
}
