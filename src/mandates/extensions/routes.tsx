import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDay } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { listKey } from '../../kernel/lists.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { decidedClaims, waitingClaims } from '../claims/claims.ts';
import { rolesDeciding } from '../deciding.ts';
import { takenBack } from '../service/schema.ts';
import { askExtension, ownOrder, withdrawExtension } from './ask-extension.ts';
import {
  decidedRequests,
  decideExtension,
  ownRequests,
  requestToDecide,
  takeBackExtension,
  waitingRequests,
} from './decide-extension.ts';
import { AskPage, DecideExtensionPage, DecisionsPage } from './pages.tsx';
import { byRequest, extensionDecision, extensionInput } from './schema.ts';

const own = { access: 'person' } as const;
const nodal = { access: { roles: rolesDeciding } } as const;
const byMandate = z.object({ mandateId: z.uuid() });

/** The learner's request from his order, and the officer's page of what waits for a decision. */
export function extensionRoutes(app: App): void {
  const url = '/orders/:mandateId/extension';
  const route = { config: own, schema: { params: byMandate, hide: true } };
  app.get(url, route, (request, reply) => drawAsk(request, reply, emptyForm));
  app.post(url, route, (request, reply) =>
    answerForm(request, reply, {
      schema: extensionInput,
      redraw: (state) => drawAsk(request, reply, state),
      async submit(given) {
        const { mandateId } = request.params;
        await askExtension(request.ctx, mandateId, given);
        flash(reply, { kind: 'success', key: 'service.extensionAsked' });
        return seeOther(reply, `/orders/${mandateId}/extension`);
      },
    }),
  );
  app.post(
    '/orders/:mandateId/extension/:requestId/withdrawal',
    { config: own, schema: { params: byMandate.extend({ requestId: z.uuid() }), hide: true } },
    async (request, reply) => {
      await withdrawExtension(request.ctx, request.params.requestId);
      flash(reply, { kind: 'success', key: 'service.extensionWithdrawn' });
      return seeOther(reply, `/orders/${request.params.mandateId}/extension`);
    },
  );
  officeRoutes(app);
}

async function drawAsk(
  request: FastifyRequest<{ Params: { mandateId: string } }>,
  reply: FastifyReply,
  state: FormState,
) {
  const { ctx } = request;
  const order = await ownOrder(ctx, request.params.mandateId);
  const requests = (await ownRequests(ctx, { limit: 500 })).items.filter((one) =>
    order.lineage.includes(one.mandateId),
  );
  const t = translator(ctx.language);
  const title = t('service.askExtension');
  const { mandate } = order;
  const mandateId = mandate.id;
  const name = pick({ hi: mandate.titleHi, en: mandate.titleEn }, ctx.language);
  const due = order.dueOn === null ? null : formatDay(order.dueOn, ctx.language);
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'learner', width: 'reading', hasErrors: state.errors.length > 0 },
      breadcrumbs: [{ label: t('orders.mine'), href: '/orders' }, { label: title }],
    },
    <AskPage {...{ mandateId, name, number: mandate.number, due, requests, state, status: order.status }} />,
  );
}

const after = listKey.optional().catch(undefined);
const paged = z.object({ requestsAfter: after, claimsAfter: after });

function officeRoutes(app: App): void {
  app.get(
    '/office/decisions',
    { config: nodal, schema: { querystring: paged, hide: true } },
    async (request, reply) => {
      const { ctx, query } = request;
      const requests = await waitingRequests(ctx, { limit: 50, after: query.requestsAfter });
      const claims = await waitingClaims(ctx, { limit: 50, after: query.claimsAfter });
      const decided = { requests: await decidedRequests(ctx), claims: await decidedClaims(ctx) };
      const title = translator(ctx.language)('service.decisions');
      return sendPage(
        request,
        reply,
        { title, area: 'office', activeLink: 'decisions' },
        <DecisionsPage {...{ requests, claims, decided }} />,
      );
    },
  );
  const url = '/office/extensions/:personId/:requestId';
  const route = { config: nodal, schema: { params: byRequest, hide: true } };
  app.get(url, route, (request, reply) => drawDecision(request, reply, emptyForm));
  app.post(url, route, (request, reply) =>
    answerForm(request, reply, {
      schema: extensionDecision,
      redraw: (state) => drawDecision(request, reply, state),
      async submit(given) {
        await decideExtension(request.ctx, request.params, given);
        flash(reply, { kind: 'success', key: 'service.decided' });
        return seeOther(reply, '/office/decisions');
      },
    }),
  );
  app.post(`${url}/withdrawal`, route, (request, reply) =>
    answerForm(request, reply, {
      schema: takenBack,
      redraw: (state) => drawDecision(request, reply, state),
      async submit(given) {
        await takeBackExtension(request.ctx, request.params, given);
        flash(reply, { kind: 'success', key: 'service.extensionTakenBack' });
        return seeOther(reply, '/office/decisions');
      },
    }),
  );
}

async function drawDecision(
  request: FastifyRequest<{ Params: { personId: string; requestId: string } }>,
  reply: FastifyReply,
  state: FormState,
) {
  const row = await requestToDecide(request.ctx, request.params);
  const t = translator(request.ctx.language);
  const title = t('service.decideExtension');
  return sendPage(
    request,
    reply,
    {
      ...{
        title,
        area: 'office',
        activeLink: 'decisions',
        width: 'reading',
        hasErrors: state.errors.length > 0,
      },
      breadcrumbs: [{ label: t('service.decisions'), href: '/office/decisions' }, { label: title }],
    },
    <DecideExtensionPage row={row} state={state} />,
  );
}
