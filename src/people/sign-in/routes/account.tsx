import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { grantsOf, requirePerson } from '../../../kernel/context.ts';
import { invalid, notFound } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import type { FieldError } from '../../../shell/index.ts';
import { flash, localPath, seeOther } from '../../../shell/site/index.ts';
import { acceptNotice } from '../accept-notice.ts';
import { asksCurrentPassword, changePassword } from '../change-password.ts';
import { changePin } from '../change-pin.ts';
import { endOtherSessions, endOwnSession } from '../end-session.ts';
import { PasswordPage, PinPage, SessionsPage, WelcomePage } from '../pages/account.tsx';
import { signInPersons } from '../stores/persons.ts';
import { openSessionsOf } from '../stores/sessions.ts';
import { browserOf } from './browser-of.ts';
import { drawPage, orDrawAgain } from './draw.tsx';

const next = z.string().max(2000).optional();
const welcomeQuery = z.object({ next });
const welcomeForm = z.object({
  next,
  language: z.enum(['hi', 'en']).default('hi'),
  accepted: z.string().max(10).optional(),
});
const secret = z.string().max(1000).default('');
const passwordForm = z.object({ current: secret, password: secret, again: secret });
const pinForm = z.object({ current: secret, pin: secret, again: secret });
const sessionParams = z.object({ sessionId: z.uuid() });

const own = { access: 'session' as const };
const whileOwing = { ...own, beforeSecondFactor: true };

/** One's own account: welcome at the first sign-in, open sessions, password. */
export function accountRoutes(app: App): void {
  app.get(
    '/welcome',
    { config: whileOwing, schema: { querystring: welcomeQuery, hide: true } },
    (request, reply) => drawWelcome(request, reply, { next: request.query.next, errors: [] }),
  );
  app.post('/welcome', { config: whileOwing, schema: { body: welcomeForm, hide: true } }, (request, reply) =>
    orDrawAgain(request, () => welcome(request, reply, request.body), {
      field: 'accepted',
      draw: (errors, status) => drawWelcome(request, reply, { next: request.body.next, errors, status }),
    }),
  );
  app.get('/profile/sessions', { config: own, schema: { hide: true } }, showSessions);
  const params = { params: sessionParams, hide: true };
  app.post('/profile/sessions/:sessionId/ending', { config: own, schema: params }, async (request, reply) => {
    await endOwnSession(request.ctx, request.params.sessionId);
    flash(reply, { kind: 'success', key: 'signin.sessionEnded' });
    return seeOther(reply, '/profile/sessions');
  });
  app.post('/profile/sessions/endings', { config: own, schema: { hide: true } }, async (request, reply) => {
    await endOtherSessions(request.ctx);
    flash(reply, { kind: 'success', key: 'signin.sessionsEnded' });
    return seeOther(reply, '/profile/sessions');
  });
  pinRoutes(app);
  app.get('/profile/password', { config: own, schema: { hide: true } }, (request, reply) =>
    drawPassword(request, reply, { errors: [] }),
  );
  app.post(
    '/profile/password',
    { config: own, schema: { body: passwordForm, hide: true } },
    (request, reply) =>
      orDrawAgain(request, () => newPassword(request, reply, request.body), {
        field: 'password',
        draw: (errors, status) => drawPassword(request, reply, { errors, status }),
      }),
  );
}

/** The PIN of who shares a mobile; for everybody else there is no such page. */
function pinRoutes(app: App): void {
  app.get('/profile/pin', { config: own, schema: { hide: true } }, (request, reply) =>
    drawPin(request, reply, { errors: [] }),
  );
  app.post('/profile/pin', { config: own, schema: { body: pinForm, hide: true } }, (request, reply) =>
    orDrawAgain(
      request,
      async () => {
        await changePin(request.ctx, { ...request.body, browser: browserOf(request) });
        flash(reply, { kind: 'success', key: 'signin.pinChanged' });
        return seeOther(reply, '/profile/sessions');
      },
      { field: 'pin', draw: (errors, status) => drawPin(request, reply, { errors, status }) },
    ),
  );
}

async function drawPin(request: FastifyRequest, reply: FastifyReply, { errors, status }: Drawing) {
  const { ctx } = request;
  const [person] = await signInPersons(ctx, [requirePerson(ctx)]);
  if (!person?.pinHash) throw notFound();
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.pinOwnTitle', activeLink: 'profile' },
    <PinPage errors={errors} hasRights={grantsOf(ctx.actor).length > 0} />,
  );
}

async function welcome(request: FastifyRequest, reply: FastifyReply, form: z.infer<typeof welcomeForm>) {
  if (!form.accepted)
    throw invalid([{ path: 'accepted', code: 'not_accepted', text: acceptText }], acceptText);
  await acceptNotice(request.ctx, form.language);
  // The language chosen here is the person's own; an earlier choice of this browser must not hide it.
  reply.clearCookie('language', { path: '/' });
  return seeOther(reply, localPath(form.next));
}

const acceptText = {
  hi: 'आगे बढ़ने के लिए बताएँ कि आपने सूचना पढ़ ली है।',
  en: 'Say that you have read the notice to go on.',
};

type Drawing = { errors: FieldError[]; status?: number };

function drawWelcome(request: FastifyRequest, reply: FastifyReply, drawing: Drawing & { next?: string }) {
  const { errors, status } = drawing;
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.welcomeTitle', area: 'public' },
    <WelcomePage errors={errors} next={drawing.next} />,
  );
}

async function showSessions(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const sessions = await openSessionsOf(ctx, requirePerson(ctx));
  const currentId = ctx.actor.kind === 'person' ? ctx.actor.sessionId : undefined;
  const hasRights = grantsOf(ctx.actor).length > 0;
  return drawPage(
    { request, reply },
    { title: 'signin.sessionsTitle', activeLink: 'profile' },
    <SessionsPage sessions={sessions} currentId={currentId} hasRights={hasRights} />,
  );
}

async function newPassword(request: FastifyRequest, reply: FastifyReply, form: z.infer<typeof passwordForm>) {
  await changePassword(request.ctx, { ...form, browser: browserOf(request) });
  flash(reply, { kind: 'success', key: 'signin.passwordChanged' });
  return seeOther(reply, '/profile/sessions');
}

async function drawPassword(request: FastifyRequest, reply: FastifyReply, { errors, status }: Drawing) {
  const { ctx } = request;
  const [person] = await signInPersons(ctx, [requirePerson(ctx)]);
  const asksCurrent = person ? await asksCurrentPassword(ctx, person) : true;
  const hasRights = grantsOf(ctx.actor).length > 0;
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.passwordTitle', activeLink: 'profile' },
    <PasswordPage
      errors={errors}
      asksCurrent={asksCurrent}
      hasRights={hasRights}
      hasPin={Boolean(person?.pinHash)}
    />,
  );
}
