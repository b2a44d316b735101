import { z } from 'zod';
import { byPerson, day, reason } from '../fields.ts';

export const extensionInput = z.object({ until: day.describe('The day that is asked for'), reason });
export const extensionDecision = z.object({
  decision: z.enum(['granted', 'refused'], 'unknown_choice'),
  until: day.optional().describe('The day that is granted; absent: the day asked for'),
  reason,
});
export const byRequest = byPerson.extend({ requestId: z.uuid() });
export type RequestKey = z.output<typeof byRequest>;
