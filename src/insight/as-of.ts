import type { Ctx } from '../kernel/context.ts';
import { addMonths, type Day, endOfMonth, parseDay, startOfMonth, todayInIndia } from '../kernel/dates.ts';
import { invalid, notFound, type Refusal } from '../kernel/errors.ts';

/**
 * The India day that figures are wanted for: today where none is given. Nothing is known of a later day, so
 * one gives today's figures; what is answered names the day that it is for.
 */
export function readAsOf(ctx: Pick<Ctx, 'clock'>, text: string | undefined, path = 'asOf'): Day {
  const today = todayInIndia(ctx.clock);
  if (text === undefined || text.trim() === '') return today;
  const day = parseDay(text);
  if (!day) throw invalid([{ path, code: 'not_a_day', text: notADay }], notADay);
  if (day > today) return today;
  return day;
}

/**
 * The day that figures outside one's own subtree are given for: today, or the last day of a month up to the one
 * asked for. Each day's masks are decided by its own counts, so two days side by side would tell a change of one
 * person; months are too far apart for that.
 */
export function settledDay(ctx: Pick<Ctx, 'clock'>, day: Day): Day {
  if (day === todayInIndia(ctx.clock) || day === endOfMonth(day)) return day;
  return endOfMonth(addMonths(startOfMonth(day), -1));
}

/** A month before, the day that a change is measured from. */
export function monthBefore(day: Day): Day {
  return addMonths(day, -1);
}

export function officeNotFound(): Refusal {
  return notFound({ hi: 'इस कोड का कोई कार्यालय नहीं मिला।', en: 'There is no office with this code.' });
}

const notADay = {
  hi: 'तिथि ठीक नहीं है; इस तरह लिखें: 2025-09-30',
  en: 'This is not a date; write it like 2025-09-30.',
};
