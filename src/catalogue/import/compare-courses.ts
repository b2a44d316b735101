import type { Tx } from '../../kernel/db.ts';
import type { Comparison, ImportRun } from '../../kernel/imports/index.ts';
import { countRefused, forgetRefusals, refusedSample, refuseRows } from '../../kernel/imports/index.ts';
import { courseFaults } from './faults.ts';
import * as store from './store.ts';

/** What a file of courses would add and change; a changed duration is a new version. */
export async function compareCourses(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.gatherRows(tx, run);
  await refuseRows(tx, run, store.contradictions());
  if (!run.scopes.includes('*')) await refuseRows(tx, run, store.outsideScope(run.scopes));
  await store.keepRows(tx, run);
  await store.markChanges(tx);
  const { rows, rejected } = await countRefused(tx, run);
  const { added, changed } = await store.countChanges(tx);
  return {
    rows,
    added,
    changed,
    unchanged: rows - rejected - added - changed,
    ended: 0,
    rejected,
    more: {},
    samples: {
      added: await store.sampleOf(tx, 'added'),
      changed: await store.sampleOf(tx, 'changed'),
      rejected: await refusedSample(tx, run, { faults: courseFaults, title: 's.code', detail: 's.title_hi' }),
    },
  };
}
