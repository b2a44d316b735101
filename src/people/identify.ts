import type { FastifyRequest } from 'fastify';
import type { Actor } from '../kernel/context.ts';
import type { Runtime } from '../kernel/feature.ts';
import type { Language } from '../kernel/i18n.ts';

/** Who asks: a bearer token's scope or person, a session's person, or nobody. */
export async function identify(
  _request: FastifyRequest,
  _runtime: Runtime,
): Promise<{ actor: Actor; language?: Language }> {
  return { actor: { kind: 'anonymous' } };
}
