import { z } from 'zod';
import { byPerson, day, orderNumber, reason } from '../fields.ts';

export const serviceKinds = ['long_leave', 'suspension', 'deputation_out', 'late_joining', 'death'] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** These are of one day: what they say holds from then on. */
export const kindsOfOneDay: readonly string[] = ['late_joining', 'death'];

export const serviceInput = z
  .object({
    kind: z.enum(serviceKinds, 'service_kind'),
    startsOn: day.describe('First day; of late joining the day of joining, of a death the day itself'),
    endsOn: day.optional().describe('Last day; absent while it runs'),
    orderNumber: orderNumber
      .optional()
      .describe('Of a death it has to be named: the order, or the certificate'),
    reason: reason.optional().describe('Read by who records it and by the person alone'),
    endPostings: z
      .preprocess((value) => (value === 'yes' ? true : value), z.boolean())
      .optional()
      .describe('Of a death: every posting that is open ends on its day'),
  })
  .refine(({ startsOn, endsOn }) => endsOn === undefined || endsOn >= startsOn, {
    path: ['endsOn'],
    error: 'service_ends_before',
  })
  .refine(({ kind, orderNumber: number }) => kind !== 'death' || number !== undefined, {
    path: ['orderNumber'],
    error: 'service_document',
  });
export const serviceEnd = z.object({ endsOn: day });
export const takenBack = z.object({ reason });
export const byServiceEvent = byPerson.extend({ serviceEventId: z.uuid() });
export type ServiceEventKey = z.output<typeof byServiceEvent>;
