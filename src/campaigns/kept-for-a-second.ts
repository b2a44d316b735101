import type { Db } from '../kernel/db.ts';

const keptForMs = 1000;
const mostKept = 500;

type Kept = { at: number; value: Promise<unknown> };
const keptOf = new WeakMap<Db, Map<string, Kept>>();

/**
 * What is the same for everybody is made once a second, however many ask: the first one of a second makes it, who
 * comes meanwhile waits for the same. Nothing of a person may be kept so.
 */
export function keptForASecond<T>(db: Db, key: string, make: () => Promise<T>): Promise<T> {
  const kept = keptOf.get(db) ?? new Map<string, Kept>();
  keptOf.set(db, kept);
  const known = kept.get(key);
  if (known && performance.now() - known.at < keptForMs) return known.value as Promise<T>;
  if (kept.size >= mostKept) kept.clear();
  const entry: Kept = { at: performance.now(), value: make() };
  kept.set(key, entry);
  entry.value.catch(() => {
    if (kept.get(key) === entry) kept.delete(key);
  });
  return entry.value as Promise<T>;
}

/** For the process that changed a campaign: its next answer shows it. */
export function forgetKept(db: Db): void {
  keptOf.delete(db);
}
