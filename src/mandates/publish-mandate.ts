import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { finishBuild } from './builds/run-builds.ts';
import { requireMayAct } from './policy.ts';
import { beingPublished, putInForce, subjectOf, takeOverCited } from './put-in-force.ts';
import { bindsMany, insertBuild, lockBuild, nextBuild, postsMany, retryBuild } from './stores/builds.ts';
import { lockOrder, markCounted, type OrderRow, orderById, orderByNumber } from './stores/orders.ts';
import { settleOrder } from './stores/standings.ts';
import { planForMany, waitToPublish } from './stores/touched.ts';

/** So many are counted while somebody waits for the answer; more are counted by a work of its own. */
export const fewPersons = 20_000;

/**
 * Puts a draft in force: from now on it binds, and everybody's standing and the figures of every office are
 * written when it returns. An order that extends, amends or withdraws moves the one that it cites.
 */
export async function publishMandate(
  ctx: Ctx,
  number: string,
  wish: PublicationWish = {},
): Promise<OrderRow> {
  const { order, buildId } = await askPublication(ctx, number, wish);
  if (!buildId) return order;
  await finishBuild(ctx, buildId);
  return (await orderById(ctx.db.read, order.mandateId)) ?? order;
}

export type PublicationWish = {
  /** Of the draft as who publishes it read it; another one is not put in force. */
  digest?: string | undefined;
  few?: number | undefined;
};

/** The same; where many are bound it is only begun, and the worker ends it: `buildId` tells which work. */
export async function askPublication(
  ctx: Ctx,
  number: string,
  { digest, few }: PublicationWish = {},
): Promise<{ order: OrderRow; buildId: string | null }> {
  const draft = await requireMayAct(ctx, await orderByNumber(ctx.db.read, number));
  if (digest !== undefined && digest !== draft.digest) throw otherThanSeen(number);
  const buildId = await ctx.db.longTransaction((tx) => publishDraft(tx, ctx, { draft, few }));
  return { order: (await orderById(ctx.db.read, draft.mandateId)) ?? draft, buildId };
}

type Asked = {
  draft: OrderRow;
  few?: number | undefined;
  /** A publication that was begun, and perhaps left by a kill, is gone on with instead of refused. */
  begun?: 'goesOn';
};

/**
 * In a transaction of the caller, who has asked the policy: at once where few are bound; else the work that does
 * it is entered, and its key returned.
 */
export async function publishDraft(
  tx: Tx,
  ctx: Ctx,
  { draft, few = fewPersons, begun }: Asked,
): Promise<string | null> {
  await waitToPublish(tx);
  const locked = await lockOrder(tx, draft.mandateId);
  if (locked?.state !== 'draft') throw alreadyPublished();
  const failed = locked.buildId ? await lockBuild(tx, locked.buildId) : undefined;
  const isGoing = failed !== undefined && !failed.failedAt;
  if (isGoing && begun !== 'goesOn') throw beingPublished(draft.number);
  const held = await orderById(tx, draft.mandateId);
  if (held?.digest !== draft.digest) throw otherThanSeen(draft.number);
  if (isGoing) return failed.buildId;
  await takeOverCited(tx, draft);
  if (failed) return tryAgain(tx, ctx, { draft, buildId: failed.buildId });
  // What is in the making is ended first, in the order in which it was asked for.
  if ((await nextBuild(tx)) || (await bindsMany(tx, draft, few))) return enterBuild(tx, ctx, draft);
  await putInForce(tx, ctx, { draft });
  if (!(await postsMany(tx, fewPersons))) await planForMany(tx);
  for (const number of [draft.number, draft.cites]) if (number) await settleNow(tx, ctx, number);
  return null;
}

async function enterBuild(tx: Tx, ctx: Ctx, draft: OrderRow): Promise<string> {
  const buildId = newId();
  const by = personIdOf(ctx.actor) ?? null;
  await insertBuild(tx, { buildId, mandateId: draft.mandateId, now: ctx.clock.now(), by });
  await audit(tx, ctx, { action: 'mandate.publication_asked', ...subjectOf(draft) });
  return buildId;
}

type Again = { draft: OrderRow; buildId: string };

async function tryAgain(tx: Tx, ctx: Ctx, { draft, buildId }: Again): Promise<string> {
  await retryBuild(tx, { buildId, now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null });
  await audit(tx, ctx, { action: 'mandate.publication_asked', ...subjectOf(draft) });
  return buildId;
}

async function settleNow(tx: Tx, ctx: Ctx, number: string): Promise<void> {
  const order = await orderByNumber(tx, number);
  if (!order || (order.kind !== 'order' && order.kind !== 'amendment')) return;
  await settleOrder(tx, order);
  await markCounted(tx, order.mandateId, ctx.clock.now());
}

/** Written again by somebody else meanwhile: nobody puts in force what he has not read. */
function otherThanSeen(number: string): Refusal {
  const text = {
    hi: `आदेश ${number} का प्रारूप इस बीच बदल गया है। इसे फिर से पढ़कर लागू करें।`,
    en: `The draft of order ${number} has been changed meanwhile. Read it again before you put it in force.`,
  };
  return new Refusal('conflict', text, { reason: 'changed_meanwhile' });
}

function alreadyPublished(): Refusal {
  const text = { hi: 'यह आदेश पहले ही लागू हो चुका है।', en: 'This order is in force already.' };
  return new Refusal('conflict', text, { reason: 'already_published' });
}
