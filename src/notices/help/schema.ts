import { z } from 'zod';
import { addFieldTexts } from '../../kernel/field-texts.ts';
import { nameField } from '../../kernel/name-field.ts';
import { mobileOf } from '../../people/index.ts';

addFieldTexts({
  question_needed: { hi: 'अपनी समस्या या प्रश्न लिखें।', en: 'Write your question or problem.' },
  answer_needed: { hi: 'उत्तर लिखें।', en: 'Write the answer.' },
  note_needed: { hi: 'लिखें कि क्या किया गया।', en: 'Write what was done.' },
  your_name_needed: { hi: 'अपना नाम लिखें।', en: 'Write your name.' },
});

const path = z.string().max(2000, 'too_long').optional();
const course = z.string().trim().max(100).optional();

export const helpQuery = z.object({ from: path.catch(undefined) });

export const question = z.object({
  text: z.string({ error: 'question_needed' }).trim().min(1, 'question_needed').max(4000, 'too_long'),
  from: path,
  course,
});
export type Question = z.output<typeof question>;

export const visitorQuestion = z.object({
  ...question.shape,
  name: nameField(120, 'your_name_needed'),
  code: z.string().trim().max(64, 'too_long').optional(),
  mobile: z
    .string()
    .refine((value) => mobileOf(value) !== undefined, 'bad_mobile')
    .transform((value) => mobileOf(value) ?? value)
    .optional(),
});
export type VisitorQuestion = z.output<typeof visitorQuestion>;

export const message = z.object({
  text: z.string({ error: 'answer_needed' }).trim().min(1, 'answer_needed').max(4000, 'too_long'),
});
export const closingNote = z.object({
  note: z.string({ error: 'note_needed' }).trim().min(1, 'note_needed').max(2000, 'too_long'),
});

export const ownParams = z.object({ helpRequestId: z.uuid() });
export const helpParams = z.object({ personId: z.uuid(), helpRequestId: z.uuid() });
export const visitorParams = z.object({ visitorId: z.uuid() });
