import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { answerHelp, closeHelp } from './answer-help.ts';
import { addToHelp, askHelp } from './ask-help.ts';
import { deskInbox, ownHelp, readOwnHelp } from './help-views.ts';
import { rolesAnswering } from './policy.ts';
import { helpParams, message, ownParams, question } from './schema.ts';

const tags = ['help'];
const own = { access: 'person' as const };
const desk = { access: { roles: rolesAnswering } };
const done = z.null().describe('done');
const state = z.enum(['open', 'answered', 'closed']);
const text = z.string().nullable();

const listed = z.object({
  id: z.uuid(),
  state,
  page: z.string(),
  courseCode: text,
  text: z.string(),
  askedAt: z.string(),
  changedAt: z.string(),
});
const messageBody = z.object({ isFromDesk: z.boolean(), text: z.string(), writtenAt: z.string() });
const deskListed = listed.extend({ personId: z.uuid(), code: text, nameHi: text, nameEn: text });

type Listed = Awaited<ReturnType<typeof ownHelp>>[number];

function toListed(one: Listed): z.input<typeof listed> {
  return {
    id: one.helpRequestId,
    state: one.state,
    page: one.pagePath,
    courseCode: one.courseCode,
    text: one.firstText,
    askedAt: one.askedAt.toISOString(),
    changedAt: one.changedAt.toISOString(),
  };
}

export function helpApi(app: App): void {
  ownApi(app);
  deskApi(app);
}

function ownApi(app: App): void {
  app.post(
    '/api/v1/help-requests',
    {
      config: own,
      schema: {
        summary: 'Ask for help',
        tags,
        body: question,
        response: { 201: z.object({ helpRequestId: z.uuid() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await askHelp(request.ctx, request.body)),
  );
  app.get(
    '/api/v1/help-requests',
    {
      config: own,
      schema: {
        summary: 'My questions',
        tags,
        response: { 200: z.object({ items: z.array(listed), next: z.string().nullable() }) },
      },
    },
    async (request) => ({ items: (await ownHelp(request.ctx)).map(toListed), next: null }),
  );
  app.get(
    '/api/v1/help-requests/:helpRequestId',
    {
      config: own,
      schema: {
        summary: 'One of my questions with its answers',
        tags,
        params: ownParams,
        response: { 200: listed.extend({ messages: z.array(messageBody) }) },
      },
    },
    async (request) => {
      const { request: found, messages } = await readOwnHelp(request.ctx, request.params.helpRequestId);
      return {
        ...toListed(found),
        messages: messages.map((one) => ({
          isFromDesk: one.isFromDesk,
          text: one.text,
          writtenAt: one.writtenAt.toISOString(),
        })),
      };
    },
  );
  app.post(
    '/api/v1/help-requests/:helpRequestId/messages',
    {
      config: own,
      schema: { summary: 'Write more', tags, params: ownParams, body: message, response: { 204: done } },
    },
    async (request, reply) => {
      await addToHelp(request.ctx, { ...request.params, ...request.body });
      return reply.status(204).send(null);
    },
  );
}

function deskApi(app: App): void {
  const query = z.object({ tab: z.enum(['mine', 'below', 'closed']).default('mine') });
  app.get(
    '/api/v1/help-desk',
    {
      config: desk,
      schema: {
        summary: 'Questions on the desk',
        tags,
        querystring: query,
        response: { 200: z.object({ items: z.array(deskListed), next: z.string().nullable() }) },
      },
    },
    async (request) => ({
      items: (await deskInbox(request.ctx, request.query.tab)).map((one) => ({
        ...toListed(one),
        personId: one.personId,
        code: one.code,
        nameHi: one.nameHi,
        nameEn: one.nameEn,
      })),
      next: null,
    }),
  );
  app.post(
    '/api/v1/help-desk/:personId/:helpRequestId/answers',
    {
      config: desk,
      schema: { summary: 'Answer', tags, params: helpParams, body: message, response: { 204: done } },
    },
    async (request, reply) => {
      await answerHelp(request.ctx, { ...request.params, ...request.body });
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/help-desk/:personId/:helpRequestId/closing',
    { config: desk, schema: { summary: 'Close', tags, params: helpParams, response: { 204: done } } },
    async (request, reply) => {
      await closeHelp(request.ctx, request.params);
      return reply.status(204).send(null);
    },
  );
}
