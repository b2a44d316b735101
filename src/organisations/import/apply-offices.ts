import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import type { ImportRun } from '../../kernel/imports/index.ts';
import { searchDocument } from '../../kernel/text/index.ts';
import * as store from './store.ts';

/** Writes the offices of the file; where one moves, the figures of all who were posted below move with it. */
export async function applyOffices(tx: Tx, run: ImportRun): Promise<void> {
  if (await store.hasMoves(tx)) {
    await store.gatherPersonsBelow(tx, store.movedByFile);
    await changeFacts(tx, { table: 'oi_person' }, () => store.writeOffices(tx, run));
  } else {
    await store.writeOffices(tx, run);
  }
  await indexOffices(tx);
}

async function indexOffices(tx: Tx): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const offices = await store.writtenOffices(tx, after);
    const last = offices.at(-1);
    if (!last) return;
    await store.setSearchTexts(
      tx,
      offices.map((office) => office.officeId),
      offices.map((office) => searchDocument([office.code, office.nameHi, office.nameEn ?? ''])),
    );
    after = last.officeId;
  }
}
