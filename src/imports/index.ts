import type { Feature } from '../kernel/feature.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { importsApi } from './api.ts';
import { importCommand, undoCommand } from './commands.ts';
import { importJobs } from './jobs.ts';
import { importRoutes } from './pages/import-routes.tsx';
import { templateRoutes } from './pages/template-routes.ts';
import { unmatchedRoutes } from './pages/unmatched-routes.tsx';
import { deskRoles } from './policy.ts';

/** One file from the disk, and any stream of a file, as the command line takes it; for the demonstration. */
export { importFromDisk, requireKind, takeFile } from './import-file.ts';

export const imports: Feature = {
  name: 'imports',
  prepare() {
    addSiteLink({
      key: 'imports',
      area: 'office',
      label: 'imports.imports',
      href: '/office/imports',
      icon: 'upload',
      roles: deskRoles,
      group: 'setup',
      order: 40,
    });
  },
  http(app) {
    importRoutes(app);
    templateRoutes(app);
    unmatchedRoutes(app);
    importsApi(app);
  },
  jobs: importJobs,
  crontab: ['* * * * * imports:resume ?max=1', '17 20 * * * imports:sweep ?max=1'],
  commands: [importCommand, undoCommand],
};
