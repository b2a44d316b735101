import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { todayInIndia } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState, type FormValues } from '../../kernel/http/answer-form.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { listKey } from '../../kernel/lists.ts';
import { readPerson } from '../../people/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { requireNamedDecider, rolesDeciding, rolesEntering } from '../deciding.ts';
import { byPerson } from '../fields.ts';
import { takenBack } from '../service/schema.ts';
import { claimToDecide, openClaimFile, ownClaimFile, ownClaims } from './claims.ts';
import { courseChoice } from './course-choice.tsx';
import { decideClaim, takeBackClaim } from './decide-claim.ts';
import { receiveClaim } from './http/receive-claim.ts';
import { sendClaimFile } from './http/send-file.ts';
import { withdrawClaim } from './make-claim.ts';
import { ClaimsPage, claimsHref, DecideClaimPage, NewClaimPage } from './pages.tsx';
import { byClaim, claimDecision } from './schema.ts';

const own = { access: 'person' } as const;
const nodal = { access: { roles: rolesDeciding } } as const;
const choosing = z.object({ find: z.string().max(200).optional(), course: z.string().max(200).optional() });
const paged = z.object({ after: listKey.optional().catch(undefined) });
const byId = z.object({ claimId: z.uuid() });

/** One's own claims, and the page on which a nodal officer decides one. */
export function claimRoutes(app: App, runtime: Runtime): void {
  app.get(claimsHref, { config: own, schema: { querystring: paged, hide: true } }, async (request, reply) => {
    const t = translator(request.ctx.language);
    const title = t('service.claims');
    const breadcrumbs = [{ label: t('orders.mine'), href: '/orders' }, { label: title }];
    return sendPage(
      request,
      reply,
      { title, area: 'learner', width: 'reading', breadcrumbs },
      <ClaimsPage claims={await ownClaims(request.ctx, { ...request.query, limit: 50 })} />,
    );
  });
  app.get(
    `${claimsHref}/new`,
    { config: own, schema: { querystring: choosing, hide: true } },
    (request, reply) => drawNew(request, reply, emptyForm),
  );
  app.post(claimsHref, { config: own, schema: { hide: true } }, async (request, reply) => {
    const values: FormValues = {};
    try {
      await receiveClaim(request, runtime.storage, { values });
    } catch (error) {
      if (!(error instanceof Refusal) || !redrawn.includes(error.code)) throw error;
      reply.status(error.status);
      return drawNew(request, reply, { values, errors: errorsOf(error, request.ctx.language) });
    }
    flash(reply, { kind: 'success', key: 'service.claimMade' });
    return seeOther(reply, claimsHref);
  });
  app.get(
    `${claimsHref}/:claimId/file`,
    { config: { ...own, file: 'own' }, schema: { params: byId, hide: true } },
    async (request, reply) =>
      sendClaimFile(reply, runtime.storage, await ownClaimFile(request.ctx, request.params.claimId)),
  );
  app.post(
    `${claimsHref}/:claimId/withdrawal`,
    { config: own, schema: { params: byId, hide: true } },
    async (request, reply) => {
      await withdrawClaim(request.ctx, request.params.claimId);
      flash(reply, { kind: 'success', key: 'service.claimWithdrawn' });
      return seeOther(reply, claimsHref);
    },
  );
  enteringRoutes(app, runtime);
  officeRoutes(app, runtime);
}

/** An officer enters a claim for a person, as after an objection to his statement. */
function enteringRoutes(app: App, runtime: Runtime): void {
  const config = { access: { roles: rolesEntering } } as const;
  const url = '/office/persons/:personId/claims';
  app.get(
    `${url}/new`,
    { config, schema: { params: byPerson, querystring: choosing, hide: true } },
    (request, reply) => drawEntering(request, reply, emptyForm),
  );
  app.post(url, { config, schema: { params: byPerson, hide: true } }, async (request, reply) => {
    const values: FormValues = {};
    const forPersonId = request.params.personId;
    try {
      await receiveClaim(request, runtime.storage, { values, forPersonId });
    } catch (error) {
      if (!(error instanceof Refusal) || !redrawn.includes(error.code)) throw error;
      reply.status(error.status);
      return drawEntering(request, reply, { values, errors: errorsOf(error, request.ctx.language) });
    }
    flash(reply, { kind: 'success', key: 'service.claimEntered' });
    return seeOther(reply, `/office/persons/${forPersonId}`);
  });
}

async function drawEntering(
  request: FastifyRequest<{ Params: { personId: string } }>,
  reply: FastifyReply,
  state: FormState,
) {
  const { ctx } = request;
  const { personId } = request.params;
  await requireNamedDecider(ctx, personId, rolesEntering);
  const person = await readPerson(ctx, personId);
  const { find, course } = request.query as z.output<typeof choosing>;
  const choice = await courseChoice(ctx, { find, code: course ?? state.values['courseCode'] });
  const name = pick({ hi: person.nameHi, en: person.nameEn }, ctx.language);
  const title = translator(ctx.language)('service.newClaim');
  const breadcrumbs = [{ label: name, href: `/office/persons/${personId}` }, { label: title }];
  return sendPage(
    request,
    reply,
    { title, area: 'office', width: 'reading', hasErrors: state.errors.length > 0, breadcrumbs },
    <NewClaimPage {...{ state, choice }} today={todayInIndia(ctx.clock)} forPerson={{ personId, name }} />,
  );
}

const redrawn: readonly string[] = ['invalid', 'conflict', 'unsupported_type', 'too_large'];

function errorsOf(error: Refusal, language: 'hi' | 'en') {
  if (error.fields.length > 0)
    return error.fields.map(({ path, text }) => ({ field: path, text: pick(text, language) }));
  const field = error.code === 'conflict' ? 'title' : 'file';
  return [{ field, text: pick(error.text, language) }];
}

async function drawNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const { find, course } = request.query as z.output<typeof choosing>;
  const choice = await courseChoice(ctx, { find, code: course ?? state.values['courseCode'] });
  const t = translator(ctx.language);
  const title = t('service.newClaim');
  const breadcrumbs = [{ label: t('service.claims'), href: claimsHref }, { label: title }];
  return sendPage(
    request,
    reply,
    { title, area: 'learner', width: 'reading', hasErrors: state.errors.length > 0, breadcrumbs },
    <NewClaimPage state={state} today={todayInIndia(ctx.clock)} choice={choice} />,
  );
}

function officeRoutes(app: App, runtime: Runtime): void {
  const url = '/office/claims/:personId/:claimId';
  const route = { config: nodal, schema: { params: byClaim, hide: true } };
  app.get(
    url,
    { config: nodal, schema: { params: byClaim, querystring: choosing, hide: true } },
    (request, reply) => drawDecision(request, reply, emptyForm),
  );
  app.post(url, route, (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    // Several boxes become one text, so that a form drawn again has them ticked.
    request.body = { ...body, topics: [body['topics'] ?? []].flat().join(',') };
    return answerForm(request, reply, {
      schema: claimDecision,
      clearable: ['courseCode'],
      redraw: (state) => drawDecision(request, reply, state),
      async submit(given) {
        await decideClaim(request.ctx, request.params, given);
        flash(reply, { kind: 'success', key: 'service.decided' });
        return seeOther(reply, '/office/decisions');
      },
    });
  });
  app.post(`${url}/withdrawal`, route, (request, reply) =>
    answerForm(request, reply, {
      schema: takenBack,
      redraw: (state) => drawDecision(request, reply, state),
      async submit(given) {
        await takeBackClaim(request.ctx, request.params, given);
        flash(reply, { kind: 'success', key: 'service.claimTakenBack' });
        return seeOther(reply, '/office/decisions');
      },
    }),
  );
  const file = { ...route, config: { ...nodal, file: 'claim_file' as const } };
  app.get(`${url}/file`, file, async (request, reply) =>
    sendClaimFile(reply, runtime.storage, await openClaimFile(request.ctx, request.params)),
  );
}

async function drawDecision(
  request: FastifyRequest<{ Params: { personId: string; claimId: string } }>,
  reply: FastifyReply,
  state: FormState,
) {
  const shown = await claimToDecide(request.ctx, request.params);
  const { find, course } = request.query as z.output<typeof choosing>;
  const code = course ?? state.values['courseCode'] ?? shown.claim.courseCode;
  const choice = await courseChoice(request.ctx, { find, code });
  const t = translator(request.ctx.language);
  const breadcrumbs = [
    { label: t('service.decisions'), href: '/office/decisions' },
    { label: shown.claim.title },
  ];
  return sendPage(
    request,
    reply,
    {
      ...{ title: shown.claim.title, area: 'office', activeLink: 'decisions', width: 'reading' },
      ...{ breadcrumbs, hasErrors: state.errors.length > 0 },
    },
    <DecideClaimPage {...shown} state={state} choice={choice} />,
  );
}
