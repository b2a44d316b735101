import { z } from 'zod';
import { isDay } from '../../kernel/dates.ts';
import { usualDay } from './training-day.ts';

/** What an order asks: one leaf, or several joined. Exactly one key is set. */
export type Condition = {
  allOf?: Condition[];
  anyOf?: Condition[];
  courses?: { atLeast: number; tag?: string; of?: string[] };
  share?: { of: string[]; atLeast: number };
  hours?: { atLeast: number; tag?: string };
  days?: { atLeast: number; minutesPerDay: number; attendanceShare: number };
  passed?: { assessment: string };
};

const text = (most: number) => z.string().trim().min(1).max(most);
const day = z.string().refine(isDay, { error: 'not_a_day' });
const codes = z.array(text(200)).min(1).max(500);
const tag = z.string().trim().toLowerCase().min(1).max(60);

const node: z.ZodType<Condition> = z.lazy(() =>
  z
    .strictObject({
      allOf: z.array(node).min(1).max(20).optional(),
      anyOf: z.array(node).min(1).max(20).optional(),
      courses: z
        .strictObject({ atLeast: z.int().min(1).max(1000), tag: tag.optional(), of: codes.optional() })
        .refine((rule) => !rule.of || rule.atLeast <= new Set(rule.of).size, { error: 'more_than_listed' })
        .optional(),
      share: z.strictObject({ of: codes, atLeast: z.number().gt(0).max(1) }).optional(),
      hours: z.strictObject({ atLeast: z.number().gt(0).max(10_000), tag: tag.optional() }).optional(),
      days: z
        .strictObject({
          atLeast: z.int().min(1).max(366),
          minutesPerDay: z.number().gt(0).max(1440).default(usualDay.minutesPerDay),
          attendanceShare: z.number().gt(0).max(1).default(usualDay.attendanceShare),
        })
        .optional(),
      passed: z.strictObject({ assessment: text(200) }).optional(),
    })
    .refine((condition) => Object.keys(condition).length === 1, { error: 'one_condition' }),
) as z.ZodType<Condition>;

const groupsInHindi: Record<string, string> = { क: 'A', ख: 'B', ग: 'C', घ: 'D' };
const group = z
  .string()
  .trim()
  .transform((given) => groupsInHindi[given] ?? given.toUpperCase())
  .pipe(z.enum(['A', 'B', 'C', 'D']));
const engagementsInHindi: Record<string, string> = {
  ...{ नियमित: 'permanent', स्थायी: 'permanent', अस्थायी: 'temporary', संविदा: 'contract' },
  ...{ आउटसोर्स: 'outsourced', मानदेय: 'honorary', निर्वाचित: 'elected', प्रशिक्षु: 'trainee' },
};
const engagements = z.enum([
  'permanent',
  'temporary',
  'contract',
  'outsourced',
  'honorary',
  'elected',
  'trainee',
]);
const engagement = z
  .string()
  .trim()
  .transform((given) => engagementsInHindi[given] ?? given.toLowerCase())
  .pipe(engagements);

const scope = z.strictObject({
  offices: codes,
  groups: z.array(group).min(1).optional(),
  engagements: z.array(engagement).min(1).optional(),
  cadres: codes.optional(),
  designations: codes.optional(),
  serviceYears: z
    .strictObject({ min: z.int().min(0).max(60).optional(), max: z.int().min(0).max(60).optional() })
    .refine((years) => (years.min ?? 0) <= (years.max ?? 60), { error: 'min_above_max' })
    .optional(),
});

const window = z.union([
  z
    .strictObject({ from: day, to: day })
    .refine((days) => days.from <= days.to, { error: 'ends_before_it_begins', path: ['to'] }),
  z.strictObject({ days: z.int().min(1).max(3660), after: z.enum(['joining', 'posting', 'assignment']) }),
]);

// What stops or moves an order's dates: of the order itself, never of the program.
const clocks = z.strictObject({
  /** Days of long leave and suspension inside the window are added to its last day. */
  stop: z.array(z.enum(['long_leave', 'suspension'])).default(['long_leave', 'suspension']),
  /** A leave shorter than this stops nothing. */
  leaveDays: z.int().min(1).max(366).default(30),
  /** Who is lent out of the scope is not bound on those days, or is. */
  deputation: z.enum(['notBound', 'bound']).default('notBound'),
  /** Who retires in the window or within so many months after its last day is exempt. */
  retirementMonths: z.int().min(0).max(120).optional(),
});

export const rulesSchema = z.strictObject({
  scope,
  window,
  condition: node.refine((condition) => isSmall(condition), { error: 'nested_too_deep' }),
  countRenewals: z.boolean().default(false),
  graceDays: z.int().min(0).max(3660).default(0),
  joinersMinimumDays: z.int().min(0).max(3660).default(30),
  reminderDays: z.array(z.int().min(-365).max(365)).max(20).default([30, 7, 1]),
  /** An order that names no day on or after the due day is given the usual ones, unless it says that it wants none. */
  remindersAfter: z.literal('none').optional(),
  clocks: clocks.prefault({}),
  /** Whether an accepted claim counts as a completion of a course elsewhere. */
  claims: z.boolean().default(true),
  /** Where the order is known from and what is not sure about it: shown with it, never reckoned with. */
  sources: z.array(text(500)).min(1).max(20).optional(),
  doubts: z
    .strictObject({ hi: text(2000).optional(), en: text(2000).optional() })
    .refine((words) => words.hi || words.en, { error: 'no_words' })
    .optional(),
  /** Who serves only a part of a fixed window is asked that part of each number, rounded up. */
  proportional: z.boolean().optional(),
});

export type Rules = z.output<typeof rulesSchema>;
export type Scope = Rules['scope'];
export type Window = Rules['window'];

const largest = { depth: 6, leaves: 40 };

function isSmall(condition: Condition): boolean {
  return depthOf(condition) <= largest.depth && leavesOf(condition).length <= largest.leaves;
}

function depthOf(condition: Condition): number {
  const parts = condition.allOf ?? condition.anyOf ?? [];
  return 1 + Math.max(0, ...parts.map(depthOf));
}

export type Leaf = Omit<Condition, 'allOf' | 'anyOf'>;

/** The leaves of a condition from left to right; a leaf's place in this list is its number. */
export function leavesOf(condition: Condition): Leaf[] {
  const parts = condition.allOf ?? condition.anyOf;
  return parts ? parts.flatMap(leavesOf) : [condition];
}

/** The same leaves, each with its path in the order's file. */
export function placedLeaves(condition: Condition, path = 'condition'): { leaf: Leaf; path: string }[] {
  for (const join of ['allOf', 'anyOf'] as const) {
    const parts = condition[join];
    if (parts) return parts.flatMap((part, at) => placedLeaves(part, `${path}.${join}.${at}`));
  }
  return [{ leaf: condition, path }];
}

/** How many of a list a share asks: the smallest whole number that is not below it. */
export function shareCount(share: { of: string[]; atLeast: number }): number {
  // A hair less, so that 0.1 × 30 asks 3 and not 4.
  return Math.ceil(share.atLeast * new Set(share.of).size - 1e-9);
}

/** How many minutes an hours leaf asks: whole ones, so that 1.1 hours are 66 minutes and no hair more. */
export function minutesAsked(hours: { atLeast: number }): number {
  return Math.ceil(hours.atLeast * 60 - 1e-9);
}

/** How many days a fixed window has: what a proportional order divides by. */
export function daysOfWindow(window: Window): number {
  return 'from' in window ? (Date.parse(window.to) - Date.parse(window.from)) / 86_400_000 + 1 : 1;
}

/** Whether what is asked differs from person to person by the days that each serves in the window. */
export function isProportional(rules: Pick<Rules, 'window' | 'proportional'>): boolean {
  return rules.proportional === true && 'from' in rules.window;
}
