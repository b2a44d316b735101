import { randomBytes } from 'node:crypto';
import { latinDigits } from '../kernel/text/digits.ts';

/** Crockford's 32: no I, L, O, U, so that nothing read aloud or copied by hand is mistaken. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomLength = 11;

/**
 * A new number such as `DK26-7F3K-9Q2M-4TXC`: the year, 55 random bits (nobody counts on from his own),
 * and a check character that finds every single wrong character and every two that were exchanged.
 */
export function newCertificateNumber(year: number): string {
  // 32 divides 256, so that no character is likelier than another.
  const random = Array.from(randomBytes(randomLength), (byte) => alphabet[byte % 32]).join('');
  const body = String(year % 100).padStart(2, '0') + random;
  return written(body + checkCharacter(body));
}

export type ReadNumber = { certificateNo: string } | 'mistyped' | 'not-a-number';

/** Reads a number as people type it: any case, spaces or none, O for 0, I or L for 1, Devanagari digits. */
export function readCertificateNumber(typed: string): ReadNumber {
  const plain = latinDigits(typed)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.·_/]/gu, '');
  const body = plain.replace(/^DK/, '').replaceAll('O', '0').replace(/[IL]/g, '1').replaceAll('U', 'V');
  if (!/^\d\d[0-9A-Z]{12}$/.test(body)) return looksMeant(plain) ? 'mistyped' : 'not-a-number';
  const isRight = checkCharacter(body.slice(0, -1)) === body.slice(-1);
  return isRight ? { certificateNo: written(body) } : 'mistyped';
}

/** Somebody meant one of ours but lost or added a character. */
function looksMeant(plain: string): boolean {
  return /^DK\d\d[0-9A-Z]{8,16}$/.test(plain);
}

function written(body: string): string {
  return `DK${body.slice(0, 2)}-${body.slice(2, 6)}-${body.slice(6, 10)}-${body.slice(10)}`;
}

/**
 * A weighted sum in the field of 32 elements. The weights are different powers of its generator, so one
 * changed character, or two characters exchanged wherever they stand, always change the sum.
 */
function checkCharacter(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    weight = timesGenerator(weight);
    sum ^= multiply(weight, alphabet.indexOf(character));
  }
  return alphabet[sum] ?? '';
}

function multiply(left: number, right: number): number {
  let product = 0;
  for (let shifted = left, bits = right; bits > 0; bits >>= 1, shifted = timesGenerator(shifted)) {
    if (bits & 1) product ^= shifted;
  }
  return product;
}

/** Modulo x⁵ + x² + 1, which is primitive: its powers run through all 31 elements but zero. */
function timesGenerator(value: number): number {
  const doubled = value << 1;
  return doubled & 32 ? doubled ^ 0b100101 : doubled;
}
