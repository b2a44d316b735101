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
import { countCompletions, countEnrolments, countFirstSignIn, replacedBy } from './stores/short-ways.ts';
import type { Without } from './stores/timeline.ts';

/**
 * Hints for `changeFacts`, where the change adds exactly the facts named and nothing else that counts (but that
 * a completion may void others of the same course and day at its own instant): a completion for each of the
 * persons, in their order, an enrolment for each of them, or one sign-in of one person. The rows are looked up after the change;
 * what was not written is not counted.
 * `signed-in` is for the first sign-in only (signed_in_day was null before). `paper` is for the result of a test
 * alone, which counts in no figure: what it completes is told apart.
 */
export type CountHint =
  | { kind: 'completed'; completionIds: string[] }
  | { kind: 'enrolled'; enrolmentIds: string[] }
  | { kind: 'signed-in' }
  | { kind: 'paper' };

/** Writes to `counter_delta` what a change of persons' facts changes in the figures of offices. */
export const countChanges: FactsObserver = {
  async before(tx, scope) {
    if (shortWayOf(scope)) return undefined;
    if ('table' in scope) return keepTimeline(tx, sourceOfTable(scope.table));
    return timelineOf(tx, sourceOfIds(scope.ids));
  },
  async after(tx, scope, seenBefore) {
    const countShort = shortWayOf(scope);
    if (countShort) return countShort(tx);
    if ('table' in scope) return addDifference(tx, sourceOfTable(scope.table), String(seenBefore));
    return writeDifference(tx, sourceOfIds(scope.ids), String(seenBefore));
  },
};

type ShortWay = (tx: Tx) => Promise<void>;

function shortWayOf(scope: FactsScope): ShortWay | undefined {
  if ('table' in scope) return undefined;
  const { ids } = scope;
  const hint = hintOf(scope.hint);
  if (hint?.kind === 'paper') return async () => undefined;
  if (hint?.kind === 'completed') {
    const made = ids.map((personId, index) => ({ personId, completionId: hint.completionIds[index] ?? '' }));
    return made.length === hint.completionIds.length ? (tx) => addCompletions(tx, made) : undefined;
  }
  if (hint?.kind === 'enrolled') {
    const made = ids.map((personId, index) => ({ personId, enrolmentId: hint.enrolmentIds[index] ?? '' }));
    return made.length === hint.enrolmentIds.length ? (tx) => addEnrolments(tx, made) : undefined;
  }
  const personId = ids[0];
  if (!personId || ids.length > 1) return undefined;
  return hint?.kind === 'signed-in' ? (tx) => addFirstSignIn(tx, personId) : undefined;
}

function hintOf(hint: FactsHint | undefined): CountHint | undefined {
  if (hint?.kind === 'signed-in') return { kind: 'signed-in' };
  if (hint?.kind === 'paper') return { kind: 'paper' };
  if (hint?.kind === 'completed' && Array.isArray(hint['completionIds']))
    return { kind: 'completed', completionIds: hint['completionIds'] };
  if (hint?.kind === 'enrolled' && Array.isArray(hint['enrolmentIds']))
    return { kind: 'enrolled', enrolmentIds: hint['enrolmentIds'] };
  return undefined;
}

async function addCompletions(tx: Tx, made: Parameters<typeof countCompletions>[1]): Promise<void> {
  const open = await countCompletions(tx, made);
  if (open.length === 0) return;
  const completionIds = open.map((one) => one.completionId);
  const personIds = open.map((one) => one.personId);
  await compare(tx, personIds, { completionIds, replaced: await replacedBy(tx, open) });
}

async function addEnrolments(tx: Tx, made: Parameters<typeof countEnrolments>[1]): Promise<void> {
  const open = await countEnrolments(tx, made);
  if (open.length === 0) return;
  const personIds = open.map((one) => one.personId);
  await compare(tx, personIds, { enrolmentIds: open.map((one) => one.enrolmentId) });
}

async function addFirstSignIn(tx: Tx, personId: string): Promise<void> {
  if (!(await countFirstSignIn(tx, personId))) await compare(tx, [personId], { signIn: true });
}

/** Where the history is not plain: the timelines with and without the new facts, both taken afterwards. */
async function compare(tx: Tx, personIds: string[], without: Without): Promise<void> {
  const source = sourceOfIds(personIds);
  await writeDifference(tx, source, await timelineOf(tx, source, without));
}
