import { readCertificateNumber } from '../../credentials/index.ts';

/** A number as people type it; undefined where it is none of a statement. */
export function readStatementNumber(typed: string): string | undefined {
  const plain = plainNumber(typed);
  if (!plain.startsWith('ST')) return undefined;
  const read = readCertificateNumber(plain.replace(/^ST[-\s]*/, 'DK'));
  return typeof read === 'string' ? undefined : read.certificateNo.replace(/^DK/, 'ST');
}

/** Meant as the number of a statement, also where a character of it is wrong. */
export function looksLikeStatement(typed: string): boolean {
  const plain = plainNumber(typed);
  return plain.length <= 40 && /^ST[-\s]*[\dOIL]/.test(plain);
}

export function plainNumber(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/^.*\/STATEMENTS?\//, '');
}
