import { z } from 'zod';
import {
  code,
  day,
  engagements,
  mobile,
  nameEn,
  nameHi,
  officeCode,
  reason,
  serviceGroups,
} from '../desk/schema.ts';

export const registrationInput = z.object({
  nameHi: nameHi.optional(),
  nameEn: nameEn.optional(),
  code,
  issuer: z.string().trim().min(1).max(40).default('EHRMS'),
  mobile: mobile,
  officeCode,
  designation: z.string().trim().max(200, 'too_long').optional(),
  serviceGroup: z.enum(serviceGroups).optional(),
  engagement: z.enum(engagements).optional(),
  joinedOn: day.optional(),
});
/** A missing name is told together with all else that is wrong, not after it. */
export const registrationForm = registrationInput.refine((input) => input.nameHi || input.nameEn, {
  path: ['nameHi'],
  error: 'name_needed',
  when: () => true,
});
export type RegistrationInput = z.output<typeof registrationInput>;

/** What the nodal officer confirms of the post when approving. */
export const approvalInput = z.object({
  startsOn: day,
  designation: z.string().trim().max(200, 'too_long').optional(),
  serviceGroup: z.enum(serviceGroups).optional(),
  engagement: z.enum(engagements).optional(),
});
export type ApprovalInput = z.output<typeof approvalInput>;

export const refusalInput = z.object({ reason });
export const registrationParams = z.object({ registrationId: z.uuid() });
