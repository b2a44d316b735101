import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { answerReviewCase } from '../answer-review-case.ts';
import { decideReviewCase } from '../decide-review-case.ts';
import { engagementLimits, setEngagementLimit } from '../limits.ts';
import { rolesDeciding } from '../policy.ts';
import { deskReviewCases, readDeskCase, readOwnCase } from '../review-case-views.ts';
import { caseAnswer, caseDecision, caseParams, limitForm, ownCase, tabQuery } from '../schema.ts';
import type { CaseKey } from '../store.ts';
import { DeskCasePage, DeskCasesPage, deskHref } from './desk-case-pages.tsx';
import { LimitsPage, limitsHref } from './limits-page.tsx';
import { OwnCasePage } from './own-case-page.tsx';

const desk = { access: { roles: rolesDeciding } };
const operators = { access: { roles: ['operator'] } };

export function reviewCaseRoutes(app: App): void {
  ownRoutes(app);
  deskRoutes(app);
  limitRoutes(app);
}

function ownRoutes(app: App): void {
  const one = { config: { access: 'person' as const }, schema: { params: ownCase, hide: true } };
  const url = '/review-cases/:reviewCaseId';
  app.get(url, one, (request, reply) => drawOwn(request, reply, { ...request.params, state: emptyForm }));
  app.get(`${url}/answers`, one, async (request, reply) =>
    seeOther(reply, `/review-cases/${request.params.reviewCaseId}`),
  );
  app.post(`${url}/answers`, one, (request, reply) => {
    const { reviewCaseId } = request.params;
    return answerForm(request, reply, {
      schema: caseAnswer,
      submit: async ({ text }) => {
        await answerReviewCase(request.ctx, { reviewCaseId, text });
        flash(reply, { kind: 'success', key: 'learning.caseAnswered' });
        return seeOther(reply, `/review-cases/${reviewCaseId}`);
      },
      redraw: (state) => drawOwn(request, reply, { reviewCaseId, state }),
    });
  });
}

type OwnDrawn = { reviewCaseId: string; state: FormState };

async function drawOwn(request: FastifyRequest, reply: FastifyReply, { reviewCaseId, state }: OwnDrawn) {
  const shown = await readOwnCase(request.ctx, reviewCaseId);
  const t = translator(request.ctx.language);
  const title = t('learning.caseTitle');
  const hasErrors = state.errors.length > 0;
  return sendPage(
    request,
    reply,
    { title, width: 'reading', hasErrors, breadcrumbs: [{ label: t('learning.home'), href: '/' }] },
    <OwnCasePage title={title} shown={shown} state={state} />,
  );
}

function deskRoutes(app: App): void {
  const list = { config: desk, schema: { querystring: tabQuery, hide: true } };
  app.get(deskHref, list, async (request, reply) => {
    const { tab } = request.query;
    const rows = await deskReviewCases(request.ctx, tab);
    const title = translator(request.ctx.language)('learning.casesTitle');
    return sendPage(
      request,
      reply,
      { title, area: 'office', activeLink: 'reviewCases' },
      <DeskCasesPage title={title} tab={tab} rows={rows} />,
    );
  });
  const one = { config: desk, schema: { params: caseParams, hide: true } };
  const url = `${deskHref}/:personId/:reviewCaseId`;
  const back = (key: CaseKey) => `${deskHref}/${key.personId}/${key.reviewCaseId}`;
  app.get(url, one, (request, reply) => drawDesk(request, reply, { key: request.params, state: emptyForm }));
  app.get(`${url}/decision`, one, async (request, reply) => seeOther(reply, back(request.params)));
  app.post(`${url}/decision`, one, (request, reply) =>
    answerForm(request, reply, {
      schema: caseDecision,
      submit: async (input) => {
        await decideReviewCase(request.ctx, { ...request.params, ...input });
        flash(reply, { kind: 'success', key: 'learning.caseDecided' });
        return seeOther(reply, deskHref);
      },
      redraw: (state) => drawDesk(request, reply, { key: request.params, state }),
    }),
  );
}

type DeskDrawn = { key: CaseKey; state: FormState };

async function drawDesk(request: FastifyRequest, reply: FastifyReply, { key, state }: DeskDrawn) {
  const shown = await readDeskCase(request.ctx, key);
  const t = translator(request.ctx.language);
  const title = t('learning.caseTitle');
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'reviewCases', width: 'reading' },
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: t('learning.casesTitle'), href: deskHref }, { label: title }],
    },
    <DeskCasePage title={title} shown={shown} state={state} />,
  );
}

function limitRoutes(app: App): void {
  const page = { config: operators, schema: { hide: true } };
  app.get(limitsHref, page, (request, reply) => drawLimits(request, reply, emptyForm));
  app.post(limitsHref, page, (request, reply) =>
    answerForm(request, reply, {
      schema: limitForm,
      submit: async (input) => {
        await setEngagementLimit(request.ctx, input);
        flash(reply, { kind: 'success', key: 'learning.limitIsSet' });
        return seeOther(reply, limitsHref);
      },
      redraw: (state) => drawLimits(request, reply, state),
    }),
  );
}

async function drawLimits(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const rows = await engagementLimits(request.ctx);
  const title = translator(request.ctx.language)('learning.limitsTitle');
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'engagementLimits', hasErrors: state.errors.length > 0 },
    <LimitsPage title={title} rows={rows} state={state} />,
  );
}
