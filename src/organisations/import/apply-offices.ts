import type { Tx } from '../../kernel/db.ts';
import type { ImportRun } from '../../kernel/imports/index.ts';
import { searchDocument } from '../../kernel/text/index.ts';
import { movingOffices } from '../stores/moving.ts';
import * as store from './store.ts';

/** Writes the offices of the file; where one moves, the figures of all who were posted below move with it. */
export async function applyOffices(tx: Tx, run: ImportRun): Promise<void> {
  await store.lockRows(tx);
  await prepareTexts(tx);
  await movingOffices(tx, store.movedByFile, () => store.writeOffices(tx, run));
}

/** What each office is found by, made before it is written: its search index is then touched once. */
async function prepareTexts(tx: Tx): Promise<void> {
  await store.createTexts(tx);
  let after = -1;
  for (;;) {
    const offices = await store.officesToWrite(tx, after);
    const last = offices.at(-1);
    if (!last) return;
    await keepTextsOf(tx, offices);
    after = last.line;
  }
}

/** What these offices are found by, from their code and names. */
export async function keepTextsOf(tx: Tx, offices: readonly store.OfficeNames[]): Promise<void> {
  await store.keepTexts(
    tx,
    offices.map((office) => office.officeId),
    offices.map((office) => searchDocument([office.code, office.nameHi, office.nameEn ?? ''])),
  );
}
