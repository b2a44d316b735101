import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { type ImportRun, setIndexesAside } from '../../kernel/imports/index.ts';
import { enterOffices } from '../../organisations/index.ts';
import { choosePrimaries } from '../stores/choose-primaries.ts';
import * as personal from './stores/personal.ts';
import * as write from './stores/write.ts';

const tables = ['person', 'person_code', 'person_contact', 'posting'];

/** Writes what `compareRoster` found, as sets, inside one change of everybody's facts. */
export async function applyRoster(tx: Tx, run: ImportRun): Promise<void> {
  await write.gatherTouched(tx);
  await enterOffices(tx, write.officesEntered);
  const aside = await setIndexesAside(tx, { rows: run.rows, tables });
  await changeFacts(tx, { table: 'rr_touched' }, async () => {
    // Behind the persons, as at the desk: who holds one of them may be adding the same name.
    await write.addDesignations(tx, run);
    run.advance(0.4);
    await write.rememberPostings(tx);
    await write.addSuccessors(tx, run);
    await write.changePostings(tx);
    await write.addPersons(tx, run);
    run.advance(0.6);
    await write.addPostings(tx, run);
    await aside.restore();
    run.advance(0.75);
    await choosePrimaries(tx, write.withSeveralPostings);
    await personal.gatherAccounts(tx);
    await personal.rememberPersons(tx);
    await personal.changePersons(tx, run);
    await personal.writeJournal(tx, run);
    run.advance(0.85);
  });
}
