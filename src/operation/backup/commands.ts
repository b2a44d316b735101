import type { Command, CommandLine } from '../../kernel/feature.ts';
import { checkArchive, openArchive, totalBytes } from './archive.ts';
import { amountText, progressLines } from './progress.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup FILE [--json]: all data and files into one ZIP',
  run: async (_ctx, line, runtime) => {
    const [path] = line.args;
    if (!path) return usage(line, backupCommand);
    const written = await writeBackup(runtime, path, progressLines(line.printError));
    if (line.flags['json']) line.print(JSON.stringify(written));
    else
      line.printError(
        `बैकअप बन गया / Backup written: ${path} (${amountText(written.bytes, written.seconds)})`,
      );
    return 0;
  },
};

export const restoreCommand: Command = {
  name: 'restore',
  usage:
    'restore FILE [--check] [--json]: fill an empty installation from a backup; --check only reads the file',
  run: async (_ctx, line, runtime) => {
    const [path] = line.args;
    if (!path) return usage(line, restoreCommand);
    if (line.flags['check']) return check(line, path);
    const restored = await restoreBackup(runtime, path, progressLines(line.printError));
    if (line.flags['json']) line.print(JSON.stringify(restored));
    else
      line.printError(
        `बैकअप से पुनर्स्थापना हो गई / Restored: ${path} (${amountText(restored.bytes, restored.seconds)})`,
      );
    if (restored.upgradedBy.length > 0)
      line.printError(
        'यह पिछले संस्करण का बैकअप था; डेटा इस संस्करण में आ गया, गणक अगला कमांड या `daksh serve` अद्यतन करेगा।\nThe backup was of an earlier version; its data are of this one now, and the next command or `daksh serve` counts anew where needed.',
      );
    return 0;
  },
};

async function check(line: CommandLine, path: string): Promise<number> {
  const archive = await openArchive(path);
  try {
    await checkArchive(archive, progressLines(line.printError));
    const { madeAt, tables, files } = archive.manifest;
    if (line.flags['json']) line.print(JSON.stringify({ madeAt, files, bytes: totalBytes(archive) }));
    else
      line.printError(
        `बैकअप पूरा और पढ़ने योग्य है / The backup is whole and readable: ${madeAt}, ${tables.length} tables, ${files} files`,
      );
    return 0;
  } finally {
    archive.close();
  }
}

function usage(line: CommandLine, command: Command): number {
  line.printError(`daksh ${command.usage}`);
  return 1;
}
