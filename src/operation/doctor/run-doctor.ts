import type { CommandLine, Runtime } from '../../kernel/feature.ts';
import { databaseFindings } from './database.ts';
import { digestFinding } from './digests.ts';
import type { Finding } from './finding.ts';
import { machineFindings } from './machine.ts';
import { networkFindings } from './network.ts';
import { settingFindings } from './settings.ts';
import { timeReportFinding } from './time-reports.ts';
import { upkeepFindings } from './upkeep.ts';
import { workFindings } from './work.ts';

/** Looks at what an installation stumbles over; prints what to do; exit 1 where something is wrong. */
export async function runDoctor(line: CommandLine, runtime: Runtime): Promise<number> {
  const findings = await findingsOf(runtime, { asksNetwork: line.flags['network'] !== undefined });
  if (line.flags['json']) line.print(JSON.stringify(findings));
  else
    for (const { check, isGood, hi, en } of findings)
      line.print(`${isGood ? '✓' : '✗'} ${check}: ${hi} / ${en}`);
  return findings.every(({ isGood }) => isGood) ? 0 : 1;
}

export async function findingsOf(
  runtime: Runtime,
  { asksNetwork }: { asksNetwork: boolean },
): Promise<Finding[]> {
  return [
    ...(await databaseFindings(runtime)),
    ...(await upkeepFindings(runtime)),
    ...(await workFindings(runtime)),
    await digestFinding(runtime),
    await timeReportFinding(runtime),
    ...(await machineFindings(runtime)),
    ...settingFindings(runtime),
    ...(asksNetwork ? await networkFindings(runtime) : []),
  ];
}
