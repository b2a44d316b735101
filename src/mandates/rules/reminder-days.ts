import type { Rules } from './rules.ts';

type Said = Pick<Rules, 'reminderDays' | 'remindersAfter'>;

const usualAfter = [0, -1, -7, -30];

/** Days before the due day, 0 the day itself, below 0 after it: as the order says, or as is usual where it is silent. */
export function remindedOn(said: Said): number[] {
  return sortedDays(leavesOutAfter(said) ? [...said.reminderDays, ...usualAfter] : said.reminderDays);
}

/** Whether the order says nothing of the due day and of the days after it. */
export function leavesOutAfter({ reminderDays, remindersAfter }: Said): boolean {
  return remindersAfter !== 'none' && reminderDays.every((days) => days > 0);
}

/** The earliest step first, each once. */
export function sortedDays(days: readonly number[]): number[] {
  return [...new Set(days)].toSorted((a, b) => b - a);
}
