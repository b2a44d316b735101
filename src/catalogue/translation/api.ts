import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { dayField } from '../../kernel/day-field.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { contentLanguages, directionOf } from '../../kernel/languages.ts';
import { whole, wholeList } from '../../kernel/lists.ts';
import { code } from '../schema.ts';
import { hashOf, partFields, stateOf, targetOf } from './parts.ts';
import {
  decideTranslation,
  publishTranslation,
  sendTranslation,
  takeBackTranslation,
  withdrawTranslation,
} from './publish-translation.ts';
import { saveTranslation } from './save-translation.ts';
import { countsIn, languagesOfDesk, madeIn, translationDesk, unitsOf } from './translation-desk.ts';
import { dismissTranslator, inviteTranslator, ownInvitations } from './translators.ts';

const tags = ['translation'];
const language = z.enum(contentLanguages);
const byCourse = z.object({ code });
const byLanguage = byCourse.extend({ language });
const state = z.enum(['untranslated', 'stale', 'done']);
// Whoever was asked to translate holds no role; the command asks the course's own policy.
const config = { access: 'signed-in' } as const;

const languageShape = z.object({
  language: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  state: z.enum(['working', 'in_review']),
  untranslated: z.number(),
  stale: z.number(),
  done: z.number(),
  unpublished: z.number().describe('texts that learners do not read yet'),
  isShown: z.boolean().describe('learners may choose it'),
  publishedAt: z.date().nullable(),
  reason: z.string().nullable().describe('why it was returned'),
});
const pieceShape = z.object({
  place: z.string().describe("the piece's name within the course, for good"),
  field: z.enum(partFields),
  lesson: z.string().nullable(),
  source: z.string(),
  sourceHash: z.string(),
  text: z.string(),
  textHash: z.string(),
  state,
  startSeconds: z.number().nullable().describe('of a caption'),
  endSeconds: z.number().nullable(),
});
const languagesShape = z.object({ source: z.string(), items: z.array(languageShape) });

/** Translation for programs: what is to be translated, what was, and the way of a language to its learners. */
export function translationApi(app: App): void {
  readRoutes(app);
  writeRoute(app);
  stepRoutes(app);
  translatorRoutes(app);
}

function readRoutes(app: App): void {
  app.get(
    '/api/v1/courses/:code/translations',
    {
      config,
      schema: {
        ...{ tags, params: byCourse, response: { 200: languagesShape } },
        summary: 'The languages a course is in or is being translated into, with what is left',
      },
    },
    (request) => languagesOf(request.ctx, request.params.code),
  );
  app.get(
    '/api/v1/courses/:code/translations/:language',
    {
      config,
      schema: {
        ...{ tags, params: byLanguage },
        summary: 'The pieces of a course with their translations; page by `after`, the place of the last one',
        querystring: z.object({
          lesson: z.string().max(64).optional(),
          state: state.optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
          after: z.string().max(300).optional(),
        }),
        response: { 200: z.object({ items: z.array(pieceShape), next: z.string().nullable() }) },
      },
    },
    (request) => piecesOf(request.ctx, { ...request.params, ...request.query }),
  );
}

async function languagesOf(ctx: Ctx, courseCode: string): Promise<z.input<typeof languagesShape>> {
  const desk = await translationDesk(ctx, courseCode);
  const items = languagesOfDesk(desk).map((one) => {
    const row = desk.languages.find((known) => known.language === one);
    return {
      ...{ language: one, direction: directionOf(one), state: row?.state ?? 'working' },
      ...countsIn(desk, one),
      unpublished: row?.unpublished ?? 0,
      isShown: desk.course.languages.includes(one),
      publishedAt: row?.publishedAt ?? null,
      reason: row?.reason ?? null,
    };
  });
  return { source: desk.details.language, items };
}

type Asked = z.output<typeof byLanguage> & {
  lesson?: string;
  state?: z.output<typeof state>;
  limit: number;
  after?: string;
};

async function piecesOf(ctx: Ctx, asked: Asked) {
  const desk = await translationDesk(ctx, asked.code);
  const made = madeIn(desk, asked.language);
  const all = unitsOf(desk, asked.language)
    .filter((unit) => !asked.lesson || unit.lesson?.code === asked.lesson)
    .flatMap((unit) => unit.parts.map((part) => ({ part, lesson: unit.lesson?.code ?? null })));
  const from = asked.after ? all.findIndex(({ part }) => part.place === asked.after) + 1 : 0;
  const wanted = all.slice(from).filter(({ part }) => !asked.state || stateOf(part, made) === asked.state);
  const items = wanted.slice(0, asked.limit).map(({ part, lesson }) => {
    const text = targetOf(part, made);
    return {
      ...{ place: part.place, field: part.field, lesson, source: part.source, text },
      ...{ sourceHash: hashOf(part.source), textHash: hashOf(text), state: stateOf(part, made) },
      ...{ startSeconds: part.seconds?.start ?? null, endSeconds: part.seconds?.end ?? null },
    };
  });
  return { items, next: wanted.length > asked.limit ? (items.at(-1)?.place ?? null) : null };
}

function writeRoute(app: App): void {
  app.put(
    '/api/v1/courses/:code/translations/:language/pieces/:place',
    {
      config,
      schema: {
        ...{ tags, params: byLanguage.extend({ place: z.string().min(1).max(300) }) },
        summary:
          'Save one piece with the hash of the source it was made from; of another source than the one of now it is stale',
        body: z.object({
          text: z.string().max(200_000).describe('empty takes the translation away'),
          sourceHash: z.string().regex(/^[0-9a-f]{32}$/),
          replaces: z
            .string()
            .max(64)
            .optional()
            .describe(
              '`textHash` of what it takes the place of; 409 where something else stands there by now',
            ),
        }),
        response: {
          200: z.object({ place: z.string(), state, sourceHash: z.string(), textHash: z.string() }),
        },
      },
    },
    async (request) => {
      const { code: courseCode, language: into, place } = request.params;
      const [saved] = await saveTranslation(request.ctx, { code: courseCode, language: into }, [
        { ...request.body, place },
      ]);
      if (!saved) throw notFound();
      return saved;
    },
  );
}

const steps = [
  {
    method: 'delete',
    path: 'publication',
    act: withdrawTranslation,
    summary: 'Take a language from learners',
  },
  { method: 'post', path: 'review', act: sendTranslation, summary: 'Send a translation to a second person' },
  {
    method: 'delete',
    path: 'review',
    act: takeBackTranslation,
    summary: 'Take a translation back from review',
  },
] as const;

function stepRoutes(app: App): void {
  for (const { method, path, act, summary } of steps)
    app[method](
      `/api/v1/courses/:code/translations/:language/${path}`,
      { config, schema: { tags, params: byLanguage, summary, response: { 204: z.null() } } },
      async (request, reply) => {
        await act(request.ctx, request.params);
        return reply.status(204).send(null);
      },
    );
  app.post(
    '/api/v1/courses/:code/translations/:language/publication',
    {
      config,
      schema: {
        ...{ tags, params: byLanguage, response: { 204: z.null() } },
        summary: 'Publish a translation to learners; 409 `partial` with the numbers where something is left',
        body: z.object({ acceptsPartial: z.boolean().optional() }).nullish(),
      },
    },
    async (request, reply) => {
      await publishTranslation(request.ctx, { ...request.params, ...request.body });
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/courses/:code/translations/:language/review/decision',
    {
      config,
      schema: {
        ...{ tags, params: byLanguage, response: { 204: z.null() } },
        summary: 'Approve a translation, which publishes it, or return it with a reason',
        body: z.object({
          decision: z.enum(['approved', 'returned']),
          reason: z.string().trim().max(2000).optional(),
        }),
      },
    },
    async (request, reply) => {
      await decideTranslation(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
}

function translatorRoutes(app: App): void {
  const byTranslator = byCourse.extend({ translatorId: z.uuid() });
  app.post(
    '/api/v1/courses/:code/translators',
    {
      config,
      schema: {
        ...{ tags, params: byCourse, response: { 201: z.object({ translatorId: z.string() }) } },
        summary: 'Ask a named person to translate this course, until a day',
        body: z.object({
          employeeCode: z.string().trim().min(1).max(60),
          languages: z.array(language).min(1),
          until: dayField,
        }),
      },
    },
    async (request, reply) =>
      reply.status(201).send(await inviteTranslator(request.ctx, request.params.code, request.body)),
  );
  app.delete(
    '/api/v1/courses/:code/translators/:translatorId',
    {
      config,
      schema: {
        tags,
        params: byTranslator,
        summary: "End a translator's right",
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await dismissTranslator(request.ctx, request.params.code, request.params.translatorId);
      return reply.status(204).send(null);
    },
  );
  const invitation = z.object({ courseCode: z.string(), languages: z.array(z.string()), until: z.string() });
  app.get(
    '/api/v1/me/translations',
    {
      config: { access: 'person' },
      schema: {
        ...{ tags, response: { 200: wholeList(invitation) } },
        summary: 'The courses one was asked to translate',
      },
    },
    async (request) => {
      const found = await ownInvitations(request.ctx);
      return whole(found.map((one) => ({ ...one, courseCode: one.code })));
    },
  );
}
