import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { type Dependent, type ImportRun, laterImports } from '../../kernel/imports/index.ts';
import * as store from './undo-store.ts';

/** Later imports that corrected these records, and rows that somebody has matched by hand. */
export async function completionDependents(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  return [
    ...(await laterImports(tx, run, store.touchedCompletions(run))),
    ...(await store.handMatches(tx, run)),
  ];
}

export async function takeBackCompletions(tx: Tx, run: ImportRun): Promise<void> {
  await store.gatherReturning(tx, run);
  await changeFacts(tx, { table: 'ru_touched' }, () => store.restoreCompletions(tx, run));
  await store.withdrawWaiting(tx, run);
  await store.reopenSettled(tx, run);
}
