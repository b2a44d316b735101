import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Day } from '../kernel/dates.ts';
import { dayField } from '../kernel/day-field.ts';
import { type ExportKind, exportKinds } from '../kernel/exports.ts';
import type { App } from '../kernel/feature.ts';
import { sendFile } from '../kernel/http/send-file.ts';
import { pagedList } from '../kernel/lists.ts';
import { rolesSeeingFigures } from '../organisations/index.ts';
import { type Definition, definitionSchema } from './definition.ts';
import { type Preview, previewReport } from './preview-report.ts';
import { readTaken, rolesSeeingTaken, type Taken } from './read-taken.ts';
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
      config: { ...config, file: 'report' },
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
    action: z.enum(takenActs).describe('As it stands among the acts on record.'),
    kind: z.enum(Object.keys(exportKinds) as [ExportKind, ...ExportKind[]]).describe('What was taken.'),
    state: z
      .enum(['begun', 'taken', 'broken'])
      .describe('`begun` alone is one that was never asked for, or that its program did not survive.'),
    format: z.string().nullable(),
    rows: z.number().nullable().describe('Handed on; null where they were not counted.'),
    isOfPeople: z.boolean().describe('Rows or papers of named people; otherwise figures alone.'),
    byName: z.string().nullable(),
    byCode: z.string().nullable().describe('The employee code of who took it.'),
    officeCode: z.string().nullable(),
    detail: z.record(z.string(), z.json()).describe('As it was kept: days and filters; never a name.'),
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
      return { items: items.map(shapeOf), next };
    },
  );
}

type Json = z.output<ReturnType<typeof z.json>>;

function shapeOf({ officeHi: _hi, officeEn: _en, at, detail, ...row }: Taken) {
  return { ...row, at: at.toISOString(), detail: detail as Record<string, Json> };
}

/** The file is called as the report is, or as it was saved. */
export async function sendRows(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { definition: Definition; name?: string },
) {
  const { ctx } = request;
  const report = await resolveReport(ctx, asked.definition);
  const name = asked.name ?? reportName(report, ctx.language);
  const body = await streamReport(ctx, report, leaving(reply));
  return sendFile(reply, { name: fileName(name, report.asOf), format: 'csv', body });
}

/** Its signs are those that every file system takes. */
export function fileName(name: string, asOf: Day): string {
  return `${name.replace(/\s*[\\/:*?"<>|]+\s*/g, ' ').trim()} ${asOf}`;
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
