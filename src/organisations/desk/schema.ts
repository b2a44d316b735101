import { z } from 'zod';
import { isDay, parseDay } from '../../kernel/dates.ts';
import { addFieldTexts } from '../../kernel/field-texts.ts';
import { nameField, nameOrNothing } from '../../kernel/name-field.ts';

addFieldTexts({
  office_name_needed: { hi: 'कार्यालय का नाम हिन्दी में लिखें।', en: "Write the office's name in Hindi." },
  office_code_needed: { hi: 'कार्यालय का कोड लिखें।', en: "Write the office's code." },
  bad_number: { hi: 'शून्य या उससे बड़ी पूर्ण संख्या लिखें।', en: 'Write a whole number, zero or more.' },
  designation_needed: { hi: 'पदनाम लिखें।', en: 'Write the designation.' },
});

export const officeKinds = [
  'government',
  'department',
  'directorate',
  'division',
  'district',
  'block',
  'institution',
] as const;
export const serviceGroups = ['A', 'B', 'C', 'D'] as const;

const count = z.coerce
  .number({ error: 'bad_number' })
  .int('bad_number')
  .min(0, 'bad_number')
  .max(10_000_000, 'bad_number');
const day = z
  .string({ error: 'required' })
  .refine((text) => parseDay(text) !== undefined, 'bad_day')
  .transform((text) => parseDay(text) ?? text)
  .refine(isDay, 'bad_day');

/** Absent: unchanged or unknown; null: emptied. */
const officeFields = {
  nameHi: nameField(300, 'office_name_needed'),
  nameEn: nameOrNothing(300).nullish(),
  kind: z.string().trim().max(60, 'too_long').nullish(),
  areaCode: z.string().trim().max(20, 'too_long').nullish(),
  strength: count.nullish(),
};

export const officeEdit = z.object(officeFields);

/** Part of it, as a program sends it: an office may keep its name. A word that is not known is refused. */
export const officePatch = z.strictObject(officeFields).partial();
export type OfficePatch = z.output<typeof officePatch>;

export const newOffice = z.object({
  code: z.string({ error: 'office_code_needed' }).trim().min(1, 'office_code_needed').max(100, 'too_long'),
  ...officeFields,
});
export type NewOfficeInput = z.output<typeof newOffice>;

export const closing = z.object({ validUntil: day });
export const postInput = z.object({
  designation: nameField(200, 'designation_needed'),
  serviceGroup: z.enum(serviceGroups, { error: 'unknown_choice' }).optional(),
  sanctioned: count,
});
export type PostInput = z.output<typeof postInput>;

export const codeParams = z.object({ code: z.string().min(1).max(300) });
