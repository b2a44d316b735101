import type { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { type Day, formatDay, todayInIndia } from '../../kernel/dates.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { cutList, type Listed, type ListPage } from '../../kernel/lists.ts';
import { mostWaiting } from '../../shell/figures.ts';
import { deskWish } from '../claims/claims.ts';
import { requireDecider, requireNamedDecider } from '../deciding.ts';
import { tellOrderEvent } from '../order-events.ts';
import { standingOfPerson } from '../standing.ts';
import { bindingOrders } from '../stores/orders.ts';
import { requireOpenRequest } from './ask-extension.ts';
import type { extensionDecision, RequestKey } from './schema.ts';
import * as store from './store.ts';

export async function ownRequests(ctx: Ctx, page: ListPage = usualPage): Promise<Listed<store.ExtensionRow>> {
  const rows = await store.requestsOf(ctx.db.read, requirePerson(ctx), { ...page, limit: page.limit + 1 });
  return cutList(rows, page.limit, keyOf);
}

const usualPage: ListPage = { limit: 200 };
const keyOf = (row: store.ExtensionRow) => ({ personId: row.personId, id: row.requestId });

/** Requests that wait for this officer, the oldest first. */
export async function waitingRequests(
  ctx: Ctx,
  page: ListPage = usualPage,
): Promise<Listed<store.ExtensionRow>> {
  const wish = { ...deskWish(ctx), ...page, limit: page.limit + 1 };
  return cutList(await store.openRequests(ctx.db.read, wish), page.limit, keyOf);
}

const fewDecided = 30;

/** Those that were decided lately, so that one finds them again. */
export function decidedRequests(ctx: Ctx): Promise<store.ExtensionRow[]> {
  return store.decidedRequests(ctx.db.read, { ...deskWish(ctx), limit: fewDecided });
}

export function countWaitingRequests(ctx: Ctx): Promise<number> {
  return store.countOpenRequests(ctx.db.read, { ...deskWish(ctx), most: mostWaiting });
}

export type RequestToDecide = store.ExtensionRow & {
  /** The person's due day as it is now; null where no day is due. */
  dueOn: Day | null;
};

export async function requestToDecide(ctx: Ctx, key: RequestKey): Promise<RequestToDecide> {
  await requireDecider(ctx, key.personId);
  const request = await store.requestById(ctx.db.read, key);
  if (!request) throw notFound();
  return { ...request, dueOn: await dueOnNow(ctx, request) };
}

/** By the order that he asked under, or by the one that has taken its place since. */
async function dueOnNow(ctx: Ctx, { personId, mandateId }: store.ExtensionRow): Promise<Day | null> {
  const orders = (await bindingOrders(ctx.db.read)).filter((one) => one.lineage.includes(mandateId));
  const own = await standingOfPerson(ctx, personId);
  const days = own.filter((one) => orders.some((order) => order.mandateId === one.mandate.id));
  return days.at(-1)?.dueOn ?? null;
}

/** Grants more time, to the day asked for or another, or refuses it, with a reason that the person reads. */
export async function decideExtension(
  ctx: Ctx,
  key: RequestKey,
  given: z.output<typeof extensionDecision>,
): Promise<void> {
  const { by, officeId } = await requireNamedDecider(ctx, key.personId);
  const { dueOn } = await requestToDecide(ctx, key);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      const request = await requireOpenRequest(tx, key);
      const until = given.until ?? request.askedUntil;
      const grantedUntil = given.decision === 'granted' ? requireMoreTime(ctx, until, dueOn) : null;
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
        ...{ kind: `more_time_${given.decision}`, personIds: [key.personId] },
        ...{ titleHi: request.titleHi, titleEn: request.titleEn, day: grantedUntil ?? undefined },
        href: `/orders/${request.mandateId}/extension`,
      });
    }),
  );
}

/** Takes granted time back, as when it was granted by mistake: the due day is as if it had never been. */
export async function takeBackExtension(ctx: Ctx, key: RequestKey, given: { reason: string }): Promise<void> {
  const { by, officeId } = await requireNamedDecider(ctx, key.personId);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      const request = await store.requestById(tx, key);
      if (request?.state !== 'granted' || request.isTakenBack) throw notFound();
      await store.voidRow(tx, { ...key, by, now: ctx.clock.now(), reason: given.reason });
      await audit(tx, ctx, {
        action: 'extension.taken_back',
        subjectKind: 'extension_request',
        subjectId: key.requestId,
        personId: key.personId,
        officeId,
        detail: { mandate: request.mandateNumber, until: request.grantedUntil },
      });
      await tellOrderEvent(tx, ctx, {
        ...{ kind: 'more_time_taken_back', personIds: [key.personId] },
        ...{ titleHi: request.titleHi, titleEn: request.titleEn },
        href: `/orders/${request.mandateId}/extension`,
      });
    }),
  );
}

function requireMoreTime(ctx: Ctx, until: Day, dueOn: Day | null): Day {
  if (until <= todayInIndia(ctx.clock)) throw past();
  if (dueOn !== null && until <= dueOn) throw notMoreTime(dueOn);
  return until;
}

function notMoreTime(dueOn: Day) {
  const text = {
    hi: `अंतिम तिथि पहले से ${formatDay(dueOn, 'hi')} है; उसके बाद की तिथि दें।`,
    en: `The due day is ${formatDay(dueOn, 'en')} already; give a later day.`,
  };
  return invalid([{ path: 'until', code: 'not_later', text }], text);
}

function past() {
  const text = { hi: 'आज के बाद की तिथि दें।', en: 'Give a day after today.' };
  return invalid([{ path: 'until', code: 'not_later', text }], text);
}
