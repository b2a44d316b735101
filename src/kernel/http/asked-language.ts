import type { FastifyRequest } from 'fastify';
import type { Actor } from '../context.ts';
import { isLanguage, type Language } from '../i18n.ts';

/** What may decide the language of an answer, besides the request's own header. */
export type Wishes = { actor: Actor; own?: Language; fallback: Language };

/**
 * A program asks by Accept-Language. A browser says in it what its maker set, rarely what the reader wants:
 * there the choice made on the page comes first, then the person's own language, then Hindi.
 */
export function askedLanguage(request: FastifyRequest, { actor, own, fallback }: Wishes): Language {
  const isProgram = request.url.startsWith('/api/') && actor.kind !== 'person';
  const byHeader = preferred(request.headers['accept-language']);
  if (isProgram && byHeader) return byHeader;
  const chosen = request.cookies['language'];
  if (isLanguage(chosen)) return chosen;
  return own ?? fallback;
}

/** Of Hindi and English the one with the higher weight (RFC 9110, 12.5.4); nothing where neither is named. */
export function preferred(header: string | undefined): Language | undefined {
  const ranges = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find(Boolean);
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  const known = ranges.filter((range) => isLanguage(range.language) && range.weight > 0);
  const best = known.sort((a, b) => b.weight - a.weight)[0]?.language;
  return isLanguage(best) ? best : undefined;
}
