import type { Day } from '../../kernel/dates.ts';
import type { Rules } from './rules.ts';

/** A last day, or that of an extension where it is later: no extension takes time away. */
export function extendedDay(lastDay: Day, extendedUntil: Day | null | undefined): Day {
  return extendedUntil && extendedUntil > lastDay ? extendedUntil : lastDay;
}

/** The same of an order's window; null where the window is counted from each person's own day. */
export function lastDayOf(order: {
  rules: Pick<Rules, 'window'>;
  extendedUntil: Day | null | undefined;
}): Day | null {
  const { window } = order.rules;
  return 'to' in window ? extendedDay(window.to, order.extendedUntil) : null;
}
