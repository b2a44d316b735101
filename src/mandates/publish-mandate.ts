import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import { requireMayAct } from './policy.ts';
import {
  lockOrder,
  markCounted,
  markPublished,
  type OrderRow,
  orderById,
  orderByNumber,
} from './stores/orders.ts';
import { settleOrder } from './stores/standings.ts';
import { planForMany, waitForSettling } from './stores/touched.ts';

/**
 * Puts a draft in force: from now on it binds, and everybody's standing and the figures of every office are
 * written in the same transaction. An order that extends, amends or withdraws moves the one that it cites.
 */
export async function publishMandate(ctx: Ctx, number: string): Promise<OrderRow> {
  const draft = await requireMayAct(ctx, await orderByNumber(ctx.db.read, number));
  await ctx.db.longTransaction((tx) => publishDraft(tx, ctx, draft));
  return (await orderById(ctx.db.read, draft.mandateId)) ?? draft;
}

/** The same inside a transaction of the caller, who has asked the policy. */
export async function publishDraft(tx: Tx, ctx: Ctx, draft: OrderRow): Promise<void> {
  await waitForSettling(tx);
  if ((await lockOrder(tx, draft.mandateId)) !== 'draft') throw alreadyPublished();
  await requireCitable(tx, draft);
  await markPublished(tx, {
    mandateId: draft.mandateId,
    now: ctx.clock.now(),
    by: personIdOf(ctx.actor) ?? null,
  });
  await planForMany(tx);
  for (const number of [draft.number, draft.cites]) if (number) await settleNow(tx, ctx, number);
  await audit(tx, ctx, {
    action: 'mandate.published',
    subjectKind: 'mandate',
    subjectId: draft.mandateId,
    officeId: draft.officeId,
    detail: { number: draft.number, kind: draft.kind, cites: draft.cites },
  });
}

async function settleNow(tx: Tx, ctx: Ctx, number: string): Promise<void> {
  const order = await orderByNumber(tx, number);
  if (!order || (order.kind !== 'order' && order.kind !== 'amendment')) return;
  await settleOrder(tx, order);
  await markCounted(tx, order.mandateId, ctx.clock.now());
}

/** What an order cites must bind, and no other order may have taken its place. */
export async function requireCitable(tx: Tx, order: Pick<OrderRow, 'cites'>): Promise<void> {
  if (!order.cites) return;
  const cited = await orderByNumber(tx, order.cites);
  const isBinding = cited?.state === 'published' && (cited.kind === 'order' || cited.kind === 'amendment');
  if (isBinding && cited.inForceUntil === null) return;
  throw new Refusal(
    'conflict',
    {
      hi: `आदेश ${order.cites} लागू नहीं है, या उसका स्थान दूसरा आदेश ले चुका है।`,
      en: `Order ${order.cites} is not in force, or another order has taken its place.`,
    },
    { reason: 'cited_not_in_force' },
  );
}

function alreadyPublished(): Refusal {
  const text = { hi: 'यह आदेश पहले ही लागू हो चुका है।', en: 'This order is in force already.' };
  return new Refusal('conflict', text, { reason: 'already_published' });
}
