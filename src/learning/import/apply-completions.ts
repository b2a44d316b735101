import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { type ImportRun, setIndexesAside } from '../../kernel/imports/index.ts';
import * as store from './store.ts';

/** Records the completions as a set; what names nobody, or several, goes to the matching desk. */
export async function applyCompletions(tx: Tx, run: ImportRun): Promise<void> {
  await store.gatherTouched(tx);
  const aside = await setIndexesAside(tx, { rows: run.rows, tables: ['completion'] });
  await changeFacts(tx, { table: 'rc_touched' }, async () => {
    await store.voidCorrected(tx, run);
    run.advance(0.4);
    await store.writeCompletions(tx, run);
    await aside.restore();
    run.advance(0.7);
  });
  if (await store.hasWaiting(tx)) await store.settleWaiting(tx, run);
  await store.writeUnmatched(tx, run);
}
