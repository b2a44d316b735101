import { z } from 'zod';
import { addFieldTexts } from './field-texts.ts';
import { hasOddSigns, isVisible } from './text/index.ts';

addFieldTexts({
  odd_signs: {
    hi: 'नाम में ऐसे चिह्न हैं जो दिखते नहीं या लिखावट की दिशा उलट देते हैं। इसे कुंजीपटल से फिर लिखें।',
    en: 'There are signs in this name that cannot be seen or that turn its direction. Type it again.',
  },
});

/** What somebody calls a thing: one line that can be read, printed and told apart. `missing` is said where it is empty. */
export function nameField(most: number, missing = 'required') {
  return nameOrNothing(most, missing)
    .min(1, missing)
    .refine((text) => text === '' || hasOddSigns(text) || isVisible(text), missing);
}

/**
 * Signs that come along unseen where a name is pasted (which way it runs, where it may be parted): left out, since nobody
 * knows that he typed them. Those that make a name look like another are refused.
 */
function withoutMarks(text: string): string {
  return text.replace(/[\u00AD\u061C\u200B\u200E\u200F\u2060\uFEFF]/gu, '');
}

/** The same where it may be left empty. */
export function nameOrNothing(most: number, missing = 'required') {
  return z
    .string(missing)
    .overwrite(withoutMarks)
    .trim()
    .max(most, 'too_long')
    .refine((text) => !hasOddSigns(text), 'odd_signs');
}
