import type { Actor } from '../../kernel/context.ts';
import type { LiveToken } from './store.ts';

export function actorOfToken({ tokenId, personId, role, officeId }: LiveToken): Actor {
  const grants = role && officeId ? [{ role, scopeId: officeId }] : [];
  return { kind: 'token', tokenId, personId: personId ?? undefined, grants };
}
