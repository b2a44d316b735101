import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Wish } from '../pages/lesson-page.tsx';

const kinds = new Set(['audio', 'video144', 'video360', 'original']);
const cookie = 'play_as';
const aYear = 365 * 86_400;

/**
 * At which weight this learner hears and watches: what he chose now, else what he chose last on this phone. Where he
 * has never chosen, the lightest for a phone that asks to save data or says that its line is slow.
 */
export function wishOf(
  request: FastifyRequest,
  reply: FastifyReply,
  query: { as?: string; page?: number },
): Wish {
  // Asked of the browser once; those that know it tell it with every later request.
  reply.header('accept-ch', 'Save-Data, ECT').header('vary', 'Save-Data, ECT, Cookie');
  const { headers } = request;
  const savesData = headers['save-data'] === 'on' || /2g/.test(String(headers['ect'] ?? ''));
  const chosen = query.as && kinds.has(query.as) ? query.as : undefined;
  if (chosen)
    reply.setCookie(cookie, chosen, { path: '/courses', sameSite: 'lax', maxAge: aYear, httpOnly: true });
  const remembered = request.cookies[cookie];
  return { page: query.page, as: chosen ?? remembered, savesData: savesData && !chosen && !remembered };
}
