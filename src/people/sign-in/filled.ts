import { type FieldError, invalid } from '../../kernel/errors.ts';

const texts = {
  identifier: {
    hi: 'मोबाइल नंबर, कर्मचारी कोड या ई-मेल लिखें।',
    en: 'Write a mobile number, an employee code or an e-mail address.',
  },
  password: {
    hi: 'पासवर्ड लिखें, या कोड से साइन-इन करें।',
    en: 'Write the password, or sign in with a code.',
  },
};

/** A field left blank names nobody: it is said at once, and spends no attempt. */
export function requireFilled(input: Partial<Record<keyof typeof texts, string>>): void {
  const missing = (['identifier', 'password'] as const).filter((path) => input[path]?.trim() === '');
  if (missing.length === 0) return;
  throw invalid(missing.map((path): FieldError => ({ path, code: 'required', text: texts[path] })));
}
