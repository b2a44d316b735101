import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as dates from './dates.ts';

const { parseDay, parseInstant, dayFromExcel } = dates;

const written: [string, string | undefined][] = [
  ['2026-11-22', '2026-11-22'],
  ['2026-1-2', '2026-01-02'],
  ['22-11-2026', '2026-11-22'],
  ['22/11/2026', '2026-11-22'],
  ['22.11.2026', '2026-11-22'],
  ['3/4/2026', '2026-04-03'],
  ['०३-०४-२०२६', '2026-04-03'],
  ['  22-11-2026  ', '2026-11-22'],
  ['29-02-2024', '2024-02-29'],
  ['29-02-2026', undefined],
  ['31-02-2026', undefined],
  ['31-04-2026', undefined],
  ['00-01-2026', undefined],
  ['01-00-2026', undefined],
  ['11/22/2026', undefined],
  ['22-11/2026', undefined],
  ['22-11-26', undefined],
  ['31-12-1899', undefined],
  ['01-01-1900', '1900-01-01'],
  ['31-12-2100', '2100-12-31'],
  ['01-01-2101', undefined],
  ['45000', undefined],
  ['', undefined],
  ['कल', undefined],
  ['2026-11-22x', undefined],
  ['2026-11-21T18:29:59Z', '2026-11-21'],
  ['2026-11-21T18:30:00Z', '2026-11-22'],
  ['2026-11-21T18:30:00.000Z', '2026-11-22'],
  ['2026-11-22T00:30:00+05:30', '2026-11-22'],
  ['2026-11-22T00:30:00+0900', '2026-11-21'],
  ['2026-11-21T14:00:00-05:00', '2026-11-22'],
  ['2026-11-22T23:59', '2026-11-22'],
  ['2026-11-22 23:59:59', '2026-11-22'],
  ['22/11/2026 11:59:59 PM', '2026-11-22'],
  ['22-11-2026, 09:05 am', '2026-11-22'],
  ['2026-11-22T24:00', undefined],
  ['2026-11-22T10:60', undefined],
  ['2026-11-22T10:00+25:00', undefined],
  ['22/11/2026 13:00 PM', undefined],
  ['2100-12-31T20:00:00Z', undefined],
];

test('a day is read in every form that the interfaces promise, and nothing impossible is', () => {
  for (const [text, day] of written) assert.equal(parseDay(text), day, text);
});

test('a date without a time is the first instant of that day in India', () => {
  assert.equal(parseInstant('22-11-2026')?.toISOString(), '2026-11-21T18:30:00.000Z');
  assert.equal(parseInstant('2026-11-22T10:15:30.5')?.toISOString(), '2026-11-22T04:45:30.500Z');
  assert.equal(parseInstant('2026-11-22T10:15:30.123456Z')?.toISOString(), '2026-11-22T10:15:30.123Z');
  assert.equal(parseInstant('22/11/2026 12:00 AM')?.toISOString(), '2026-11-21T18:30:00.000Z');
  assert.equal(parseInstant('22/11/2026 12:00 PM')?.toISOString(), '2026-11-22T06:30:00.000Z');
  assert.equal(parseInstant('x'), undefined);
});

test('an invalid instant names no day', () => {
  assert.equal(parseDay(new Date(Number.NaN)), undefined);
  assert.equal(parseDay(new Date('2026-11-21T18:30:00Z')), '2026-11-22');
});

test('serial numbers of spreadsheets are days in both of their systems', () => {
  assert.equal(dayFromExcel(1), '1900-01-01');
  assert.equal(dayFromExcel(59), '1900-02-28');
  assert.equal(dayFromExcel(60), undefined);
  assert.equal(dayFromExcel(61), '1900-03-01');
  assert.equal(dayFromExcel(45_000), '2023-03-15');
  assert.equal(dayFromExcel(45_000.999), '2023-03-15');
  assert.equal(dayFromExcel(0, 1904), '1904-01-01');
  assert.equal(dayFromExcel(45_000 - 1462, 1904), '2023-03-15');
  assert.equal(dayFromExcel(0), undefined);
  assert.equal(dayFromExcel(-1, 1904), undefined);
  assert.equal(dayFromExcel(73_415), '2100-12-31');
  assert.equal(dayFromExcel(73_416), undefined);
  assert.equal(dayFromExcel(Number.NaN), undefined);
});

test('today is the day in India, whatever the machine thinks', () => {
  assert.equal(dates.todayInIndia({ now: () => new Date('2026-11-21T18:30:00Z') }), '2026-11-22');
  assert.equal(dates.todayInIndia({ now: () => new Date('2026-11-21T18:29:59Z') }), '2026-11-21');
});

test('days and months are added across years and leap days', () => {
  assert.equal(dates.addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(dates.addDays('2024-03-01', -1), '2024-02-29');
  assert.equal(dates.addMonths('2026-01-31', 1), '2026-02-28');
  assert.equal(dates.addMonths('2026-11-30', 3), '2027-02-28');
  assert.equal(dates.addMonths('2024-02-29', 12), '2025-02-28');
  assert.equal(dates.addMonths('2026-03-15', -3), '2025-12-15');
  assert.equal(dates.daysBetween('2026-11-21', '2026-11-22'), 1);
  assert.equal(dates.daysBetween('2026-04-01', '2026-03-31'), -1);
  assert.equal(dates.startOfMonth('2026-11-22'), '2026-11-01');
  assert.equal(dates.endOfMonth('2024-02-01'), '2024-02-29');
});

test('the appraisal year runs from 1 April to 31 March', () => {
  const year = { from: '2026-04-01', to: '2027-03-31', name: '2026-27' };
  assert.deepEqual(dates.appraisalYear('2026-04-01'), year);
  assert.deepEqual(dates.appraisalYear('2027-03-31'), year);
  assert.equal(dates.appraisalYear('2026-03-31').name, '2025-26');
  assert.equal(dates.appraisalYear('1999-04-01').name, '1999-00');
});

test('a week runs from Monday to Sunday', () => {
  const week = { from: '2026-11-16', to: '2026-11-22' };
  assert.deepEqual(dates.weekOf('2026-11-16'), week);
  assert.deepEqual(dates.weekOf('2026-11-22'), week);
  assert.equal(dates.weekOf('2026-11-23').from, '2026-11-23');
});

test('days are written in words, with Latin digits, in both languages', () => {
  assert.equal(dates.formatDay('2026-11-22', 'hi'), '22 नवंबर 2026');
  assert.equal(dates.formatDay('2026-11-22', 'en'), '22 November 2026');
  const instant = new Date('2026-11-21T18:35:00Z');
  assert.equal(dates.formatDayTime(instant, 'hi'), '22 नवंबर 2026, 00:05');
  assert.equal(dates.formatDayTime(instant, 'en'), '22 November 2026, 00:05');
});

const someDay = fc.integer({ min: 0, max: 73_000 }).map((days) => dates.addDays('1900-01-01', days));

test('property: a day written in any accepted form reads back as itself', () => {
  fc.assert(
    fc.property(someDay, (day) => {
      const [year, month, date] = day.split('-');
      for (const mark of ['-', '/', '.']) assert.equal(parseDay(`${date}${mark}${month}${mark}${year}`), day);
      assert.equal(parseDay(day), day);
      assert.equal(parseDay(dates.startOfDay(day)), day);
      assert.ok(dates.isDay(day));
    }),
  );
});

test('property: adding days and counting them agree', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: -800, max: 800 }), (day, days) => {
      assert.equal(dates.daysBetween(day, dates.addDays(day, days)), days);
    }),
  );
});

test('property: what is no date is refused, not thrown', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789०९-/.: TZ+') }), (text) => {
      const day = parseDay(text);
      assert.ok(day === undefined || dates.isDay(day));
    }),
  );
});
