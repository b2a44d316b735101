import type { Runtime } from '../../kernel/feature.ts';
import { reportsOfTimeKept } from '../../learning/index.ts';
import { days, type Finding, finding, gigabytes, remark } from './finding.ts';

const mostLateSeconds = 7 * 86_400;
const check = 'reports of time';

/** Whether single reports of time become rows of a day when they are old enough: else they fill the disk. */
export async function timeReportFinding(runtime: Runtime): Promise<Finding> {
  const keptDays = runtime.config.timeReportDays;
  const { kept, bytes, waiting, lateSeconds } = await reportsOfTimeKept(runtime);
  const amount = `${Math.round(kept)}`;
  const size = gigabytes(bytes);
  if (keptDays === 0)
    return remark(check, {
      hi: `सभी रखी जाती हैं (TIME_REPORT_DAYS=0): लगभग ${amount}, ${size} GB।`,
      en: `all are kept (TIME_REPORT_DAYS=0): about ${amount}, ${size} GB.`,
    });
  return finding(check, lateSeconds < mostLateSeconds, {
    seen: {
      hi: `लगभग ${amount}, ${size} GB; ${keptDays} दिन बाद दिन-वार जोड़ी जाती हैं। जोड़ने को शेष: ${Math.round(waiting)}, ${days(lateSeconds)} दिन से।`,
      en: `about ${amount}, ${size} GB; added up by day after ${keptDays} days. To be added up: ${Math.round(waiting)}, for ${days(lateSeconds)} days.`,
    },
    todo: {
      hi: 'लॉग में learning:thin-reports देखें; कोई लंबा लेन-देन (transactions) तालिका ख़ाली होने से रोकता है।',
      en: 'See learning:thin-reports in the log; a long transaction (transactions) keeps a table from being emptied.',
    },
  });
}
