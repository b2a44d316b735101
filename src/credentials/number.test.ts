import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newCertificateNumber, readCertificateNumber } from './number.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const years = fc.integer({ min: 2024, max: 2099 });

test('a new number has the form that is promised and reads as itself', () => {
  fc.assert(
    fc.property(years, (year) => {
      const number = newCertificateNumber(year);
      assert.match(number, /^DK\d\d(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
      assert.equal(number.slice(2, 4), String(year % 100).padStart(2, '0'));
      assert.deepEqual(readCertificateNumber(number), { certificateNo: number });
    }),
  );
});

test('a number is read however it was typed', () => {
  fc.assert(
    fc.property(years, fc.constantFrom(' ', '', '-', '–', ' - '), fc.nat(3), (year, gap, how) => {
      const number = newCertificateNumber(year);
      const joined = number.replaceAll('-', gap);
      const typed = [
        joined,
        joined.toLowerCase(),
        joined.replaceAll('0', 'o').replaceAll('1', 'l'),
        joined.replace(/\d/g, (digit) => String.fromCharCode(0x966 + Number(digit))).replace('DK', ''),
      ][how];
      assert.deepEqual(readCertificateNumber(` ${typed}\n`), { certificateNo: number });
    }),
  );
});

test('one wrong character is always noticed', () => {
  fc.assert(
    fc.property(
      years,
      fc.integer({ min: 4, max: 15 }),
      fc.integer({ min: 1, max: 31 }),
      (year, at, shift) => {
        const plain = newCertificateNumber(year).replaceAll('-', '');
        const wrong = alphabet[(alphabet.indexOf(plain[at] ?? '') + shift) % 32];
        assert.equal(readCertificateNumber(plain.slice(0, at) + wrong + plain.slice(at + 1)), 'mistyped');
      },
    ),
  );
});

test('two exchanged characters are always noticed', () => {
  fc.assert(
    fc.property(years, fc.integer({ min: 4, max: 15 }), fc.integer({ min: 4, max: 15 }), (year, from, to) => {
      const plain = [...newCertificateNumber(year).replaceAll('-', '')];
      fc.pre(plain[from] !== plain[to]);
      [plain[from], plain[to]] = [plain[to] ?? '', plain[from] ?? ''];
      assert.equal(readCertificateNumber(plain.join('')), 'mistyped');
    }),
  );
});

test('a lost character is a typing mistake, anything else no number at all', () => {
  assert.equal(readCertificateNumber('DK26-7F3K-9Q2M-4TX'), 'mistyped');
  for (const text of ['', 'hello', '../../etc', 'UP-1234', '%00', 'प्रमाण'])
    assert.equal(readCertificateNumber(text), 'not-a-number');
});

test('ten thousand numbers are all different and do not follow each other', () => {
  const numbers = Array.from({ length: 10_000 }, () => newCertificateNumber(2026));
  assert.equal(new Set(numbers).size, numbers.length);
  assert.notDeepEqual([...numbers].sort(), numbers);
});
