import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { ConfirmPanel, PageHeading } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { competencyTree, levelNames } from '../dictionary/tree.ts';
import { competenciesNeeded } from '../needs/competencies-needed.ts';
import { declareCompetency, withdrawDeclaration } from '../passbook/declare-competency.ts';
import { ownPassbook } from '../passbook/passbook-view.ts';
import { renderPassbook } from '../passbook/render-passbook.ts';
import { declarationInput } from '../schema.ts';
import { DeclarationForm } from './declaration-form.tsx';
import { PassbookPage } from './passbook-page.tsx';
import { nameOf, passbookHref, sayOf } from './words.ts';

const config = { access: 'person' } as const;
const hidden = { config, schema: { hide: true } };

export function passbookRoutes(app: App): void {
  app.get(passbookHref, hidden, async (request, reply) => {
    const { ctx } = request;
    const { passbook, needs, say } = await passbookOf(request);
    const title = say.t('competencies.passbook');
    return sendPage(
      request,
      reply,
      {
        title,
        activeLink: 'profile',
        breadcrumbs: [{ label: say.t('people.profileTitle'), href: '/profile' }],
      },
      <PassbookPage passbook={passbook} needs={needs} holder={holderOf(ctx)} say={say} />,
    );
  });
  app.get(
    `${passbookHref}.pdf`,
    { ...hidden, config: { ...hidden.config, file: 'own' } },
    async (request, reply) => {
      const { ctx } = request;
      const { passbook, needs, say } = await passbookOf(request);
      const pdf = await renderPassbook({
        passbook,
        needs,
        say,
        holder: holderOf(ctx),
        madeAt: ctx.clock.now(),
      });
      return sendFile(reply, { name: 'passbook', format: 'pdf', body: pdf, isShown: true });
    },
  );
  app.get(`${passbookHref}/declarations/new`, hidden, (request, reply) =>
    drawForm(request, reply, emptyForm),
  );
  app.post(`${passbookHref}/declarations`, hidden, (request, reply) =>
    answerForm(request, reply, {
      schema: declarationInput,
      redraw: (state) => drawForm(request, reply, state),
      async submit(input) {
        await declareCompetency(request.ctx, input);
        flash(reply, { kind: 'success', key: 'competencies.declared' });
        return seeOther(reply, passbookHref);
      },
    }),
  );
  withdrawalRoutes(app);
}

async function passbookOf(request: FastifyRequest) {
  const { ctx } = request;
  const [passbook, needs, levels] = await Promise.all([
    ownPassbook(ctx),
    competenciesNeeded(ctx, requirePerson(ctx)),
    levelNames(ctx),
  ]);
  return { passbook, needs, say: sayOf(request, levels) };
}

function holderOf({ actor, language }: Ctx): { name: string; subtitle: string } {
  if (actor.kind !== 'person') return { name: '', subtitle: '' };
  const name = pick({ hi: actor.nameHi, en: actor.nameEn }, language);
  return { name, subtitle: pick(actor.subtitle ?? {}, language) };
}

async function drawForm(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const [tree, levels] = await Promise.all([competencyTree(request.ctx), levelNames(request.ctx)]);
  const say = sayOf(request, levels);
  return sendPage(
    request,
    reply,
    {
      title: say.t('competencies.declareTitle'),
      activeLink: 'profile',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: say.t('competencies.passbook'), href: passbookHref }],
    },
    <DeclarationForm tree={tree} state={state} say={say} />,
  );
}

function withdrawalRoutes(app: App): void {
  const url = `${passbookHref}/declarations/:id/withdrawal`;
  const one = { config, schema: { params: z.object({ id: z.uuid() }), hide: true } };
  app.get(url, one, async (request, reply) => {
    const { language } = request.ctx;
    const t = translator(language);
    const { entries } = await ownPassbook(request.ctx);
    const entry = entries.find(({ declaration }) => declaration?.declarationId === request.params.id);
    if (!entry) throw notFound();
    const name = nameOf(entry.competency, language);
    return sendPage(
      request,
      reply,
      {
        title: t('competencies.withdrawTitle', { name }),
        activeLink: 'profile',
        breadcrumbs: [{ label: t('competencies.passbook'), href: passbookHref }],
      },
      <>
        <PageHeading title={t('competencies.withdrawTitle', { name })} />
        <ConfirmPanel
          title={t('competencies.withdrawWhat')}
          consequences={[t('competencies.withdrawGone'), t('competencies.withdrawAgain')]}
          action={`${passbookHref}/declarations/${request.params.id}/withdrawal`}
          confirmLabel={t('competencies.withdraw')}
          cancelHref={passbookHref}
        />
      </>,
    );
  });
  app.post(url, one, async (request, reply) => {
    await withdrawDeclaration(request.ctx, request.params.id);
    flash(reply, { kind: 'success', key: 'competencies.withdrawn' });
    return seeOther(reply, passbookHref);
  });
}
