import type { Ctx } from '../kernel/context.ts';
import { type Day, indiaDay } from '../kernel/dates.ts';
import { bindingOrders, type OrderRow } from './stores/orders.ts';

export type OrderBeginning = Pick<OrderRow, 'mandateId' | 'number' | 'titleHi' | 'titleEn'>;

/** The orders of a day that may have begun to bind somebody since an earlier one. */
export async function ordersBeginning(
  ctx: Ctx,
  { asOf, since }: { asOf: Day; since: Day },
): Promise<OrderBeginning[]> {
  const orders = await bindingOrders(ctx.db.read);
  return orders.filter((order) => {
    const { inForceUntil } = order;
    return (inForceUntil === null || inForceUntil >= asOf) && mayBindAnew(order, since);
  });
}

/** Whoever is bound on the window's last day stays so, and nobody comes after it: an order of years ago has no news. */
function mayBindAnew({ rules, inForceFrom, publishedAt }: OrderRow, since: Day): boolean {
  if (!('to' in rules.window)) return true;
  const days = [rules.window.to, inForceFrom, publishedAt && indiaDay(publishedAt)];
  return days.some((day) => day !== null && day >= since);
}
