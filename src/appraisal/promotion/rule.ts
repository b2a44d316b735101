import { z } from 'zod';
import { addDays, appraisalYear, type Day, isDay } from '../../kernel/dates.ts';
import { plainNumber } from '../../kernel/text/index.ts';

const names = z.array(z.string().trim().min(1).max(200)).min(1).max(100).nullable().default(null);

const yearly = z.object({
  lastYears: z.number().int().min(1).max(10),
  inYears: z.number().int().min(1).max(10),
  measure: z.enum(['hours', 'days']),
  atLeast: z.number().min(1).max(2000),
});

/** A rule as it is kept: one entered when less was refused is shown, and applied, all the same. */
export const keptRules = z.object({
  /** Whom it is about; null: all. */
  groups: z
    .array(z.enum(['A', 'B', 'C', 'D']))
    .min(1)
    .nullable()
    .default(null),
  cadres: names,
  designations: names,
  /** Numbers of orders, each of which has to be met. */
  orders: z.array(z.string().overwrite(plainNumber).min(1).max(200)).max(20).default([]),
  isLateAccepted: z.boolean().default(true),
  /** So much in at least so many of the last ended years, by the statements of those years. */
  statements: yearly.nullable().default(null),
});

/** What a rule says, as docs/promotion-list.md describes it; kept as written, defaults filled in. */
export const rulesShape = keptRules
  .extend({
    statements: yearly
      .refine(({ lastYears, inYears }) => inYears <= lastYears, { path: ['inYears'], message: 'invalid' })
      .refine(({ measure, atLeast }) => measure === 'hours' || Number.isInteger(atLeast), {
        path: ['atLeast'],
        message: 'invalid',
      })
      .nullable()
      .default(null),
  })
  .refine(({ orders, statements }) => orders.length > 0 || statements !== null, {
    path: ['orders'],
    message: 'required',
  });

export type PromotionRules = z.output<typeof rulesShape>;

export type PromotionRule = {
  ruleId: string;
  orderNumber: string;
  orderDate: Day;
  titleHi: string | null;
  titleEn: string | null;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  officePath: string[];
  /** On the way down to the office in whose charge it was entered; null: at the command line. */
  chargePath: string[] | null;
  rules: PromotionRules;
  /** What the names of cadres and designations meant when it was entered; null: none were kept. */
  cadreIds: string[] | null;
  designationIds: string[] | null;
  startsOn: Day;
  endsOn: Day | null;
  replacesRuleId: string | null;
  endOrderNumber: string | null;
};

const day = z.string().trim().refine(isDay, { message: 'invalid_day' });

export const ruleInput = z.object({
  orderNumber: z.string().trim().min(1).max(200),
  orderDate: day,
  title: z
    .object({ hi: z.string().trim().max(300).nullish(), en: z.string().trim().max(300).nullish() })
    .refine(({ hi, en }) => Boolean(hi || en), { path: ['hi'], message: 'required' }),
  officeCode: z.string().trim().min(1).max(100),
  /** From when it holds; by default the day of the order. */
  startsOn: day.optional(),
  /** The rule whose place this one takes from its first day on. */
  replacesId: z.uuid().optional(),
  rules: rulesShape,
});
export type RuleInput = z.output<typeof ruleInput>;

export function isInForce({ startsOn, endsOn }: PromotionRule, on: Day): boolean {
  return startsOn <= on && (endsOn === null || endsOn >= on);
}

/** The last years that had ended on a day, newest first: 2025-26, 2024-25, … */
export function endedYears(on: Day, count: number): string[] {
  const years: string[] = [];
  for (let last = appraisalYear(on).from; years.length < count; last = appraisalYear(addDays(last, -1)).from)
    years.push(appraisalYear(addDays(last, -1)).name);
  return years;
}

/** How much of a year, in whole minutes or days: of what is asked in fractions, the next one. */
export function yearlyNeed({ measure, atLeast }: NonNullable<PromotionRules['statements']>): number {
  return Math.ceil(atLeast * (measure === 'hours' ? 60 : 1) - 1e-9);
}
