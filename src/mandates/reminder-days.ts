import type { Reads } from '../kernel/db.ts';
import { remindedOn } from './rules/reminder-days.ts';
import type { OrderRow } from './stores/orders.ts';

type DaysOf = (db: Reads, mandateId: string) => Promise<number[] | undefined>;

let daysOf: DaysOf = async () => undefined;

/** Whoever reminds says on which days he does, where that was settled: before the due day, 0 the day itself, below 0 after it. */
export function setReminderDays(of: DaysOf): void {
  daysOf = of;
}

/** The days on which people are really reminded, where these are others than the order's own. */
export async function otherReminderDays(db: Reads, order: OrderRow): Promise<number[] | undefined> {
  const days = await daysOf(db, order.mandateId);
  return days && days.join() !== remindedOn(order.rules).join() ? days : undefined;
}
