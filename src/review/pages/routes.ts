import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ownOffices } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { seeOther } from '../../shell/site/index.ts';
import { takeSheet } from '../files/take-sheet.ts';
import { rolesReviewing, sheetNotFound } from '../policy.ts';
import { sheetQuery } from '../schema.ts';
import { keptSheet } from '../sheet/kept-sheet.ts';
import { partOffices } from '../sheet/part-offices.ts';
import { placeByKey, placeKey } from '../sheet/places.ts';
import type { NodeKind, Place } from '../sheet/shape.ts';
import { sendBriefing } from './briefing-page.tsx';
import { sendWrongDays } from './days-form.tsx';
import { sendPartPage } from './part-page.tsx';
import { sendPresentation } from './presentation-page.tsx';
import { sendSheetPage } from './sheet-page.tsx';
import { type Asked, reviewHref } from './words.ts';

const access = { access: { roles: rolesReviewing } };
const filed = z.object({ code: z.string().max(200), format: z.enum(['csv', 'xlsx', 'pdf']) });
const params = z.object({ code: z.string().max(200) });
const pageQuery = sheetQuery.extend({
  rows: z.literal('all').optional().catch(undefined),
  from: z.string().max(200).optional().catch(undefined),
});

export function servePages(app: App): void {
  app.get('/office/review', { config: access, schema: { hide: true } }, async (request, reply) => {
    const [own] = await ownOffices(request.ctx);
    if (!own) throw sheetNotFound();
    return seeOther(reply, reviewHref({ node: 'office', code: own.code }));
  });
  serveForms(app, { base: '/office/review', node: 'office' });
  serveParts(app);
  serveForms(app, { base: '/office/review/areas', node: 'area' });
}

type Forms = { base: string; node: NodeKind };

/** One sheet in each of its forms; all are drawn from the same object. */
function serveForms(app: App, { base, node }: Forms): void {
  const page = { config: access, schema: { params, querystring: pageQuery, hide: true } };
  const sheetOf = async ({ ctx, params: { code }, query: { from, ...query } }: Asking) => {
    const [sheet, origin] = await Promise.all([
      keptSheet(ctx, node, { code, ...query }),
      placeByKey(ctx, from),
    ]);
    const isOnPath = (key: string) => [sheet.place, ...sheet.path].some((place) => placeKey(place) === key);
    const cameFrom = origin && !isOnPath(placeKey(origin)) ? origin : undefined;
    return { sheet, cameFrom, asked: askedOf(query, cameFrom) };
  };
  app.get(`${base}/:code`, page, async (request, reply) => {
    const showsAll = request.query.rows === 'all';
    return orDaysAgain(request, reply, {
      node,
      draw: async () => sendSheetPage(request, reply, { ...(await sheetOf(request)), showsAll }),
    });
  });
  app.get(`${base}/:code/presentation`, page, async (request, reply) =>
    orDaysAgain(request, reply, {
      node,
      draw: async () => sendPresentation(request, reply, await sheetOf(request)),
    }),
  );
  app.get(`${base}/:code/briefing`, page, async (request, reply) =>
    orDaysAgain(request, reply, {
      node,
      draw: async () => sendBriefing(request, reply, await sheetOf(request)),
    }),
  );
  const briefing = { ...page, config: { ...access, file: 'briefing' as const } };
  app.get(`${base}/:code/briefing.pdf`, briefing, async (request, reply) => {
    const { sheet } = await sheetOf(request);
    const body = await takeSheet(request.ctx, sheet, { kind: 'briefing', format: 'pdf' });
    return sendFile(reply, { name: `${sheet.place.code}-briefing`, format: 'pdf', body });
  });
  const file = {
    config: { ...access, file: 'sheet' as const },
    schema: { params: filed, querystring: pageQuery, hide: true },
  };
  app.get(`${base}/:code/sheet.:format`, file, async (request, reply) => {
    const { format } = request.params;
    const { sheet } = await sheetOf(request);
    const body = await takeSheet(request.ctx, sheet, { kind: 'sheet', format });
    return sendFile(reply, { name: `${sheet.place.code}-review`, format, body });
  });
}

/** The offices behind a district, or a division, of an office's sheet. */
function serveParts(app: App): void {
  const schema = {
    params: params.extend({ part: z.string().max(200) }),
    querystring: sheetQuery,
    hide: true,
  };
  for (const of of ['districts', 'divisions'] as const)
    app.get(`/office/review/:code/${of}/:part`, { config: access, schema }, async (request, reply) => {
      const { code, part } = request.params;
      return orDaysAgain(request, reply, {
        node: 'office',
        draw: async () => {
          const found = await partOffices(request.ctx, { code, ...request.query }, { of, code: part });
          return sendPartPage(request, reply, { ...found, of, asked: askedOf(request.query) });
        },
      });
    });
}

type AskedPage = FastifyRequest & Pick<Asking, 'params' | 'query'>;

/** A page of a sheet; where a day that is asked for is none, the choice of days with what is wrong. */
async function orDaysAgain(
  request: AskedPage,
  reply: FastifyReply,
  { node, draw }: { node: NodeKind; draw(): Promise<FastifyReply> },
) {
  try {
    return await draw();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'invalid')) throw error;
    const { ctx, params, query } = request;
    const place = await placeByKey(ctx, placeKey({ node, code: params.code }));
    if (!place) throw error;
    return sendWrongDays(request, reply, {
      place,
      asked: { ...askedOf(query), ...(query.from ? { from: query.from } : {}) },
    });
  }
}

type Asking = { ctx: Ctx; params: { code: string }; query: z.output<typeof pageQuery> };

/** Only what was asked for stands in the addresses of a page, and whose sheet led here if no path leads back to it. */
function askedOf({ asOf, compare, rank }: z.output<typeof sheetQuery>, cameFrom?: Place): Asked {
  return {
    ...(asOf ? { asOf } : {}),
    ...(compare ? { compare } : {}),
    ...(rank ? { rank } : {}),
    ...(cameFrom ? { from: placeKey(cameFrom) } : {}),
  };
}
