import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import type { App, Runtime } from '../feature.ts';

/** The form token of a session: nobody can make it without the installation's secret. */
export function csrfTokenOf(runtime: Pick<Runtime, 'secret'>, sessionId: string): string {
  return hmac(runtime.secret, `csrf:${sessionId}`).toString('base64url').slice(0, 32);
}

// HMAC-SHA-256 (RFC 2104) by two calls that make no object: every page of a session carries its token.
function hmac(secret: string, text: string): Buffer {
  const { inner, outer } = padsOf(secret);
  return hash(
    'sha256',
    Buffer.concat([outer, hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer')]),
    'buffer',
  );
}

let pads: { secret: string; inner: Buffer; outer: Buffer } | undefined;

function padsOf(secret: string): { inner: Buffer; outer: Buffer } {
  if (pads?.secret === secret) return pads;
  const given = Buffer.from(secret);
  const key = Buffer.alloc(64);
  (given.length > 64 ? hash('sha256', given, 'buffer') : given).copy(key);
  pads = {
    secret,
    inner: key.map((byte) => byte ^ 0x36) as Buffer,
    outer: key.map((byte) => byte ^ 0x5c) as Buffer,
  };
  return pads;
}

/**
 * Refuses a change that a foreign page sent with our cookie: the browser's own word on where it comes
 * from must be ours, and a session's form must carry its token (field `_csrf`, query `_csrf` for
 * uploads, or header `x-csrf-token`). A bearer token is no ambient right and needs neither.
 */
export function guardCrossSite(app: App, runtime: Runtime): void {
  app.addHook('preValidation', (request, _reply, done) => {
    done(isOwnRequest(request, runtime) ? undefined : crossSite());
  });
}

function isOwnRequest(request: FastifyRequest, runtime: Runtime): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return true;
  const actor = request.ctx.actor;
  if (actor.kind === 'token') return true;
  if (!isSameOrigin(request)) return false;
  return actor.kind !== 'person' || matches(tokenIn(request), csrfTokenOf(runtime, actor.sessionId));
}

function isSameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.headers.origin;
  if (origin === undefined) return true; // no browser of today leaves both out of a form's POST
  try {
    return new URL(origin).host === request.host;
  } catch {
    return false;
  }
}

function tokenIn(request: FastifyRequest): unknown {
  const body = request.body as Record<string, unknown> | undefined;
  const query = request.query as Record<string, unknown> | undefined;
  return request.headers['x-csrf-token'] ?? body?.['_csrf'] ?? query?.['_csrf'];
}

function matches(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

function crossSite(): Refusal {
  return new Refusal('csrf', {
    hi: 'यह प्रपत्र पुराना हो गया है या किसी दूसरी साइट से आया है। पृष्ठ फिर से खोलकर भेजें।',
    en: 'This form is stale or came from another site. Open the page again and resend it.',
  });
}
