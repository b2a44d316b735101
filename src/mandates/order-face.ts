import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { officeById } from '../organisations/index.ts';
import { mayActOn } from './policy.ts';
import { remindedOn } from './rules/reminder-days.ts';
import { orderById, orderByNumber, pathsOfOrder } from './stores/orders.ts';

/** An order in force or over, as features above show it. */
export type OrderFace = {
  mandateId: string;
  number: string;
  orderDate: Day;
  titleHi: string | null;
  titleEn: string | null;
  /** As it says, with the usual ones where it names none on or after the due day. */
  reminderDays: number[];
  /** The last day before another order took its place. */
  inForceUntil: Day | null;
  endedBy: 'amendment' | 'withdrawal' | null;
  officeId: string;
  officePath: string[];
  /** The office whose officers, and those above, may change it. */
  charge: { nameHi: string; nameEn: string | null };
  /** Whether the actor may change it by another order. */
  mayOrder: boolean;
};

/** An order that binds people, by its id or number; a draft is not found. */
export async function orderFace(ctx: Ctx, by: { id: string } | { number: string }): Promise<OrderFace> {
  const order = await ('id' in by ? orderById(ctx.db.read, by.id) : orderByNumber(ctx.db.read, by.number));
  if (order?.state !== 'published' || !['order', 'amendment'].includes(order.kind)) throw notFound();
  const office = await officeById(ctx, order.officeId);
  if (!office) throw notFound();
  const { mandateId, number, orderDate, titleHi, titleEn, inForceUntil, endedBy, officeId, rules } = order;
  return {
    ...{ mandateId, number, orderDate, titleHi, titleEn, inForceUntil, endedBy, officeId },
    reminderDays: remindedOn(rules),
    officePath: office.path,
    charge: (await chargeOf(ctx, mandateId)) ?? office,
    mayOrder: await mayActOn(ctx, order),
  };
}

/** Of all offices that the order speaks of, the highest. */
async function chargeOf(ctx: Ctx, mandateId: string) {
  const paths = await pathsOfOrder(ctx.db.read, mandateId);
  const highest = paths.toSorted((a, b) => a.length - b.length)[0]?.at(-1);
  const office = highest ? await officeById(ctx, highest) : undefined;
  return office && { nameHi: office.nameHi, nameEn: office.nameEn };
}
