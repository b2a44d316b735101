import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState, valuesOf } from '../../kernel/http/answer-form.ts';
import { ErrorSummary } from '../../shell/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { mayEnd, rolesReading, rolesRuling } from '../policy.ts';
import { listRules } from '../read.ts';
import { previewRule } from '../rules/preview-rule.ts';
import { endRule, saveRule } from '../rules/save-rule.ts';
import { type RuleInput, ruleEndInput, ruleInput } from '../schema.ts';
import { tagsKnown } from '../stores/tags.ts';
import { sayOf, send } from './frame.tsx';
import { RuleConfirm } from './rule-confirm.tsx';
import { RuleForm, RulesPage } from './rules-page.tsx';
import { addressOf } from './words.ts';

const reading = { access: { roles: rolesReading } } as const;
const ruling = { access: { roles: rolesRuling } } as const;
const list = addressOf('/rules');
const hidden = { hide: true };

export function rulePages(app: App): void {
  app.get(list, { config: reading, schema: hidden }, (request, reply) => sendList(request, reply, emptyForm));
  app.get(`${list}/new`, { config: ruling, schema: hidden }, (request, reply) =>
    sendNew(request, reply, emptyForm),
  );
  app.post(list, { config: ruling, schema: hidden }, (request, reply) =>
    answerForm(request, reply, {
      schema: ruleInput.extend({ sure: z.enum(['yes', 'back']).optional() }),
      read: (body) => ({ ...body, tags: tagsSent(body), doubts: doubtsSent(body) }),
      submit: async ({ sure, ...input }) => {
        if (sure === 'back') return sendNew(request, reply, { ...emptyForm, values: sentOf(request) });
        if (sure !== 'yes') return sendConfirm(request, reply, input);
        await saveRule(request.ctx, input);
        flash(reply, { kind: 'success', key: 'curriculum.ruleSaved' });
        return seeOther(reply, list);
      },
      redraw: (state) => sendNew(request, reply, state),
    }),
  );
  const params = z.object({ id: z.uuid() });
  app.post(`${list}/:id/ending`, { config: ruling, schema: { params, hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: ruleEndInput,
      submit: async (input) => {
        await endRule(request.ctx, request.params.id, input);
        flash(reply, { kind: 'success', key: 'curriculum.ruleEnded' });
        return seeOther(reply, list);
      },
      redraw: (state) => sendList(request, reply, state),
    }),
  );
}

async function sendList(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const rules = await listRules(ctx);
  const say = sayOf(request);
  return send(request, reply, {
    title: say.t('curriculum.rulesTitle'),
    hasErrors: state.errors.length > 0,
    body: (
      <>
        <ErrorSummary
          errors={state.errors}
          labels={{ lastDay: say.t('curriculum.lastDay'), orderNumber: say.t('curriculum.orderNumber') }}
        />
        <RulesPage
          {...{ rules, say }}
          today={todayInIndia(ctx.clock)}
          mayEnd={(rule) => mayEnd(ctx, rule)}
          mayAdd={scopesOf(ctx.actor, rolesRuling).length > 0}
        />
      </>
    ),
  });
}

/** The boxes that are ticked, and what was written beside them. */
function tagsSent({ tags, otherTags }: Record<string, unknown>): string[] {
  return [tags ?? [], otherTags ?? []].flat().flatMap((text) =>
    String(text)
      .split(/[\s,;]+/u)
      .filter(Boolean),
  );
}

/** One doubt, said in one language or in both. */
function doubtsSent(body: Record<string, unknown>) {
  const [hi, en] = [body['doubts.0.hi'] || null, body['doubts.0.en'] || null];
  return hi || en ? [{ hi, en }] : [];
}

function sentOf(request: FastifyRequest): Record<string, string> {
  const { _csrf, sure, ...values } = valuesOf(request.body);
  return values;
}

function listsOf({ body }: FastifyRequest): { kinds: string[]; tags: string[] } | undefined {
  const { kinds, tags } = (body ?? {}) as { kinds?: unknown; tags?: unknown };
  return body
    ? { kinds: [kinds ?? []].flat().map(String), tags: [tags ?? []].flat().map(String) }
    : undefined;
}

async function sendConfirm(request: FastifyRequest, reply: FastifyReply, input: RuleInput) {
  const say = sayOf(request);
  const preview = await previewRule(request.ctx, input);
  const { kinds: _, tags: __, ...sent } = sentOf(request);
  return send(request, reply, {
    title: say.t('curriculum.ruleConfirm'),
    crumbs: [{ label: say.t('curriculum.rulesTitle'), href: list }],
    body: <RuleConfirm {...{ preview, sent, lists: listsOf(request) ?? {}, say }} />,
  });
}

async function sendNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const say = sayOf(request);
  const chosen = listsOf(request) ?? { kinds: ['programme', 'plan', 'collection'], tags: ['ai', 'cyber'] };
  const known = await tagsKnown(request.ctx.db.read);
  return send(request, reply, {
    title: say.t('curriculum.ruleNew'),
    hasErrors: state.errors.length > 0,
    crumbs: [{ label: say.t('curriculum.rulesTitle'), href: list }],
    body: <RuleForm {...{ state, chosen, say }} tags={known.map((one) => one.tag)} />,
  });
}
