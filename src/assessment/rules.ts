import { z } from 'zod';
import type { LocalText } from './local-text.ts';

const localText = z
  .union([
    z.string().trim().min(1).max(200),
    z.object({ hi: z.string().trim().max(200).optional(), en: z.string().trim().max(200).optional() }),
  ])
  .transform((text): LocalText => (typeof text === 'string' ? { hi: text } : text));

const part = z.object({
  bank: z.string().trim().min(1).max(64).describe('The code of a bank'),
  tag: z.string().trim().toLowerCase().min(1).max(60).nullable().default(null),
  difficulty: z.number().int().min(1).max(3).nullable().default(null).describe('1 easy, 2 medium, 3 hard'),
  count: z.number().int().min(1).max(200),
});

const section = z.object({
  title: localText.default({}),
  cutOffShare: z.number().min(0).max(1).default(0).describe('What this section alone must reach'),
  points: z
    .number()
    .positive()
    .max(100)
    .nullable()
    .default(null)
    .describe('Points of each question of the section; null: as the question says'),
  parts: z.array(part).min(1, 'required').max(30),
});

/** The rules of a test, as an author's form and program send them. */
export const blueprintRules = z.object({
  sections: z.array(section).min(1, 'required').max(20),
  passShare: z.number().min(0).max(1).default(0.6),
  negativeShare: z.number().min(0).max(1).default(0).describe('What a wrong answer costs, of its points'),
  floor: z.number().max(0).min(-1000).default(0).describe('The total never falls below this many points'),
  hasPartialCredit: z.boolean().default(false),
  minutes: z.number().int().min(1).max(600).nullable().default(null).describe('null: no time limit'),
  graceSeconds: z.number().int().min(0).max(600).default(30),
  attempts: z.number().int().min(1).max(100).nullable().default(null),
  coolingMinutes: z.number().int().min(0).max(525_600).default(0).describe('Between two attempts'),
  isShuffled: z.boolean().default(true),
  feedback: z.enum(['score', 'rightness', 'explanations']).default('rightness'),
});
export type BlueprintRules = z.output<typeof blueprintRules>;
export type BlueprintRulesInput = z.input<typeof blueprintRules>;

/** How many questions a paper has. */
export function questionCount(rules: Pick<BlueprintRules, 'sections'>): number {
  return rules.sections.flatMap((one) => one.parts).reduce((sum, one) => sum + one.count, 0);
}

/** The last moment of a paper with this person's extra time; null where there is no limit. */
export function dueAt(rules: BlueprintRules, start: Date, extraPercent: number): Date | null {
  if (rules.minutes === null) return null;
  return new Date(start.getTime() + rules.minutes * 60_000 * (1 + extraPercent / 100));
}

/** After this moment the server takes no more answers. */
export function closesAt(rules: BlueprintRules, due: Date | null): Date | null {
  return due ? new Date(due.getTime() + rules.graceSeconds * 1000) : null;
}
