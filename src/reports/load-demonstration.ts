import type { Ctx } from '../kernel/context.ts';
import { saveReport, setSchedule, shareReport } from './keep-report.ts';
import { asPerson } from './schedule.ts';
import { hasReports, personOfCode } from './stores/reports.ts';

/** Two reports of the demonstration's nodal officer: one shared, one that is made every Monday. */
export async function loadDemonstrationReports(ctx: Ctx): Promise<void> {
  const personId = await personOfCode(ctx.db.read, 'SW1003');
  if (!personId || (await hasReports(ctx.db.read))) return;
  const own = await asPerson(ctx, personId, 'hi');
  const progress = await saveReport(own, {
    name: 'कार्यालयवार प्रगति',
    definition: {
      subject: 'people',
      office: 'SW',
      groups: ['below', 'group'],
      measures: ['registered', 'at_least_one', 'three_or_more', 'completions', 'reach'],
    },
  });
  await shareReport(own, progress);
  const none = await saveReport(own, {
    name: 'जिन्होंने कोई कोर्स पूरा नहीं किया',
    definition: {
      subject: 'people',
      office: 'SW',
      columns: ['code', 'nameHi', 'office', 'designation', 'signedIn'],
      filters: { band: ['none'] },
    },
  });
  await setSchedule(own, none, { schedule: 'weekly', format: 'xlsx', language: 'hi', isMailed: false });
}
