import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requirePerson, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { translator } from '../../kernel/i18n.ts';
import { keepPaper } from '../../people/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { checkAnswer, contentOf, stateOf } from '../answers.ts';
import { raiseObjection, withdrawObjection } from '../objections/raise-objection.ts';
import { objectionsShown } from '../objections/read-objection.ts';
import { isOver, isOwn, rolesHelping, rolesReading } from '../policy.ts';
import { ownPromotion } from '../promotion/list.ts';
import { renderStatement } from '../render-statement.ts';
import { byNumber, checkShape, objectionInput, visibilityInput, yearInput } from '../schema.ts';
import { type Preview, previewStatement } from '../statements/preview.ts';
import {
  checkStatement,
  chooseVisibility,
  ownStatements,
  readStatement,
} from '../statements/read-statement.ts';
import { CheckPage } from './check.tsx';
import { OwnPage, StatementPage, WithdrawPage } from './own.tsx';

const yearQuery = z.object({ year: yearInput.optional() });
const publicLimit = { max: 300, timeWindow: '1 minute' };

export function statementPages(app: App): void {
  ownPages(app);
  onePages(app);
  checkPage(app);
}

function ownPages(app: App): void {
  const config = { access: 'person' as const };
  app.get(
    '/statement',
    { config, schema: { querystring: yearQuery, hide: true } },
    async (request, reply) => {
      const { ctx, query } = request;
      const preview = await previewStatement(ctx, requirePerson(ctx), query.year);
      const statements = await ownStatements(ctx);
      const t = translator(ctx.language);
      const title = t('appraisal.ownTitle');
      const breadcrumbs = [{ label: t('orders.mine'), href: '/orders' }, { label: title }];
      return sendPage(
        request,
        reply,
        { title, area: 'learner', activeLink: 'profile', breadcrumbs },
        <OwnPage preview={preview} statements={statements} promotion={await ownPromotion(ctx)} />,
      );
    },
  );
  app.get(
    '/statement/preview.pdf',
    { config: { ...config, file: 'own' }, schema: { querystring: yearQuery, hide: true } },
    async ({ ctx, query }, reply) => {
      const preview = await previewStatement(ctx, requirePerson(ctx), query.year);
      return sendPdf(reply, `statement-${preview.content.year}`, await pdfOf(ctx, preview));
    },
  );
}

type Ctx = FastifyRequest['ctx'];

export function pdfOf(ctx: Ctx, { content, progress }: Preview) {
  return renderStatement({ content, progress, language: ctx.language, state: 'frozen' }, ctx.config);
}

export function sendPdf(reply: FastifyReply, name: string, pdf: Buffer) {
  return sendFile(reply, { name, format: 'pdf', body: pdf, isShown: true });
}

function onePages(app: App): void {
  const config = { access: 'signed-in' as const };
  const schema = { params: byNumber, hide: true };
  app.get('/statement/:number', { config, schema }, (request, reply) =>
    sendStatement(request, reply, { number: request.params.number, state: emptyForm }),
  );
  app.get(
    '/statements/:number/pdf',
    {
      config: { ...config, file: 'statement' as const },
      schema: { ...schema, querystring: z.object({ lang: z.enum(['hi', 'en']).optional() }) },
    },
    async ({ ctx, params, query }, reply) => {
      const statement = await readStatement(ctx, params.number);
      const { replacedByNo, digest, statementNo } = statement;
      const printing = { content: contentOf(statement), state: stateOf(statement), replacedByNo, digest };
      const language = query.lang ?? ctx.language;
      const pdf = await renderStatement({ ...printing, language }, ctx.config);
      const { personId, year } = statement;
      await keepPaper(ctx, { kind: 'statement', format: 'pdf', personId, detail: { year, of: statementNo } });
      return sendPdf(reply, statementNo, pdf);
    },
  );
  app.post('/statement/:number/objections', { config, schema }, (request, reply) => {
    const { number } = request.params;
    return answerForm(request, reply, {
      schema: objectionInput,
      submit: async (input) => {
        await raiseObjection(request.ctx, { number, ...input });
        flash(reply, { kind: 'success', key: 'appraisal.objectedFlash' });
        return seeOther(reply, `/statement/${number}`);
      },
      redraw: (state) => sendStatement(request, reply, { number, state }),
    });
  });
  const withdrawal = '/statement/:number/objection-withdrawal';
  app.get(withdrawal, { config, schema }, async (request, reply) => {
    const { ctx, params } = request;
    const statement = await readStatement(ctx, params.number);
    if (!isOwn(ctx, statement) || !statement.isDisputed) throw notFound();
    const title = translator(ctx.language)('appraisal.withdrawTitle');
    const options = { title, area: 'learner', activeLink: 'profile', width: 'reading' } as const;
    return sendPage(request, reply, options, <WithdrawPage statement={statement} />);
  });
  app.post(withdrawal, { config, schema }, async (request, reply) => {
    await withdrawObjection(request.ctx, request.params.number);
    flash(reply, { kind: 'success', key: 'appraisal.withdrawnFlash' });
    return seeOther(reply, `/statement/${request.params.number}`);
  });
  app.post('/statement/:number/visibility', { config, schema }, (request, reply) => {
    const { number } = request.params;
    return answerForm(request, reply, {
      schema: visibilityInput,
      submit: async ({ visibility }) => {
        await chooseVisibility(request.ctx, number, visibility);
        flash(reply, { kind: 'success', key: 'appraisal.savedFlash' });
        return seeOther(reply, `/statement/${number}`);
      },
      redraw: (state) => sendStatement(request, reply, { number, state }),
    });
  });
}

async function sendStatement(
  request: FastifyRequest,
  reply: FastifyReply,
  { number, state }: { number: string; state: FormState },
) {
  const { ctx } = request;
  const statement = await readStatement(ctx, number);
  const today = todayInIndia(ctx.clock);
  const isTimely = statement.objectionUntil === null || today <= statement.objectionUntil;
  const own = isOwn(ctx, statement);
  const isOfficer = !own && scopesOf(ctx.actor, rolesReading).length > 0;
  const title = translator(ctx.language)('appraisal.statementOf', { year: statement.year });
  return sendPage(
    request,
    reply,
    {
      title,
      area: isOfficer ? 'office' : 'learner',
      activeLink: isOfficer ? 'appraisal' : 'profile',
      hasErrors: state.errors.length > 0,
    },
    <StatementPage
      statement={statement}
      objections={await objectionsShown(ctx, statement)}
      isOwn={own}
      mayHelp={!own && (await isOver(ctx, statement, rolesHelping))}
      isOpenForObjection={isTimely && !statement.isDisputed && !statement.replacedByNo}
      state={state}
    />,
  );
}

function checkPage(app: App): void {
  app.get(
    '/statements/:number',
    {
      config: { access: 'public', rateLimit: publicLimit },
      schema: {
        tags: ['appraisal'],
        summary: 'Check a statement: that it is genuine and of which year, and what else its holder allows',
        params: byNumber,
        response: {
          200: {
            description: 'Issued once. A number never issued is 404.',
            content: { 'application/json': { schema: checkShape }, 'text/html': { schema: z.string() } },
          },
        },
      },
    },
    async (request, reply) => {
      const check = await checkStatement(request.ctx, request.params.number);
      reply.header('vary', 'Accept, Cookie').header('x-robots-tag', 'noindex');
      if ((request.headers.accept ?? '').includes('json')) {
        if (!check) throw unknownNumber();
        reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');
        return reply.send(JSON.stringify(checkShape.parse(checkAnswer(check))));
      }
      const title = translator(request.ctx.language)('appraisal.checkTitle');
      const area = request.ctx.actor.kind === 'anonymous' ? 'public' : 'learner';
      return sendPage(
        request,
        reply,
        { title, area, activeLink: 'verify', status: check ? 200 : 404 },
        <CheckPage typed={request.params.number} check={check} />,
      );
    },
  );
}

function unknownNumber(): Refusal {
  const text = {
    hi: 'इस संख्या का कोई विवरण जारी नहीं हुआ।',
    en: 'No statement was ever issued under this number.',
  };
  return new Refusal('not_found', text);
}
