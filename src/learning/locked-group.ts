import type { Db, Tx } from '../kernel/db.ts';
import { notFound } from '../kernel/errors.ts';
import { lockGroup } from '../kernel/facts.ts';
import type { Locks, Outcome } from '../kernel/group.ts';

/**
 * Makes work for `grouping` of what decides what different persons ask, in one transaction. With `skip` those
 * whose rows somebody else holds are answered `locked`; else whose record was taken back meanwhile is refused. The
 * persons' locks come first, so that a quiz, a report and an import of one person wait in one order.
 */
export function forLockedPersons<T extends { personId: string }, V>(
  db: Db,
  decide: (tx: Tx, asked: T[]) => Promise<Outcome<V>[]>,
): (asked: T[], locks: Locks) => Promise<Outcome<V>[]> {
  return (asked, locks) =>
    db.transaction(async (tx) => {
      const ids = asked.map((one) => one.personId);
      const held = await lockGroup(tx, ids, locks);
      const free = asked.filter((one) => held.has(one.personId));
      const outcomes = free.length > 0 ? await decide(tx, free) : [];
      const decided = new Map(free.map((one, index) => [one, outcomes[index]]));
      const missing: Outcome<V> = locks === 'skip' ? 'locked' : { refusal: notFound() };
      return asked.map((one) => decided.get(one) ?? missing);
    });
}
