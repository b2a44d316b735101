import { z } from 'zod';
import { addFieldTexts } from '../kernel/field-texts.ts';
import { nameField } from '../kernel/name-field.ts';
import { isLevel, type Level } from './dictionary/tags.ts';
import { kinds } from './stores/dictionary.ts';

addFieldTexts({
  bad_competency_key: {
    hi: 'कुंजी छोटे अंग्रेज़ी अक्षर, अंक और बीच में - से बने: जैसे digital-fluency।',
    en: 'A key is made of small letters, digits and dashes between: digital-fluency.',
  },
  competency_name_hi: { hi: 'हिन्दी नाम लिखें।', en: 'Write the Hindi name.' },
  competency_name_en: { hi: 'अंग्रेज़ी नाम लिखें।', en: 'Write the English name.' },
  competency_name_colon: {
    hi: 'नाम में : ; , और | न लिखें: फ़ाइलों में इनसे नाम अलग होते हैं।',
    en: 'Leave out : ; , and |: files separate names with them.',
  },
  level_needed: { hi: '1 से 5 में से स्तर चुनें।', en: 'Choose a level from 1 to 5.' },
  competency_needed: { hi: 'दक्षता चुनें।', en: 'Choose a competency.' },
  declaration_note: {
    hi: 'लिखें कि यह कहाँ और कैसे सीखा या किया (कम से कम 10 अक्षर)।',
    en: 'Write where and how you learned or did this (10 letters or more).',
  },
});

export const keyText = z
  .string('required')
  .trim()
  .max(60, 'bad_competency_key')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'bad_competency_key');
export const byKey = z.object({ key: z.string().max(60) });

const name = (missing: string) => nameField(120, missing).regex(/^[^:;,|]+$/u, 'competency_name_colon');
const half = z
  .string()
  .trim()
  .max(2000, 'too_long')
  .nullish()
  .transform((text) => text || null);
export const descriptor = z.object({ hi: half, en: half });
const levelName = nameField(60);
/** What the five levels are called, the lowest first; the note stands below the dictionary. */
export const levelsInput = z.object({
  levels: z.array(z.object({ hi: levelName, en: levelName })).length(5),
  note: descriptor.optional(),
});
const subTheme = z.object({ hi: nameField(120), en: nameField(120) });

/** What an editor writes of one entry; the five descriptors may stay empty. */
export const competencyInput = z.object({
  kind: z.enum(kinds, 'unknown_choice'),
  nameHi: name('competency_name_hi'),
  nameEn: name('competency_name_en'),
  subThemes: z.array(subTheme).max(20).default([]),
  descriptors: z.array(descriptor).length(5).optional(),
  ordinal: z.number().int().min(0).max(10_000).optional(),
  /** The stamp the form was opened with; absent: whatever stands there now is replaced. */
  revision: z.number().int().optional(),
});
export type CompetencyInput = z.output<typeof competencyInput>;
export const newCompetencyInput = competencyInput.extend({ key: keyText });
export type NewCompetencyInput = z.output<typeof newCompetencyInput>;

export const level = z.coerce
  .number('level_needed')
  .refine(isLevel, 'level_needed')
  .transform((value) => value as Level);

export const declarationInput = z.object({
  competency: z.string('competency_needed').trim().min(1, 'competency_needed').max(120),
  level,
  note: z.string('declaration_note').trim().min(10, 'declaration_note').max(2000, 'too_long'),
});
export type DeclarationInput = z.output<typeof declarationInput>;

/** `key:level` or a name with a level, in either language. */
export const needsInput = z.object({ competencies: z.array(z.string().max(150)).max(200) });
