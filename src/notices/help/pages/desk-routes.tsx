import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { answerHelp, closeHelp, reopenHelp } from '../answer-help.ts';
import { deskCounts, deskInbox, readDeskHelp } from '../help-views.ts';
import { rolesAnswering, rolesAnsweringVisitors } from '../policy.ts';
import { closingNote, helpParams, message, visitorParams } from '../schema.ts';
import type { HelpKey } from '../store.ts';
import { closeVisitorHelp, listVisitors, requireVisitor, revealVisitorContact } from '../visitor-help.ts';
import { DeskCasePage, DeskPage } from './desk-pages.tsx';
import { VisitorPage, VisitorsPage } from './visitor-pages.tsx';

const config = { access: { roles: rolesAnswering } };
const visitors = { access: { roles: rolesAnsweringVisitors } };
const tabQuery = z.object({ tab: z.enum(['mine', 'below', 'closed']).catch('mine').default('mine') });
const base = '/office/help';

/** The inbox of nodal officers and operators. */
export function helpDeskRoutes(app: App): void {
  app.get(base, { config, schema: { querystring: tabQuery, hide: true } }, async (request, reply) => {
    const { tab } = request.query;
    const [rows, counts] = await Promise.all([deskInbox(request.ctx, tab), deskCounts(request.ctx)]);
    const title = translator(request.ctx.language)('notices.deskTitle');
    return sendPage(
      request,
      reply,
      { title, area: 'office', activeLink: 'help' },
      <DeskPage title={title} tab={tab} rows={rows} counts={counts} />,
    );
  });
  caseRoutes(app);
  visitorRoutes(app);
}

function caseRoutes(app: App): void {
  const one = { config, schema: { params: helpParams, hide: true } };
  const url = `${base}/:personId/:helpRequestId`;
  const back = (key: HelpKey) => `${base}/${key.personId}/${key.helpRequestId}`;
  app.get(url, one, (request, reply) => drawCase(request, reply, request.params, emptyForm));
  for (const path of ['answers', 'closing', 'reopening'])
    app.get(`${url}/${path}`, one, async (request, reply) => seeOther(reply, back(request.params)));
  app.post(`${url}/answers`, one, (request, reply) =>
    answerForm(request, reply, {
      schema: message,
      submit: async ({ text }) => {
        await answerHelp(request.ctx, { ...request.params, text });
        flash(reply, { kind: 'success', key: 'notices.answered' });
        return seeOther(reply, base);
      },
      redraw: (state) => drawCase(request, reply, request.params, state),
    }),
  );
  app.post(`${url}/closing`, one, async (request, reply) => {
    await closeHelp(request.ctx, request.params);
    flash(reply, { kind: 'success', key: 'notices.closedNow' });
    return seeOther(reply, base);
  });
  app.post(`${url}/reopening`, one, async (request, reply) => {
    await reopenHelp(request.ctx, request.params);
    flash(reply, { kind: 'success', key: 'notices.reopened' });
    return seeOther(reply, back(request.params));
  });
}

async function drawCase(request: FastifyRequest, reply: FastifyReply, key: HelpKey, state: FormState) {
  const found = await readDeskHelp(request.ctx, key);
  const t = translator(request.ctx.language);
  const title = t('notices.caseTitle');
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'help',
      width: 'reading',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: t('notices.deskTitle'), href: base }, { label: title }],
    },
    <DeskCasePage title={title} found={found} state={state} />,
  );
}

function visitorRoutes(app: App): void {
  const stateQuery = z.object({ state: z.enum(['open', 'closed']).catch('open').default('open') });
  app.get(
    `${base}/visitors`,
    { config: visitors, schema: { querystring: stateQuery, hide: true } },
    async (request, reply) => {
      const { state } = request.query;
      const [rows, counts] = await Promise.all([listVisitors(request.ctx, state), deskCounts(request.ctx)]);
      const title = translator(request.ctx.language)('notices.deskTitle');
      return sendPage(
        request,
        reply,
        { title, area: 'office', activeLink: 'help' },
        <VisitorsPage title={title} rows={rows} counts={counts} state={state} />,
      );
    },
  );
  const one = { config: visitors, schema: { params: visitorParams, hide: true } };
  const url = `${base}/visitors/:visitorId`;
  app.get(url, one, (request, reply) =>
    drawVisitor(request, reply, { id: request.params.visitorId, state: emptyForm }),
  );
  for (const path of ['closing', 'contact'])
    app.get(`${url}/${path}`, one, async (request, reply) =>
      seeOther(reply, `${base}/visitors/${request.params.visitorId}`),
    );
  app.post(`${url}/contact`, one, async (request, reply) => {
    const id = request.params.visitorId;
    const { mobile } = await revealVisitorContact(request.ctx, id);
    return drawVisitor(request, reply, { id, state: emptyForm, revealed: mobile ?? undefined });
  });
  app.post(`${url}/closing`, one, (request, reply) => {
    const { visitorId } = request.params;
    return answerForm(request, reply, {
      schema: closingNote,
      submit: async ({ note }) => {
        await closeVisitorHelp(request.ctx, { visitorId, note });
        flash(reply, { kind: 'success', key: 'notices.closedNow' });
        return seeOther(reply, `${base}/visitors`);
      },
      redraw: (state) => drawVisitor(request, reply, { id: visitorId, state }),
    });
  });
}

type DrawnVisitor = { id: string; state: FormState; revealed?: string };

async function drawVisitor(request: FastifyRequest, reply: FastifyReply, drawn: DrawnVisitor) {
  const { id, state, revealed } = drawn;
  const found = await requireVisitor(request.ctx, id);
  const t = translator(request.ctx.language);
  const title = t('notices.visitorTitle', { name: found.name });
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'help',
      width: 'reading',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [
        { label: t('notices.deskTitle'), href: base },
        { label: t('notices.tabVisitors'), href: `${base}/visitors` },
        { label: title },
      ],
    },
    <VisitorPage title={title} found={found} state={state} revealed={revealed} />,
  );
}
