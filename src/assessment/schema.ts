import { z } from 'zod';
import { bankQuestion } from '../catalogue/index.ts';
import { addFieldTexts } from '../kernel/field-texts.ts';
import { nameField, nameOrNothing } from '../kernel/name-field.ts';
import type { LocalText } from './local-text.ts';
import { blueprintRules } from './rules.ts';

addFieldTexts({
  bad_code: {
    hi: 'कोड अक्षर या अंक से शुरू हो; आगे अक्षर, अंक, बिंदु, - और _ हो सकते हैं (64 तक)।',
    en: 'A code begins with a letter or digit and goes on with letters, digits, dots, - or _ (up to 64).',
  },
  title_in_some_language: {
    hi: 'शीर्षक लिखें: हिन्दी में, अंग्रेज़ी में या दोनों में।',
    en: 'Write a title: in Hindi, in English or in both.',
  },
});

export const code = z
  .string('required')
  .trim()
  .min(1, 'required')
  .max(64, 'bad_code')
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u, 'bad_code');

/** A string is a text in Hindi. */
export const title = z
  .union([nameField(200), z.object({ hi: nameOrNothing(200).optional(), en: nameOrNothing(200).optional() })])
  .transform((text): LocalText => {
    if (typeof text === 'string') return { hi: text };
    return { ...(text.hi ? { hi: text.hi } : {}), ...(text.en ? { en: text.en } : {}) };
  })
  .refine((text) => Boolean(text.hi || text.en), 'title_in_some_language');

export const bankInput = z.object({ code, title, officeCode: z.string().max(100).optional() });
/** Why something about a person or a mark is done: kept for good. */
export const reason = z.string('required').trim().min(3, 'required').max(500, 'too_long');

export type BankInput = z.output<typeof bankInput>;

export const tagList = z.array(z.string().trim().toLowerCase().min(1).max(60)).max(20);
const difficulties = { easy: 1, medium: 2, hard: 3 } as const;
export const difficulty = z.union([
  z.number().int().min(1).max(3),
  z.enum(['easy', 'medium', 'hard']).transform((word) => difficulties[word]),
]);

/** What stands beside the question itself. */
export const questionMeta = z.object({
  code: code.optional(),
  tags: tagList.default([]),
  difficulty: difficulty.default(2),
});
export type QuestionMeta = z.output<typeof questionMeta>;

/** A question of a bank as a program sends it: the question's own fields beside code, tags and difficulty. */
export const questionInput = z.intersection(questionMeta, bankQuestion);
export type QuestionInput = z.output<typeof questionInput>;

export const blueprintInput = z.object({
  code,
  title,
  officeCode: z.string().max(100).optional(),
  rules: blueprintRules,
});
export type BlueprintInput = z.output<typeof blueprintInput>;
