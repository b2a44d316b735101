import type { Tx } from '../../kernel/db.ts';
import {
  type Comparison,
  countRefused,
  forgetRefusals,
  type ImportRun,
  refusedSample,
} from '../../kernel/imports/index.ts';
import { completionFaults } from './faults.ts';
import * as store from './store.ts';

/** Which completions are new, which correct an earlier record, and which rows name nobody or several. */
export async function compareCompletions(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.refuseUnknownCourses(tx, run);
  await store.identify(tx, run);
  run.advance(0.15);
  await store.refuseUnidentified(tx, run);
  await store.gatherNew(tx);
  run.advance(0.3);
  const { rows, rejected } = await countRefused(tx, run);
  const { added, changed } = await store.countOutcomes(tx);
  const waiting = await store.countWaiting(tx, run);
  return {
    rows,
    added,
    changed,
    unchanged: rows - rejected - added - changed,
    ended: 0,
    rejected,
    more: { waiting },
    samples: {
      added: await store.sampleOf(tx, run, 'added'),
      changed: await store.sampleOf(tx, run, 'changed'),
      rejected: await refusedSample(tx, run, {
        faults: completionFaults,
        title: "coalesce(s.code, s.mobile, s.email, '–')",
        detail: "concat_ws(' · ', s.course_code, s.completed_day)",
      }),
    },
  };
}
