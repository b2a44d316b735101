import type { Refusal } from './errors.ts';

/** What became of one member of a group: its answer, or the refusal that is meant for it alone. */
export type Outcome<V> = { answer: V } | { refusal: Refusal };

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

/**
 * Writes that come in floods are gathered for some milliseconds and done by one call of `work`, which answers
 * after its commit, member by member in their order. One who is refused does not touch the others; where a
 * group fails unexpectedly each is tried alone, so that one bad member cannot fail its neighbours. For reads
 * of one moment see `gathering`.
 */
export function grouping<T, V>(
  work: (items: T[]) => Promise<Outcome<V>[]>,
  rules: GroupRules<T>,
): (item: T) => Promise<V> {
  const groups = new Groups(work, { ...usual, ...rules });
  return (item) => groups.add(item);
}

type Waiting<T, V> = { item: T; key: string; resolve(answer: V): void; reject(error: unknown): void };

class Groups<T, V> {
  readonly #work: (items: T[]) => Promise<Outcome<V>[]>;
  readonly #rules: GroupRules<T> & typeof usual;
  #waiting: Waiting<T, V>[] = [];
  readonly #keysUnderWay = new Set<string>();
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: (items: T[]) => Promise<Outcome<V>[]>, rules: GroupRules<T> & typeof usual) {
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
    if (this.#underWay < this.#rules.mostUnderWay)
      this.#timer ??= setTimeout(() => this.#begin(), this.#rules.gatherMs);
  }

  #begin(): void {
    this.#timer = undefined;
    const group = this.#take();
    if (group.length === 0) return;
    this.#underWay += 1;
    void this.#finish(group).finally(() => {
      this.#underWay -= 1;
      for (const one of group) this.#keysUnderWay.delete(one.key);
      if (this.#waiting.length > 0) this.#wait();
    });
    if (this.#waiting.length > 0) this.#wait();
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

  async #finish(group: Waiting<T, V>[]): Promise<void> {
    try {
      const outcomes = await this.#work(group.map((one) => one.item));
      for (const [index, one] of group.entries()) settle(one, outcomes[index]);
    } catch (error) {
      if (group.length === 1) return group[0]?.reject(error);
      this.#rules.onFailure?.(error, group.length);
      for (const one of group) await this.#finish([one]);
    }
  }
}

function settle<T, V>(one: Waiting<T, V>, outcome: Outcome<V> | undefined): void {
  if (!outcome) one.reject(new Error('a member of a group was not answered'));
  else if ('answer' in outcome) one.resolve(outcome.answer);
  else one.reject(outcome.refusal);
}
