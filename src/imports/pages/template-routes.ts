import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { disposition } from '../../kernel/http/disposition.ts';
import { findImportKind, headingOf } from '../../kernel/imports/index.ts';
import { csvStream, xlsxStream } from '../../kernel/tabular/index.ts';
import { deskRoles } from '../policy.ts';

const params = z.object({ file: z.string().regex(/^[a-z]+\.(csv|xlsx)$/) });
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Empty files with the headings of each kind. */
export function templateRoutes(app: App): void {
  app.get(
    '/office/imports/templates/:file',
    { config: { access: { roles: deskRoles } }, schema: { params, hide: true } },
    async (request, reply) => {
      const [name = '', format] = request.params.file.split('.');
      const kind = findImportKind(name);
      if (!kind) throw notFound();
      const headings = kind.columns.map((column) => headingOf(column, request.ctx.language));
      reply.header('content-disposition', disposition('attachment', `${name}.${format}`));
      if (format === 'csv')
        return reply.type('text/csv; charset=utf-8').send(csvStream(headings, [], { bom: true }));
      const columns = headings.map((heading) => ({ heading, width: 20 }));
      return reply.type(xlsxType).send(xlsxStream({ sheetName: name, columns }, []));
    },
  );
}
