import { z } from 'zod';
import { isDay, parseDay } from '../kernel/dates.ts';
import { addFieldTexts } from '../kernel/field-texts.ts';
import { plainNumber } from '../kernel/text/index.ts';

addFieldTexts({
  service_reason: { hi: 'कारण कम से कम पाँच अक्षरों में लिखें।', en: 'Write the reason in at least five letters.' },
  service_order_number: { hi: 'आदेश की संख्या लिखें।', en: 'Write the number of the order.' },
  service_document: {
    hi: 'निधन के लिए आदेश या मृत्यु प्रमाणपत्र की संख्या लिखें।',
    en: 'For a death, name the order or the death certificate by its number.',
  },
  service_kind: { hi: 'बताएँ कि क्या दर्ज करना है।', en: 'Say what is to be recorded.' },
  service_ends_before: { hi: 'अंतिम दिन पहले दिन से पहले का है।', en: 'The last day lies before the first.' },
  service_end_needed: { hi: 'अंतिम दिन लिखें।', en: 'Write the last day.' },
  service_day_needed: { hi: 'तिथि लिखें।', en: 'Write the date.' },
  service_order: { hi: 'आदेश चुनें।', en: 'Choose the order.' },
});

/** A day as any office writes it; kept as YYYY-MM-DD. */
export const day = z
  .string({ error: 'service_day_needed' })
  .refine((text) => parseDay(text) !== undefined, 'bad_day')
  .transform((text) => parseDay(text) ?? text)
  .refine(isDay, 'bad_day');
export const reason = z
  .string({ error: 'service_reason' })
  .trim()
  .min(5, 'service_reason')
  .max(1000, 'too_long');
/** Where none is needed, a word is enough: "निजी". */
export const shortReason = z.string().trim().min(1, 'service_reason').max(1000, 'too_long');
export const orderNumber = z
  .string({ error: 'service_order_number' })
  .overwrite(plainNumber)
  .min(1, 'service_order_number')
  .max(200, 'too_long');
/** The number of an order (mandate) as it stands on it. */
export const mandateNumber = z
  .string({ error: 'service_order' })
  .overwrite(plainNumber)
  .min(1, 'service_order')
  .max(200, 'too_long');
export const byPerson = z.object({ personId: z.uuid() });
