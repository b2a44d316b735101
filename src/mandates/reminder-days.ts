import type { Reads } from '../kernel/db.ts';
import type { OrderRow } from './stores/orders.ts';

type DaysOf = (db: Reads, order: { mandateId: string; reminderDays: number[] }) => Promise<number[]>;

let daysOf: DaysOf = async (_db, { reminderDays }) => reminderDays;

/** Whoever reminds says on which days he does: before the due day, 0 the day itself, below 0 after it. */
export function setReminderDays(of: DaysOf): void {
  daysOf = of;
}

/** The order as its pages read it out, with the days on which people are really reminded. */
export async function asReminded(db: Reads, order: OrderRow): Promise<OrderRow> {
  const { mandateId, rules } = order;
  const reminderDays = await daysOf(db, { mandateId, reminderDays: rules.reminderDays });
  return { ...order, rules: { ...rules, reminderDays } };
}
