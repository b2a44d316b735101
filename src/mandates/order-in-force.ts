import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import { ordersCiting } from './stores/order-pages.ts';
import { type OrderRow, orderById, orderByNumber } from './stores/orders.ts';

// A line of amendments is some orders long; a circle cannot be entered, and would not hold a reader up.
const longest = 50;

/**
 * Which order of a line of amendments spoke on a day: the order itself, the one whose place it took later, or the one
 * that took its place by then. None where it had not been issued, or was withdrawn.
 */
export async function orderInForce(ctx: Ctx, order: OrderRow, day: Day): Promise<OrderRow | undefined> {
  let found: OrderRow | undefined = order;
  for (
    let step = 0;
    found?.cites && found.inForceFrom && found.inForceFrom > day && step < longest;
    step += 1
  )
    found = await orderByNumber(ctx.db.read, found.cites);
  for (let step = 0; found && step < longest; step += 1) {
    const next = await endedBy(ctx, found, day);
    if (!next) return found.orderDate <= day ? found : undefined;
    if (next.kind === 'withdrawal') return undefined;
    found = await orderById(ctx.db.read, next.mandateId);
  }
  return found;
}

async function endedBy(ctx: Ctx, { mandateId }: OrderRow, day: Day) {
  const citing = await ordersCiting(ctx.db.read, mandateId);
  return citing.find(
    (one) =>
      one.state === 'published' &&
      one.kind !== 'extension' &&
      one.effectiveOn !== null &&
      one.effectiveOn <= day,
  );
}
