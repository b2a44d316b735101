import { addDays, formatTime, indiaDay, startOfDay } from '../kernel/dates.ts';

// Texts of the same form compare as the times do.
const opens = '08:00';
const closes = '20:00';

/** Whether anything may leave at this instant: from 8:00 to before 20:00 in India. */
export function isSendingHour(instant: Date): boolean {
  const time = formatTime(instant);
  return time >= opens && time < closes;
}

const quarterMs = 15 * 60_000;

/** When it is looked next whom to remind: each quarter of an hour, as far as anything may leave then. */
export function nextTurnAt(now: Date): Date {
  const next = new Date((Math.floor(now.getTime() / quarterMs) + 1) * quarterMs);
  if (isSendingHour(next)) return next;
  const day = formatTime(next) < opens ? indiaDay(next) : addDays(indiaDay(next), 1);
  return new Date(startOfDay(day).getTime() + 8 * 3_600_000);
}
