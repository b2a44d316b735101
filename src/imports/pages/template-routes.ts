import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { findImportKind, headingOf } from '../../kernel/imports/index.ts';
import { csvStream, xlsxStream } from '../../kernel/tabular/index.ts';
import { deskRoles } from '../policy.ts';

const params = z.object({ file: z.string().regex(/^[a-z]+\.(csv|xlsx)$/) });

/** Empty files with the headings of each kind. */
export function templateRoutes(app: App): void {
  app.get(
    '/office/imports/templates/:file',
    { config: { access: { roles: deskRoles }, file: 'content' }, schema: { params, hide: true } },
    async (request, reply) => {
      const [name = '', format] = request.params.file.split('.');
      const kind = findImportKind(name);
      if (!kind) throw notFound();
      const headings = kind.columns.map((column) => headingOf(column, request.ctx.language));
      if (format === 'csv')
        return sendFile(reply, { name, format, body: csvStream(headings, [], { bom: true }) });
      const columns = headings.map((heading) => ({ heading, width: 20 }));
      return sendFile(reply, { name, format: 'xlsx', body: xlsxStream({ sheetName: name, columns }, []) });
    },
  );
}
