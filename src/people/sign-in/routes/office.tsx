import type { FastifyReply, FastifyRequest } from 'fastify';
import { toString as qrToString } from 'qrcode';
import { z } from 'zod';
import { type Ctx, requireRole, scopesOf } from '../../../kernel/context.ts';
import { invalid, notFound } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import type { MessageKey } from '../../../kernel/i18n.ts';
import type { FieldError } from '../../../shell/index.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { personOfCode } from '../../tokens/store.ts';
import { approveRequest, refuseRequest, revealRequestContact, settleDispute } from '../decide-request.ts';
import { endSessionsOfPerson, resetPin, resetSecondFactor } from '../help-person.ts';
import { makeSlip } from '../make-slip.ts';
import {
  PersonSignInPage,
  RequestsPage,
  type Revealed,
  SlipConfirmPage,
  SlipPaperPage,
} from '../pages/office.tsx';
import { mayHelpSignIn, requireHelpable } from '../policy.ts';
import { rolesHelping } from '../stores/helping.ts';
import { holdersOfContact, type SignInPerson, signInPersons } from '../stores/persons.ts';
import { waitingDisputes, waitingRequests } from '../stores/requests.ts';
import { openSlipOf } from '../stores/slips.ts';
import { drawPage, orDrawAgain } from './draw.tsx';

const personParams = z.object({ personId: z.uuid() });
const codeQuery = z.object({ code: z.string().trim().max(100).optional() });
const requestParams = z.object({ id: z.uuid() });
const refusalForm = z.object({ note: z.string().max(300).default('') }).default({ note: '' });

const config = { access: { roles: [...rolesHelping] } };
const forPerson = { config, schema: { params: personParams, hide: true } };
const forRequest = { config, schema: { params: requestParams, hide: true } };

/** The nodal officer's side of sign-in: slips, PINs, lost phones, changed and wrong numbers. */
export function signInOfficeRoutes(app: App): void {
  app.get('/office/persons/:personId/sign-in', forPerson, showPerson);
  app.get('/office/persons/:personId/slip', forPerson, async (request, reply) => {
    const person = await helpable(request.ctx, request.params.personId);
    const options = { title: 'signin.slipMake', area: 'office' } as const;
    return drawPage({ request, reply }, options, <SlipConfirmPage person={person} />);
  });
  app.post('/office/persons/:personId/slip', forPerson, printSlip);
  const helps = [
    { path: 'endings', work: endSessionsOfPerson, said: 'signin.endAllSessionsDone' },
    { path: 'second-factor-reset', work: resetSecondFactor, said: 'signin.factorResetDone' },
  ] as const;
  for (const { path, work, said } of helps) {
    app.post(`/office/persons/:personId/sign-in/${path}`, forPerson, async (request, reply) => {
      const { personId } = request.params;
      await work(request.ctx, personId);
      return done(reply, { key: said, path: `/office/persons/${personId}/sign-in` });
    });
  }
  app.post('/office/persons/:personId/sign-in/pin-reset', forPerson, async (request, reply) => {
    const { personId } = request.params;
    const isReset = (await resetPin(request.ctx, personId)) === 'reset';
    flash(
      reply,
      isReset
        ? { kind: 'success', key: 'signin.pinResetDone' }
        : { kind: 'info', key: 'signin.pinResetNone' },
    );
    return seeOther(reply, `/office/persons/${personId}/sign-in`);
  });
  requestRoutes(app);
}

function requestRoutes(app: App): void {
  const path = '/office/sign-in-requests';
  const query = { config, schema: { querystring: codeQuery, hide: true } };
  app.get(path, query, (request, reply) => {
    const { code } = request.query;
    if (!code) return showRequests(request, reply, {});
    return orDrawAgain(request, async () => seeOther(reply, await signInPathOf(request.ctx, code)), {
      field: 'code',
      draw: (errors, status) => showRequests(request, reply, { errors, status, code }),
    });
  });
  for (const one of [path, '/office/contact-disputes']) {
    app.get(`${one}/:id/contact`, forRequest, (_request, reply) => seeOther(reply, path));
    app.post(`${one}/:id/contact`, forRequest, async (request, reply) => {
      const { id } = request.params;
      const revealed = { id, ...(await revealRequestContact(request.ctx, id)) };
      return showRequests(request, reply, { revealed });
    });
  }
  app.post(`${path}/:id/approval`, forRequest, async (request, reply) => {
    await approveRequest(request.ctx, request.params.id);
    return done(reply, { key: 'signin.requestApproved', path });
  });
  const refusal = { config, schema: { params: requestParams, body: refusalForm, hide: true } };
  app.post(`${path}/:id/refusal`, refusal, async (request, reply) => {
    await refuseRequest(request.ctx, request.params.id, request.body.note);
    return done(reply, { key: 'signin.requestRefused', path });
  });
  app.post('/office/contact-disputes/:id/removal', forRequest, async (request, reply) => {
    await settleDispute(request.ctx, { id: request.params.id, decision: 'removed' });
    return done(reply, { key: 'signin.disputeRemoved', path });
  });
  app.post('/office/contact-disputes/:id/keeping', forRequest, async (request, reply) => {
    await settleDispute(request.ctx, { id: request.params.id, decision: 'kept' });
    return done(reply, { key: 'signin.disputeKept', path });
  });
}

function done(reply: FastifyReply, { key, path }: { key: MessageKey; path: string }) {
  flash(reply, { kind: 'success', key });
  return seeOther(reply, path);
}

async function helpable(ctx: Ctx, personId: string): Promise<SignInPerson> {
  await requireHelpable(ctx, personId);
  const [person] = await signInPersons(ctx, [personId]);
  if (!person) throw notFound();
  return person;
}

type PersonRequest = FastifyRequest<{ Params: z.infer<typeof personParams> }>;

async function showPerson(request: PersonRequest, reply: FastifyReply) {
  const { ctx } = request;
  const person = await helpable(ctx, request.params.personId);
  const mobile = person.mobile;
  const holders = mobile ? await holdersOfContact(ctx, { kind: 'mobile', value: mobile }) : [];
  return drawPage(
    { request, reply },
    { title: 'signin.personSignInTitle', area: 'office', activeLink: 'people', width: 'reading' },
    <PersonSignInPage
      person={person}
      isMobileShared={holders.length > 1}
      openSlip={await openSlipOf(ctx, person.personId)}
      mayResetFactor={scopesOf(ctx.actor, ['operator']).length > 0}
    />,
  );
}

async function printSlip(request: PersonRequest, reply: FastifyReply) {
  const person = await helpable(request.ctx, request.params.personId);
  const slip = await makeSlip(request.ctx, person.personId);
  const address = `${request.ctx.config.baseUrl}/sign-in/slip`;
  const svg = await qrToString(address, { type: 'svg', margin: 1 });
  const qr = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return drawPage(
    { request, reply },
    { title: 'signin.slipPaperTitle', area: 'office', width: 'reading' },
    <SlipPaperPage person={person} slip={slip} address={address} qr={qr} />,
  );
}

/** The page of help for whoever has this code, if the actor may help him; nobody else is known here. */
async function signInPathOf(ctx: Ctx, code: string): Promise<string> {
  const personId = await personOfCode(ctx.db, code);
  if (!personId || !(await mayHelpSignIn(ctx, personId)))
    throw invalid([{ path: 'code', code: 'not_found', text: nobodyText }], nobodyText);
  return `/office/persons/${personId}/sign-in`;
}

const nobodyText = {
  hi: 'इस कर्मचारी कोड का कोई कार्मिक नहीं मिला, जिसकी साइन-इन में आप सहायता कर सकें।',
  en: 'Nobody with this employee code was found whom you may help to sign in.',
};

type Shown = { revealed?: Revealed; errors?: FieldError[]; status?: number; code?: string };

async function showRequests(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  requireRole(request.ctx, rolesHelping);
  const [requests, disputes] = await Promise.all([
    waitingRequests(request.ctx),
    waitingDisputes(request.ctx),
  ]);
  return drawPage(
    { request, reply, errors: shown.errors, status: shown.status },
    { title: 'signin.requestsTitle', area: 'office', activeLink: 'sign-in-requests', width: 'reading' },
    <RequestsPage requests={requests} disputes={disputes} {...shown} />,
  );
}
