import type { Tx } from '../../kernel/db.ts';
import { type Dependent, type ImportRun, laterImports } from '../../kernel/imports/index.ts';
import { linkOffices } from '../areas/store.ts';
import { movingOffices } from '../stores/moving.ts';
import { closeGates } from '../stores/tree-locks.ts';
import { keepTextsOf } from './apply-offices.ts';
import { createTexts } from './store.ts';
import * as store from './undo-store.ts';

/**
 * What stands in the way: postings, roles or further offices at offices that the import made; edits of those
 * that it made or changed; later imports.
 */
export async function officeDependents(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  // Whoever is being posted there, and whatever is being given to the office, is seen, and nothing comes after.
  await closeGates(tx, store.officesMade(run));
  await store.lockMade(tx, run);
  return [
    ...(await laterImports(tx, run, store.officesTouched(run))),
    ...(await store.usesOfOffices(tx, run)),
    ...(await store.editsSince(tx, run)),
  ];
}

/**
 * Offices are reference data: those that the import made go (nothing hangs on them), the others get their
 * former values; the import's change rows keep what was.
 */
export async function takeBackOffices(tx: Tx, run: ImportRun): Promise<void> {
  await store.gatherReturningTree(tx, run);
  await movingOffices(tx, store.movedBack(run), () => store.restoreOffices(tx, run));
  await deriveAgain(tx, run);
}

/** What follows from an office's values and was not kept with them: its area and what it is found by. */
async function deriveAgain(tx: Tx, run: ImportRun): Promise<void> {
  await linkOffices(tx);
  await createTexts(tx);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const offices = await store.restoredOffices(tx, run, after);
    const last = offices.at(-1);
    if (!last) break;
    await keepTextsOf(tx, offices);
    after = last.officeId;
  }
  await store.writeTexts(tx);
}
