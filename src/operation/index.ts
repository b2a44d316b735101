import { z } from 'zod';
import { sealAudit } from '../kernel/audit-chain.ts';
import type { Feature } from '../kernel/feature.ts';
import { operationCommands } from './commands.ts';
import { healthRoutes } from './health.ts';

export { restoreBackup } from './backup/restore-backup.ts';
export { writeBackup } from './backup/write-backup.ts';

export const operation: Feature = {
  name: 'operation',
  commands: operationCommands,
  crontab: ['* * * * * seal_audit'],
  jobs: () => ({
    seal_audit: async (ctx) => {
      await sealAudit(ctx.db);
    },
  }),
  http(app, runtime) {
    healthRoutes(app, runtime);
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
