import { portionsOf } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { atOneInstant, moveRows, onEach, type Seat } from '../kernel/one-instant.ts';
import type { ReconciledDifference } from '../kernel/reconcilers.ts';
import { settleMandates } from './settle.ts';
import { addSteps, differingCounters, prepareSteps, stepsOfOrder } from './stores/expected-steps.ts';
import type { PersonRange } from './stores/live.ts';
import { bindingOrders, type OrderRow } from './stores/orders.ts';
import { planForMany } from './stores/touched.ts';

const most = 1000;
const seatsAtOnce = 2;

/**
 * Computes the figures of every published order again from the events, at one instant; what waited is settled first.
 * Portions of people are taken by whichever seat is free, of all orders one after the other, while their facts are at
 * hand; then each seat compares some of the orders.
 */
export async function reconcileMandates(ctx: Ctx, peopleAtOnce = 100_000): Promise<ReconciledDifference[]> {
  await settleMandates(ctx);
  return atOneInstant(ctx.db, seatsAtOnce, async (seats) => {
    const [first] = seats;
    const orders = first ? await bindingOrders(first.tx) : [];
    if (!first || orders.length === 0) return [];
    const ranges = await rangesOf(first, peopleAtOnce);
    await onEach(seats, async ({ tx }) => {
      await planForMany(tx);
      await prepareSteps(tx);
      for (let range = ranges.shift(); range; range = ranges.shift())
        for (const order of orders) await addSteps(tx, order, range);
    });
    await gather(seats, orders);
    const found = await onEach(seats, (seat, number) => compare(seat, ofSeat(orders, number, seats)));
    return found.flat();
  });
}

async function rangesOf(seat: Seat, peopleAtOnce: number): Promise<PersonRange[]> {
  const portions = await portionsOf(seat.tx, peopleAtOnce);
  return portions.map(({ last }, index) => ({ afterId: portions[index - 1]?.last ?? null, untilId: last }));
}

function ofSeat(orders: OrderRow[], number: number, seats: Seat[]): OrderRow[] {
  return orders.filter((_, index) => index % seats.length === number);
}

/** All steps of an order go to the seat that compares it. */
async function gather(seats: Seat[], orders: OrderRow[]): Promise<void> {
  for (const [number, seat] of seats.entries())
    for (const order of ofSeat(orders, number, seats))
      for (const from of seats)
        if (from !== seat) await moveRows(from, stepsOfOrder(order), { seat, table: 'order_step' });
}

async function compare({ tx }: Seat, orders: OrderRow[]): Promise<ReconciledDifference[]> {
  const found: ReconciledDifference[] = [];
  for (const order of orders)
    for (const row of await differingCounters(tx, order, most))
      found.push({
        ...row,
        officeCode: row.officeCode ?? '?',
        grain: 'd',
        metric: `${order.number}: ${row.metric}`,
      });
  return found;
}
