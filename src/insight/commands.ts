import { Refusal } from '../kernel/errors.ts';
import type { Command, CommandLine } from '../kernel/feature.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { officeSummary } from './office-summary.ts';
import { type Reconciliation, reconcileCounters } from './reconcile-counters.ts';
import { repairCounters } from './repair-counters.ts';
import { reportText } from './report-text.ts';
import { settleMarks } from './settle-marks.ts';

export const reportCommand: Command = {
  name: 'report',
  usage: 'report OFFICE_CODE [--as-of DATE] [--json]: विभाग की रिपोर्ट / the department report',
  async run(ctx, line) {
    const [code] = line.args;
    if (!code) throw needsCode();
    await settleMarks(ctx);
    const summary = await officeSummary(ctx, { code, asOf: flagValue(line, 'as-of') });
    line.print(line.flags['json'] ? JSON.stringify(summary) : reportText(summary));
    return 0;
  },
};

export const reconcileCommand: Command = {
  name: 'reconcile',
  usage:
    'reconcile [--repair] [--json]: गणकों का मिलान, --repair से सुधार / recomputes all counters from the events and compares; --repair mends what differs',
  async run(ctx, line) {
    const found = await reconcileCounters(ctx);
    const isRepaired = Boolean(line.flags['repair']) && !found.ok;
    if (isRepaired && !line.flags['json']) tell(line, found);
    const last = isRepaired ? await repairCounters(ctx, found) : found;
    if (line.flags['json']) line.print(JSON.stringify(isRepaired ? { ...last, repaired: found } : last));
    else tell(line, last);
    if (!last.ok && !isRepaired && !line.flags['json'])
      line.print('सुधार / To count anew from the events, beside people at work: bin/daksh reconcile --repair');
    return last.ok ? 0 : 1;
  },
};

function tell(line: CommandLine, found: Reconciliation): void {
  for (const d of found.differences)
    line.print(`${d.officeCode} ${d.grain} ${d.day} ${d.metric}: ${d.counted}, ${d.expected}`);
  line.print(
    found.ok
      ? `सभी गणक सही हैं (${formatNumber(found.offices, 'hi')} कार्यालय, ${formatNumber(found.days, 'hi')} दिन)।\nAll counters are right (${formatNumber(found.offices, 'en')} offices, ${formatNumber(found.days, 'en')} days).`
      : `${found.differences.length} अंतर मिले: गणक, घटनाएँ।\n${found.differences.length} differences: counted, expected.`,
  );
}

function flagValue(line: CommandLine, flag: string): string | undefined {
  const value = line.flags[flag];
  if (value === true)
    throw new Refusal('invalid', { hi: `--${flag} के आगे मान दें।`, en: `Give a value after --${flag}.` });
  return value;
}

function needsCode(): Refusal {
  return new Refusal('invalid', { hi: 'कार्यालय का कोड दें।', en: 'Give the code of an office.' });
}
