import { readCertificateNumber } from '../../credentials/index.ts';

/** A number as people type it; undefined where it is none of a statement. */
export function readStatementNumber(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/^.*\/STATEMENTS?\//, '');
  if (!plain.startsWith('ST')) return undefined;
  const read = readCertificateNumber(plain.replace(/^ST[-\s]*/, 'DK'));
  return typeof read === 'string' ? undefined : read.certificateNo.replace(/^DK/, 'ST');
}
