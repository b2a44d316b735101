import { z } from 'zod';
import { parseDay } from '../kernel/dates.ts';
import { nameField } from '../kernel/name-field.ts';
import { kinds } from './rules/compliance.ts';

const day = z.string().transform((text, at) => {
  const found = parseDay(text);
  if (found) return found;
  at.addIssue({ code: 'custom', message: 'bad_day' });
  return z.NEVER;
});
const text = (most: number) => z.string().trim().min(1).max(most, 'too_long');
const several = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(/[\s,;]+/u).filter(Boolean) : value),
    z.array(z.string().trim().toLowerCase().min(1).max(60, 'too_long')).min(1).max(most, 'too_long'),
  );
const oneOrMore = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), inner);
/** Hours as a form takes them (1.5), kept as minutes. */
const hours = z.coerce
  .number('bad_hours')
  .min(0, 'bad_hours')
  .max(10_000, 'bad_hours')
  .transform((value) => Math.round(value * 60));
export const yearInput = z
  .string()
  .regex(/^(19|20)\d{2}-\d{2}$/, 'bad_year')
  .refine((year) => Number(year.slice(5)) === (Number(year.slice(0, 4)) + 1) % 100, 'bad_year');
export const codeInput = z
  .string()
  .trim()
  .min(1)
  .max(64, 'too_long')
  .regex(/^[\p{L}\p{M}\p{N}._-]+$/u, 'bad_code');

const titles = { titleHi: nameField(200).optional(), titleEn: nameField(200).optional() };

export const planKeyInput = z.object({ officeCode: text(200), year: yearInput });

const doubt = z.preprocess(
  (value) => (typeof value === 'string' ? { hi: value } : value),
  z
    .object({ hi: text(500).nullable().default(null), en: text(500).nullable().default(null) })
    .refine(({ hi, en }) => hi !== null || en !== null, { message: 'no_words', path: ['hi'] }),
);

export const ruleInput = z.object({
  ...titles,
  orderNumber: text(200),
  orderDate: day,
  issuer: text(200),
  officeCode: text(200),
  kinds: oneOrMore(z.array(z.enum(kinds)).min(1)).describe('What the rule is about'),
  tags: several(10).describe('A part with each of these tags'),
  minimumHours: hours.default(0).describe('Hours of each tag; 0: any length'),
  enforcement: z.enum(['blocking', 'warning']),
  staleAfterYears: z.coerce.number().int().min(1).max(50).optional(),
  validFrom: day,
  validUntil: day.optional().describe('The last day; absent: open'),
  doubts: oneOrMore(z.array(doubt).max(10).default([])).describe(
    'What is not certain about the rule, in Hindi, in English or in both; a text alone is Hindi',
  ),
});
export type RuleInput = z.output<typeof ruleInput>;

export const ruleEndInput = z.object({ lastDay: day, orderNumber: text(200) });

export const programmeInput = z.object({ ...titles, code: codeInput, officeCode: text(200) });
export type ProgrammeInput = z.output<typeof programmeInput>;

export const partInput = z
  .object({
    course: text(64).optional().describe('The code of a published course'),
    title: nameField(200).optional().describe('Of a part that is no course here'),
    tags: several(10).optional().describe('Of such a part'),
    hours: hours.optional(),
  })
  .refine((part) => (part.course === undefined) !== (part.title === undefined), {
    message: 'course_or_title',
    path: ['course'],
  });
export type PartInput = z.output<typeof partInput>;

const isYes = z
  .union([z.boolean(), z.string().transform((value) => ['on', 'yes', 'true', '1'].includes(value))])
  .default(false);
export const aboutInput = z.object({ revisedOn: day, isInduction: isYes });
export const syllabusInput = aboutInput.extend({ parts: z.array(partInput).min(1).max(200) });
export type SyllabusInput = z.output<typeof syllabusInput>;

export const lineInput = z
  .object({
    role: text(200).optional().describe('A designation; absent: every role'),
    course: text(64).optional(),
    programme: text(64).optional(),
    owner: nameField(200).describe('Who answers for it'),
    ownerEn: nameField(200).optional().describe('The same in English'),
    quarter: z.coerce.number().int().min(1).max(4).describe('1 is April to June'),
    headcount: z.coerce.number('bad_headcount').int('bad_headcount').min(1, 'bad_headcount').max(100_000_000),
  })
  .refine((line) => (line.course === undefined) !== (line.programme === undefined), {
    message: 'course_or_programme',
    path: ['course'],
  });
export type LineInput = z.output<typeof lineInput>;

export const planInput = z.object({
  lines: z.array(lineInput).max(1000),
  amendmentReason: text(500).optional().describe('Needed where an approved plan is amended'),
});
export type PlanInput = z.output<typeof planInput>;

export const reasonInput = z.object({ reason: text(1000), untilOn: day });
export type ReasonInput = z.output<typeof reasonInput>;
