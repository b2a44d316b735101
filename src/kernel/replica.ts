import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A report waits so long at most for a replica that is behind, then reads from the primary. */
const patienceMs = 1500;
/** One that was behind or gone is left alone so long, so that not every report waits for it. */
const restMs = 10_000;

/**
 * Reads that may go to a standby. Whoever reads there finds all that was committed before he asked: the primary is
 * asked how far its log is, and the standby is used once it has replayed that far. No clock is compared.
 */
export class Replica {
  readonly #primary: pg.Pool;
  readonly #standby: pg.Pool;
  #restsUntil = 0;

  constructor(primary: pg.Pool, standby: pg.Pool) {
    this.#primary = primary;
    this.#standby = standby;
  }

  /** Work that only reads, and may be done twice: on the standby where that is able, else on `other`. */
  async read<T>(other: pg.Pool, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
    if (!(await this.#isCurrent())) return work(other);
    try {
      return await work(this.#standby);
    } catch (error) {
      if (!isOfStandby(error)) throw error;
      this.#rest();
      return work(other);
    }
  }

  async #isCurrent(): Promise<boolean> {
    if (performance.now() < this.#restsUntil) return false;
    try {
      const { rows } = await this.#primary.query<{ place: string }>(
        'select pg_current_wal_flush_lsn()::text as place',
      );
      if (await this.#reaches(rows[0]?.place ?? '0/0')) return true;
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
