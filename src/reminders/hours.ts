import { formatTime } from '../kernel/dates.ts';

// Texts of the same form compare as the times do.
const opens = '08:00';
const closes = '20:00';

/** Whether anything may leave at this instant: from 8:00 to before 20:00 in India. */
export function isSendingHour(instant: Date): boolean {
  const time = formatTime(instant);
  return time >= opens && time < closes;
}
