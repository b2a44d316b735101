import type { Feature } from '../kernel/feature.ts';
import { importsApi } from './api.ts';
import { importCommand, undoCommand } from './commands.ts';
import { importJobs } from './jobs.ts';

/** Takes in one file as the command does: reads, looks, and commits where asked; for the demonstration. */
export { importFromDisk, requireKind, takeFile } from './import-file.ts';

export const imports: Feature = {
  name: 'imports',
  http: (app) => importsApi(app),
  jobs: importJobs,
  crontab: ['17 20 * * * imports:sweep ?max=1'],
  commands: [importCommand, undoCommand],
};
