import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { type Actor, type Ctx, grantsOf, personIdOf } from '../context.ts';
import { forbidden, Refusal, sessionEnded, unauthenticated } from '../errors.ts';
import { type Access, type App, ctxOf, type Feature, type Runtime } from '../feature.ts';
import type { Language } from '../i18n.ts';
import { newId } from '../ids.ts';
import { askedLanguage, preferred } from './asked-language.ts';
import { compressReplies } from './compress.ts';
import { keepContract } from './contract.ts';
import { guardCrossSite } from './csrf.ts';
import type { LoadClass } from './load-classes.ts';
import { answerError, answerErrors, type RenderProblem } from './problems.ts';
import { countRequests } from './request-metrics.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import { guardFiles } from './send-file.ts';
import { shedLoad } from './shed-load.ts';

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Ctx;
    /** What the session must settle before it may go anywhere else (a notice, a second factor). */
    owes?: Refusal;
    /** The browser showed a session that is over. */
    hasSessionEnded: boolean;
    /** Asked once more, after a long body has come: a token or session may have ended while it came. */
    confirmAccess(): Promise<void>;
  }
  interface FastifyContextConfig {
    access?: Access;
    /** Reached while the session still owes something: the pages that ask for notice or second factor. */
    beforeSecondFactor?: boolean;
    /** What gives way first where there is more to do than can be done; told by the address where it is not said. */
    load?: LoadClass;
  }
}

export type Identified = { actor: Actor; language?: Language; owes?: Refusal; hasSessionEnded?: boolean };

export type AppParts = {
  runtime: Runtime;
  features: Feature[];
  /** Finds out who asks, from a bearer token or a session cookie. */
  identify(request: FastifyRequest, runtime: Runtime): Promise<Identified>;
  renderProblem: RenderProblem;
  /**
   * How far the event loop is behind: beyond bounds, requests are turned away (shed-load.ts). For servers, not for
   * tests on a busy machine.
   */
  loopDelayMs?: () => number;
};

export async function createApp(parts: AppParts): Promise<App> {
  const { runtime } = parts;
  const app = Fastify({
    trustProxy: runtime.config.trustProxy,
    genReqId: () => newId(),
    logger: false,
    bodyLimit: 2_000_000,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    // An address that is no address fails before any hook has run: nobody asks, in the default language.
    frameworkErrors: (error, request, reply) => {
      request.ctx = ctxOf(runtime, { kind: 'anonymous' }, { requestId: request.id, ip: request.ip });
      request.ctx.language = preferred(request.headers['accept-language']) ?? runtime.config.defaultLanguage;
      void answerError(error, { request, reply, render: parts.renderProblem });
    },
  }).withTypeProvider<ZodTypeProvider>() as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await registerPlugins(app, parts);
  requireAccessOnEveryRoute(app);
  identifyRequests(app, parts);
  checkAccess(app);
  shedLoad(app, runtime, { loopDelayMs: parts.loopDelayMs ?? (() => 0) });
  guardCrossSite(app, runtime);
  compressReplies(app);
  guardFiles(app);
  logRequests(app, runtime);
  countRequests(app);
  answerErrors(app, runtime, parts.renderProblem);
  for (const feature of parts.features) {
    if (feature.http) await app.register(async (scope) => feature.http?.(scope as unknown as App, runtime));
  }
  return app;
}

async function registerPlugins(app: App, { runtime }: AppParts): Promise<void> {
  sendSecurityHeaders(app, { isHttps: runtime.config.baseUrl.startsWith('https:') });
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 2_000_000 });
  await app.register(multipart, { limits: { fileSize: 200_000_000, files: 4, fields: 50 } });
  await app.register(rateLimit, { global: false });
  await keepContract(app);
}

/** A route that does not say whom it lets in stops the start: forgetting must not mean "everybody". */
function requireAccessOnEveryRoute(app: App): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`Route ${String(route.method)} ${route.url} says no access.`);
  });
}

function identifyRequests(app: App, parts: AppParts): void {
  app.decorateRequest('ctx', null as unknown as Ctx);
  app.decorateRequest('owes', undefined);
  app.decorateRequest('hasSessionEnded', false);
  app.addHook('onRequest', async (request) => {
    const base = { requestId: request.id, ip: request.ip };
    request.ctx = ctxOf(parts.runtime, { kind: 'anonymous' }, base);
    const found = await findOut(request, parts);
    const fallback = parts.runtime.config.defaultLanguage;
    request.ctx.language = askedLanguage(request, { actor: found.actor, own: found.language, fallback });
  });
  app.decorateRequest('confirmAccess', async function (this: FastifyRequest) {
    await findOut(this, parts);
    const refusal = refusalOfAccess(this);
    if (refusal) throw refusal;
  });
}

async function findOut(request: FastifyRequest, parts: AppParts): Promise<Identified> {
  const found = await parts.identify(request, parts.runtime);
  request.ctx.actor = found.actor;
  request.owes = found.owes;
  request.hasSessionEnded = found.hasSessionEnded ?? false;
  return found;
}

/** Before the body is read: whoever may not come in sends no 200 MB first and learns no field's name. */
function checkAccess(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => done(refusalOfAccess(request)));
}

function refusalOfAccess(request: FastifyRequest): Refusal | undefined {
  const { access, beforeSecondFactor } = request.routeOptions.config;
  const actor = request.ctx.actor;
  if (!access || access === 'public') return undefined;
  if (actor.kind === 'anonymous') return request.hasSessionEnded ? sessionEnded() : unauthenticated();
  if (request.owes && !beforeSecondFactor) return request.owes;
  if (actor.kind === 'token' && isBeyondTokens(request)) return sessionNeeded();
  if ((access === 'person' || access === 'session') && !personIdOf(actor)) return forbidden();
  if (typeof access === 'object' && !grantsOf(actor).some((grant) => access.roles.includes(grant.role)))
    return forbidden();
  return undefined;
}

/**
 * The least power for a text that lies in a program's settings: it reads, and it changes what the API offers.
 * Pages' forms, and all that guards an account, are for who has signed in.
 */
function isBeyondTokens(request: FastifyRequest): boolean {
  const { url = '', config } = request.routeOptions;
  const isReading = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
  return config.access === 'session' || !(isReading || url.startsWith('/api/'));
}

function sessionNeeded(): Refusal {
  const text = {
    hi: 'API टोकन से यह नहीं हो सकता। साइन-इन करके करें, या /api/v1 के मार्ग से।',
    en: 'An API token cannot do this. Sign in to do it, or use the routes of /api/v1.',
  };
  return new Refusal('forbidden', text, { reason: 'session_needed' });
}

function logRequests(app: App, runtime: Runtime): void {
  app.addHook('onResponse', (request, reply, done) => {
    runtime.log({
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });
}
