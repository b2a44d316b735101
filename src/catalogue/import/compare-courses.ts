import type { Tx } from '../../kernel/db.ts';
import type { Comparison, ImportRun } from '../../kernel/imports/index.ts';
import {
  contradictions,
  countOutcomes,
  forgetRefusals,
  refusedSample,
  refuseRows,
} from '../../kernel/imports/index.ts';
import { courseFaults } from './faults.ts';
import * as store from './store.ts';

/** What a file of courses would add and change; a changed duration is a new version. */
export async function compareCourses(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.gatherRows(tx, run);
  await refuseRows(tx, run, contradictions(run, { table: 'rc_row', given: store.given }));
  if (!run.scopes.includes('*')) await refuseRows(tx, run, store.outsideScope(run.scopes));
  await store.keepRows(tx, run);
  await store.markChanges(tx);
  return {
    ...(await countOutcomes(tx, run, 'rc_row')),
    more: {},
    samples: {
      added: await store.sampleOf(tx, 'added'),
      changed: await store.sampleOf(tx, 'changed'),
      rejected: await refusedSample(tx, run, { faults: courseFaults, title: 's.code', detail: 's.title_hi' }),
    },
  };
}
