import { addDays, type Day, daysBetween } from '../kernel/dates.ts';

/** Days before the due day; 0 is the day itself, below 0 after it. */
export type Ladder = { personDays: number[]; officerDays: number[] };

/** A step that was missed (nobody worked, on leave, told of something else that day) is made up for so long. */
export const daysToCatchUp = 3;

/** The person on the order's own days; the officer hears once the due day is over. */
export function firstLadder(reminderDays: number[]): Ladder {
  return { personDays: reminderDays, officerDays: [-1, -7, -30] };
}

type When = { day: Day; since: Day };

/** The step that is told on a day: the last one reached, unless it lies too far back or before the switching on. */
export function stepOn(days: readonly number[], dueOn: Day, { day, since }: When): number | undefined {
  const left = daysBetween(day, dueOn);
  const reached = days.filter((step) => step >= left).toSorted((a, b) => a - b)[0];
  if (reached === undefined) return undefined;
  const stepDay = addDays(dueOn, -reached);
  return stepDay >= since && stepDay >= addDays(day, -daysToCatchUp) ? reached : undefined;
}
