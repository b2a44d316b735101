import { z } from 'zod';
import { requirePerson } from '../kernel/context.ts';
import type { App } from '../kernel/feature.ts';
import { whole } from '../kernel/lists.ts';
import { draftMandate } from './draft-mandate.ts';
import { checkMandate, commitMandate } from './import-mandate.ts';
import { mandatePersons, visibleMandate, visibleMandates } from './list-mandates.ts';
import { asOfDay, mandateSummary } from './mandate-summary.ts';
import { rolesOrdering } from './policy.ts';
import { publishMandate } from './publish-mandate.ts';
import { readOrder, refusalOfRepeated } from './rules/order-file.ts';
import {
  flag,
  importShape,
  orderBody,
  orderShape,
  orderView,
  ownShape,
  personShape,
  statusSchema,
  summaryShape,
} from './schema.ts';
import { standingOfPerson } from './standing.ts';

const tags = ['mandates'];
const signedIn = { access: 'signed-in' as const };
const ordering = { access: { roles: rolesOrdering } };
const byNumber = z.object({ number: z.string().min(1).max(200) });
const asOf = z
  .string()
  .max(40)
  .optional()
  .describe(
    'YYYY-MM-DD; today where absent. A day to come is answered by what is known today; where counts may be masked, it is today',
  );

export function mandatesApi(app: App): void {
  app.register(async (inner) => {
    refuseRepeatedKeys(inner);
    writing(inner);
  });
  reading(app);
  figures(app);
}

/** An order that says something twice is refused over the wire too: a parser silently takes the last. */
function refuseRepeatedKeys(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    parse(request, body as string, (error, value) => {
      if (error) return done(error);
      const refusal = refusalOfRepeated(String(body));
      return refusal ? done(refusal) : done(null, value);
    }),
  );
}

function writing(app: App): void {
  app.post(
    '/api/v1/imports/mandate',
    {
      config: ordering,
      schema: {
        tags,
        summary: 'Looks at an order, or puts it in force; answers as `daksh import mandate` does',
        querystring: z.object({ commit: flag }),
        body: orderBody,
        response: { 200: importShape },
      },
    },
    (request) => {
      const file = readOrder(request.body);
      return request.query.commit ? commitMandate(request.ctx, file) : checkMandate(request.ctx, file);
    },
  );
  app.post(
    '/api/v1/mandates',
    {
      config: ordering,
      schema: {
        tags,
        summary: 'Enters an order as a draft, or writes the draft of the same number again',
        body: orderBody,
        response: { 200: orderShape, 201: orderShape },
      },
    },
    async (request, reply) => {
      const { outcome, order } = await draftMandate(request.ctx, readOrder(request.body));
      return reply.code(outcome === 'added' ? 201 : 200).send(orderView(order));
    },
  );
  app.post(
    '/api/v1/mandates/:number/publication',
    {
      config: ordering,
      schema: {
        tags,
        summary: 'Puts a draft in force; everybody’s standing and all figures are written before it answers',
        params: byNumber,
        querystring: z.object({
          digest: z.string().optional().describe('Of the draft that was read; another one is refused'),
        }),
        response: { 200: orderShape },
      },
    },
    async (request) => orderView(await publishMandate(request.ctx, request.params.number, request.query)),
  );
}

function reading(app: App): void {
  app.get(
    '/api/v1/mandates',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Orders, newest first; drafts only for those who may publish them',
        querystring: z.object({
          state: z.enum(['draft', 'published', 'withdrawn']).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
          after: z.uuid().optional(),
        }),
        response: { 200: z.object({ items: z.array(orderShape), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { items, next } = await visibleMandates(request.ctx, request.query);
      return { items: items.map(orderView), next };
    },
  );
  app.get(
    '/api/v1/mandates/:number',
    {
      config: signedIn,
      schema: { tags, summary: 'One order', params: byNumber, response: { 200: orderShape } },
    },
    async (request) => orderView(await visibleMandate(request.ctx, request.params.number)),
  );
  app.get(
    '/api/v1/me/mandates',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'Which orders bind me, why, by when, and what counts',
        querystring: z.object({ asOf }),
        response: { 200: ownShape },
      },
    },
    async (request) => {
      const { ctx, query } = request;
      return whole(await standingOfPerson(ctx, requirePerson(ctx), { asOf: asOfDay(ctx, query.asOf) }));
    },
  );
}

function figures(app: App): void {
  app.get(
    '/api/v1/mandates/:number/summary',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Met, met late, open, overdue and exempt of an office and of its children as of a day',
        description:
          'The five add up to the bound. Exact for holders of the roles nodal, leader, appraisal, auditor, operator and centre over the office; for everybody else small counts are masked, and a past day is answered as of the end of a month.',
        params: byNumber,
        querystring: z.object({ office: z.string().max(200), asOf }),
        response: { 200: summaryShape },
      },
    },
    (request) => mandateSummary(request.ctx, { number: request.params.number, ...request.query }),
  );
  app.get(
    '/api/v1/mandates/:number/persons',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Those whom an order binds at or below an office, by name',
        params: byNumber,
        querystring: z.object({
          office: z.string().max(200),
          asOf,
          status: statusSchema.optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
          after: z.uuid().optional(),
        }),
        response: {
          200: z.object({ asOf: z.string(), items: z.array(personShape), next: z.string().nullable() }),
        },
      },
    },
    async (request) => {
      const found = await mandatePersons(request.ctx, { number: request.params.number, ...request.query });
      const items = found.items.map((row) => ({
        ...{ personId: row.personId, employeeCode: row.employeeCode, status: row.status },
        name: { hi: row.nameHi, en: row.nameEn },
        office: { code: row.officeCode, nameHi: row.officeHi, nameEn: row.officeEn },
        ...{ reachedOn: row.reachedOn, dueOn: row.dueOn, overdueFrom: row.overdueFrom },
      }));
      return { ...found, items };
    },
  );
}
