import type { Tx } from '../../kernel/db.ts';
import { changeFacts, holdFacts } from '../../kernel/facts.ts';
import { type Dependent, type ImportRun, laterImports } from '../../kernel/imports/index.ts';
import * as undo from './stores/undo.ts';

/** Sign-ins, learning, roles, edits and later imports that rest on what this roster brought. */
export async function rosterDependents(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  await undo.gatherMade(tx, run);
  await undo.gatherReturning(tx, run);
  // Whose act is under way is waited for and seen; whoever acts afterwards finds that he is not there any more.
  await holdFacts(tx, 'ru_touched');
  return [
    ...(await laterImports(tx, run, undo.touchedThings(run))),
    ...(await undo.actsOfMade(tx, run)),
    ...(await undo.editsSince(tx, run)),
  ];
}

export async function takeBackRoster(tx: Tx, run: ImportRun): Promise<void> {
  await changeFacts(tx, { table: 'ru_touched' }, async () => {
    await undo.voidPostings(tx, run);
    await undo.restorePostings(tx, run);
    await undo.restorePersons(tx, run);
    await undo.voidPersons(tx);
    await undo.choosePrimariesAgain(tx);
  });
}
