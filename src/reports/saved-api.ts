import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../kernel/context.ts';
import type { App, Runtime } from '../kernel/feature.ts';
import { sendFile } from '../kernel/http/send-file.ts';
import { languages } from '../kernel/i18n.ts';
import { nameField } from '../kernel/name-field.ts';
import { config, fileName, sendRows } from './api.ts';
import { askRun, offeredRun, ownRun, retryRun, stopRun, takeRun } from './ask-run.ts';
import { definitionSchema, formats, longestName, schedules } from './definition.ts';
import {
  copyReport,
  deleteReport,
  isOwn,
  renameReport,
  saveReport,
  setSchedule,
  shareReport,
  unshareReport,
  visibleReport,
  visibleReports,
} from './keep-report.ts';
import type { SavedReport } from './stores/reports.ts';
import type { Run } from './stores/runs.ts';

const tags = ['reports'];
export const byId = z.object({ id: z.uuid() });
const nameInput = nameField(longestName);
const scheduleInput = z.object({
  schedule: z.enum(schedules),
  format: z.enum(formats).default('xlsx'),
  language: z.enum(languages).default('hi'),
  isMailed: z.boolean().default(false).describe('Whether a link is mailed when it is ready.'),
});
const savedShape = z.object({
  id: z.string(),
  name: z.string(),
  office: z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() }),
  definition: definitionSchema,
  isOwn: z.boolean(),
  isShared: z.boolean(),
  schedule: z.enum(schedules),
  nextOn: z.string().nullable(),
  format: z.enum(formats),
  language: z.enum(languages),
  isMailed: z.boolean(),
});
const fileShape = z.object({
  id: z.string(),
  reportId: z.string().nullable(),
  name: z.string(),
  asOf: z.string(),
  format: z.enum(formats),
  language: z.enum(languages),
  state: z.enum(['waiting', 'running', 'done', 'stopped', 'failed']),
  failure: z
    .enum(['no_space', 'interrupted', 'error', 'no_right', 'too_long', 'too_many', 'unknown_value'])
    .nullable()
    .describe('Why it came to nothing.'),
  parts: z.int().nullable(),
  partsDone: z.int(),
  rows: z.int(),
  file: z
    .object({ url: z.string(), bytes: z.int(), until: z.string().nullable() })
    .nullable()
    .describe('While it is there: what is done and has none is made again by a retry.'),
});
const nothing = z.null().describe('Nothing');

export function serveSavedApi(app: App, runtime: Runtime): void {
  collection(app);
  changes(app);
  files(app, runtime);
}

function collection(app: App): void {
  app.get(
    '/api/v1/reports',
    {
      config,
      schema: {
        tags,
        summary: 'One’s own reports, and those shared at offices of one’s charge',
        response: { 200: z.object({ items: z.array(savedShape), next: z.null() }) },
      },
    },
    async ({ ctx }) => ({ items: (await visibleReports(ctx)).map((one) => saved(ctx, one)), next: null }),
  );
  app.post(
    '/api/v1/reports',
    {
      config,
      schema: {
        tags,
        summary: 'Keep a report under a name',
        body: z.object({ name: nameInput, definition: definitionSchema }),
        response: { 201: savedShape },
      },
    },
    async ({ ctx, body }, reply) =>
      reply.status(201).send(saved(ctx, await visibleReport(ctx, await saveReport(ctx, body)))),
  );
  app.get(
    '/api/v1/reports/:id',
    { config, schema: { tags, summary: 'A saved report', params: byId, response: { 200: savedShape } } },
    async ({ ctx, params }) => saved(ctx, await visibleReport(ctx, params.id)),
  );
  app.get(
    '/api/v1/reports/:id/rows.csv',
    {
      config: { ...config, file: 'report' },
      schema: {
        tags,
        summary: 'The rows of a saved report as CSV, sent while they are read',
        params: byId,
        response: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.any() } } } },
      },
    },
    async (request, reply) => {
      const report = await visibleReport(request.ctx, request.params.id);
      return sendRows(request, reply, report);
    },
  );
}

function changes(app: App): void {
  const answered = { params: byId, response: { 200: savedShape } };
  const at = '/api/v1/reports/:id';
  app.put(
    at,
    {
      config,
      schema: {
        tags,
        summary: 'Change the name or the definition of one’s own report',
        body: z.object({
          name: z
            .string()
            .max(2000)
            .optional()
            .describe(`As it is, or another of at most ${longestName} signs`),
          definition: definitionSchema.optional(),
        }),
        ...answered,
      },
    },
    async ({ ctx, params, body }) => {
      await renameReport(ctx, params.id, body);
      return saved(ctx, await visibleReport(ctx, params.id));
    },
  );
  app.delete(
    at,
    {
      config,
      schema: { tags, summary: 'Remove one’s own report', params: byId, response: { 204: nothing } },
    },
    async ({ ctx, params }, reply) => {
      await deleteReport(ctx, params.id);
      return reply.status(204).send(null);
    },
  );
  app.post(
    `${at}/sharing`,
    { config, schema: { tags, summary: 'Share it with whoever reads figures of its office', ...answered } },
    async ({ ctx, params }) => {
      await shareReport(ctx, params.id);
      return saved(ctx, await visibleReport(ctx, params.id));
    },
  );
  app.delete(
    `${at}/sharing`,
    { config, schema: { tags, summary: 'Share it no more', ...answered } },
    async ({ ctx, params }) => {
      await unshareReport(ctx, params.id);
      return saved(ctx, await visibleReport(ctx, params.id));
    },
  );
  app.post(
    `${at}/copies`,
    {
      config,
      schema: {
        tags,
        summary: 'A copy of one’s own',
        params: byId,
        body: z.object({ name: nameInput }),
        response: { 201: savedShape },
      },
    },
    async ({ ctx, params, body }, reply) => {
      const copyId = await copyReport(ctx, params.id, body.name);
      return reply.status(201).send(saved(ctx, await visibleReport(ctx, copyId)));
    },
  );
  app.put(
    `${at}/schedule`,
    {
      config,
      schema: {
        tags,
        summary: 'When it is made by itself: every day, on Mondays, on the first of a month, or never',
        body: scheduleInput,
        ...answered,
      },
    },
    async ({ ctx, params, body }) => {
      await setSchedule(ctx, params.id, body);
      return saved(ctx, await visibleReport(ctx, params.id));
    },
  );
}

function files(app: App, runtime: Runtime): void {
  const asked = z.object({ format: z.enum(formats), language: z.enum(languages).optional() });
  app.post(
    '/api/v1/reports/:id/files',
    {
      config,
      schema: {
        tags,
        summary: 'Have a saved report made as a file; done by a job',
        params: byId,
        body: asked,
        response: { 202: fileShape },
      },
    },
    async ({ ctx, params, body }, reply) => {
      const { name, definition, reportId } = await visibleReport(ctx, params.id);
      const { format, language = ctx.language } = body;
      const runId = await askRun(ctx, { name, definition, reportId, format, language });
      return reply.status(202).send(file(await ownRun(ctx, runId)));
    },
  );
  const one = '/api/v1/report-files/:id';
  app.get(
    one,
    {
      config,
      schema: { tags, summary: 'How far such a file is', params: byId, response: { 200: fileShape } },
    },
    async ({ ctx, params }) => file(await offeredRun(ctx, runtime.storage, params.id)),
  );
  app.post(
    `${one}/retry`,
    {
      config,
      schema: {
        tags,
        summary: 'Begin a failed file again, which goes on after what was written, or one that is gone',
        params: byId,
        response: { 202: fileShape },
      },
    },
    async ({ ctx, params }, reply) => {
      await retryRun(ctx, runtime.storage, params.id);
      return reply.status(202).send(file(await ownRun(ctx, params.id)));
    },
  );
  app.delete(
    one,
    { config, schema: { tags, summary: 'Stop making it', params: byId, response: { 204: nothing } } },
    async ({ ctx, params }, reply) => {
      await stopRun(ctx, params.id);
      return reply.status(204).send(null);
    },
  );
  app.get(
    `${one}/content`,
    {
      config: { ...config, file: 'report' },
      schema: {
        tags,
        summary: 'The file, for whoever asked for it, until its day',
        params: byId,
        response: { 200: { description: 'CSV, XLSX or PDF', content: { '*/*': { schema: z.any() } } } },
      },
    },
    ({ ctx, params }, reply) => sendRun(ctx, reply, { runId: params.id, runtime }),
  );
}

export async function sendRun(
  ctx: Ctx,
  reply: FastifyReply,
  { runId, runtime }: { runId: string; runtime: Runtime },
) {
  const { body, bytes, name, asOf, format } = await takeRun(ctx, runtime.storage, runId);
  return sendFile(reply, { name: fileName(name, asOf), format, body, bytes });
}

function saved(ctx: Ctx, report: SavedReport): z.output<typeof savedShape> {
  const { reportId: id, name, definition, isShared, schedule, nextOn, format, language, isMailed } = report;
  const office = { code: report.officeCode, nameHi: report.officeHi, nameEn: report.officeEn };
  return {
    id,
    name,
    office,
    definition,
    isOwn: isOwn(ctx, report),
    isShared,
    schedule,
    nextOn,
    format,
    language,
    isMailed,
  };
}

function file(run: Run): z.output<typeof fileShape> {
  const { runId: id, reportId, name, asOf, format, language, state, failure, parts, partsDone, rows } = run;
  const url = `/api/v1/report-files/${id}/content`;
  return {
    ...{ id, reportId, name, asOf, format, language, state, failure, parts, partsDone, rows },
    file: run.storageKey ? { url, bytes: run.bytes ?? 0, until: run.fileUntil } : null,
  };
}
