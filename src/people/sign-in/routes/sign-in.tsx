import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { channelsOf } from '../../../kernel/channels/index.ts';
import type { App } from '../../../kernel/feature.ts';
import type { FieldError } from '../../../shell/index.ts';
import { flash, localPath, seeOther } from '../../../shell/site/index.ts';
import { clearCookie, flowCookie, sessionCookie, setCookie } from '../cookies.ts';
import { signOut } from '../end-session.ts';
import { flowMinutes } from '../flow.ts';
import { ForgottenPage, SignInPage } from '../pages/sign-in.tsx';
import { requestCode } from '../request-code.ts';
import { signInWithPassword } from '../sign-in-with-password.ts';
import { browserOf, enter } from './browser-of.ts';
import { drawPage, orDrawAgain } from './draw.tsx';

const signInQuery = z.object({ next: z.string().max(2000).optional() });
export const signInForm = z.object({
  identifier: z.string().max(200).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(2000).optional(),
});
type SignInForm = z.infer<typeof signInForm>;

export function signInRoutes(app: App): void {
  const config = { access: 'public' as const };
  app.get('/sign-in', { config, schema: { querystring: signInQuery, hide: true } }, (request, reply) => {
    const { next } = request.query;
    if (request.ctx.actor.kind === 'person') return seeOther(reply, localPath(next));
    return drawSignIn(request, reply, { form: { next }, errors: [] });
  });
  app.post('/sign-in', { config, schema: { body: signInForm, hide: true } }, (request, reply) =>
    orDrawAgain(request, () => signIn(request, reply, request.body), {
      field: 'identifier',
      draw: (errors, status) => drawSignIn(request, reply, { form: request.body, errors, status }),
    }),
  );
  app.post('/sign-in/codes', { config, schema: { body: signInForm, hide: true } }, (request, reply) =>
    orDrawAgain(request, () => sendCode(request, reply, request.body), {
      field: 'identifier',
      draw: (errors, status) => drawSignIn(request, reply, { form: request.body, errors, status }),
    }),
  );
  forgottenRoutes(app);
  const whileOwing = { ...config, beforeSecondFactor: true };
  app.post('/sign-out', { config: whileOwing, schema: { hide: true } }, async (request, reply) => {
    await signOut(request.ctx);
    clearCookie(reply, sessionCookie);
    flash(reply, { kind: 'success', key: 'signin.signedOut' });
    return seeOther(reply, '/sign-in');
  });
}

/** A forgotten password: a code, and from there straight to the page where a new one is made. */
function forgottenRoutes(app: App): void {
  const config = { access: 'public' as const };
  app.get('/sign-in/forgotten', { config, schema: { hide: true } }, (request, reply) =>
    drawForgotten(request, reply, { form: {}, errors: [] }),
  );
  app.post('/sign-in/forgotten', { config, schema: { body: signInForm, hide: true } }, (request, reply) => {
    const { identifier, password } = request.body;
    return orDrawAgain(
      request,
      () => sendCode(request, reply, { identifier, password, next: '/profile/password' }),
      {
        field: 'identifier',
        draw: (errors, status) => drawForgotten(request, reply, { form: request.body, errors, status }),
      },
    );
  });
}

async function signIn(request: FastifyRequest, reply: FastifyReply, form: SignInForm) {
  const session = await signInWithPassword(request.ctx, { ...form, browser: browserOf(request) });
  enter(request, reply, session);
  return seeOther(reply, localPath(form.next));
}

async function sendCode(request: FastifyRequest, reply: FastifyReply, form: SignInForm) {
  const { identifier, next } = form;
  const returnPath = next ? localPath(next) : undefined;
  const secret = await requestCode(request.ctx, { identifier, returnPath, browser: browserOf(request) });
  keepFlow(request, reply, secret);
  return seeOther(reply, '/sign-in/code');
}

export function keepFlow(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  const { config } = request.ctx;
  setCookie(reply, { config, name: flowCookie, value: secret, maxAgeSeconds: flowMinutes * 60 });
}

type Drawing = { form: Partial<SignInForm>; errors: FieldError[]; status?: number };

function drawSignIn(request: FastifyRequest, reply: FastifyReply, { form, errors, status }: Drawing) {
  const { config } = request.ctx;
  const { mail, sms } = channelsOf(config);
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.title', area: 'public' },
    <SignInPage
      identifier={form.identifier}
      next={form.next}
      errors={errors}
      canSendCodes={mail || sms}
      isDemonstration={config.isDemonstration}
    />,
  );
}

function drawForgotten(request: FastifyRequest, reply: FastifyReply, { form, errors, status }: Drawing) {
  const { mail, sms } = channelsOf(request.ctx.config);
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.forgottenTitle', area: 'public' },
    <ForgottenPage identifier={form.identifier} errors={errors} canSendCodes={mail || sms} />,
  );
}
