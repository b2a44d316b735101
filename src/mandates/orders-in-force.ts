import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import { bindingOrders } from './stores/orders.ts';

export type OrderInForce = {
  mandateId: string;
  number: string;
  titleHi: string | null;
  titleEn: string | null;
};

/** The orders that bind somebody or other on a day. */
export async function ordersInForce(ctx: Ctx, day: Day): Promise<OrderInForce[]> {
  const orders = await bindingOrders(ctx.db.read);
  return orders.filter(({ inForceUntil }) => inForceUntil === null || inForceUntil >= day);
}
