import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { ErrorSummary } from '../../shell/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { mayEnd, rolesReading, rolesRuling } from '../policy.ts';
import { listRules } from '../read.ts';
import { endRule, saveRule } from '../rules/save-rule.ts';
import { ruleEndInput, ruleInput } from '../schema.ts';
import { sayOf, send } from './frame.tsx';
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
      schema: ruleInput,
      submit: async (input) => {
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
        <ErrorSummary errors={state.errors} />
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

async function sendNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const say = sayOf(request);
  const { kinds } = (request.body ?? {}) as { kinds?: unknown };
  const chosen = [kinds ?? ['programme', 'plan', 'collection']].flat().map(String);
  return send(request, reply, {
    title: say.t('curriculum.ruleNew'),
    hasErrors: state.errors.length > 0,
    crumbs: [{ label: say.t('curriculum.rulesTitle'), href: list }],
    body: <RuleForm {...{ state, chosen, say }} />,
  });
}
