import { z } from 'zod';
import { addFieldTexts } from '../../kernel/field-texts.ts';

addFieldTexts({
  case_answer_needed: { hi: 'लिखें कि यह कैसे हुआ।', en: 'Write how it came about.' },
  case_decision_needed: { hi: 'एक निर्णय चुनें।', en: 'Choose a decision.' },
  case_reason_needed: { hi: 'कारण लिखें, कम से कम 10 अक्षर।', en: 'Write the reason, at least 10 characters.' },
  engagement_limit_number: {
    hi: 'यहाँ दी गई सीमा के भीतर संख्या लिखें।',
    en: 'Write a number within the bounds given here.',
  },
  engagement_limit_day: { hi: 'दिनांक चुनें।', en: 'Choose a day.' },
});

export const ownCase = z.object({ reviewCaseId: z.uuid() });
export const caseParams = z.object({ personId: z.uuid(), reviewCaseId: z.uuid() });
export const caseAnswer = z.object({
  text: z.string({ error: 'case_answer_needed' }).trim().min(1, 'case_answer_needed').max(4000, 'too_long'),
});
export const caseDecision = z.object({
  decision: z.enum(['cleared', 'upheld'], 'case_decision_needed'),
  reason: z
    .string({ error: 'case_reason_needed' })
    .trim()
    .min(10, 'case_reason_needed')
    .max(4000, 'too_long'),
});
export const tabQuery = z.object({ tab: z.enum(['open', 'closed']).catch('open').default('open') });

const within = (low: number, high: number) =>
  z.coerce
    .number('engagement_limit_number')
    .min(low, 'engagement_limit_number')
    .max(high, 'engagement_limit_number');
export const limitInput = z.object({
  startsOn: z.iso.date('engagement_limit_day'),
  excessSeconds: within(60, 86_400).int(),
  times: within(1.5, 1000),
  lapseDays: within(7, 365).int(),
});
/** The form speaks of minutes. */
export const limitForm = limitInput
  .omit({ excessSeconds: true })
  .extend({ excessMinutes: within(1, 1440) })
  .transform(({ excessMinutes, ...limit }) => ({ ...limit, excessSeconds: Math.round(excessMinutes * 60) }));
