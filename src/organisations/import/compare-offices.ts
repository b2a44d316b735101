import type { Tx } from '../../kernel/db.ts';
import type { Comparison, ImportRun } from '../../kernel/imports/index.ts';
import {
  contradictions,
  countOutcomes,
  forgetRefusals,
  refusedSample,
  refuseRows,
} from '../../kernel/imports/index.ts';
import { officeFaults } from './faults.ts';
import * as store from './store.ts';

/**
 * The difference between a file of offices and the tree: the tree as it would be is walked from its roots,
 * and a row whose office cannot be reached is rejected (an unknown parent, or a circle).
 */
export async function compareOffices(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.gatherRows(tx, run);
  await refuseRows(tx, run, contradictions(run, { table: 'oi_row', given: store.given }));
  await store.keepFirstRows(tx, run);
  await refuseRows(tx, run, store.unknownParents());
  await dropWithOrphans(tx, run);
  await store.walkTree(tx);
  while ((await refuseRows(tx, run, store.circles())) > 0) {
    await dropWithOrphans(tx, run);
    await store.walkTree(tx);
  }
  if (!run.scopes.includes('*')) {
    await refuseRows(tx, run, store.outsideScope(run.scopes));
    await store.dropRefused(tx, run);
    await store.walkTree(tx);
  }
  await store.markChanges(tx);
  return outcome(tx, run);
}

/** What stands below a refused row is refused too where it knows no other parent. */
async function dropWithOrphans(tx: Tx, run: ImportRun): Promise<void> {
  do await store.dropRefused(tx, run);
  while ((await refuseRows(tx, run, store.orphans())) > 0);
}

async function outcome(tx: Tx, run: ImportRun): Promise<Comparison> {
  return {
    ...(await countOutcomes(tx, run, 'oi_row')),
    more: {},
    warnings: await store.unknownAreas(tx),
    samples: {
      added: await store.sampleOf(tx, 'added'),
      changed: await store.sampleOf(tx, 'changed'),
      rejected: await refusedSample(tx, run, {
        faults: officeFaults,
        title: 's.code',
        detail: "concat_ws(', ', s.name_hi, s.parent_code)",
      }),
    },
  };
}
