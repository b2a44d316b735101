import type { Actor, Ctx } from '../kernel/context.ts';
import { effectiveGrantsOf } from './sign-in/stores/sessions.ts';
import { survivorOf } from './stores/survivor.ts';
import { actorOfToken } from './tokens/actor-of-token.ts';
import { liveTokenById } from './tokens/store.ts';

export type Asked = { actor: Actor; requestId: string; ip: string | null };

/** A job's context as whoever asked for its work, who may do now what he may do now, whatever he might when he asked. */
export async function asAsked(jobCtx: Ctx, { actor, requestId, ip }: Asked): Promise<Ctx> {
  return { ...jobCtx, actor: await actorNow(jobCtx, actor), requestId, ip };
}

async function actorNow(ctx: Ctx, actor: Actor): Promise<Actor> {
  if (actor.kind === 'person') {
    const personId = await survivorOf(ctx.db.read, actor.personId);
    return { ...actor, personId, grants: await effectiveGrantsOf(ctx, personId) };
  }
  if (actor.kind !== 'token') return actor;
  const token = await liveTokenById(ctx, actor.tokenId);
  return token ? actorOfToken(token) : { kind: 'token', tokenId: actor.tokenId, grants: [] };
}
