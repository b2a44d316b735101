import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { type Dependent, type ImportRun, laterImports } from '../../kernel/imports/index.ts';
import * as store from './undo-store.ts';

/** What stands in the way: postings, roles or further offices at offices that the import made; later imports. */
export async function officeDependents(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  return [
    ...(await laterImports(tx, run, store.officesTouched(run))),
    ...(await store.usesOfOffices(tx, run)),
  ];
}

/**
 * Offices are reference data: those that the import made go (nothing hangs on them), the others get their
 * former values; the import's change rows keep what was.
 */
export async function takeBackOffices(tx: Tx, run: ImportRun): Promise<void> {
  await store.gatherReturningTree(tx, run);
  await changeFacts(tx, { table: 'oi_person' }, () => store.restoreOffices(tx, run));
}
