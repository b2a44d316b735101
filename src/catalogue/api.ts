import { z } from 'zod';
import type { App, Runtime } from '../kernel/feature.ts';
import { contentLanguages } from '../kernel/languages.ts';
import { durationBands, sorts } from './course-filters.ts';
import { courseFacets, courseOf, listCourses } from './course-queries.ts';
import { draftOf } from './draft-view.ts';
import { fileApi } from './file-api.ts';
import { authorRoles, publisherRoles, readerRoles } from './policy.ts';
import { publishCourse, retireCourse } from './publish-course.ts';
import { redoChoices } from './redo.ts';
import { createCourse, saveCourseDraft } from './save-course.ts';
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
const listedShape = courseShape.extend({
  rating: z.object({ average: z.number(), count: z.number() }).nullable().describe('Null below 5 ratings'),
});
const facetValues = z.array(z.object({ value: z.string(), count: z.number() }));
const facetsShape = z.object({
  total: z.number(),
  values: z.object({
    tag: facetValues,
    language: facetValues,
    competency: facetValues,
    provider: facetValues,
    duration: facetValues,
    audience: facetValues,
    level: facetValues.describe(
      'Of the competency that is asked for: courses that lead to this level at least',
    ),
  }),
});
const wholeCourse = courseShape.extend({ version: z.number(), lessons: z.array(lessonShape) });
const bodyDescription =
  'Texts are strings in the language of the course, or {hi, en}. Also understood: `questions` on the lesson; `question` or `prompt` for a ' +
  "question's text, `type` for its kind, `choices` for its options, `answer` as a code, a text or an index from 0 (a list for several); " +
  '`passMark` in percent; `completion` as a list of lesson codes; tags as "ai;cyber". `asset` is the id of a file of `POST /files` (or a ' +
  'name still to come), or an object with fileId, captionsFileId, transcript and altText, or such by language.';
const filterQuery = z.object({
  q: z.string().max(200).optional(),
  tag: z.string().max(60).optional(),
  language: z.enum(contentLanguages).optional(),
  provider: z.string().max(200).optional(),
  audience: z.string().max(400).optional().describe('For whom, as the course says it'),
  duration: z
    .enum(durationBands.map((band) => band.key))
    .optional()
    .describe('In minutes: at most 15; above 15 and at most 30; above 30 and at most 60; above 60'),
  competency: z.string().max(100).optional().describe('The key of a competency of the dictionary'),
  level: z.coerce.number().int().min(1).max(5).optional().describe('At least this level of it'),
});
const listQuery = filterQuery.extend({
  sort: z
    .enum(sorts)
    .optional()
    .describe('relevance (the usual one), newest, shortest, or best rated from 5 ratings on'),
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
        response: { 200: z.object({ items: z.array(listedShape), next: z.string().nullable() }) },
      },
    },
    (request) => listCourses(request.ctx, request.query),
  );
  app.get(
    '/api/v1/course-facets',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'How many courses a search finds, and how many each further filter would leave',
        querystring: filterQuery,
        response: { 200: facetsShape },
      },
    },
    (request) => courseFacets(request.ctx, request.query),
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
        description: bodyDescription,
        body: courseInput,
        response: { 201: wholeCourse },
      },
    },
    async (request, reply) => {
      const made = await createCourse(request.ctx, request.body);
      return reply
        .status(201)
        .header('location', `/api/v1/courses/${encodeURIComponent(made.code)}`)
        .send(await draftOf(request.ctx, made.code));
    },
  );
  app.put(
    '/api/v1/courses/:code',
    {
      config: { access: { roles: authorRoles } },
      schema: {
        tags,
        summary: 'Save the whole draft; of a published course, its next version',
        description: bodyDescription,
        params: byCode,
        body: courseInput,
        response: { 200: wholeCourse },
      },
    },
    async (request) => {
      await saveCourseDraft(request.ctx, request.params.code, request.body);
      return draftOf(request.ctx, request.params.code);
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
        description:
          'Refused with 422 and code `not_ready_for_publication` while anything is missing: `missing` lists each part as {code, lesson, text}. ' +
          'Repeated, it answers 200 with the version that is published.',
        params: byCode,
        body: z
          .object({
            redo: z
              .enum(redoChoices)
              .optional()
              .describe(
                'Who must do the course again: default nobody; only where a version was published before',
              ),
          })
          .nullish(),
        response: { 200: published, 201: published },
      },
    },
    async (request, reply) => {
      const { version, isNew } = await publishCourse(request.ctx, request.params.code, request.body ?? {});
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
