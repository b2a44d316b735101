import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { tellOrderEvent } from '../order-events.ts';
import { bindingOrders, type OrderRow } from '../stores/orders.ts';
import { ofPerson, type StandingRow, standingsOn } from '../stores/persons.ts';
import { standingRows } from '../stores/standing-sql.ts';

/**
 * Does what changes a person's service, and tells him of each order whose last day it moved, forwards or back. Where
 * he stands is computed before and after from the facts alone: what is written of him is settled later.
 */
export async function tellingMovedDays(
  tx: Tx,
  ctx: Ctx,
  { personId, work }: { personId: string; work: () => Promise<void> },
): Promise<void> {
  const orders = await bindingOrders(tx);
  const before = await standingsUnder(tx, ctx, { orders, personId });
  await work();
  const after = await standingsUnder(tx, ctx, { orders, personId });
  for (const order of orders) {
    const [was, is] = [before.get(order.mandateId), after.get(order.mandateId)];
    if (!was || !is || was.dueOn === is.dueOn || !isWaiting(is)) continue;
    await tellOrderEvent(tx, ctx, {
      kind: is.dueOn ? 'due_moved' : 'due_stands',
      ...{ personId, titleHi: order.titleHi, titleEn: order.titleEn },
      ...(is.dueOn ? { day: is.dueOn } : {}),
      href: `/orders/${order.mandateId}`,
    });
  }
}

function isWaiting({ status }: StandingRow): boolean {
  return status === 'open' || status === 'overdue';
}

type Whose = { orders: OrderRow[]; personId: string };

async function standingsUnder(tx: Tx, ctx: Ctx, { orders, personId }: Whose) {
  const asOf = todayInIndia(ctx.clock);
  const found = new Map<string, StandingRow>();
  for (const order of orders) {
    const rows = standingRows(order, { source: ofPerson(personId) });
    const [standing] = await standingsOn(tx, { personId, asOf, rows });
    if (standing) found.set(order.mandateId, standing);
  }
  return found;
}
