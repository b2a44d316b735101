export type DayRule = { minutesPerDay: number; attendanceShare: number };

/** What a day of training is where no order says otherwise: 75 % of six hours, in all sessions of the day together. */
export const usualDay: DayRule = { minutesPerDay: 360, attendanceShare: 0.75 };

/** The minutes of presence that make a day: a hair less than the product, which need not be exact. */
export function minutesOfDay({ minutesPerDay, attendanceShare }: DayRule): number {
  return minutesPerDay * attendanceShare - 1e-9;
}

/** How many days of training these sessions, attended in a classroom or online, make. */
export function trainingDays(attended: Iterable<{ day: string; minutes: number }>, rule = usualDay): number {
  const byDay = new Map<string, number>();
  for (const { day, minutes } of attended) byDay.set(day, (byDay.get(day) ?? 0) + minutes);
  return [...byDay.values()].filter((minutes) => minutes >= minutesOfDay(rule)).length;
}
