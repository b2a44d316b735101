import { z } from 'zod';
import { requireRole } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import type { App } from '../kernel/feature.ts';
import { sendFile } from '../kernel/http/send-file.ts';
import { whole, wholeList } from '../kernel/lists.ts';
import { calendarAnswer, jobAnswer, statementAnswer, stateOf } from './answers.ts';
import { saveCalendar } from './calendars/save-calendar.ts';
import { feedCsv } from './feed/feed-csv.ts';
import { exportFeed, readFeed } from './feed/read-feed.ts';
import { decideObjection } from './objections/decide-objection.ts';
import { raiseObjection } from './objections/raise-objection.ts';
import { rolesIssuing, rolesKeepingCalendars, rolesReading } from './policy.ts';
import {
  byNumber,
  calendarInput,
  calendarShape,
  contentShape,
  correctInput,
  decisionInput,
  feedShape,
  freezeInput,
  jobShape,
  objectionInput,
  statementShape,
  states,
  yearInput,
} from './schema.ts';
import { previewStatement } from './statements/preview.ts';
import { ownStatements, readStatement, statementsOfOffice } from './statements/read-statement.ts';
import { queueStatements, stopStatements } from './statements/run-job.ts';
import { listCalendars } from './stores/calendars.ts';
import { jobsOf } from './stores/jobs.ts';

const tags = ['appraisal'];

/** The yearly statement for programs: the same commands as the pages. */
export function appraisalApi(app: App): void {
  ownApi(app);
  calendarsApi(app);
  statementsApi(app);
  jobsApi(app);
  feedApi(app);
}

function ownApi(app: App): void {
  const access = 'person' as const;
  app.get(
    '/api/v1/me/statements',
    {
      config: { access },
      schema: {
        tags,
        summary: 'My yearly training statements, newest first',
        response: { 200: wholeList(statementShape) },
      },
    },
    async ({ ctx }) => whole((await ownStatements(ctx)).map((one) => statementAnswer(one, ctx.config))),
  );
  app.get(
    '/api/v1/me/statement-preview',
    {
      config: { access },
      schema: {
        tags,
        summary: 'My statement as it would be today; nothing of it is final',
        querystring: z.object({ year: yearInput.optional() }),
        response: { 200: contentShape },
      },
    },
    async ({ ctx, query }) => {
      const { personId } = ctx.actor as { personId: string };
      return (await previewStatement(ctx, personId, query.year)).content;
    },
  );
}

function calendarsApi(app: App): void {
  app.get(
    '/api/v1/appraisal/calendars',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'Appraisal calendars by year and office, with the orders that extend them',
        response: { 200: wholeList(calendarShape) },
      },
    },
    async ({ ctx }) => whole((await listCalendars(ctx.db.read)).map(calendarAnswer)),
  );
  app.post(
    '/api/v1/appraisal/calendars',
    {
      config: { access: { roles: rolesKeepingCalendars } },
      schema: {
        tags,
        summary: 'Enter the calendar of a year for an office, or an order that extends one',
        body: calendarInput,
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => reply.status(201).send({ id: await saveCalendar(request.ctx, request.body) }),
  );
}

const listed = z.object({
  number: z.string(),
  name: z.object({ hi: z.string().nullable(), en: z.string().nullable() }),
  code: z.string().nullable(),
  courses: z.number(),
  minutes: z.number(),
  state: z.enum(states),
  replaces: z.string().nullable(),
  servedOn: z.string().nullable(),
});

function statementsApi(app: App): void {
  app.get(
    '/api/v1/appraisal/statements',
    {
      config: { access: { roles: rolesReading } },
      schema: {
        tags,
        summary: 'The statements of a year in a subtree, by office and name (each look is recorded)',
        querystring: z.object({
          year: yearInput,
          office: z.string().max(100).optional(),
          state: z.enum(['all', 'disputed', 'corrected']).default('all'),
          q: z.string().trim().min(1).max(100).optional().describe('A name, or the beginning of a code'),
          after: z.string().max(60).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.object({ items: z.array(listed), next: z.string().nullable() }) },
      },
    },
    async ({ ctx, query: { office, ...query } }) => {
      const { items, next } = await statementsOfOffice(ctx, { ...query, officeCode: office });
      return {
        next,
        items: items.map(
          ({ statementNo, name, code, courses, minutes, replacesNo, servedOn, isDisputed }) => ({
            ...{ number: statementNo, name, code, courses, minutes, servedOn, replaces: replacesNo },
            state: stateOf({ isDisputed, replacedByNo: null }),
          }),
        ),
      };
    },
  );
  app.get(
    '/api/v1/statements/:number',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary:
          'A statement with its canonical JSON, digest and signature (the person; officers of the subtree)',
        params: byNumber,
        response: { 200: statementShape },
      },
    },
    async ({ ctx, params }) => statementAnswer(await readStatement(ctx, params.number), ctx.config),
  );
  app.post(
    '/api/v1/statements/:number/objections',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'Object to a statement: the person, or an officer of the office for him',
        params: byNumber,
        body: objectionInput,
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => {
      const id = await raiseObjection(request.ctx, { ...request.params, ...request.body });
      return reply.status(201).send({ id });
    },
  );
  app.post(
    '/api/v1/appraisal/objections/:id/decision',
    {
      config: { access: { roles: rolesIssuing } },
      schema: {
        tags,
        summary: 'Decide an objection with a reason; upheld, a corrected statement is made from the records',
        params: z.object({ id: z.uuid() }),
        body: decisionInput,
        response: { 200: z.object({ correctedNo: z.string().nullable() }) },
      },
    },
    async ({ ctx, params, body }) => decideObjection(ctx, { objectionId: params.id, ...body }),
  );
}

function jobsApi(app: App): void {
  const config = { access: { roles: rolesIssuing } };
  const response = { 202: jobShape };
  app.post(
    '/api/v1/appraisal/freezes',
    {
      config,
      schema: { tags, summary: 'Freeze the statements of a year for a subtree', body: freezeInput, response },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(jobAnswer(await queueStatements(request.ctx, { kind: 'freeze', ...request.body }))),
  );
  app.post(
    '/api/v1/appraisal/corrections',
    {
      config,
      schema: {
        tags,
        summary: 'Correct by order all statements of a subtree whose records have changed',
        body: correctInput,
        response,
      },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(jobAnswer(await queueStatements(request.ctx, { kind: 'correct', ...request.body }))),
  );
  app.get(
    '/api/v1/appraisal/jobs/:id',
    {
      config,
      schema: {
        tags,
        summary: 'How far a freeze or a correction is',
        params: z.object({ id: z.uuid() }),
        response: { 200: jobShape },
      },
    },
    async ({ ctx, params }) => {
      const officeIds = requireRole(ctx, rolesIssuing);
      const [job] = await jobsOf(ctx.db.read, { officeIds, jobId: params.id });
      if (!job) throw notFound();
      return jobAnswer(job);
    },
  );
  app.post(
    '/api/v1/appraisal/jobs/:id/stop',
    {
      config,
      schema: {
        tags,
        summary: 'Stop a freeze or a correction; what was made stands',
        params: z.object({ id: z.uuid() }),
        response: { 200: jobShape },
      },
    },
    async ({ ctx, params }) => jobAnswer(await stopStatements(ctx, params.id)),
  );
}

const feedQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

function feedApi(app: App): void {
  const config = { access: { roles: rolesIssuing } };
  app.get(
    '/api/v1/appraisal/feed',
    {
      config,
      schema: {
        tags,
        summary:
          'What has happened to statements since a cursor, for appraisal systems (docs/appraisal-feed.md)',
        querystring: feedQuery,
        response: { 200: feedShape },
      },
    },
    async ({ ctx, query }) => readFeed(ctx, query),
  );
  app.get(
    '/api/v1/appraisal/feed.csv',
    {
      config: { ...config, file: 'statement_feed' },
      schema: {
        tags,
        summary: 'The same as CSV, one line an event',
        querystring: feedQuery,
        response: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } } },
      },
    },
    async ({ ctx, query }, reply) => {
      const { items, next } = await exportFeed(ctx, query);
      if (next) reply.header('x-next-cursor', next);
      return sendFile(reply, { name: 'statements', format: 'csv', body: feedCsv(items) });
    },
  );
}
