import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personIdOf } from '../../../kernel/context.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { contentLanguages } from '../../../kernel/languages.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { actorId } from '../../policy.ts';
import { wantsSecondPerson } from '../../review/store.ts';
import {
  decideTranslation,
  publishTranslation,
  sendTranslation,
  takeBackTranslation,
  withdrawTranslation,
} from '../publish-translation.ts';
import { saveTranslation } from '../save-translation.ts';
import { type TranslationDesk, translationDesk } from '../translation-desk.ts';
import { dismissTranslator, inviteTranslator } from '../translators.ts';
import { translatorsOf } from '../translators-store.ts';
import { piecesIn, translationForm } from './translation-form.ts';
import { sendTranslationPage, type TranslationQuery, translationHref } from './translation-page.tsx';

const params = z.object({ code: z.string().min(1).max(64) });
const language = z.enum(contentLanguages);
const querystring = z.object({
  language: language.optional().catch(undefined),
  lesson: z.string().min(1).max(64).optional().catch(undefined),
  show: z.enum(['all', 'open']).catch('all'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
// Who was asked to translate holds no role; the course's own policy says who may.
const config = { access: 'signed-in' } as const;
const schema = { params, querystring, hide: true };

export function translationPages(app: App): void {
  app.get('/office/courses/:code/translation', { config, schema }, (request, reply) =>
    draw(request, reply, request.query),
  );
  app.post('/office/courses/:code/translation', { config, schema }, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: translationForm,
      read: piecesIn,
      redraw: (state) => draw(request, reply, request.query, state),
      async submit({ pieces }) {
        const query = await queryOf(request, request.query);
        await saveTranslation(request.ctx, { code, language: query.language }, pieces);
        flash(reply, { kind: 'success', key: 'workflow.translationSaved' });
        return seeOther(reply, translationHref(code, query));
      },
    });
  });
  stepRoutes(app);
  publicationRoute(app);
  decisionRoute(app);
  translatorRoutes(app);
}

type Asked = z.output<typeof querystring>;

/** The language asked for, else the one that this translator was asked for, else the other of Hindi and English. */
async function queryOf(
  request: FastifyRequest,
  asked: Asked,
  known?: TranslationDesk,
): Promise<TranslationQuery> {
  const { code } = params.parse(request.params);
  if (asked.language && !known) return { ...asked, language: asked.language };
  const desk = known ?? (await translationDesk(request.ctx, code));
  const own = desk.details.language;
  const { into } = desk.rights;
  const usual = (into === 'every' ? undefined : into[0]) ?? (own === 'hi' ? 'en' : 'hi');
  const chosen = asked.language === own ? undefined : asked.language;
  return { ...asked, language: chosen ?? usual };
}

async function draw(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  state: FormState = emptyForm,
) {
  const { ctx } = request;
  const { code } = params.parse(request.params);
  const desk = await translationDesk(ctx, code);
  const query = await queryOf(request, asked, desk);
  const row = desk.languages.find((one) => one.language === query.language);
  const me = actorId(ctx);
  const [translators, secondPersonWanted] = await Promise.all([
    desk.rights.mayInvite ? translatorsOf(ctx.db.read, desk.course.courseId) : [],
    wantsSecondPerson(ctx.db.read, desk.course.officePath),
  ]);
  const isOwnText = Boolean(me && row && (row.writers.includes(me) || row.sentBy === personIdOf(ctx.actor)));
  return sendTranslationPage(request, reply, {
    desk,
    query,
    translators,
    secondPersonWanted,
    isOwnText,
    state,
  });
}

const steps = {
  check: { act: sendTranslation, key: 'workflow.translationSent' },
  'check/withdrawal': { act: takeBackTranslation, key: 'workflow.translationTakenBack' },
  withdrawal: { act: withdrawTranslation, key: 'workflow.translationWithdrawn' },
} as const;

function stepRoutes(app: App): void {
  for (const [path, { act, key }] of Object.entries(steps))
    app.post(`/office/courses/:code/translation/${path}`, { config, schema }, (request, reply) =>
      answerForm(request, reply, {
        schema: z.object({}),
        redraw: (state) => draw(request, reply, request.query, state),
        async submit() {
          const query = await queryOf(request, request.query);
          await act(request.ctx, { code: request.params.code, language: query.language });
          flash(reply, { kind: 'success', key });
          return seeOther(reply, translationHref(request.params.code, { language: query.language }));
        },
      }),
    );
}

function publicationRoute(app: App): void {
  app.post('/office/courses/:code/translation/publication', { config, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: z.object({ acceptsPartial: z.literal('yes').optional() }),
      redraw: (state) => draw(request, reply, request.query, state),
      async submit({ acceptsPartial }) {
        const { language: into } = await queryOf(request, request.query);
        const { code } = request.params;
        await publishTranslation(request.ctx, {
          ...{ code, language: into },
          acceptsPartial: acceptsPartial === 'yes',
        });
        flash(reply, { kind: 'success', key: 'workflow.translationPublished' });
        return seeOther(reply, translationHref(code, { language: into }));
      },
    }),
  );
}

function decisionRoute(app: App): void {
  app.post('/office/courses/:code/translation/decision', { config, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: z.object({
        decision: z.enum(['approved', 'returned']),
        reason: z.string().trim().max(2000, 'too_long').optional(),
      }),
      redraw: (state) => draw(request, reply, request.query, state),
      async submit(input) {
        const query = await queryOf(request, request.query);
        await decideTranslation(request.ctx, { code: request.params.code, language: query.language }, input);
        const isApproved = input.decision === 'approved';
        const key = isApproved ? 'workflow.translationPublished' : 'workflow.translationGivenBack';
        flash(reply, { kind: 'success', key });
        return seeOther(reply, translationHref(request.params.code, { language: query.language }));
      },
    }),
  );
}

function translatorRoutes(app: App): void {
  app.post('/office/courses/:code/translation/translators', { config, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: z.object({ employeeCode: z.string().trim().min(1).max(60), language, until: z.iso.date() }),
      redraw: (state) => draw(request, reply, request.query, state),
      async submit(input) {
        const { code } = request.params;
        await inviteTranslator(request.ctx, code, { ...input, languages: [input.language] });
        flash(reply, { kind: 'success', key: 'workflow.translatorInvited' });
        return seeOther(reply, translationHref(code, { language: input.language }));
      },
    }),
  );
  app.post(
    '/office/courses/:code/translation/translators/:translatorId/end',
    { config, schema: { params: params.extend({ translatorId: z.uuid() }), hide: true } },
    async (request, reply) => {
      const { code, translatorId } = request.params;
      await dismissTranslator(request.ctx, code, translatorId);
      flash(reply, { kind: 'success', key: 'workflow.translatorEnded' });
      return seeOther(reply, courseTranslation(code));
    },
  );
}

function courseTranslation(code: string): string {
  return translationHref(code, {});
}
