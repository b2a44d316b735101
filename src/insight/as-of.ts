import type { Ctx } from '../kernel/context.ts';
import { addMonths, type Day, parseDay, todayInIndia } from '../kernel/dates.ts';
import { invalid, notFound, type Refusal } from '../kernel/errors.ts';

/**
 * The India day that figures are wanted for: today where none is given. Nothing is known of a later day, so
 * one gives today's figures; what is answered names the day that it is for.
 */
export function readAsOf(ctx: Pick<Ctx, 'clock'>, text: string | undefined): Day {
  const today = todayInIndia(ctx.clock);
  if (text === undefined || text.trim() === '') return today;
  const day = parseDay(text);
  if (!day) throw invalid([{ path: 'asOf', code: 'not_a_day', text: notADay }], notADay);
  if (day > today) return today;
  return day;
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
