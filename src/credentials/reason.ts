import { invalid } from '../kernel/errors.ts';
import { addFieldTexts } from '../kernel/field-texts.ts';

export const reasonLength = { min: 5, max: 500 };
export const reasonCode = 'certificate_reason';

const text = {
  hi: `कारण लिखें (${reasonLength.min} से ${reasonLength.max} अक्षर)।`,
  en: `Give the reason (${reasonLength.min} to ${reasonLength.max} characters).`,
};
addFieldTexts({ [reasonCode]: text });

/** A reason that someone can later be asked about; refused where there is none. */
export function requireReason(typed: string): string {
  const reason = typed.replace(/\s+/gu, ' ').trim();
  if (reason.length >= reasonLength.min && reason.length <= reasonLength.max) return reason;
  throw invalid([{ path: 'reason', code: reasonCode, text }]);
}
