import { randomInt } from 'node:crypto';
import { latinDigits } from '../../kernel/text/digits.ts';

// Without 0 O 1 I L: the key is copied from paper by hand. 12 of 31 signs are 59 bits.
const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

export function newSlipKey(): string {
  return Array.from({ length: 12 }, () => signs[randomInt(signs.length)]).join('');
}

/** ABCD-EFGH-JKLM, as it is printed. */
export function inGroups(key: string): string {
  return key.match(/.{1,4}/g)?.join('-') ?? key;
}

/** As typed from paper: small letters, blanks and dashes do not matter. */
export function readSlipKey(text: string): string {
  return latinDigits(text)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}
