import type { Clock } from '../kernel/clock.ts';
import type { Db } from '../kernel/db.ts';
import { type Credited, creditAll, type Report } from './engagement-store.ts';

const gatherMs = 5;
const mostInBatch = 500;
const mostInFlight = 2;

type Waiting = { report: Report; resolve(credited: Credited): void; reject(error: unknown): void };

/**
 * Reports come in floods, one a learner every half minute: they are gathered for some milliseconds and
 * written by one statement; each is answered after the commit. A batch holds one report a person, since
 * the second's credit depends on the first.
 */
export class EngagementBatcher {
  readonly #db: Pick<Db, 'pool'>;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Pick<Db, 'pool'>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  credit(report: Report): Promise<Credited> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ report, resolve, reject });
      this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
    });
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#waiting.length === 0 || this.#inFlight >= mostInFlight) return;
    const batch = this.#takeBatch();
    this.#inFlight += 1;
    void this.#write(batch).finally(() => {
      this.#inFlight -= 1;
      if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
    });
    if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #takeBatch(): Waiting[] {
    const persons = new Set<string>();
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    for (const one of this.#waiting) {
      const fits = batch.length < mostInBatch && !persons.has(one.report.personId);
      (fits ? batch : later).push(one);
      persons.add(one.report.personId);
    }
    this.#waiting = later;
    return batch;
  }

  async #write(batch: Waiting[]): Promise<void> {
    try {
      const rows = await creditAll(
        this.#db.pool,
        batch.map((one) => one.report),
        this.#clock.now(),
      );
      const byPerson = new Map(rows.map((row) => [row.personId, row]));
      for (const one of batch) {
        const row = byPerson.get(one.report.personId);
        if (row) one.resolve(row);
        else one.reject(new Error('a report was not answered by the database'));
      }
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}
