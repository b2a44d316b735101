import { z } from 'zod';
import { addFieldTexts } from './field-texts.ts';
import { hasOddSigns, isVisible, withoutUnseen } from './text/index.ts';

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

/** The same where it may be left empty. What came along unseen is left out, since nobody knows that he typed it. */
export function nameOrNothing(most: number, missing = 'required') {
  return z
    .string(missing)
    .overwrite(withoutUnseen)
    .trim()
    .max(most, 'too_long')
    .refine((text) => !hasOddSigns(text), 'odd_signs');
}
