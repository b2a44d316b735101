import type { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { deskWish } from '../claims/claims.ts';
import { requireDecider, requireNamedDecider } from '../deciding.ts';
import { tellOrderEvent } from '../order-events.ts';
import { requireOpenRequest } from './ask-extension.ts';
import type { extensionDecision, RequestKey } from './schema.ts';
import * as store from './store.ts';

export function ownRequests(ctx: Ctx): Promise<store.ExtensionRow[]> {
  return store.requestsOf(ctx.db.read, requirePerson(ctx));
}

/** Requests that wait for this officer, the oldest first. */
export function waitingRequests(ctx: Ctx): Promise<store.ExtensionRow[]> {
  return store.openRequests(ctx.db.read, { ...deskWish(ctx), limit: 200 });
}

export function countWaitingRequests(ctx: Ctx): Promise<number> {
  return store.countOpenRequests(ctx.db.read, deskWish(ctx));
}

export async function requestToDecide(ctx: Ctx, key: RequestKey): Promise<store.ExtensionRow> {
  await requireDecider(ctx, key.personId);
  const request = await store.requestById(ctx.db.read, key);
  if (!request) throw notFound();
  return request;
}

/** Grants more time, to the day asked for or another, or refuses it, with a reason that the person reads. */
export async function decideExtension(
  ctx: Ctx,
  key: RequestKey,
  given: z.output<typeof extensionDecision>,
): Promise<void> {
  const { by, officeId } = await requireNamedDecider(ctx, key.personId);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      const request = await requireOpenRequest(tx, key);
      const isGranted = given.decision === 'granted';
      const grantedUntil = isGranted ? (given.until ?? request.askedUntil) : null;
      if (grantedUntil !== null && grantedUntil <= todayInIndia(ctx.clock)) throw past();
      const decided = { grantedUntil, by, now: ctx.clock.now(), reason: given.reason };
      await store.decideRow(tx, { ...key, state: given.decision, ...decided });
      await audit(tx, ctx, {
        action: `extension.${given.decision}`,
        subjectKind: 'extension_request',
        subjectId: key.requestId,
        personId: key.personId,
        officeId,
        detail: { mandate: request.mandateNumber, until: grantedUntil },
      });
      await tellOrderEvent(tx, ctx, {
        ...{ kind: `more_time_${given.decision}`, personId: key.personId },
        ...{ titleHi: request.titleHi, titleEn: request.titleEn, day: grantedUntil ?? undefined },
        href: `/orders/${request.mandateId}/extension`,
      });
    }),
  );
}

function past() {
  const text = { hi: 'आज के बाद की तिथि दें।', en: 'Give a day after today.' };
  return invalid([{ path: 'until', code: 'not_later', text }], text);
}
