import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Runtime } from '../kernel/feature.ts';
import { courseOf, listCourses } from './course-queries.ts';
import { authorRoles, publisherRoles, readerRoles } from './policy.ts';
import { publishCourse, retireCourse } from './publish-course.ts';
import { createCourse, saveCourseDraft } from './save-course.ts';
import { saveFile } from './save-file.ts';
import { code, courseInput } from './schema.ts';

const byCode = z.object({ code });
const local = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const lessonShape = z.object({
  code: z.string(),
  kind: z.enum(['text', 'video', 'audio', 'pdf', 'quiz']),
  title: local,
  durationMinutes: z.number(),
  minimumSeconds: z.number(),
});
export const courseShape = z.object({
  code: z.string(),
  title: local,
  summary: local,
  provider: z.string().nullable(),
  tags: z.array(z.string()),
  competencies: z.array(z.string()),
  languages: z.array(z.string()),
  durationMinutes: z.number(),
  state: z.enum(['draft', 'published', 'retired']),
  isPlayable: z.boolean(),
});
const wholeCourse = courseShape.extend({ version: z.number(), lessons: z.array(lessonShape) });
const listQuery = z.object({
  q: z.string().max(200).optional(),
  tag: z.string().max(60).optional(),
  language: z.enum(['hi', 'en']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(200).optional(),
});

export function catalogueApi(app: App, runtime: Runtime): void {
  const tags = ['catalogue'];
  app.get(
    '/api/v1/courses',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Published courses, found by words in either script',
        querystring: listQuery,
        response: { 200: z.object({ items: z.array(courseShape), next: z.string().nullable() }) },
      },
    },
    (request) => listCourses(request.ctx, request.query),
  );
  app.get(
    '/api/v1/courses/:code',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'One course', params: byCode, response: { 200: wholeCourse } },
    },
    (request) => courseOf(request.ctx, request.params.code),
  );
  app.post(
    '/api/v1/courses',
    {
      config: { access: { roles: authorRoles } },
      schema: {
        tags,
        summary: 'Make a course as a draft',
        body: courseInput,
        response: { 201: wholeCourse },
      },
    },
    async (request, reply) => {
      const made = await createCourse(request.ctx, request.body);
      return reply
        .status(201)
        .header('location', `/api/v1/courses/${encodeURIComponent(made.code)}`)
        .send(await courseOf(request.ctx, made.code));
    },
  );
  app.put(
    '/api/v1/courses/:code',
    {
      config: { access: { roles: authorRoles } },
      schema: {
        tags,
        summary: 'Save the whole draft',
        params: byCode,
        body: courseInput,
        response: { 200: wholeCourse },
      },
    },
    async (request) => {
      await saveCourseDraft(request.ctx, request.params.code, request.body);
      return courseOf(request.ctx, request.params.code);
    },
  );
  publicationApi(app);
  fileApi(app, runtime);
}

function publicationApi(app: App): void {
  const tags = ['catalogue'];
  const published = z.object({ code: z.string(), version: z.number(), state: z.literal('published') });
  app.post(
    '/api/v1/courses/:code/publication',
    {
      config: { access: { roles: readerRoles } },
      schema: {
        tags,
        summary: 'Publish the draft, or say what is missing',
        params: byCode,
        response: { 200: published, 201: published },
      },
    },
    async (request, reply) => {
      const { version, isNew } = await publishCourse(request.ctx, request.params.code);
      return reply
        .status(isNew ? 201 : 200)
        .send({ code: request.params.code, version, state: 'published' as const });
    },
  );
  app.delete(
    '/api/v1/courses/:code/publication',
    {
      config: { access: { roles: publisherRoles } },
      schema: {
        tags,
        summary: 'Take the course out of the catalogue',
        params: byCode,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await retireCourse(request.ctx, request.params.code);
      return reply.status(204).send(null);
    },
  );
}

function fileApi(app: App, runtime: Runtime): void {
  const saved = z.object({
    fileId: z.string(),
    contentType: z.string(),
    bytes: z.number(),
    name: z.string(),
  });
  void app.register(async (scope) => {
    // The body is handed on as a stream: a video never lies whole in memory.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    (scope as unknown as App).post(
      '/api/v1/files',
      {
        bodyLimit: 200_000_000,
        config: { access: { roles: authorRoles } },
        schema: {
          tags: ['catalogue'],
          summary: 'Keep a file of a lesson; the body is the file',
          querystring: z.object({ name: z.string().max(200).default('file') }),
          response: { 201: saved },
        },
      },
      async (request, reply) => {
        const source = bodyStream(request);
        return reply
          .status(201)
          .send(await saveFile(request.ctx, runtime.storage, { source, name: request.query.name }));
      },
    );
  });
}

function bodyStream(request: FastifyRequest): Readable {
  return request.body instanceof Readable ? request.body : Readable.from([]);
}
