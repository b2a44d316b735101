import { z } from 'zod';
import { todayInIndia } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import { sendFile } from '../../../kernel/http/send-file.ts';
import { rolesSeeingPersons } from '../../../organisations/index.ts';
import { exportPersons } from '../export-persons.ts';
import { listFields } from '../list-query.ts';

export function exportRoutes(app: App): void {
  for (const format of ['csv', 'xlsx'] as const)
    app.get(
      `/office/persons/export.${format}`,
      {
        config: { access: { roles: rolesSeeingPersons }, file: 'persons' },
        schema: { querystring: z.object(listFields), hide: true },
      },
      async (request, reply) => {
        const body = await exportPersons(request.ctx, request.query, format);
        return sendFile(reply, { name: `persons-${todayInIndia(request.ctx.clock)}`, format, body });
      },
    );
}
