import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Day } from '../kernel/dates.ts';
import { dayField } from '../kernel/day-field.ts';
import type { App } from '../kernel/feature.ts';
import { disposition } from '../kernel/http/disposition.ts';
import { pagedList } from '../kernel/lists.ts';
import { rolesSeeingFigures } from '../organisations/index.ts';
import { type Definition, definitionSchema, type Format } from './definition.ts';
import { type Preview, previewReport } from './preview-report.ts';
import { readTaken, rolesSeeingTaken } from './read-taken.ts';
import { resolveReport } from './resolve-report.ts';
import { takenActs } from './stores/taken.ts';
import { streamReport } from './stream-report.ts';
import { reportName } from './words.ts';

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
    (request, reply) => sendRows(request, reply, { definition: request.body }),
  );
  serveTaken(app);
}

const takenShape = pagedList(
  z.object({
    id: z.uuid(),
    at: z.iso.datetime(),
    action: z
      .enum(takenActs)
      .describe('What was taken: a beginning alone is one that its program did not survive.'),
    byName: z.string().nullable(),
    byCode: z.string().nullable().describe('The employee code of who took it.'),
    officeCode: z.string().nullable(),
    detail: z.record(z.string(), z.json()).describe('As it was kept: filters, format, rows; never a name.'),
  }),
);
const takenQuery = z.object({
  office: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('The code of an office; it and all below it.'),
  by: z.string().trim().min(1).max(60).optional().describe('The employee code of who took it.'),
  from: dayField.optional(),
  until: dayField.optional(),
  after: z.uuid().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

function serveTaken(app: App): void {
  app.get(
    '/api/v1/reports/taken',
    {
      config: { access: { roles: rolesSeeingTaken } },
      schema: {
        tags,
        summary: 'Files of people and figures that were taken, the newest first',
        querystring: takenQuery,
        response: { 200: takenShape },
      },
    },
    async (request) => {
      const { items, next } = await readTaken(request.ctx, request.query);
      const shown = items.map(({ id, at, action, byName, byCode, officeCode, detail }) => {
        return {
          id,
          at: at.toISOString(),
          action,
          byName,
          byCode,
          officeCode,
          detail: detail as Record<string, Json>,
        };
      });
      return { items: shown, next };
    },
  );
}

type Json = z.output<ReturnType<typeof z.json>>;

/** The file is called as the report is, or as it was saved. */
export async function sendRows(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { definition: Definition; name?: string },
) {
  const { ctx } = request;
  const report = await resolveReport(ctx, asked.definition);
  const name = asked.name ?? reportName(report, ctx.language);
  const stream = await streamReport(ctx, report, leaving(reply));
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', disposition('attachment', fileName(name, report.asOf, 'csv')))
    .send(stream);
}

/** Its signs are those that every file system takes. */
export function fileName(name: string, asOf: Day, ending: Format): string {
  return `${name.replace(/\s*[\\/:*?"<>|]+\s*/g, ' ').trim()} ${asOf}.${ending}`;
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
