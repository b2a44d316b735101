import { z } from 'zod';
import { ownOffices } from '../../insight/index.ts';
import type { App } from '../../kernel/feature.ts';
import { seeOther } from '../../shell/site/index.ts';
import { rolesReviewing, sheetNotFound } from '../policy.ts';
import { reviewSheet } from '../sheet/review-sheet.ts';
import { rankings } from '../sheet/shape.ts';
import { sendSheetPage } from './sheet-page.tsx';
import { type Asked, reviewHref } from './words.ts';

const access = { access: { roles: rolesReviewing } };
const params = z.object({ code: z.string().max(200) });
export const sheetQuery = z.object({
  asOf: z.string().max(40).optional(),
  compare: z.string().max(40).optional(),
  rank: z.enum(rankings).optional().catch(undefined),
  rows: z.literal('all').optional().catch(undefined),
});

export function servePages(app: App): void {
  app.get('/office/review', { config: access, schema: { hide: true } }, async (request, reply) => {
    const [own] = await ownOffices(request.ctx);
    if (!own) throw sheetNotFound();
    return seeOther(reply, reviewHref({ node: 'office', code: own.code }));
  });
  const page = { config: access, schema: { params, querystring: sheetQuery, hide: true } };
  app.get('/office/review/:code', page, async (request, reply) => {
    const sheet = await reviewSheet(request.ctx, { code: request.params.code, ...request.query });
    return sendSheetPage(request, reply, {
      sheet,
      asked: askedOf(request.query),
      showsAll: request.query.rows === 'all',
    });
  });
}

/** Only what was asked for stands in the addresses of a page. */
export function askedOf({ asOf, compare, rank }: z.output<typeof sheetQuery>): Asked {
  return { ...(asOf ? { asOf } : {}), ...(compare ? { compare } : {}), ...(rank ? { rank } : {}) };
}
