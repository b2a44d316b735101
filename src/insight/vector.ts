/** What one office and day counts, in the order of the columns of `counter_delta` and `office_counter`. */
export const countedColumns = [
  'registered',
  'onboarded',
  'signed_in',
  'completions',
  'renewals',
  'digital_minutes',
  'classroom_minutes',
  'at_least_one',
  'three_or_more',
  'begun',
  'not_on_roster',
  'former',
  'activity_completions',
  'activity_renewals',
  'activity_minutes',
  'ai_reach',
  'cyber_reach',
] as const;

export type CountedColumn = (typeof countedColumns)[number];
export type Counted = Record<CountedColumn, number>;

export const nothingCounted: Counted = Object.fromEntries(countedColumns.map((name) => [name, 0])) as Counted;
