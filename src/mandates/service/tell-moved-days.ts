import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { tellOrderEvent } from '../order-events.ts';
import { keepDays, movedDays } from '../stores/moved-days.ts';
import { bindingOrders } from '../stores/orders.ts';
import type { PersonSource } from '../stores/standing-sql.ts';

/**
 * Does what changes the service of some persons, and tells each of them of each order whose last day it moved,
 * forwards or back. Where they stand is computed before and after from the facts alone: what is written of them is
 * settled later.
 */
export async function tellingMovedDays(
  tx: Tx,
  ctx: Ctx,
  { source, work }: { source: PersonSource; work: () => Promise<void> },
): Promise<void> {
  const asked = { orders: await bindingOrders(tx), source, asOf: todayInIndia(ctx.clock) };
  await keepDays(tx, asked);
  await work();
  for (const { order, dueOn, personIds } of await movedDays(tx, asked))
    await tellOrderEvent(tx, ctx, {
      kind: dueOn ? 'due_moved' : 'due_stands',
      ...{ personIds, titleHi: order.titleHi, titleEn: order.titleEn },
      ...(dueOn ? { day: dueOn } : {}),
      href: `/orders/${order.mandateId}`,
    });
}
