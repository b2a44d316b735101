import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../../kernel/config.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { flash, localPath, seeOther, sendPage } from '../../shell/site/index.ts';
import { clearCookie, sessionCookie, setCookie } from './cookies.ts';
import { deviceNameOf } from './device-name.ts';
import { signOut } from './end-session.ts';
import type { OpenedSession } from './open-session.ts';
import { SignInPage } from './pages/sign-in-page.tsx';
import { signInWithPassword } from './sign-in-with-password.ts';

const signInQuery = z.object({ next: z.string().max(2000).optional() });
const signInForm = z.object({
  identifier: z.string().max(200).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(2000).optional(),
});

export function signInRoutes(app: App): void {
  const open = { access: 'public' as const };
  app.get('/sign-in', { config: open, schema: { querystring: signInQuery, hide: true } }, showSignIn);
  app.post('/sign-in', { config: open, schema: { body: signInForm, hide: true } }, async (request, reply) => {
    const { identifier, password, next } = request.body;
    try {
      const device = deviceNameOf(request.headers['user-agent']);
      const session = await signInWithPassword(request.ctx, { identifier, password, device });
      enter(reply, request.ctx.config, session);
      return seeOther(reply, localPath(next));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return drawSignIn(request, reply, { identifier, next, refusal: error });
    }
  });
  app.post(
    '/sign-out',
    { config: { ...open, beforeSecondFactor: true }, schema: { hide: true } },
    async (request, reply) => {
      await signOut(request.ctx);
      clearCookie(reply, sessionCookie);
      flash(reply, { kind: 'success', key: 'signin.signedOut' });
      return seeOther(reply, '/sign-in');
    },
  );
}

async function showSignIn(request: FastifyRequest, reply: FastifyReply) {
  const { next } = request.query as z.infer<typeof signInQuery>;
  if (request.ctx.actor.kind === 'person') return seeOther(reply, localPath(next));
  return drawSignIn(request, reply, { next });
}

type Draft = { identifier?: string; next?: string; refusal?: Refusal };

function drawSignIn(request: FastifyRequest, reply: FastifyReply, { identifier, next, refusal }: Draft) {
  const { language } = request.ctx;
  const error = refusal && pick(refusal.text, language);
  const title = translator(language)('signin.title');
  return sendPage(
    request,
    reply,
    { title, area: 'public', hasErrors: Boolean(error), status: refusal?.status },
    <SignInPage language={language} identifier={identifier} next={next} error={error} />,
  );
}

export function enter(reply: FastifyReply, config: Config, session: OpenedSession): void {
  const { secret: value, maxAgeSeconds } = session;
  setCookie(reply, { config, name: sessionCookie, value, maxAgeSeconds });
}
