import { z } from 'zod';
import { endReasons, engagements, postingKinds, serviceGroups } from './schema.ts';

const text = z.string().nullable();
const dayText = z.string().nullable().describe('YYYY-MM-DD');

export const postingBody = z.object({
  id: z.uuid(),
  officeCode: z.string(),
  designation: text,
  group: z.enum(serviceGroups).nullable(),
  engagement: z.enum(engagements).nullable(),
  kind: z.enum(postingKinds),
  isPrimary: z.boolean(),
  startsOn: z.string(),
  endsOn: dayText,
  endReason: z.enum(endReasons).nullable(),
});

export const personBody = z.object({
  id: z.uuid(),
  code: text,
  issuer: z.string(),
  nameHi: text,
  nameEn: text,
  mobile: text.describe('masked; POST …/contact-views shows it'),
  email: text.describe('masked'),
  language: z.string(),
  joinedOn: dayText,
  retiresOn: dayText,
  accountDay: dayText,
  signedInDay: dayText,
  mergedInto: z.uuid().nullable(),
  postings: z.array(postingBody),
});

export const listedPersonBody = z.object({
  id: z.uuid(),
  code: text,
  nameHi: text,
  nameEn: text,
  officeCode: text,
  designation: text,
  group: text,
  engagement: text,
  lastSignedInAt: z.string().nullable(),
});

export const personListBody = z.object({ items: z.array(listedPersonBody), next: z.string().nullable() });
export const contactBody = z.object({ mobile: text, email: text });
export const madePosting = z.object({ postingId: z.uuid() });
export const madePerson = z.object({ personId: z.uuid() });
export const effectsBody = z.object({
  effects: z.array(z.object({ label: z.object({ hi: z.string(), en: z.string() }), count: z.number() })),
});
