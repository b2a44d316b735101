import { z } from 'zod';
import { sealAudit } from '../kernel/audit-chain.ts';
import { sweepFilesJob } from '../kernel/batch-files.ts';
import type { Feature } from '../kernel/feature.ts';
import { lasting } from '../kernel/jobs.ts';
import { operationCommands } from './commands.ts';
import { noteSize } from './doctor/sizes.ts';
import { healthRoutes } from './health.ts';
import { tellProcessFigures } from './metrics/process-figures.ts';
import { addSystemLink, systemRoutes } from './system/routes.tsx';

export { restoreBackup } from './backup/restore-backup.ts';
export { writeBackup } from './backup/write-backup.ts';

export const operation: Feature = {
  name: 'operation',
  prepare(runtime) {
    tellProcessFigures(runtime);
    addSystemLink();
  },
  commands: operationCommands,
  crontab: [
    '* * * * * seal_audit',
    '40 20 * * * operation:note-size ?max=1',
    '28 * * * * operation:sweep-files ?fill=1h&max=1',
  ],
  jobs: (runtime) => ({
    seal_audit: async (ctx) => {
      await sealAudit(ctx.db);
    },
    'operation:note-size': (ctx) => noteSize(ctx),
    'operation:sweep-files': lasting(sweepFilesJob(runtime.storage)),
  }),
  http(app, runtime) {
    healthRoutes(app, runtime);
    systemRoutes(app, runtime);
    app.get(
      '/api/v1/openapi.json',
      {
        config: { access: 'public' },
        schema: { tags: ['operation'], summary: 'This contract', response: { 200: z.looseObject({}) } },
      },
      async (_request, reply) =>
        reply.header('cache-control', 'public, max-age=300').send({ ...app.swagger() }),
    );
  },
};
