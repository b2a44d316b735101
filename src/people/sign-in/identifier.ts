import { latinDigits } from '../../kernel/text/digits.ts';

/** What was typed as "who": each reading that it allows; the store tries them all. */
export type Identifier = { codes: string[]; mobile?: string; email?: string };

/** An employee code, a mobile (with or without +91 or 0) or an e-mail, as people write them. */
export function readIdentifier(text: string): Identifier {
  const trimmed = latinDigits(text).trim().slice(0, 200);
  if (trimmed === '') return { codes: [] };
  if (trimmed.includes('@')) return { codes: [trimmed], email: trimmed.toLowerCase() };
  return { codes: [...new Set([trimmed, trimmed.toUpperCase()])], mobile: mobileOf(trimmed) };
}

/** Ten digits that begin with 6 to 9, or undefined. */
export function mobileOf(text: string): string | undefined {
  const digits = latinDigits(text)
    .replace(/[\s()-]/g, '')
    .replace(/^(\+91|0091|91(?=\d{10}$)|0(?=\d{10}$))/, '');
  return /^[6-9]\d{9}$/.test(digits) ? digits : undefined;
}

/** A one-time code or PIN as typed: Devanagari digits and blanks are fine. */
export function digitsOf(text: string): string {
  return latinDigits(text).replace(/[\s-]/g, '');
}
