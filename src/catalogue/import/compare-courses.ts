import type { Tx } from '../../kernel/db.ts';
import type { Comparison, ImportRun } from '../../kernel/imports/index.ts';
import {
  contradictions,
  countOutcomes,
  forgetRefusals,
  refusedSample,
  refuseRows,
} from '../../kernel/imports/index.ts';
import { competencyDictionary } from '../competency-hooks.ts';
import { courseFaults } from './faults.ts';
import * as store from './store.ts';

/** What a file of courses would add and change; a changed duration is a new version. */
export async function compareCourses(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.gatherRows(tx, run);
  const unknown = await keepKnownCompetencies(tx);
  await refuseRows(tx, run, contradictions(run, { table: 'rc_row', given: store.given }));
  if (!run.scopes.includes('*')) await refuseRows(tx, run, store.outsideScope(run.scopes));
  await store.keepRows(tx, run);
  await store.markChanges(tx);
  return {
    ...(await countOutcomes(tx, run, 'rc_row')),
    more: {},
    warnings: unknown.count > 0 ? [{ code: 'unknown_competency', ...unknown }] : [],
    samples: {
      added: await store.sampleOf(tx, 'added'),
      changed: await store.sampleOf(tx, 'changed'),
      rejected: await refusedSample(tx, run, { faults: courseFaults, title: 's.code', detail: 's.title_hi' }),
    },
  };
}

/** Writes the file's words for competencies as they are kept; what the dictionary does not know is left out and told. */
async function keepKnownCompetencies(tx: Tx): Promise<{ count: number; sample: string[] }> {
  const words = await store.competencyWords(tx);
  if (words.length === 0) return { count: 0, sample: [] };
  const known = await competencyDictionary().resolve(tx, words);
  const unknown = words.filter((word) => !known.has(word));
  const count = unknown.length > 0 ? await store.countRowsWith(tx, unknown) : 0;
  await store.writeCompetencies(tx, known);
  return { count, sample: unknown.slice(0, 5) };
}
