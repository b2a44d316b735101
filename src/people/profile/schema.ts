import { z } from 'zod';
import { nameEn, nameHi, reason } from '../desk/schema.ts';

export const nameRequestInput = z.object({ nameHi: nameHi.optional(), nameEn: nameEn.optional(), reason });
export type NameRequestInput = z.output<typeof nameRequestInput>;

export const nameRequestParams = z.object({ personId: z.uuid(), nameRequestId: z.uuid() });
export const nameRefusalInput = z.object({ reason });
export const languageInput = z.object({ language: z.enum(['hi', 'en'], { error: 'unknown_choice' }) });
