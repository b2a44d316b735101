import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopesOf } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { seeOther } from '../../shell/site/index.ts';
import { approvePlan, isWriter, previewApproval } from '../plans/approve-plan.ts';
import { discardPlanDraft } from '../plans/discard-draft.ts';
import { addLine, beginPlan, mayPlan, type PlanKey, takeLine } from '../plans/save-plan.ts';
import { rolesPlanning, rolesReading } from '../policy.ts';
import { listPlans, wholePlan } from '../read.ts';
import type { Missing } from '../rules/compliance.ts';
import { lineInput, planKeyInput, yearInput } from '../schema.ts';
import { plansWantSecondPerson } from '../stores/plans.ts';
import { askFirst } from './ask-first.ts';
import { ConfirmPage } from './confirm-page.tsx';
import { sayOf, send } from './frame.tsx';
import { PlanForm, PlanPage, PlansPage } from './plans-page.tsx';
import { checkOf } from './programme-routes.tsx';
import { Check } from './programmes-page.tsx';
import { addressOf, officeOf, planHref } from './words.ts';

const reading = { access: { roles: rolesReading } } as const;
const planning = { access: { roles: rolesPlanning } } as const;
const list = addressOf('/plans');
const one = `${list}/:officeCode/:year`;
const byPlan = z.object({ officeCode: z.string().max(200), year: yearInput });
const hidden = { hide: true };
const perPage = 50;
const schema = { params: byPlan, hide: true };
const asked = {
  approval: { ask: 'curriculum.approveAsk', lead: 'curriculum.approveLead', verb: 'curriculum.approve' },
  'draft-removal': {
    ask: 'curriculum.discardAsk',
    lead: 'curriculum.discardPlanLead',
    verb: 'curriculum.discardDraft',
  },
} as const;

export function planPages(app: App): void {
  const querystring = z.object({
    year: yearInput.optional().catch(undefined),
    after: z.uuid().optional().catch(undefined),
  });
  app.get(list, { config: reading, schema: { querystring, hide: true } }, async (request, reply) => {
    const { ctx } = request;
    const { year } = request.query;
    const found = await listPlans(ctx, { ...request.query, limit: perPage });
    const say = sayOf(request);
    const mayBegin = scopesOf(ctx.actor, rolesPlanning).length > 0;
    return send(request, reply, {
      title: say.t('curriculum.kinds_plan'),
      body: <PlansPage {...found} year={year} mayPlan={mayBegin} say={say} />,
    });
  });
  app.get(`${list}/new`, { config: planning, schema: hidden }, (request, reply) =>
    sendNew(request, reply, emptyForm),
  );
  app.post(list, { config: planning, schema: hidden }, (request, reply) =>
    answerForm(request, reply, {
      schema: planKeyInput,
      submit: async (key) => {
        return seeOther(reply, hrefOf(await beginPlan(request.ctx, key, {})));
      },
      redraw: (state) => sendNew(request, reply, state),
    }),
  );
  onePages(app);
}

function onePages(app: App): void {
  app.get(one, { config: reading, schema }, (request, reply) => sendOne(request, reply, emptyForm));
  app.post(`${one}/lines`, { config: planning, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: lineInput,
      submit: async (input) => {
        await addLine(request.ctx, request.params, input);
        return seeOther(reply, hrefOf(request.params));
      },
      redraw: (state) => sendOne(request, reply, state),
    }),
  );
  app.post(
    `${one}/lines/:ordinal/removal`,
    { config: planning, schema: { params: byPlan.extend({ ordinal: z.coerce.number().int() }), hide: true } },
    async (request, reply) => {
      await takeLine(request.ctx, request.params, request.params.ordinal);
      return seeOther(reply, hrefOf(request.params));
    },
  );
  app.post(`${one}/amendments`, { config: planning, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: z.object({ amendmentReason: z.string().trim().min(1).max(500, 'too_long') }),
      submit: async (input) => {
        await beginPlan(request.ctx, request.params, input);
        return seeOther(reply, hrefOf(request.params));
      },
      redraw: (state) => sendOne(request, reply, state),
    }),
  );
  endPages(app);
}

function endPages(app: App): void {
  app.post(`${one}/approval`, { config: planning, schema }, (request, reply) => {
    const key = request.params;
    return askFirst(request, reply, {
      ask: async () => {
        const missing = await previewApproval(request.ctx, key);
        return sendAsk(request, reply, { key, what: 'approval', missing });
      },
      act: () => approvePlan(request.ctx, key),
      done: { said: 'curriculum.approved', href: hrefOf(key) },
      redraw: (state) => sendOne(request, reply, state),
    });
  });
  // What is thrown away was somebody's work.
  app.post(`${one}/draft-removal`, { config: planning, schema }, (request, reply) => {
    const key = request.params;
    return askFirst(request, reply, {
      ask: () => sendAsk(request, reply, { key, what: 'draft-removal' }),
      act: () => discardPlanDraft(request.ctx, key),
      done: { said: 'curriculum.draftDiscarded', href: hrefOf(key) },
      redraw: (state) => sendOne(request, reply, state),
    });
  });
}

function hrefOf({ officeCode, year }: PlanKey): string {
  return planHref(officeCode, year);
}

type Asked = { key: PlanKey; what: keyof typeof asked; missing?: Missing[] };

async function sendAsk(request: FastifyRequest, reply: FastifyReply, { key, what, missing }: Asked) {
  const { plan } = await wholePlan(request.ctx, key);
  const say = sayOf(request);
  const name = `${say.t('curriculum.planTitle', { year: plan.year })}, ${officeOf(plan, say.language)}`;
  const { ask, lead, verb } = asked[what];
  return send(request, reply, {
    title: say.t(verb),
    crumbs: [{ label: say.t('curriculum.kinds_plan'), href: list }],
    body: (
      <ConfirmPage
        title={say.t(ask, { name })}
        lead={say.t(lead)}
        action={`${hrefOf(key)}/${what}`}
        verb={say.t(verb)}
        backHref={hrefOf(key)}
        say={say}
      >
        {missing ? <Check missing={missing} isDraft say={say} /> : null}
      </ConfirmPage>
    ),
  });
}

async function sendNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const say = sayOf(request);
  return send(request, reply, {
    title: say.t('curriculum.planNew'),
    hasErrors: state.errors.length > 0,
    crumbs: [{ label: say.t('curriculum.kinds_plan'), href: list }],
    body: <PlanForm state={state} say={say} />,
  });
}

async function sendOne(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const { plan, versions } = await wholePlan(ctx, byPlan.parse(request.params));
  const mayWrite = mayPlan(ctx, plan);
  const shown = versions.find((version) => mayWrite || version.state === 'approved');
  const missing = await checkOf(ctx, { kind: 'plan', officePath: plan.officePath }, shown?.lines);
  const isOwn =
    isWriter(ctx, shown?.writers ?? []) && (await plansWantSecondPerson(ctx.db.read, plan.officePath));
  const say = sayOf(request);
  return send(request, reply, {
    title: say.t('curriculum.planTitle', { year: plan.year }),
    hasErrors: state.errors.length > 0,
    crumbs: [{ label: say.t('curriculum.kinds_plan'), href: list }],
    body: <PlanPage {...{ plan, versions, missing, isOwn, state, say }} mayPlan={mayWrite} />,
  });
}
