import assert from 'node:assert/strict';
import type { Figures } from '../../src/insight/index.ts';
import { activitySeries, nodeFigures, officeSummary, settleMarks } from '../../src/insight/index.ts';
import { todayInIndia } from '../../src/kernel/dates.ts';
import { makeFigures } from '../../src/reports/make-table.ts';
import { resolveReport } from '../../src/reports/resolve-report.ts';
import { subjects } from '../../src/reports/stores/subjects.ts';
import { figuresByRule, type Reference, readFacts } from '../golden/reference.ts';
import type { World } from '../world.ts';
import type { Look } from './random-acts.ts';

/** Reports of digests as of facts; then an office and an area as METRICS, read literally, has them. */
export async function compare(world: World, look: Look): Promise<void> {
  await compareSources(world, look);
  await settleMarks(world.system);
  await compareWithRule(world, look);
}

async function compareSources({ system }: World, { subject, office, groups, asOf }: Look): Promise<void> {
  const measures = subjects[subject].measures.map(({ id }) => id);
  const report = await resolveReport(system, { subject, office, groups, asOf, measures });
  const by = (source: 'facts' | 'digests') => makeFigures(system, report, { source });
  assert.deepEqual(await by('digests'), await by('facts'));
}

async function compareWithRule(world: World, look: Look): Promise<void> {
  const { system, runtime, clock } = world;
  const today = todayInIndia(clock);
  const asOf = look.asOf < today ? look.asOf : today;
  const facts = await readFacts(runtime.db.pool);
  const at = { code: look.office, asOf };
  const nodeId = world.officeId(look.office);
  const expected = figuresByRule(facts, nodeId, asOf);
  const where = `${look.office} on ${asOf}`;
  assert.deepEqual(ofPeople(await officeSummary(system, at)), peopleByRule(expected), where);
  const activity = await officeSummary(system, { ...at, view: 'activity' });
  assert.deepEqual(
    [activity.completions, activity.renewals, activity.digitalMinutes],
    [expected.activityCompletions, expected.activityRenewals, expected.activityMinutes],
    where,
  );
  const days = { from: '2010-01-01', to: asOf, grain: 'month' } as const;
  const periods = await activitySeries(system, { nodeId, ...days });
  const onboarded = periods.reduce((sum, period) => sum + period.onboarded, 0);
  assert.equal(onboarded, expected.onboarded, `onboarded, ${where}`);
  const areaNode = facts.areas.find(({ id }) => id === look.area)?.nodeId ?? '';
  const inArea = (await nodeFigures(system, { nodeIds: [areaNode], asOf })).get(areaNode);
  assert.ok(inArea);
  assert.deepEqual(
    ofPeople(inArea),
    peopleByRule(figuresByRule(facts, areaNode, asOf)),
    `${look.area} on ${asOf}`,
  );
}

function ofPeople(figures: Figures) {
  const { registered, notOnRoster, former, signedIn, completions, renewals } = figures;
  const { digitalMinutes, classroomMinutes, atLeastOne, threeOrMore, begun, aiReach, cyberReach } = figures;
  return {
    ...{ registered, notOnRoster, former, signedIn, completions, renewals },
    ...{ digitalMinutes, classroomMinutes, atLeastOne, threeOrMore, begun, aiReach, cyberReach },
  };
}

function peopleByRule(rule: Reference) {
  const { onboarded: _, activityCompletions, activityRenewals, activityMinutes, ...ofPeople } = rule;
  return ofPeople;
}
