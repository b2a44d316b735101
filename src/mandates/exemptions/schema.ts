import { z } from 'zod';
import { byPerson, day, mandateNumber, orderNumber, shortReason } from '../fields.ts';

export const reasonClasses = [
  'medical',
  'maternity',
  'retirement',
  'course_not_offered',
  'administrative',
  'other',
] as const;
export type ReasonClass = (typeof reasonClasses)[number];

export const exemptionInput = z
  .object({
    mandate: mandateNumber.describe('The number of the order that is exempted from'),
    reasonClass: z.enum(reasonClasses, 'unknown_choice'),
    reason: shortReason.optional().describe('Read by who approves and by the person alone'),
    orderNumber: orderNumber.describe('The order by which this is granted'),
    startsOn: day,
    endsOn: day.optional().describe('Last day; absent: open'),
  })
  .refine(({ startsOn, endsOn }) => endsOn === undefined || endsOn >= startsOn, {
    path: ['endsOn'],
    error: 'service_ends_before',
  });
export const byExemption = byPerson.extend({ exemptionId: z.uuid() });
export type ExemptionKey = z.output<typeof byExemption>;
