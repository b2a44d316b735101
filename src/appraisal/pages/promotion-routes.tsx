import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole, scopesOf } from '../../kernel/context.ts';
import { isDay, todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState, valuesOf } from '../../kernel/http/answer-form.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { latinDigits } from '../../kernel/text/digits.ts';
import { officeByCode, officeFiltered } from '../../organisations/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { mayEndRule, rolesIssuing, rolesReading } from '../policy.ts';
import { exportPromotion, type FileFormat } from '../promotion/export-list.ts';
import { countsOfList, faceOfList, type ListFace, listOff, promotionList } from '../promotion/list.ts';
import { previewEnding, previewPromotionRule } from '../promotion/preview-rule.ts';
import { type RuleInput, ruleInput } from '../promotion/rule.ts';
import { endPromotionRule, type RuleEnding, savePromotionRule } from '../promotion/save-rule.ts';
import { askTally } from '../promotion/tally.ts';
import { promotionStates } from '../stores/promotion.ts';
import { ordersToName, promotionRules } from '../stores/promotion-rules.ts';
import { PromotionPage, promotionAddress } from './promotion.tsx';
import { ConfirmEndingPage, ConfirmRulePage } from './promotion-confirm.tsx';
import { RulesPage } from './promotion-rules.tsx';
import { sendWrongOffice } from './wrong-office.tsx';

const reading = { access: { roles: rolesReading } };
const issuing = { access: { roles: rolesIssuing } };
const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .optional()
    .transform((text) => text || undefined);
export const listQuery = z.object({
  rule: z.uuid().optional().catch(undefined),
  office: optional(100),
  asOf: z.string().trim().refine(isDay).optional().catch(undefined),
  state: z.enum(promotionStates).optional().catch(undefined),
  q: optional(100),
  after: z.uuid().optional().catch(undefined),
});
type ListQuery = z.output<typeof listQuery>;

/** The promotion list and its rules, on the appraisal officer's desk. */
export function promotionPages(app: App): void {
  app.get(promotionAddress, { config: reading, schema: { querystring: listQuery, hide: true } }, sendList);
  for (const format of ['csv', 'xlsx'] as const)
    app.get(
      `${promotionAddress}.${format}`,
      { config: { ...reading, file: 'promotion' }, schema: { querystring: listQuery, hide: true } },
      (request, reply) => sendListFile(request, reply, { query: request.query, format }),
    );
  app.post(
    `${promotionAddress}/counts`,
    { config: reading, schema: { hide: true } },
    async (request, reply) => {
      const query = listQuery.parse(request.body ?? {});
      await askTally(request.ctx, await faceWithOffice(request, query));
      return seeOther(reply, `${promotionAddress}?${addressOf(query)}`);
    },
  );
  rulePages(app);
}

function addressOf({ rule, office, asOf }: ListQuery): string {
  const given = Object.entries({ rule, office, asOf }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  return new URLSearchParams(given).toString();
}

async function faceWithOffice({ ctx }: FastifyRequest, { rule: ruleId, office, asOf }: ListQuery) {
  const { office: first, fault } = await officeFiltered(ctx, office, rolesReading);
  if (fault) throw fault.refusal;
  return faceOfList(ctx, { ruleId, asOf, officeCode: first?.code });
}

async function sendList(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const query = listQuery.parse(request.query);
  const { office: first, fault } = await officeFiltered(ctx, query.office, rolesReading);
  if (fault) {
    const page = { title: 'appraisal.promotionTitle', action: promotionAddress } as const;
    return sendWrongOffice(request, reply, { ...page, fault, query });
  }
  const face = await faceOfList(ctx, { ruleId: query.rule, asOf: query.asOf, officeCode: first?.code });
  const office = face.office ?? (await officeByCode(ctx, face.rule?.officeCode ?? ''));
  if (!office) return send(request, reply, { title: 'appraisal.promotionTitle', body: <></> });
  const whole = face.rule && { ...face, rule: face.rule, office };
  const found = whole && {
    list: await promotionList(ctx, whole, { state: query.state, q: query.q, after: query.after, limit: 50 }),
    counts: await countsOfList(ctx, whole),
  };
  const mayEnter = scopesOf(ctx.actor, rolesIssuing).length > 0;
  const body = (
    <PromotionPage {...{ face: { ...face, office }, found, mayEnter }} state={query.state} q={query.q} />
  );
  return send(request, reply, { title: 'appraisal.promotionTitle', body });
}

export async function sendListFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { query, format }: { query: ListQuery; format: FileFormat },
) {
  const face: ListFace = await faceWithOffice(request, query);
  const { rule, office } = face;
  if (!rule || !office) throw listOff();
  const body = await exportPromotion(request.ctx, { ...face, rule, office }, { state: query.state, format });
  return sendFile(reply, { name: `promotion-${office.code}-${face.asOf}`, format, body });
}

const endingInput = z.object({
  endOrder: z.string().trim().min(1).max(200),
  endsOn: z.string().trim().refine(isDay, { message: 'invalid_day' }),
});

function rulePages(app: App): void {
  const url = `${promotionAddress}/rules`;
  app.get(url, { config: reading, schema: { hide: true } }, (request, reply) =>
    sendRules(request, reply, emptyForm),
  );
  app.post(url, { config: issuing, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: ruleInput.extend({ sure: z.enum(['yes', 'back']).optional() }),
      read: readForm,
      submit: async ({ sure, ...input }) => {
        if (sure === 'back') return sendRules(request, reply, { ...emptyForm, values: sentOf(request) });
        if (sure !== 'yes') return sendConfirm(request, reply, input);
        const rule = await savePromotionRule(request.ctx, input);
        flash(reply, { kind: 'success', key: 'appraisal.ruleFlash' });
        return seeOther(
          reply,
          `${promotionAddress}?${addressOf({ rule, office: input.officeCode } as ListQuery)}`,
        );
      },
      redraw: (state) => sendRules(request, reply, state),
    }),
  );
  const params = z.object({ id: z.uuid() });
  app.post(`${url}/:id/ending`, { config: issuing, schema: { params, hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: endingInput.extend({ sure: z.enum(['yes']).optional() }),
      submit: async ({ endOrder, endsOn, sure }) => {
        const ending = { orderNumber: endOrder, endsOn };
        if (!sure) return sendEnding(request, reply, { ruleId: request.params.id, ending });
        await endPromotionRule(request.ctx, request.params.id, ending);
        flash(reply, { kind: 'success', key: 'appraisal.savedFlash' });
        return seeOther(reply, url);
      },
      redraw: (state) =>
        sendRules(request, reply, {
          ...state,
          values: { ...state.values, endingOf: request.params.id },
        }),
    }),
  );
}

/** The form's flat fields as a rule is written. */
function readForm(body: Record<string, unknown>): Record<string, unknown> {
  const text = (name: string) => String(body[name] ?? '').trim();
  const lines = (name: string) => {
    const found = text(name)
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter(Boolean);
    return found.length > 0 ? found : null;
  };
  const isCounting = ['atLeast', 'inYears', 'lastYears'].some((name) => text(name) !== '');
  const years = (name: string) => Number(latinDigits(text(name)) || 1);
  const statements = {
    measure: text('measure'),
    atLeast: Number(latinDigits(text('atLeast'))),
    inYears: years('inYears'),
    lastYears: years('lastYears'),
  };
  return {
    ...body,
    title: { hi: text('titleHi'), en: text('titleEn') },
    rules: {
      groups: listOf(body['groups']).length > 0 ? listOf(body['groups']) : null,
      cadres: lines('cadres'),
      designations: lines('designations'),
      orders: listOf(body['orders']),
      isLateAccepted: text('isLateAccepted') === 'yes',
      statements: isCounting ? statements : null,
    },
  };
}

function listOf(given: unknown): string[] {
  return [given ?? []].flat().map(String);
}

function sentOf(request: FastifyRequest): Record<string, string> {
  const { _csrf, sure, ...values } = valuesOf(request.body);
  return values;
}

function listsOf(request: FastifyRequest): { groups: string[]; orders: string[] } {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return { groups: listOf(body['groups']), orders: listOf(body['orders']) };
}

/** Shown first with its numbers; entered when the officer has seen them. */
async function sendConfirm(request: FastifyRequest, reply: FastifyReply, input: RuleInput) {
  const preview = await previewPromotionRule(request.ctx, input);
  const { groups: _, orders: __, ...sent } = sentOf(request);
  const body = <ConfirmRulePage {...{ preview, sent, lists: listsOf(request) }} />;
  return send(request, reply, { title: 'appraisal.confirmRule', body });
}

type Ended = { ruleId: string; ending: RuleEnding };

async function sendEnding(request: FastifyRequest, reply: FastifyReply, { ruleId, ending }: Ended) {
  const preview = await previewEnding(request.ctx, ruleId, ending);
  const body = <ConfirmEndingPage {...{ preview, ending }} today={todayInIndia(request.ctx.clock)} />;
  return send(request, reply, { title: 'appraisal.confirmRuleEnd', body });
}

async function sendRules(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const rules = await promotionRules(ctx.db.read, requireRole(ctx, rolesReading));
  const lists = listsOf(request);
  // A fault is told at the field of the form that stands for that part of the rule.
  const errors = state.errors.map(({ field, text }) => ({ field: fieldOf(field), text }));
  const page = (
    <RulesPage
      {...{ rules, today: todayInIndia(ctx.clock), state: { values: state.values, lists, errors } }}
      orders={await ordersToName(ctx.db.read, todayInIndia(ctx.clock))}
      mayEnter={scopesOf(ctx.actor, rolesIssuing).length > 0}
      mayEnd={(rule) => mayEndRule(ctx, rule)}
    />
  );
  return send(request, reply, { title: 'appraisal.rulesTitle', body: page, hasErrors: errors.length > 0 });
}

function fieldOf(path: string): string {
  if (path.startsWith('title')) return path === 'title.en' ? 'titleEn' : 'titleHi';
  return path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
}

type Sent = { title: MessageKey; body: Parameters<typeof sendPage>[3]; hasErrors?: boolean };

function send(request: FastifyRequest, reply: FastifyReply, { title, body, hasErrors }: Sent) {
  const options = { title: translator(request.ctx.language)(title), hasErrors };
  return sendPage(request, reply, { ...options, area: 'office', activeLink: 'appraisal' }, body);
}
