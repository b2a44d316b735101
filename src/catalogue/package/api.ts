import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Runtime } from '../../kernel/feature.ts';
import { authorRoles } from '../policy.ts';
import { code, localText } from '../schema.ts';
import { copyCourse } from './copy-course.ts';
import { exportCourse } from './export-package.ts';
import { importPackage, type TakeAs } from './import-package.ts';
import { lookAtPackage, type PackageReport } from './look-at-package.ts';
import { reportLines } from './report-lines.ts';
import { sendPackage } from './send-package-http.ts';
import { largestPackage, receivePackage, removeStaged, stagedPath } from './staged-file.ts';

const tags = ['catalogue'];
const byCode = z.object({ code });
const author = { access: { roles: authorRoles } };
const bilingual = z.object({ hi: z.string(), en: z.string() });
const clash = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same_package'), code: z.string(), version: z.number(), takenAt: z.date() }),
  z.object({
    kind: z.literal('code_taken'),
    isOwn: z.boolean(),
    mayAddVersion: z.boolean(),
    hasDraft: z.boolean(),
  }),
]);
const shape = z.object({
  committed: z.boolean().describe('False for a dry run, and where this very package was here already'),
  code: z.string().nullable().describe('The course that it became; null for a dry run'),
  version: z.number().nullable(),
  counts: z.object({
    modules: z.number(),
    lessons: z.number(),
    questions: z.number(),
    assets: z.number(),
    assetBytes: z.number(),
  }),
  clash: clash.nullable(),
  freeCode: z.string().describe('A code that no course has: that of the package, or one made of it'),
  report: z.array(bilingual).describe('What would come in, and what is left out, in sentences'),
});

export function packageApi(app: App, runtime: Runtime): void {
  app.get(
    '/api/v1/courses/:code/package',
    {
      config: { ...author, file: 'content' },
      schema: {
        tags,
        summary: 'The course as a portable package (zip)',
        description:
          'The version named, else the one in the catalogue, else the open draft. It holds the answer keys: for authors of the owning ' +
          'office alone. The format is told in docs/course-package.md.',
        params: byCode,
        querystring: z.object({ version: z.coerce.number().int().min(1).optional() }),
      },
    },
    async (request, reply) => {
      const wanted = { code: request.params.code, version: request.query.version };
      return sendPackage(reply, await exportCourse(request.ctx, runtime.storage, wanted));
    },
  );
  app.post(
    '/api/v1/courses/:code/copies',
    {
      config: author,
      schema: {
        tags,
        summary: 'Make a new draft that says what this course says',
        params: byCode,
        body: z.object({
          code,
          title: localText,
          version: z.number().int().min(1).optional(),
        }),
        response: { 201: z.object({ code: z.string() }) },
      },
    },
    async (request, reply) => {
      const made = await copyCourse(request.ctx, request.params.code, request.body);
      return reply
        .status(201)
        .header('location', `/api/v1/courses/${encodeURIComponent(made.code)}`)
        .send(made);
    },
  );
  void app.register(async (scope) => importApi(scope as unknown as App, runtime));
}

const importQuery = z.object({
  commit: z.enum(['true', 'false']).default('false'),
  as: z
    .enum(['course', 'version'])
    .default('course')
    .describe('A course of its own, or the next version of its course'),
  code: code.optional().describe('Another code than the package says'),
  office: z.string().max(100).optional().describe('Whose course it becomes'),
  name: z.string().max(200).optional(),
  _csrf: z.string().optional(),
});

function importApi(app: App, runtime: Runtime): void {
  // The body is handed on as a stream, as with files; multipart keeps its own reader.
  app.removeContentTypeParser(['application/json', 'text/plain', 'application/x-www-form-urlencoded']);
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.post(
    '/api/v1/course-packages',
    {
      bodyLimit: largestPackage + 1_000_000,
      config: author,
      schema: {
        tags,
        summary: 'Look at a package, or (with `commit=true`) make a draft of it',
        description:
          'The body is the zip, or one file in a multipart form. Nothing is changed by a package that is refused; a package becomes a ' +
          'draft, never more. The same package again answers 200 with the course that it became.',
        querystring: importQuery,
        response: { 200: shape, 201: shape },
      },
    },
    async (request, reply) => {
      const { source, name } = await packageIn(request);
      const packageId = await receivePackage(request.ctx.config, source);
      const path = stagedPath(request.ctx.config, packageId);
      try {
        if (request.query.commit === 'false')
          return await reply.send({ ...told(await lookAtPackage(request.ctx, path)), ...nothingDone });
        const take = takeAs(request.query);
        const from = { path, name: request.query.name ?? name, take };
        const made = await importPackage(request.ctx, runtime.storage, from);
        const { code: made_, version } = made;
        const body = { ...told(made.report), committed: made.isNew, code: made_, version };
        return await reply.status(made.isNew ? 201 : 200).send(body);
      } finally {
        await removeStaged(request.ctx.config, packageId);
      }
    },
  );
}

const nothingDone = { committed: false, code: null, version: null };

function takeAs(query: z.output<typeof importQuery>): TakeAs {
  return query.as === 'version'
    ? { as: 'version' }
    : { as: 'course', code: query.code, officeCode: query.office };
}

function told(report: PackageReport) {
  const { counts, clash: found, freeCode } = report;
  return { counts, clash: found, freeCode, report: reportLines(report) };
}

async function packageIn(request: FastifyRequest): Promise<{ source: Readable; name: string }> {
  if (!request.isMultipart())
    return {
      source: request.body instanceof Readable ? request.body : Readable.from([]),
      name: 'course.zip',
    };
  const part = await request.file({ limits: { fileSize: largestPackage + 1_000_000 } });
  return part
    ? { source: part.file, name: part.filename }
    : { source: Readable.from([]), name: 'course.zip' };
}
