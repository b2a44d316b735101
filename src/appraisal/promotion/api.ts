import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { dayField } from '../../kernel/day-field.ts';
import type { App } from '../../kernel/feature.ts';
import { whole, wholeList } from '../../kernel/lists.ts';
import { rolesIssuing, rolesReading } from '../policy.ts';
import { type PromotionRow, promotionStates } from '../stores/promotion.ts';
import { countsOfList, faceOfList, ownPromotion, promotionList } from './list.ts';
import { keptRules, type PromotionRule, ruleInput } from './rule.ts';
import { endPromotionRule, savePromotionRule } from './save-rule.ts';
import { askTally } from './tally.ts';
import { reasonsOf } from './words.ts';

const tags = ['appraisal'];
const twoScripts = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const ruleShape = z.object({
  id: z.string(),
  orderNumber: z.string(),
  orderDate: z.string(),
  title: twoScripts,
  officeCode: z.string(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  replaces: z.string().nullable(),
  rules: keptRules,
});
const lineShape = z.object({
  id: z.string(),
  code: z.string().nullable(),
  name: twoScripts,
  office: twoScripts.extend({ code: z.string() }),
  designation: twoScripts,
  group: z.string().nullable(),
  state: z.enum(promotionStates),
  reasons: z.object({ hi: z.array(z.string()), en: z.array(z.string()) }),
  orders: z.array(
    z.object({
      number: z.string(),
      status: z.enum(['met', 'metLate', 'open', 'overdue', 'exempt', 'notBound']),
      reachedOn: z.string().nullable(),
      dueOn: z.string().nullable(),
    }),
  ),
  years: z.array(
    z.object({
      year: z.string(),
      number: z.string().nullable(),
      minutes: z.number().nullable(),
      days: z.number().nullable(),
      isDisputed: z.boolean(),
    }),
  ),
});
const countsShape = z.object({
  total: z.number(),
  met: z.number(),
  open: z.number(),
  disputed: z.number(),
  exempt: z.number(),
});

/** The promotion list for programs: the same commands as the pages. */
export function promotionApi(app: App): void {
  listApi(app);
  rulesApi(app);
  app.get(
    '/api/v1/me/promotion',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'My own line under each promotion rule in force, with the reasons; empty while none is',
        response: { 200: wholeList(lineShape.extend({ rule: ruleShape })) },
      },
    },
    async ({ ctx }) =>
      whole(
        (await ownPromotion(ctx)).map(({ rule, row }) => ({
          ...lineAnswer(row, rule),
          rule: ruleAnswer(rule),
        })),
      ),
  );
}

const place = {
  office: z.string().max(100),
  rule: z.uuid().optional(),
  asOf: dayField.optional(),
};

function listApi(app: App): void {
  app.get(
    '/api/v1/appraisal/promotion',
    {
      config: { access: { roles: rolesReading } },
      schema: {
        tags,
        summary:
          'The promotion list of an office as of a day, by name, in pages by key; rule is null while no order is in force (each look is recorded)',
        querystring: z.object({
          ...place,
          state: z.enum(promotionStates).optional(),
          q: z.string().trim().min(1).max(100).optional().describe('A name, or the beginning of a code'),
          after: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: {
          200: z.object({
            asOf: z.string(),
            rule: ruleShape.nullable(),
            items: z.array(lineShape),
            next: z.string().nullable(),
          }),
        },
      },
    },
    async ({ ctx, query: { office: officeCode, rule: ruleId, asOf, ...page } }) => {
      const face = await faceOfList(ctx, { officeCode, ruleId, asOf });
      const { rule, office } = face;
      if (!rule || !office) return { asOf: face.asOf, rule: null, items: [], next: null };
      const { items, next } = await promotionList(ctx, { ...face, rule, office }, page);
      const lines = items.map((row) => lineAnswer(row, rule));
      return { asOf: face.asOf, rule: ruleAnswer(rule), items: lines, next };
    },
  );
  app.get(
    '/api/v1/appraisal/promotion/counts',
    {
      config: { access: { roles: rolesReading } },
      schema: {
        tags,
        summary: 'How many are where; counts is null while a large office is being counted: ask again',
        querystring: z.object(place),
        response: {
          200: z.object({
            asOf: z.string(),
            rule: ruleShape.nullable(),
            counts: countsShape.nullable(),
            countedAt: z.string().nullable(),
          }),
        },
      },
    },
    async ({ ctx, query }) => countsAnswer(ctx, query),
  );
}

async function countsAnswer(ctx: Ctx, query: { office: string; rule?: string; asOf?: string }) {
  const face = await faceOfList(ctx, { officeCode: query.office, ruleId: query.rule, asOf: query.asOf });
  const { rule, office, asOf } = face;
  if (!rule || !office) return { asOf, rule: null, counts: null, countedAt: null };
  const found = await countsOfList(ctx, { ...face, rule, office });
  if (found.is === 'uncounted') await askTally(ctx, face);
  if (found.is !== 'counted') return { asOf, rule: ruleAnswer(rule), counts: null, countedAt: null };
  const { met, open, disputed, exempt, at } = found;
  const counts = { total: met + open + disputed + exempt, met, open, disputed, exempt };
  return { asOf, rule: ruleAnswer(rule), counts, countedAt: at?.toISOString() ?? null };
}

function rulesApi(app: App): void {
  const config = { access: { roles: rolesIssuing } };
  app.post(
    '/api/v1/appraisal/promotion-rules',
    {
      config,
      schema: {
        tags,
        summary: 'Enter a promotion rule by its order (docs/promotion-list.md); with it the list is on',
        body: ruleInput,
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send({ id: await savePromotionRule(request.ctx, request.body) }),
  );
  app.post(
    '/api/v1/appraisal/promotion-rules/:id/ending',
    {
      config,
      schema: {
        tags,
        summary: 'End a promotion rule by an order, with its last day',
        params: z.object({ id: z.uuid() }),
        body: z.object({ orderNumber: z.string().trim().min(1).max(200), endsOn: dayField }),
        response: { 200: z.object({ id: z.string() }) },
      },
    },
    async ({ ctx, params, body }) => {
      await endPromotionRule(ctx, params.id, body);
      return { id: params.id };
    },
  );
}

function ruleAnswer(rule: PromotionRule): z.output<typeof ruleShape> {
  const { ruleId, orderNumber, orderDate, officeCode, startsOn, endsOn, replacesRuleId, rules } = rule;
  const title = { hi: rule.titleHi, en: rule.titleEn };
  return {
    ...{ id: ruleId, orderNumber, orderDate, title, officeCode, startsOn, endsOn, rules },
    replaces: replacesRuleId,
  };
}

function lineAnswer(row: PromotionRow, { rules }: PromotionRule): z.output<typeof lineShape> {
  const { personId, code, group, state, orders, years } = row;
  return {
    ...{ id: personId, code, group, state, orders, years },
    name: { hi: row.nameHi, en: row.nameEn },
    office: { code: row.officeCode, hi: row.officeHi, en: row.officeEn },
    designation: { hi: row.designation, en: row.designationEn },
    reasons: { hi: reasonsOf(row, rules, 'hi'), en: reasonsOf(row, rules, 'en') },
  };
}
