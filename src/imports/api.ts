import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../kernel/errors.ts';
import type { App } from '../kernel/feature.ts';
import { sendFile } from '../kernel/http/send-file.ts';
import {
  checkImport,
  commitImport,
  exportErrorFile,
  type ImportResult,
  type ImportRow,
  importById,
  refuseManyEnded,
  requireImport,
  undoImport,
} from '../kernel/imports/index.ts';
import { requireKind, takeFile } from './import-file.ts';
import { visibleImports } from './list-imports.ts';
import { deskRoles } from './policy.ts';
import { wholeFile } from './whole-file.ts';

export const fileTypes = [
  'text/csv',
  'application/csv',
  'text/plain',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];
const largestFile = 1_000_000_000;

const flag = z
  .enum(['', '0', '1', 'true', 'false'])
  .optional()
  .transform((value) => value === '' || value === '1' || value === 'true');
const flags = z.object({
  commit: flag,
  office: z.string().max(200).optional(),
  complete: flag,
  allOrNothing: flag,
  allowManyEnded: flag,
});
const byId = z.object({ id: z.uuid() });
const resultShape = z.object({
  id: z.string(),
  kind: z.string(),
  committed: z.boolean(),
  rows: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  ended: z.number(),
  rejected: z.number(),
  startedOnImportDay: z
    .number()
    .optional()
    .describe('postings that began on the day of the import for want of a date'),
  newSessions: z.number().optional().describe('sessions of training that the file brings'),
  waiting: z.number().optional().describe('rejected completions that wait to be matched by hand'),
  unknownHeadings: z
    .array(z.string())
    .optional()
    .describe('columns that were not understood and are left out'),
  warnings: z.array(
    z.object({
      code: z.string(),
      count: z.number(),
      sample: z.array(z.string()).optional().describe('some of the values it is about'),
    }),
  ),
});
const importShape = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  fileName: z.string().nullable(),
  createdAt: z.string(),
  committedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  result: resultShape.nullable(),
});
const config = { access: { roles: deskRoles } };
const tags = ['imports'];

/** The imports of INTERFACES (HTTP): the file is the body, and is read as it comes. */
export function importsApi(app: App): void {
  // Only in this feature's scope: elsewhere such bodies stay refused.
  app.addContentTypeParser(fileTypes, (_request, payload, done) => done(null, payload));
  app.post(
    '/api/v1/imports/:kind',
    {
      config,
      bodyLimit: largestFile,
      schema: {
        tags,
        summary: 'Looks at a CSV or XLSX file, or commits it; answers as `daksh import` does',
        consumes: fileTypes,
        params: z.object({ kind: z.string().max(40) }),
        querystring: flags,
        response: { 200: resultShape },
      },
    },
    importBody,
  );
  app.post(
    '/api/v1/imports/:id/commitment',
    {
      config,
      schema: {
        tags,
        summary: 'Commits a file that was looked at',
        params: byId,
        response: { 200: resultShape },
      },
    },
    (request) => commitImport(request.ctx, request.params.id),
  );
  app.delete(
    '/api/v1/imports/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Takes an import back; refused, naming them, where others depend on it',
        params: byId,
        response: { 200: z.object({ id: z.string(), undone: z.boolean() }) },
      },
    },
    (request) => undoImport(request.ctx, request.params.id),
  );
  readingRoutes(app);
}

function readingRoutes(app: App): void {
  app.get(
    '/api/v1/imports',
    {
      config,
      schema: {
        tags,
        summary: 'Imports, newest first',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(50),
          after: z.uuid().optional(),
        }),
        response: { 200: z.object({ items: z.array(importShape), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { items, next } = await visibleImports(request.ctx, request.query);
      return { items: items.map(viewOf), next };
    },
  );
  app.get(
    '/api/v1/imports/:id',
    { config, schema: { tags, summary: 'One import', params: byId, response: { 200: importShape } } },
    async (request) => viewOf((await requireImport(request.ctx, request.params.id)).row),
  );
  app.get(
    '/api/v1/imports/:id/errors',
    {
      config: { ...config, file: 'import_rejected' },
      schema: {
        tags,
        summary: 'The rejected rows as CSV, with `line` and `reason`',
        params: byId,
        produces: ['text/csv'],
      },
    },
    async (request, reply) => {
      const { row } = await requireImport(request.ctx, request.params.id);
      const body = await exportErrorFile(request.ctx, requireStaged(row));
      return sendFile(reply, { name: `${row.kind}.errors`, format: 'csv', body });
    },
  );
}

type ImportRequest = FastifyRequest<{ Params: unknown; Querystring: unknown }> & {
  params: { kind: string };
  query: z.output<typeof flags>;
};

async function importBody(request: ImportRequest): Promise<ImportResult> {
  const { ctx } = request;
  const { commit, ...options } = request.query;
  const importId = await takeFile(ctx, requireKind(request.params.kind), {
    source: bodyOf(request),
    name: null,
    flags: options,
  });
  await request.confirmAccess();
  if (commit) return commitImport(ctx, importId);
  const result = await checkImport(ctx, importId);
  const row = await importById(ctx.db.read, importId);
  if (!options.allowManyEnded) refuseManyEnded(row?.result?.endedOf);
  return result;
}

function bodyOf(request: ImportRequest): AsyncIterable<Uint8Array> {
  if (request.body instanceof Readable) return wholeFile(request.body);
  throw new Refusal(
    'unsupported_type',
    {
      hi: 'फ़ाइल को text/csv या XLSX के रूप में, अनुरोध के मुख्य भाग में भेजें।',
      en: 'Send the file as the body, as text/csv or the XLSX type.',
    },
    { reason: 'unsupported_type' },
  );
}

/** The error file is there as long as the file itself is. */
export function requireStaged(row: ImportRow): ImportRow {
  if (row.hasStaging) return row;
  throw new Refusal(
    'gone',
    { hi: 'यह फ़ाइल अब सर्वर पर नहीं है।', en: 'This file is no longer here.' },
    { reason: 'file_gone' },
  );
}

function viewOf(row: ImportRow): z.input<typeof importShape> {
  return {
    id: row.importId,
    kind: row.kind,
    state: row.state,
    fileName: row.fileName,
    createdAt: row.createdAt.toISOString(),
    committedAt: row.committedAt?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    result: row.result,
  };
}
