import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { sendJsonOnce } from '../kernel/http/compress.ts';
import { rolesPublishing, rolesReviewing } from './policy.ts';
import { sheetQuery, sheetShape } from './schema.ts';
import { keptSheet } from './sheet/kept-sheet.ts';
import type { NodeKind } from './sheet/shape.ts';
import { publicationInput, publishSheet } from './snapshots/publish-sheet.ts';
import { listSnapshots, readSnapshot, type Snapshot } from './snapshots/read-snapshots.ts';

const config = { access: { roles: rolesReviewing } };
const params = z.object({ code: z.string().max(200) });
const tags = ['review'];
const byArea = z.object({
  code: z
    .string()
    .max(60)
    .describe('`state:9`, `division:LKO`, `district:162`: kind and code of the directory'),
});
const byId = z.object({ id: z.uuid() });
const paged = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
});
const snapshotShape = z.object({
  id: z.string(),
  office: z.string().nullable().describe('Its code; null of an area'),
  area: z.string().nullable().describe('`district:162`; null of an office'),
  asOf: z.string(),
  compareOn: z.string().nullable(),
  note: z.string().nullable(),
  digest: z.string().describe('SHA-256 of the canonical JSON (RFC 8785) of the sheet, in hex'),
  publishedAt: z.string(),
  publisherHi: z.string().nullable(),
  publisherEn: z.string().nullable(),
});

export function serveApi(app: App): void {
  app.get(
    '/api/v1/review/:code',
    {
      config,
      schema: {
        tags,
        summary: 'The review sheet of an office',
        description:
          'The very figures of its page and files. Exact for holders of a figure role over the office; elsewhere masked, without change, classes, districts and board.',
        params,
        querystring: sheetQuery,
        response: { 200: sheetShape },
      },
    },
    async (request, reply) =>
      sendJsonOnce(
        request,
        reply,
        await keptSheet(request.ctx, 'office', { code: request.params.code, ...request.query }),
      ),
  );
  const area = 'The review sheet of a state, a division or a district';
  app.get(
    '/api/v1/review/areas/:code',
    {
      config,
      schema: { tags, summary: area, params: byArea, querystring: sheetQuery, response: { 200: sheetShape } },
    },
    async (request, reply) =>
      // A test holds the sheet to its contract, so no answer is checked again.
      sendJsonOnce(
        request,
        reply,
        await keptSheet(request.ctx, 'area', { code: request.params.code, ...request.query }),
      ),
  );
  servePublishing(app, { base: '/api/v1/review', node: 'office', params, of: 'an office' });
  servePublishing(app, {
    ...{ base: '/api/v1/review/areas', node: 'area', params: byArea },
    of: 'a state, a division or a district',
  });
  servePublished(app);
}

type Published = { base: string; node: NodeKind; params: typeof params | typeof byArea; of: string };

function servePublishing(app: App, { base, node, params, of }: Published): void {
  const summary = `The published sheets of ${of}, the newest first`;
  const response = { 200: z.object({ items: z.array(snapshotShape), next: z.string().nullable() }) };
  app.get(
    `${base}/:code/snapshots`,
    { config, schema: { tags, summary, params, querystring: paged, response } },
    async (request) => {
      const { items, next } = await listSnapshots(request.ctx, node, {
        code: request.params.code,
        ...request.query,
      });
      return { items: items.map(snapshotView), next };
    },
  );
  const made = { 201: z.object({ id: z.string(), digest: z.string() }) };
  app.post(
    `${base}/:code/snapshots`,
    {
      config: { access: { roles: rolesPublishing } },
      schema: {
        tags,
        summary: `Publishes the sheet of ${of} as it stands`,
        params,
        body: publicationInput,
        response: made,
      },
    },
    async (request, reply) =>
      reply
        .status(201)
        .send(await publishSheet(request.ctx, node, { ...request.body, code: request.params.code })),
  );
}

function servePublished(app: App): void {
  const one = { 200: snapshotShape.extend({ sheet: sheetShape }) };
  app.get(
    '/api/v1/review-snapshots/:id',
    {
      config,
      schema: { tags, summary: 'A published sheet, exactly as it was', params: byId, response: one },
    },
    async (request) => {
      const { sheet, ...facts } = await readSnapshot(request.ctx, request.params.id);
      return { ...snapshotView(facts), sheet };
    },
  );
}

function snapshotView({
  id,
  node,
  placeCode,
  asOf,
  compareOn,
  note,
  digest,
  publishedAt,
  ...by
}: Omit<Snapshot, 'sheet'>) {
  const { publisherHi, publisherEn } = by;
  const [office, area] = node === 'office' ? [placeCode, null] : [null, placeCode];
  return {
    ...{ id, office, area, asOf, compareOn, note, digest, publisherHi, publisherEn },
    publishedAt: publishedAt.toISOString(),
  };
}
