import type { FastifyReply } from 'fastify';
import type { Config } from '../../kernel/config.ts';

export const sessionCookie = 'session';
/** Names this browser to the person's account, so that strangers' failures do not count against it. */
export const deviceCookie = 'device';
/** One way in that has begun: a code was sent, or a slip was shown. */
export const flowCookie = 'sign_in';

type Setting = { config: Config; name: string; value: string; maxAgeSeconds: number };

export function setCookie(reply: FastifyReply, { config, name, value, maxAgeSeconds }: Setting): void {
  reply.setCookie(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.baseUrl.startsWith('https:'),
    maxAge: maxAgeSeconds,
  });
}

export function clearCookie(reply: FastifyReply, name: string): void {
  reply.clearCookie(name, { path: '/' });
}
