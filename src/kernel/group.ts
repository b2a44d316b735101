import { isLockTimeout } from './db.ts';
import type { Refusal } from './errors.ts';

/**
 * What became of one member of a group: its answer; the refusal that is meant for it alone; or nothing yet, since
 * what it needs is locked elsewhere (an import, say) and its neighbours shall not wait for that.
 */
export type Outcome<V> = { answer: V } | { refusal: Refusal } | 'locked';

/** What to do about a lock that somebody else holds: leave its member out, as `locked`, or wait for it. */
export type Locks = 'skip' | 'wait';
type Work<T, V> = (items: T[], locks: Locks) => Promise<Outcome<V>[]>;

export type GroupRules<T> = {
  /** What no two members of groups under way may share: whose second request depends on the first (the person). */
  keyOf(item: T): string;
  /** Told of a group that failed unexpectedly, before each of its members is tried alone. */
  onFailure?(error: unknown, size: number): void;
  gatherMs?: number;
  mostInGroup?: number;
  mostUnderWay?: number;
};

const usual = { gatherMs: 5, mostInGroup: 500, mostUnderWay: 2 };

/** So many must wait before another group begins beside one: a larger group later costs less than two small ones. */
const worthBeside = 32;

/**
 * Writes that come in floods are gathered for some milliseconds and done by one call of `work`, which answers
 * after its commit, member by member in their order. One who is refused does not touch the others; where a
 * group fails unexpectedly each is tried alone, so that one bad member cannot fail its neighbours. For reads of
 * one moment see `gathering`.
 */
export function grouping<T, V>(work: Work<T, V>, rules: GroupRules<T>): (item: T) => Promise<V> {
  const groups = new Groups(work, { ...usual, ...rules });
  return (item) => groups.add(item);
}

type Waiting<T, V> = { item: T; key: string; resolve(answer: V): void; reject(error: unknown): void };

class Groups<T, V> {
  readonly #work: Work<T, V>;
  readonly #rules: GroupRules<T> & typeof usual;
  #waiting: Waiting<T, V>[] = [];
  readonly #keysUnderWay = new Set<string>();
  #underWay = 0;
  #locked: Waiting<T, V>[] = [];
  #isWaitedFor = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: Work<T, V>, rules: GroupRules<T> & typeof usual) {
    this.#work = work;
    this.#rules = rules;
  }

  add(item: T): Promise<V> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, key: this.#rules.keyOf(item), resolve, reject });
      this.#wait();
    });
  }

  #wait(): void {
    const isWorth = this.#underWay === 0 || this.#waiting.length >= worthBeside;
    if (isWorth && this.#underWay < this.#rules.mostUnderWay)
      this.#timer ??= setTimeout(() => this.#begin(), this.#rules.gatherMs);
  }

  #begin(): void {
    this.#timer = undefined;
    const group = this.#take();
    if (group.length === 0) return;
    this.#underWay += 1;
    void this.#finish(group, 'skip').then((locked) => {
      this.#underWay -= 1;
      for (const one of group) if (!locked.includes(one)) this.#keysUnderWay.delete(one.key);
      this.#locked.push(...locked);
      void this.#waitForLocked();
      if (this.#waiting.length > 0) this.#wait();
    });
    if (this.#waiting.length > 0) this.#wait();
  }

  /** The first one waits alone for whoever holds the lock; then the others come again, together. */
  async #waitForLocked(): Promise<void> {
    const first = this.#isWaitedFor ? undefined : this.#locked.shift();
    if (!first) return;
    this.#isWaitedFor = true;
    const beside = [...this.#locked];
    const failure = await this.#waitAlone(first);
    this.#isWaitedFor = false;
    // Who has waited as long for the same import is not made to wait once more after each of his neighbours.
    if (isLockTimeout(failure)) this.#giveUp(beside, failure);
    const again = [first, ...this.#locked];
    for (const one of again) this.#keysUnderWay.delete(one.key);
    this.#waiting.unshift(...this.#locked);
    this.#locked = [];
    if (this.#waiting.length > 0) this.#wait();
  }

  /** Returns the error that the one who waited was answered with, if any. */
  async #waitAlone(one: Waiting<T, V>): Promise<unknown> {
    let failure: unknown;
    const reject = (error: unknown) => {
      failure = error;
      one.reject(error);
    };
    const still = await this.#finish([{ ...one, reject }], 'wait');
    if (still.length > 0) reject(new Error('who waited for a lock was not answered'));
    return failure;
  }

  #giveUp(waited: Waiting<T, V>[], failure: unknown): void {
    this.#locked = this.#locked.filter((one) => !waited.includes(one));
    for (const one of waited) {
      this.#keysUnderWay.delete(one.key);
      one.reject(failure);
    }
  }

  /** The longest waiting first; whoever shares a key with one before him waits for the next group. */
  #take(): Waiting<T, V>[] {
    const group: Waiting<T, V>[] = [];
    const later: Waiting<T, V>[] = [];
    for (const one of this.#waiting) {
      const fits = group.length < this.#rules.mostInGroup && !this.#keysUnderWay.has(one.key);
      (fits ? group : later).push(one);
      if (fits) this.#keysUnderWay.add(one.key);
    }
    this.#waiting = later;
    return group;
  }

  /** Returns those who are not answered yet, since what they need is locked elsewhere. */
  async #finish(group: Waiting<T, V>[], locks: Locks): Promise<Waiting<T, V>[]> {
    try {
      const outcomes = await this.#work(
        group.map((one) => one.item),
        locks,
      );
      for (const [index, one] of group.entries()) settle(one, outcomes[index]);
      return group.filter((_, index) => outcomes[index] === 'locked');
    } catch (error) {
      if (group.length > 1) return this.#finishAlone(group, error);
      group[0]?.reject(error);
      return [];
    }
  }

  async #finishAlone(group: Waiting<T, V>[], error: unknown): Promise<Waiting<T, V>[]> {
    this.#rules.onFailure?.(error, group.length);
    const locked: Waiting<T, V>[] = [];
    for (const one of group) locked.push(...(await this.#finish([one], 'skip')));
    return locked;
  }
}

function settle<T, V>(one: Waiting<T, V>, outcome: Outcome<V> | undefined): void {
  if (outcome === 'locked') return;
  if (!outcome) one.reject(new Error('a member of a group was not answered'));
  else if ('answer' in outcome) one.resolve(outcome.answer);
  else one.reject(outcome.refusal);
}
