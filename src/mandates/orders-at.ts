import { seesExactly } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { appraisalYear, type Day } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { type MandateFigures, type MandateSummary, mandateSummary } from './mandate-summary.ts';
import { lastDayOf } from './rules/last-day.ts';
import { settleChanged } from './settle.ts';
import { codesAround, rootsOf } from './stores/offices.ts';
import { bindingOrders, type OrderRow } from './stores/orders.ts';
import { countedAtNode } from './stores/standings.ts';

/** An order that binds people at an office, with its figures there and at each office right below. */
export type OrderAt = MandateSummary & {
  mandateId: string;
  titleHi: string | null;
  titleEn: string | null;
  orderDate: Day;
  /** The last day with its extensions; null where each person has a day of his own. */
  dueOn: Day | null;
};

/** The newest are shown; a department with more running orders has a list of them. */
const mostOrders = 12;

/**
 * The orders in force on a day that bind somebody at or below an office, the newest first, as its reader may see them.
 * An order whose last day lies in an earlier reporting year is over, though its figures stay.
 */
export async function ordersAt(ctx: Ctx, wish: { office: string; asOf: Day }): Promise<OrderAt[]> {
  const running = (await bindingOrders(ctx.db.read)).filter((order) => isRunning(order, wish.asOf));
  const codes = running.flatMap(({ rules }) => rules.scope.offices);
  const here = await codesAround(ctx.db.read, { office: wish.office, codes });
  const found: OrderAt[] = [];
  for (const order of running.toReversed()) {
    if (found.length === mostOrders) break;
    if (!order.rules.scope.offices.some((code) => here.has(code))) continue;
    const summary = await mandateSummary(ctx, { number: order.number, ...wish });
    if (summary.bound === 0) continue;
    const { mandateId, titleHi, titleEn, orderDate } = order;
    found.push({ ...summary, mandateId, titleHi, titleEn, orderDate, dueOn: lastDayOf(order) });
  }
  return found;
}

/** An order that binds people in an area, whose offices stand there, of whatever department. */
export type OrderInArea = MandateFigures &
  Pick<OrderAt, 'mandateId' | 'number' | 'titleHi' | 'titleEn' | 'dueOn'>;

/** The orders in force on a day that bind somebody in an area, the newest first; for whoever sees all of it exactly. */
export async function ordersInArea(ctx: Ctx, wish: { nodeId: string; asOf: Day }): Promise<OrderInArea[]> {
  if (!(await rootsOf(ctx.db.read)).every((root) => seesExactly(ctx, root))) throw notFound();
  await settleChanged(ctx.db);
  const running = (await bindingOrders(ctx.db.read)).filter((order) => isRunning(order, wish.asOf));
  const counted = await countedAtNode(ctx.db.read, {
    ...{ mandateIds: running.map((order) => order.mandateId), nodeId: wish.nodeId, asOf: wish.asOf },
  });
  const found = running.toReversed().flatMap((order): OrderInArea[] => {
    const figures = counted.get(order.mandateId);
    const { mandateId, number, titleHi, titleEn } = order;
    return figures ? [{ mandateId, number, titleHi, titleEn, dueOn: lastDayOf(order), ...figures }] : [];
  });
  return found.filter(({ bound }) => bound > 0).slice(0, mostOrders);
}

function isRunning(order: OrderRow, day: Day): boolean {
  const last = lastDayOf(order);
  return (
    order.orderDate <= day &&
    (order.inForceFrom === null || order.inForceFrom <= day) &&
    (order.inForceUntil === null || order.inForceUntil >= day) &&
    (last === null || last >= appraisalYear(day).from)
  );
}
