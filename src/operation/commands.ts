import { verifyAudit } from '../kernel/audit-chain.ts';
import type { Command } from '../kernel/feature.ts';
import { backupCommand, restoreCommand } from './backup/commands.ts';
import { benchCommand } from './bench/command.ts';
import { distributeCommand } from './distribute/command.ts';
import { runDoctor } from './doctor/run-doctor.ts';
import { generateCommand } from './generate/command.ts';

const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate: bring the schema up to date',
  // The schema is brought up to date before any command runs; here that is all.
  run: async (_ctx, line) => {
    line.printError('डेटाबेस का ढाँचा अद्यतन है।\nThe schema is up to date.');
    return 0;
  },
};

const auditCommand: Command = {
  name: 'audit',
  usage: 'audit [--json]: verify the audit chain; exit 1 where it is broken',
  run: async (_ctx, line, runtime) => {
    const report = await verifyAudit(runtime.db);
    if (line.flags['json']) line.print(JSON.stringify(report));
    else
      line.print(
        `sealed ${report.sealed}, erased ${report.erased}, waiting ${report.unsealed}, faults ${report.faults.length}`,
      );
    return report.faults.length > 0 ? 1 : 0;
  },
};

const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor [--network] [--json]: check settings, database, disk, jobs, backups; say what to do',
  run: (_ctx, line, runtime) => runDoctor(line, runtime),
};

export const operationCommands = [
  migrateCommand,
  backupCommand,
  restoreCommand,
  auditCommand,
  doctorCommand,
  distributeCommand,
  generateCommand,
  benchCommand,
];
