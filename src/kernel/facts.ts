import type { Tx } from './db.ts';

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
type Locker = (tx: Tx, scope: FactsScope) => Promise<void>;
let lockPersons: Locker = async () => undefined;

export function observeFacts(observer: FactsObserver): void {
  observers.push(observer);
}

/** `people` says how a person's row is locked; the kernel knows no table. */
export function lockFactsWith(locker: Locker): void {
  lockPersons = locker;
}

/** Locks the persons' rows in key order, for whoever must read their facts before knowing what changes. */
export function lockPersonsOf(tx: Tx, ids: string[]): Promise<void> {
  return lockOnce(tx, { ids });
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

/** A lock lasts as long as its transaction, so who holds it need not ask again. */
async function lockOnce(tx: Tx, scope: FactsScope): Promise<void> {
  if ('table' in scope) return lockPersons(tx, scope);
  const held = lockedIn.get(tx) ?? new Set();
  const open = scope.ids.filter((id) => !held.has(id));
  if (open.length === 0) return;
  await lockPersons(tx, { ids: open });
  lockedIn.set(tx, new Set([...held, ...open]));
}
