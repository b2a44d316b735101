import type { FastifyReply, FastifyRequest } from 'fastify';
import { personIdOf } from '../../../kernel/context.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { addToHelp, askHelp } from '../ask-help.ts';
import { ownHelp, readOwnHelp } from '../help-views.ts';
import { helpQuery, message, ownParams, question, visitorQuestion } from '../schema.ts';
import { askAsVisitor } from '../visitor-help.ts';
import { AskPage, OwnHelpPage, OwnListPage, VisitorSentPage } from './help-pages.tsx';

const open = { access: 'public' as const, beforeSecondFactor: true };
// A whole office may sit behind one address.
const limited = { ...open, rateLimit: { max: 30, timeWindow: '1 hour' } };
const own = { access: 'person' as const };

/** "Help" from any page, one's own questions, and the answers. */
export function helpRoutes(app: App): void {
  app.get('/help', { config: open, schema: { querystring: helpQuery, hide: true } }, (request, reply) =>
    drawAsk(request, reply, { ...emptyForm, values: { from: request.query.from ?? '' } }),
  );
  app.post('/help', { config: limited, schema: { hide: true } }, (request, reply) =>
    personIdOf(request.ctx.actor) ? takeQuestion(request, reply) : takeVisitor(request, reply),
  );
  app.get('/help/sent', { config: open, schema: { hide: true } }, (request, reply) => {
    const title = translator(request.ctx.language)('notices.visitorSentTitle');
    return sendPage(request, reply, { title, area: 'public' }, <VisitorSentPage title={title} />);
  });
  ownRoutes(app);
}

function takeQuestion(request: FastifyRequest, reply: FastifyReply) {
  return answerForm(request, reply, {
    schema: question,
    submit: async (input) => {
      const { helpRequestId } = await askHelp(request.ctx, input);
      flash(reply, { kind: 'success', key: 'notices.asked' });
      return seeOther(reply, `/help/${helpRequestId}`);
    },
    redraw: (state) => drawAsk(request, reply, state),
  });
}

function takeVisitor(request: FastifyRequest, reply: FastifyReply) {
  return answerForm(request, reply, {
    schema: visitorQuestion,
    submit: async (input) => {
      await askAsVisitor(request.ctx, input);
      return seeOther(reply, '/help/sent');
    },
    redraw: (state) => drawAsk(request, reply, state),
  });
}

async function drawAsk(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const title = translator(request.ctx.language)('notices.helpTitle');
  const isVisitor = !personIdOf(request.ctx.actor);
  return sendPage(
    request,
    reply,
    { title, hasErrors: state.errors.length > 0 },
    <AskPage title={title} state={state} isVisitor={isVisitor} />,
  );
}

function ownRoutes(app: App): void {
  app.get('/help/mine', { config: own, schema: { hide: true } }, async (request, reply) => {
    const rows = await ownHelp(request.ctx);
    const title = translator(request.ctx.language)('notices.mineTitle');
    return sendPage(request, reply, { title }, <OwnListPage title={title} rows={rows} />);
  });
  const one = { config: own, schema: { params: ownParams, hide: true } };
  app.get('/help/:helpRequestId', one, (request, reply) =>
    drawOwn(request, reply, request.params.helpRequestId, emptyForm),
  );
  app.get('/help/:helpRequestId/messages', one, async (request, reply) =>
    seeOther(reply, `/help/${request.params.helpRequestId}`),
  );
  app.post('/help/:helpRequestId/messages', one, (request, reply) => {
    const { helpRequestId } = request.params;
    return answerForm(request, reply, {
      schema: message,
      submit: async ({ text }) => {
        await addToHelp(request.ctx, { helpRequestId, text });
        flash(reply, { kind: 'success', key: 'notices.sent' });
        return seeOther(reply, `/help/${helpRequestId}`);
      },
      redraw: (state) => drawOwn(request, reply, helpRequestId, state),
    });
  });
}

async function drawOwn(request: FastifyRequest, reply: FastifyReply, id: string, state: FormState) {
  const help = await readOwnHelp(request.ctx, id);
  const t = translator(request.ctx.language);
  const title = t('notices.ownTitle');
  return sendPage(
    request,
    reply,
    {
      title,
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: t('notices.mineTitle'), href: '/help/mine' }, { label: title }],
    },
    <OwnHelpPage title={title} help={help} state={state} />,
  );
}
