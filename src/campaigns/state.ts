import { addDays, type Day, daysBetween } from '../kernel/dates.ts';
import type { Campaign } from './stores/campaigns.ts';

export const states = ['draft', 'announced', 'running', 'ended', 'cancelled'] as const;
export type CampaignState = (typeof states)[number];

/** Where a campaign is on an India day: nothing has to happen at midnight. */
export function stateOf(
  {
    announcedAt,
    cancelledAt,
    fromDay,
    toDay,
  }: Pick<Campaign, 'announcedAt' | 'cancelledAt' | 'fromDay' | 'toDay'>,
  today: Day,
): CampaignState {
  if (cancelledAt) return 'cancelled';
  if (!announcedAt) return 'draft';
  if (today < fromDay) return 'announced';
  return today <= toDay ? 'running' : 'ended';
}

/** So long a campaign's result is told of on the home. */
export const toldAfterDays = 7;

/** Days on which something can still be done, today included; before the first day, days until it. */
export function daysLeft({ fromDay, toDay }: Pick<Campaign, 'fromDay' | 'toDay'>, today: Day): number {
  return today < fromDay ? daysBetween(today, fromDay) : daysBetween(today, addDays(toDay, 1));
}

/** Offices are compared with those of their size alone; smaller ones not at all (METRICS: small cells). */
export const sizeClasses = [
  { key: 'small', least: 20 },
  { key: 'medium', least: 100 },
  { key: 'large', least: 500 },
  { key: 'largest', least: 5000 },
] as const;
export type SizeClass = (typeof sizeClasses)[number]['key'];

export function sizeClassOf(people: number): SizeClass | null {
  return sizeClasses.findLast((one) => people >= one.least)?.key ?? null;
}
