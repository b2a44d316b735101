import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { endSessionById, endSessionsOf } from './stores/sessions.ts';

/** Ends the session that the actor is in. */
export async function signOut(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'person') return;
  await endOne(ctx, { sessionId: ctx.actor.sessionId, reason: 'signed_out' });
}

/** Ends one of one's own sessions: a phone that was lost or lent. */
export async function endOwnSession(ctx: Ctx, sessionId: string): Promise<void> {
  requirePerson(ctx);
  if (!(await endOne(ctx, { sessionId, reason: 'ended' }))) throw notFound();
}

/** Ends all of one's own sessions but the present one. Returns how many. */
export async function endOtherSessions(ctx: Ctx): Promise<number> {
  const personId = requirePerson(ctx);
  const exceptSessionId = ctx.actor.kind === 'person' ? ctx.actor.sessionId : undefined;
  return ctx.db.transaction(async (tx) => {
    const who = { personId, exceptSessionId };
    const count = await endSessionsOf(tx, who, { now: ctx.clock.now(), reason: 'ended' });
    const detail = { count };
    if (count > 0)
      await audit(tx, ctx, {
        action: 'session.others_ended',
        subjectKind: 'person',
        subjectId: personId,
        personId,
        detail,
      });
    return count;
  });
}

type Which = { sessionId: string; reason: 'signed_out' | 'ended' };

async function endOne(ctx: Ctx, { sessionId, reason }: Which): Promise<boolean> {
  const personId = requirePerson(ctx);
  return ctx.db.transaction(async (tx) => {
    const isEnded = await endSessionById(tx, { personId, sessionId }, { now: ctx.clock.now(), reason });
    if (isEnded)
      await audit(tx, ctx, {
        action: 'session.ended',
        subjectKind: 'session',
        subjectId: sessionId,
        personId,
        detail: { reason },
      });
    return isEnded;
  });
}
