import { z } from 'zod';
import { todayInIndia } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import { disposition } from '../../../kernel/http/disposition.ts';
import { rolesSeeingPersons } from '../../../organisations/index.ts';
import { exportPersons } from '../export-persons.ts';
import { listFields } from '../list-query.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function exportRoutes(app: App): void {
  for (const format of ['csv', 'xlsx'] as const)
    app.get(
      `/office/persons/export.${format}`,
      {
        config: { access: { roles: rolesSeeingPersons } },
        schema: { querystring: z.object(listFields), hide: true },
      },
      async (request, reply) => {
        const file = await exportPersons(request.ctx, request.query, format);
        const name = `persons-${todayInIndia(request.ctx.clock)}.${format}`;
        reply
          .header('content-disposition', disposition('attachment', name))
          .header('cache-control', 'no-store');
        return reply.type(types[format]).send(file);
      },
    );
}
