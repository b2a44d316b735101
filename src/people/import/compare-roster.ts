import type { Tx } from '../../kernel/db.ts';
import {
  type Comparison,
  countRefused,
  forgetRefusals,
  type ImportRun,
  refusedSample,
} from '../../kernel/imports/index.ts';
import { rosterFaults } from './faults.ts';
import * as match from './stores/match.ts';
import * as persons from './stores/persons.ts';
import * as rows from './stores/rows.ts';

/** What a roster would add, change and end, by sets; the rules are those of INTERFACES (Files). */
export async function compareRoster(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await acceptRows(tx, run);
  run.advance(0.1);
  await match.matchPostings(tx, run);
  await match.gatherChanges(tx, run);
  await match.gatherNew(tx, run);
  await match.refuseImpossibleEnds(tx, run);
  run.advance(0.2);
  await rows.gatherPersons(tx, run);
  await persons.gatherPersonal(tx, run);
  await rows.gatherProtected(tx, run);
  run.advance(0.3);
  await match.gatherTransfers(tx, run);
  const { complete, officeId } = run.options;
  const endedOf = complete && officeId ? await match.gatherUnlisted(tx, run, officeId) : undefined;
  return { ...(await outcome(tx, run)), endedOf };
}

async function acceptRows(tx: Tx, run: ImportRun): Promise<void> {
  const { complete, officeId } = run.options;
  const isScoped = !run.scopes.includes('*');
  await rows.gatherRows(tx, run);
  if (isScoped) await rows.refuseOffices(tx, run, { fault: 'outside_scope', within: run.scopes });
  if (complete && officeId)
    await rows.refuseOffices(tx, run, { fault: 'outside_office', within: [officeId] });
  await rows.dropRefused(tx, run);
  if (isScoped) await rows.refusePersonsElsewhere(tx, run);
  await rows.settleRepeats(tx, run);
  await rows.refuseNameless(tx, run);
}

async function outcome(tx: Tx, run: ImportRun): Promise<Comparison> {
  const { rows: total, rejected } = await countRefused(tx, run);
  const { added, changed, ended, ...days } = await persons.countOutcomes(tx, run);
  return {
    rows: total,
    added,
    changed,
    unchanged: total - rejected - added - changed,
    ended,
    rejected,
    more: days,
    samples: {
      added: await persons.addedSample(tx, run),
      changed: await persons.changedSample(tx, run),
      ended: await persons.endedSample(tx),
      datedToday: await persons.datedTodaySample(tx, run),
      leftOut: await persons.leftOutSample(tx, run),
      rejected: await refusedSample(tx, run, {
        faults: rosterFaults,
        title: "concat_ws(' · ', s.code, coalesce(s.name_hi, s.name_en))",
        detail: "concat_ws(' · ', s.designation, s.office_code)",
      }),
    },
  };
}
