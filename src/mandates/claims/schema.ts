import { z } from 'zod';
import { addFieldTexts } from '../../kernel/field-texts.ts';
import { nameField } from '../../kernel/name-field.ts';
import { latinDigits } from '../../kernel/text/index.ts';
import { byPerson, day, reason } from '../fields.ts';

addFieldTexts({
  claim_title: { hi: 'कोर्स का नाम लिखें।', en: 'Write the name of the course.' },
  claim_provider: { hi: 'संस्था का नाम लिखें।', en: 'Write who gave the course.' },
  claim_file: { hi: 'प्रमाणपत्र की फ़ाइल चुनें।', en: 'Choose the file of the certificate.' },
  claim_minutes: { hi: 'अवधि 1 से 60,000 मिनट के बीच लिखें।', en: 'Write a duration of 1 to 60,000 minutes.' },
});

const minutes = z
  .number({ error: 'claim_minutes' })
  .int('claim_minutes')
  .min(1, 'claim_minutes')
  .max(60_000, 'claim_minutes');

/** Digits, of either script, and nothing else that a number might be written by. */
const minutesTyped = z
  .string({ error: 'claim_minutes' })
  .trim()
  .transform(latinDigits)
  .refine((text) => /^\d{1,6}$/.test(text), 'claim_minutes')
  .transform(Number)
  .pipe(minutes);

/** Tags of courses: one, several, or several in one text, as a form sends them. */
const topics = z
  .union([z.string().max(1000, 'too_long'), z.array(z.string().max(60, 'too_long')).max(20)])
  .optional()
  .transform((given) => [...new Set(listOf(given).map((one) => one.trim().toLowerCase()))].filter(Boolean))
  .describe('What it was about, in the tags of courses');

function listOf(given: string | string[] | undefined): string[] {
  return typeof given === 'string' ? given.split(',') : (given ?? []);
}

export const claimInput = z.object({
  title: nameField(300, 'claim_title'),
  provider: z.string({ error: 'claim_provider' }).trim().min(1, 'claim_provider').max(200, 'too_long'),
  courseCode: z
    .string()
    .trim()
    .max(200, 'too_long')
    .optional()
    .describe('Where it is a course that is known here'),
  topics,
  minutes: minutesTyped,
  completedOn: day,
  certificateNo: z.string().trim().max(200, 'too_long').optional(),
});
/** Topics may be left out: then it has none. */
type WithTopics<T extends { topics: string[] }> = Omit<T, 'topics'> & { topics?: string[] };
export type ClaimInput = WithTopics<z.output<typeof claimInput>>;

export const claimDecision = z.object({
  decision: z.enum(['accepted', 'refused'], 'unknown_choice'),
  reason,
  topics: topics.describe('What counts toward orders that ask for a topic; a course known here has its own'),
  minutes: minutes.optional().describe('The minutes that count, where others than were claimed'),
  courseCode: z
    .string()
    .trim()
    .max(200, 'too_long')
    .nullish()
    .describe('The course it is, where it is known here; null: none of those'),
});
export type ClaimDecision = WithTopics<z.output<typeof claimDecision>>;
export const byClaim = byPerson.extend({ claimId: z.uuid() });
export type ClaimKey = z.output<typeof byClaim>;
