import { z } from 'zod';
import { isDay, parseDay } from '../../kernel/dates.ts';
import { addFieldTexts } from '../../kernel/field-texts.ts';
import { nameOrNothing } from '../../kernel/name-field.ts';
import { mobileOf } from '../sign-in/identifier.ts';

addFieldTexts({
  name_needed: { hi: 'हिन्दी या अंग्रेज़ी में नाम लिखें।', en: 'Write the name in Hindi or in English.' },
  code_needed: { hi: 'कर्मचारी कोड लिखें।', en: 'Write the employee code.' },
  office_needed: { hi: 'कार्यालय चुनें।', en: 'Choose an office.' },
  reason_needed: { hi: 'कारण लिखें।', en: 'Write the reason.' },
  day_needed: { hi: 'तिथि लिखें।', en: 'Write the date.' },
  name_not_hindi: { hi: 'यहाँ नाम देवनागरी में लिखें।', en: 'Write this name in Devanagari.' },
  name_not_latin: { hi: 'यहाँ नाम अंग्रेज़ी अक्षरों में लिखें।', en: 'Write this name in English letters.' },
});

export const engagements = [
  'permanent',
  'temporary',
  'contract',
  'outsourced',
  'honorary',
  'elected',
  'trainee',
] as const;
export const serviceGroups = ['A', 'B', 'C', 'D'] as const;
export const postingKinds = ['regular', 'additional_charge', 'deputation', 'attached'] as const;
export const endReasons = ['retired', 'died', 'transferred', 'contract_ended', 'other'] as const;

/** A day as any office writes it; kept as YYYY-MM-DD. */
export const day = z
  .string({ error: 'day_needed' })
  .refine((text) => parseDay(text) !== undefined, 'bad_day')
  .transform((text) => parseDay(text) ?? text)
  .refine(isDay, 'bad_day');
export const mobile = z
  .string()
  .refine((text) => mobileOf(text) !== undefined, 'bad_mobile')
  .transform((text) => mobileOf(text) ?? text);
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200, 'too_long')
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'bad_email');
export const nameHi = nameOrNothing(120).regex(/^[^A-Za-z]*$/, 'name_not_hindi');
export const nameEn = nameOrNothing(120).regex(/^[^\u0900-\u097f]*$/, 'name_not_latin');
export const reason = z
  .string({ error: 'reason_needed' })
  .trim()
  .min(1, 'reason_needed')
  .max(500, 'too_long');
export const officeCode = z.string({ error: 'office_needed' }).trim().min(1, 'office_needed').max(100);
const designation = z.string().trim().max(200, 'too_long');
export const code = z.string({ error: 'code_needed' }).trim().min(1, 'code_needed').max(64, 'too_long');

/** What a posting says of the post itself. */
export const postFields = {
  designation: designation.optional(),
  serviceGroup: z.enum(serviceGroups).optional(),
  engagement: z.enum(engagements).optional(),
};

/** Absent: unchanged; null: emptied. */
export const editPersonInput = z.object({
  nameHi: nameHi.nullish(),
  nameEn: nameEn.nullish(),
  nameReason: reason.optional(),
  mobile: mobile.nullish(),
  email: email.nullish(),
  language: z.enum(['hi', 'en']).optional(),
  joinedOn: day.nullish(),
  retiresOn: day.nullish(),
});
export type EditPersonInput = z.output<typeof editPersonInput>;

export const newPersonInput = z.object({
  nameHi: nameHi.optional(),
  nameEn: nameEn.optional(),
  code,
  issuer: z.string().trim().min(1).max(40).default('EHRMS'),
  mobile: mobile.optional(),
  email: email.optional(),
  language: z.enum(['hi', 'en']).default('hi'),
  joinedOn: day.optional(),
  retiresOn: day.optional(),
  officeCode,
  startsOn: day,
  ...postFields,
  /** Said after a look at the persons who may be the same. */
  isAnother: z.enum(['yes']).optional(),
});
export type NewPersonInput = z.output<typeof newPersonInput>;

export const moveInput = z.object({ officeCode, startsOn: day, ...postFields, reason: reason.optional() });
export type MoveInput = z.output<typeof moveInput>;

export const newPostingInput = z.object({
  officeCode,
  kind: z.enum(postingKinds, { error: 'unknown_choice' }),
  startsOn: day,
  endsOn: day.optional(),
  ...postFields,
});
export type NewPostingInput = z.output<typeof newPostingInput>;

export const postingEndInput = z.object({
  endsOn: day,
  endReason: z.enum(endReasons, { error: 'unknown_choice' }),
});
export type PostingEndInput = z.output<typeof postingEndInput>;

export const postingCorrectionInput = z.object({
  startsOn: day,
  endsOn: day.nullish(),
  ...postFields,
  reason,
});
export type PostingCorrectionInput = z.output<typeof postingCorrectionInput>;

export const personIdParams = z.object({ personId: z.uuid() });
export const postingParams = z.object({ personId: z.uuid(), postingId: z.uuid() });
