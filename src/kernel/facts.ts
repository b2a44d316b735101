import type { Tx } from './db.ts';
import { notFound } from './errors.ts';

/**
 * The persons whose facts a change touches: a few by id, or many in a temporary table with a
 * `person_id` column (bulk imports). `hint` lets an observer take a short way for a common change.
 */
export type FactsScope = { ids: string[]; hint?: FactsHint } | { table: string };
export type FactsHint = { kind: string; [key: string]: unknown };

/** Told before and after the facts of persons change, in the same transaction; counters live by it. */
export type FactsObserver = {
  before(tx: Tx, scope: FactsScope): Promise<unknown>;
  after(tx: Tx, scope: FactsScope, seenBefore: unknown): Promise<void>;
};

const observers: FactsObserver[] = [];
type Locker = {
  /** Waits for whoever holds one of the rows; of a few returns the ids of those whose records are taken back. */
  lock(tx: Tx, scope: FactsScope): Promise<string[]>;
  /** Locks those rows that nobody holds and returns their ids, without those whose records are taken back. */
  lockFree(tx: Tx, ids: string[]): Promise<string[]>;
};
let locker: Locker = { lock: async () => [], lockFree: async (_tx, ids) => ids };

export function observeFacts(observer: FactsObserver): void {
  observers.push(observer);
}

/** `people` says how a person's row is locked; the kernel knows no table. */
export function lockFactsWith(given: Locker): void {
  locker = given;
}

/**
 * Locks the rows of persons whose requests have nothing to do with one another, and returns whose it got: with
 * `skip` nobody waits for the one whose row an import holds, and whose record was taken back meanwhile is left out.
 */
export async function lockGroup(tx: Tx, ids: string[], locks: 'skip' | 'wait'): Promise<ReadonlySet<string>> {
  if (locks === 'skip') return held(tx, await locker.lockFree(tx, ids));
  const gone = await locker.lock(tx, { ids });
  return held(
    tx,
    ids.filter((id) => !gone.includes(id)),
  );
}

/** Before it is looked whether facts may be changed by `changeFacts`: nobody adds to them meanwhile. */
export async function holdFacts(tx: Tx, table: string): Promise<void> {
  await locker.lock(tx, { table });
}

/**
 * Runs a change of persons' facts: locks their rows in key order, lets observers look, changes, lets
 * observers write their deltas. Every change of postings, accounts, enrolments or completions goes
 * through here, or counters would drift from the events.
 */
export async function changeFacts<T>(tx: Tx, scope: FactsScope, change: () => Promise<T>): Promise<T> {
  await lockOnce(tx, scope);
  const seen: unknown[] = [];
  for (const observer of observers) seen.push(await observer.before(tx, scope));
  const result = await change();
  for (const [index, observer] of observers.entries()) await observer.after(tx, scope, seen[index]);
  return result;
}

const lockedIn = new WeakMap<Tx, Set<string>>();

/**
 * A lock lasts as long as its transaction, so who holds it need not ask again. Where the import that made a person was
 * taken back while one waited, there is nobody left whose facts could change.
 */
async function lockOnce(tx: Tx, scope: FactsScope): Promise<void> {
  if ('table' in scope) {
    await locker.lock(tx, scope);
    return;
  }
  const open = scope.ids.filter((id) => !lockedIn.get(tx)?.has(id));
  if (open.length === 0) return;
  if ((await locker.lock(tx, { ids: open })).length > 0) throw notFound();
  held(tx, open);
}

function held(tx: Tx, ids: string[]): ReadonlySet<string> {
  const all = new Set([...(lockedIn.get(tx) ?? []), ...ids]);
  lockedIn.set(tx, all);
  return all;
}
