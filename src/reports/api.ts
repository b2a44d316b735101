import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { disposition } from '../kernel/http/disposition.ts';
import { rolesSeeingFigures } from '../organisations/index.ts';
import { type Definition, definitionSchema } from './definition.ts';
import { type Preview, previewReport } from './preview-report.ts';
import { streamReport } from './stream-report.ts';

const tags = ['reports'];
export const config = { access: { roles: rolesSeeingFigures } } as const;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const columnShape = z.object({
  id: z.string(),
  heading: z.string(),
  type: z.enum(['text', 'number', 'percent', 'day']),
});
const previewShape = z.object({
  office: z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() }),
  asOf: z.string(),
  columns: z.array(columnShape),
  rows: z.array(z.array(cell)).describe('The first 50 of a list, or up to 500 groups.'),
  total: z.array(cell).nullable().describe('Of figures: the whole, which the groups need not add up to.'),
  count: z
    .int()
    .nullable()
    .describe('How many rows there are; null where a list is longer than what is shown.'),
  isWhole: z.boolean(),
});

export function serveApi(app: App): void {
  app.post(
    '/api/v1/reports/preview',
    {
      config: { ...config, load: 'reports' },
      schema: {
        tags,
        summary: 'The first rows of a report, or its groups',
        body: definitionSchema,
        response: { 200: previewShape },
      },
    },
    async (request, reply) => previewShapeOf(await previewReport(request.ctx, request.body, leaving(reply))),
  );
  app.post(
    '/api/v1/reports/rows.csv',
    {
      config,
      schema: {
        tags,
        summary: 'A whole report as CSV, sent while it is read',
        body: definitionSchema,
        response: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.any() } } } },
      },
    },
    (request, reply) => sendRows(request, reply, request.body),
  );
}

export async function sendRows(request: FastifyRequest, reply: FastifyReply, definition: Definition) {
  const stream = await streamReport(request.ctx, definition, leaving(reply));
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header(
      'content-disposition',
      disposition('attachment', `${definition.subject}-${definition.office}.csv`),
    )
    .send(stream);
}

/** Aborted when whoever asked goes away before the answer is whole. */
export function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

function previewShapeOf({
  report,
  columns,
  rows,
  total,
  count,
  isWhole,
}: Preview): z.output<typeof previewShape> {
  const { code, nameHi, nameEn } = report.office;
  return {
    office: { code, nameHi, nameEn },
    asOf: report.asOf,
    columns: columns.map(({ id, heading, type }) => ({ id, heading, type })),
    rows: rows.map((row) => row.map(plain)),
    total: total?.map(plain) ?? null,
    count,
    isWhole,
  };
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
