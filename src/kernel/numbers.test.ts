import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatHours, formatNumber, formatPercent } from './numbers.ts';

test('numbers are grouped in lakhs and crores, with Latin digits in both languages', () => {
  assert.equal(formatNumber(1_880_412, 'hi'), '18,80,412');
  assert.equal(formatNumber(1_880_412, 'en'), '18,80,412');
  assert.equal(formatNumber(14_500_000, 'hi'), '1,45,00,000');
  assert.equal(formatNumber(0, 'hi'), '0');
  assert.equal(formatNumber(-1234567n, 'en'), '-12,34,567');
});

test('a share has one decimal, and a dash where nobody is counted', () => {
  assert.equal(formatPercent(2759, 3900), '70.7%');
  assert.equal(formatPercent(3900, 3900), '100.0%');
  assert.equal(formatPercent(0, 3900), '0.0%');
  assert.equal(formatPercent(1, 8), '12.5%');
  assert.equal(formatPercent(1, 1600), '0.1%');
  assert.equal(formatPercent(1, 3438), '<0.1%');
  assert.equal(formatPercent(3437, 3438), '>99.9%');
  assert.equal(formatPercent(0, 0), '–');
});

test('minutes are shown as whole hours, rounded half up', () => {
  assert.equal(formatHours(29), '0');
  assert.equal(formatHours(30), '1');
  assert.equal(formatHours(89), '1');
  assert.equal(formatHours(90), '2');
  assert.equal(formatHours(15_893 * 60 + 29), '15,893');
  assert.equal(formatHours(100_000 * 60, 'hi'), '1,00,000');
});

test('weights are shown in the unit that a data pack is sold in', () => {
  assert.equal(formatBytes(0), '0 B');
  assert.equal(formatBytes(999), '999 B');
  assert.equal(formatBytes(1000), '1 kB');
  assert.equal(formatBytes(84_700), '85 kB');
  assert.equal(formatBytes(99_499), '99 kB');
  assert.equal(formatBytes(99_500), '0.1 MB');
  assert.equal(formatBytes(812_345), '0.8 MB');
  assert.equal(formatBytes(12_460_000), '12.5 MB');
  assert.equal(formatBytes(999_949_999), '999.9 MB');
  assert.equal(formatBytes(999_950_000), '1.0 GB');
});
