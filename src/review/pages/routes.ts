import { z } from 'zod';
import { ownOffices } from '../../insight/index.ts';
import type { App } from '../../kernel/feature.ts';
import { seeOther } from '../../shell/site/index.ts';
import { briefingPdf } from '../files/sheet-pdf.ts';
import { rolesReviewing, sheetNotFound } from '../policy.ts';
import { sheetQuery } from '../schema.ts';
import { reviewSheet } from '../sheet/review-sheet.ts';
import { sendBriefing } from './briefing-page.tsx';
import { sendPresentation } from './presentation-page.tsx';
import { sendFile, sendSheetFile } from './send-file.ts';
import { sendSheetPage } from './sheet-page.tsx';
import { type Asked, reviewHref } from './words.ts';

const access = { access: { roles: rolesReviewing } };
const filed = z.object({ code: z.string().max(200), format: z.enum(['csv', 'xlsx', 'pdf']) });
const params = z.object({ code: z.string().max(200) });
const pageQuery = sheetQuery.extend({ rows: z.literal('all').optional().catch(undefined) });

export function servePages(app: App): void {
  app.get('/office/review', { config: access, schema: { hide: true } }, async (request, reply) => {
    const [own] = await ownOffices(request.ctx);
    if (!own) throw sheetNotFound();
    return seeOther(reply, reviewHref({ node: 'office', code: own.code }));
  });
  const page = { config: access, schema: { params, querystring: pageQuery, hide: true } };
  app.get('/office/review/:code', page, async (request, reply) => {
    const sheet = await reviewSheet(request.ctx, { code: request.params.code, ...request.query });
    const showsAll = request.query.rows === 'all';
    return sendSheetPage(request, reply, { sheet, asked: askedOf(request.query), showsAll });
  });
  app.get('/office/review/:code/presentation', page, async (request, reply) => {
    const sheet = await reviewSheet(request.ctx, { code: request.params.code, ...request.query });
    return sendPresentation(request, reply, { sheet, asked: askedOf(request.query) });
  });
  app.get('/office/review/:code/briefing', page, async (request, reply) => {
    const sheet = await reviewSheet(request.ctx, { code: request.params.code, ...request.query });
    return sendBriefing(request, reply, { sheet, asked: askedOf(request.query) });
  });
  app.get('/office/review/:code/briefing.pdf', page, async (request, reply) => {
    const { ctx, params, query } = request;
    const sheet = await reviewSheet(ctx, { code: params.code, ...query });
    return sendFile(
      reply,
      `${params.code}-briefing.pdf`,
      await briefingPdf(sheet, ctx.language, ctx.clock.now()),
    );
  });
  const file = { config: access, schema: { params: filed, querystring: pageQuery, hide: true } };
  app.get('/office/review/:code/sheet.:format', file, async (request, reply) => {
    const { code, format } = request.params;
    const sheet = await reviewSheet(request.ctx, { code, ...request.query });
    return sendSheetFile(request, reply, { sheet, format, name: code });
  });
}

/** Only what was asked for stands in the addresses of a page. */
export function askedOf({ asOf, compare, rank }: z.output<typeof sheetQuery>): Asked {
  return { ...(asOf ? { asOf } : {}), ...(compare ? { compare } : {}), ...(rank ? { rank } : {}) };
}
