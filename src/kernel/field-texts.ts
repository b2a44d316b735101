import type { Bilingual } from './i18n.ts';

const texts = new Map<string, Bilingual>(
  Object.entries({
    required: { hi: 'यह प्रविष्टि भरें।', en: 'Fill this in.' },
    too_long: { hi: 'यह प्रविष्टि बहुत लंबी है।', en: 'This entry is too long.' },
    unknown_choice: { hi: 'सूची में से चुनें।', en: 'Choose from the list.' },
    bad_day: { hi: 'तिथि दिन-माह-वर्ष में लिखें, जैसे 01-04-2026।', en: 'Write a date, such as 2026-04-01.' },
    bad_mobile: { hi: 'मोबाइल नंबर दस अंकों में लिखें।', en: 'Write the mobile number in ten digits.' },
    bad_email: { hi: 'ई-मेल पता ठीक से लिखें।', en: 'Write a correct e-mail address.' },
  }),
);

/**
 * What a wrong field says, by the code that its schema gives (`z.string().min(1, 'reason_needed')`): the same
 * sentence stands in the page, in both languages, and in the API's problem. A code belongs to one form: a second
 * sentence under it stops the start, since one form would else speak for the other.
 */
export function addFieldTexts(more: Record<string, Bilingual>): void {
  for (const [code, text] of Object.entries(more)) {
    const held = texts.get(code);
    if (held && (held.hi !== text.hi || held.en !== text.en))
      throw new Error(`The field text "${code}" is taken by another form; give this one its own code.`);
    texts.set(code, text);
  }
}

export function fieldText(code: string): Bilingual | undefined {
  return texts.get(code);
}
