import { trainingDays } from './training-day.ts';

/** One thing learnt in a year: a course completed, a course done elsewhere that was accepted, a session attended. */
export type CountedItem = {
  kind: 'course' | 'session' | 'claim';
  mode: 'online' | 'classroom' | 'residential' | 'other';
  day: string;
  minutes: number;
  isRenewal: boolean;
  /** False for a renewal, and where the same training is counted by another item. */
  isCounted: boolean;
};

export type TrainingTotals = {
  courses: number;
  renewals: number;
  onlineMinutes: number;
  /** Accepted claims of what was done elsewhere, in whatever way. */
  elsewhereMinutes: number;
  classroomMinutes: number;
  minutes: number;
  days: number;
};

/** The sums of a year, the same on one's own page and in the statement. */
export function trainingTotals(items: readonly CountedItem[]): TrainingTotals {
  const counted = items.filter((item) => item.isCounted);
  const onlineMinutes = sum(counted.filter((item) => item.mode === 'online'));
  const elsewhereMinutes = sum(counted.filter((item) => item.mode === 'other'));
  const classroomMinutes = sum(counted.filter(isInRoom));
  return {
    ...countsOf(items),
    onlineMinutes,
    elsewhereMinutes,
    classroomMinutes,
    minutes: onlineMinutes + elsewhereMinutes + classroomMinutes,
    days: trainingDays(items.filter((item) => item.kind === 'session')),
  };
}

export function countsOf(items: readonly CountedItem[]): { courses: number; renewals: number } {
  return {
    courses: items.filter((item) => item.isCounted && item.kind !== 'session').length,
    renewals: items.filter((item) => item.isRenewal).length,
  };
}

export function isInRoom({ mode }: Pick<CountedItem, 'mode'>): boolean {
  return mode === 'classroom' || mode === 'residential';
}

function sum(items: readonly CountedItem[]): number {
  return items.reduce((total, item) => total + item.minutes, 0);
}
