import type { FastifyReply, FastifyRequest } from 'fastify';
import { digestOf } from '../../../kernel/ids.ts';
import type { Browser } from '../browser.ts';
import { clearCookie, deviceCookie, flowCookie, sessionCookie, setCookie } from '../cookies.ts';
import { deviceNameOf } from '../device-name.ts';
import type { OpenedSession } from '../open-session.ts';

const year = 365 * 24 * 3600;

export function browserOf(request: FastifyRequest): Browser {
  const deviceSecret = request.cookies[deviceCookie];
  const session = request.cookies[sessionCookie];
  return {
    device: deviceNameOf(request.headers['user-agent']),
    deviceSecret,
    deviceDigest: deviceSecret ? digestOf(deviceSecret) : undefined,
    sessionDigest: session ? digestOf(session) : undefined,
  };
}

/** Gives the browser its session and its mark, and takes the finished flow away. */
export function enter(request: FastifyRequest, reply: FastifyReply, session: OpenedSession): void {
  const { config } = request.ctx;
  const { secret, deviceSecret, maxAgeSeconds } = session;
  setCookie(reply, { config, name: sessionCookie, value: secret, maxAgeSeconds });
  setCookie(reply, { config, name: deviceCookie, value: deviceSecret, maxAgeSeconds: year });
  clearCookie(reply, flowCookie);
}
