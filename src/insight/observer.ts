import type { Tx } from '../kernel/db.ts';
import type { FactsHint, FactsObserver, FactsScope } from '../kernel/facts.ts';
import {
  addDifference,
  keepTimeline,
  sourceOfIds,
  sourceOfTable,
  timelineOf,
  writeDifference,
} from './stores/deltas.ts';
import { countCompletion, countEnrolment, countFirstSignIn, replacedBy } from './stores/short-ways.ts';
import type { Without } from './stores/timeline.ts';

/**
 * Hints for `changeFacts` with one person, where the change adds exactly the one fact named and nothing else
 * that counts (but that a completion may void others of the same course and day at its own instant). The row
 * is looked up after the change; where it was not written, nothing is counted.
 * `signed-in` is for the first sign-in only (signed_in_day was null before).
 */
export type CountHint =
  | { kind: 'completed'; completionId: string }
  | { kind: 'enrolled'; enrolmentId: string }
  | { kind: 'signed-in' };

/** Writes to `counter_delta` what a change of persons' facts changes in the figures of offices. */
export const countChanges: FactsObserver = {
  async before(tx, scope) {
    if (shortWayOf(scope)) return undefined;
    if ('table' in scope) return keepTimeline(tx, sourceOfTable(scope.table));
    return timelineOf(tx, sourceOfIds(scope.ids));
  },
  async after(tx, scope, seenBefore) {
    const short = shortWayOf(scope);
    if (short) return afterShortWay(tx, short);
    if ('table' in scope) return addDifference(tx, sourceOfTable(scope.table), String(seenBefore));
    return writeDifference(tx, sourceOfIds(scope.ids), String(seenBefore));
  },
};

type ShortWay = { personId: string; count: (tx: Tx) => Promise<boolean>; without: Without };

function shortWayOf(scope: FactsScope): ShortWay | undefined {
  if ('table' in scope || scope.ids.length !== 1) return undefined;
  const personId = scope.ids[0] ?? '';
  const hint = hintOf(scope.hint);
  if (hint?.kind === 'completed') {
    const { completionId } = hint;
    return {
      personId,
      count: (tx) => countCompletion(tx, personId, completionId),
      without: { completionId },
    };
  }
  if (hint?.kind === 'enrolled') {
    const { enrolmentId } = hint;
    return { personId, count: (tx) => countEnrolment(tx, personId, enrolmentId), without: { enrolmentId } };
  }
  if (hint?.kind === 'signed-in') {
    return { personId, count: (tx) => countFirstSignIn(tx, personId), without: { signIn: true } };
  }
  return undefined;
}

function hintOf(hint: FactsHint | undefined): CountHint | undefined {
  if (hint?.kind === 'signed-in') return { kind: 'signed-in' };
  if (hint?.kind === 'completed' && typeof hint['completionId'] === 'string')
    return { kind: 'completed', completionId: hint['completionId'] };
  if (hint?.kind === 'enrolled' && typeof hint['enrolmentId'] === 'string')
    return { kind: 'enrolled', enrolmentId: hint['enrolmentId'] };
  return undefined;
}

/** Where the history is not plain: the timelines with and without the one fact, both taken afterwards. */
async function afterShortWay(tx: Tx, short: ShortWay): Promise<void> {
  if (await short.count(tx)) return;
  const source = sourceOfIds([short.personId]);
  const { completionId } = short.without;
  const replaced = completionId ? await replacedBy(tx, short.personId, completionId) : [];
  await writeDifference(tx, source, await timelineOf(tx, source, { ...short.without, replaced }));
}
